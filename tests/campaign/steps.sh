#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every step of every ifup and ifdown of the kernel scenarios, or of those named as arguments or
# in SCENARIO, is refused and killed: see steps-words.sh. MODE is refused, killed, or errnos (each of
# which runs a scenario until each kind of step that it has failed once).
#
# A scenario's outcome stays in $BUILD/campaign/steps/MODE, and is not tried again as long as it
# is newer than the programs and has no exception. LABS labs run side by side.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build}
LABS=${LABS:-$(nproc)}
PER_LAB=16
read -ra modes <<<"${MODE:-refused killed}"
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"

# Only if they are named. A scenario without an `ifup` or `ifdown` of its own counts 0 runs.
declare -rA NOT_SUITED=(
	[ansible]='Ansible runs the programs'
	[ansible-collection]='Ansible runs the programs'
	[costs]='compares what undisturbed runs cost'
	[index-taken]='others make a hundred links a second, so no state is as before'
	[lost-meanwhile]='another program removes what each run sets, so killed runs never end'
	[nmcli-networkmanager]='NetworkManager runs the programs'
)

# Exceptions that are understood, by MODE/SCENARIO.
declare -rA UNDERSTOOD=(
	[killed/ip6-duplicate]='the run after a killed one does not know which address the files named before'
	[killed/late-device]='cards appear beside the runs, so a clean one may end before the bond has its carrier'
	[refused/late-device]='the same'
	[killed/lost-port]='a mode change takes every port out, and one whose file has errors does not join again'
	[refused/keepalived]='keepalived removes its addresses meanwhile, and with the last one the kernel removes routes'
	[killed/mode-change-keeps-all]='only the killed run knows the MAC address and the routes that others had set'
	[killed/rollback-of-virtual]='a bridge of taps that no program has open has its carrier for a moment only'
	[killed/tap]='the same'
	[killed/dhcp-and-fixed]='only the killed run knows what others had set, and what a lease had, that goes with an address'
	[killed/dhcp-no-server]='only the killed run knows the addresses that a change to DHCP removed'
	[killed/dhcp-process]='a client that a killed run has started is started again by the next one, so killed runs never end'
	[killed/dhcp-side-by-side]='two leases of one network: the default route is that of the one that comes first'
	[refused/dhcp-side-by-side]='the same'
	[killed/failure-fatal]='a run that fails has no end either, and undoes what it did, not what killed ones did'
	[killed/fixed-not-delayed]='a client that a killed run has started gets its lease, and default route, after the next run'
	[killed/ip6-addresses]='only the killed run knows the addresses that others had set'
	[killed/rollback-of-modes]='only the killed run knows the MAC address that others had set'
	[killed/vrf]='only the killed run knows the routes and addresses that others had set'
	[refused/written-by-os-net-config]="the IPv6 MTU of a former port, which the kernel had left behind the link's, follows the link again"
	[killed/rule-order]='rules without a priority that only ip(8) can add, and that come back with another one'
	[refused/rule-order]='the same'
	[refused/live-mode]='after fail_over_mac=active, the bond keeps the address of the port that it fell back on'
	[refused/options-active-backup]='the same'
)

all_suited() {
	local folder name

	for folder in tests/kernel/scenarios/*/; do
		name=$(basename "$folder")
		if [ -n "${NOT_SUITED[$name]:-}" ]; then
			echo "not suited: $name: ${NOT_SUITED[$name]}" >&2
		else
			echo "$name"
		fi
	done
}

if [ $# = 0 ]; then
	mapfile -t all < <(all_suited)
	set -- "${all[@]}"
fi

is_known() {
	local program

	for program in ifup-bond ifdown-bond tests/kernel/fault; do
		[ "$1" -nt "$BUILD/$program" ] || return 1
	done
	[[ $(tail -n 1 "$1") == *', 0 exceptions' ]]
}

# Also of a lab that was interrupted.
take_results() {
	local lab mode

	for mode in "${modes[@]}"; do
		mkdir -p "$results/$mode"
		for lab in "$BUILD"/lab-steps-*/results/"$mode"; do
			[ ! -d "$lab" ] || cp -pu "$lab/." "$results/$mode" -R
		done
	done
}

# batch NUMBER FOLDER...: in a lab of its own.
batch() {
	local lab=lab-steps-$1

	shift
	tests/kernel/lab.sh --timeout 14400 --name "$lab" env SCENARIO_LIMIT="${SCENARIO_LIMIT:-}" \
		STRIDE="${STRIDE:-1}" WHOLE_RUNS="${WHOLE_RUNS:-}" \
		tests/campaign/steps-lab.sh "${modes[*]}" "$@"
}

all_known() {
	local mode

	for mode in "${modes[@]}"; do
		is_known "$results/$mode/$1" || return 1
	done
}

run_labs() {
	local number=0 name todo=()

	for name in "${names[@]}"; do
		all_known "$name" || todo+=("tests/kernel/scenarios/$name")
	done
	rm -rf "$BUILD"/lab-steps-*
	for ((; number * PER_LAB < ${#todo[@]}; number++)); do
		while [ "$(jobs -pr | wc -l)" -ge "$LABS" ]; do
			wait -n
		done
		batch $number "${todo[@]:number * PER_LAB:PER_LAB}" &
	done
	wait
}

# What has no result has broken down with its lab.
report() {
	local name good=0 bad=0

	for name in "${names[@]}"; do
		if [ -s "$results/$mode/$name" ] &&
			[[ $(tail -n 1 "$results/$mode/$name") == *', 0 exceptions' ]]; then
			good=$((good + 1))
		else
			if [ -n "${UNDERSTOOD[$mode/$name]:-}" ] && [ -s "$results/$mode/$name" ]; then
				echo "understood: $mode $name: ${UNDERSTOOD[$mode/$name]}"
				continue
			fi
			bad=$((bad + 1))
			echo "FAILED $mode $name: $(grep -m 1 '^exception' "$results/$mode/$name")"
		fi
	done
	tail -qn 1 "${names[@]/#/$results/$mode/}" | awk -v mode="$mode" '
		{ runs += $1; steps += $3; bad += $(NF - 1) }
		END { printf "%s: %d scenarios, %d runs, %d steps, %d exceptions\n",
			mode, NR, runs, steps, bad }'
	failed=$((failed + bad))
	passed=$((passed + good))
}

names=()
for name; do
	names+=("$(basename "$name")")
done
passed=0
failed=0
results=$BUILD/campaign/steps
take_results
run_labs
take_results
for mode in "${modes[@]}"; do
	report
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
