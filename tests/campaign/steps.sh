#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every step of every ifup and ifdown of the kernel scenarios, or of those named as arguments or
# in SCENARIO, is refused and killed: see steps-words.sh. MODE is refused, killed, or an errno
# (which runs a scenario as often as its longest plan has steps).
#
# A scenario's outcome stays in $BUILD/campaign/steps/MODE, and is not tried again as long as it
# is newer than the programs and has no exception. LABS labs run side by side.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build}
LABS=${LABS:-$(nproc)}
PER_LAB=8
read -ra modes <<<"${MODE:-refused killed}"
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"
[ $# != 0 ] || set -- tests/kernel/scenarios/*/

is_known() {
	local program

	for program in ifup-bond ifdown-bond tests/kernel/fault; do
		[ "$1" -nt "$BUILD/$program" ] || return 1
	done
	[[ $(tail -n 1 "$1") == *', 0 exceptions' ]]
}

# batch NUMBER MODE FOLDER...: in a lab of its own.
batch() {
	local lab=lab-steps-$1 mode=$2

	shift 2
	tests/kernel/lab.sh --timeout 7200 --name "$lab" env \
		SCENARIO_LIMIT="${SCENARIO_LIMIT:-}" STRIDE="${STRIDE:-1}" tests/campaign/steps-lab.sh "$mode" "$@"
	cp "$BUILD/$lab/results/"* "$results/"
}

run_mode() {
	local number=0 name todo=()

	results=$BUILD/campaign/steps/$mode
	mkdir -p "$results"
	for name in "${names[@]}"; do
		is_known "$results/$name" || todo+=("tests/kernel/scenarios/$name")
	done
	for ((; number * PER_LAB < ${#todo[@]}; number++)); do
		while [ "$(jobs -pr | wc -l)" -ge "$LABS" ]; do
			wait -n
		done
		batch $number "$mode" "${todo[@]:number * PER_LAB:PER_LAB}" &
	done
	wait
}

# What has no result has broken down with its lab.
report() {
	local name good=0 bad=0

	for name in "${names[@]}"; do
		if [ -s "$results/$name" ] &&
			[[ $(tail -n 1 "$results/$name") == *', 0 exceptions' ]]; then
			good=$((good + 1))
		else
			bad=$((bad + 1))
			echo "FAILED $mode $name: $(grep -m 1 '^exception' "$results/$name")"
		fi
	done
	tail -qn 1 "${names[@]/#/$results/}" | awk -v mode="$mode" '
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
for mode in "${modes[@]}"; do
	run_mode
	report
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
