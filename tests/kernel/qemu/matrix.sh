#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs scenarios on every kernel and with every network card that QEMU emulates, and keeps
# what came of it in results, a line for each:
#
#   KERNEL CARD SCENARIO RESULT DATE VERSION
#
# The main scenarios are run with all of them, and all others with veth. RESULT is ok, failed,
# not-run, or none: it is not about this card. The version is the program's, with the last change of
# its sources. What is there for this version, and did not fail, is not run again, so that a
# run that was interrupted goes on. The table in both READMEs is made from these lines.
#
#   BUILD=build tests/kernel/qemu/matrix.sh [--table]
#
# KERNEL, CARD and SCENARIO in the environment name a part, each several if need be. --table
# writes the tables, and runs nothing; --check fails if they are not those of the results.
# Exit status: 0; 1 if a scenario failed or a kernel is missing.
set -u
cd "$(dirname "$0")/../../.." || exit

export BUILD=${BUILD:-build}
here=tests/kernel/qemu
results=$here/results
readonly MAIN='up mode-active-backup mode-balance-rr mode-balance-xor mode-broadcast
	mode-802.3ad mode-balance-tlb mode-balance-alb cable-pull port-down-up lacp-rate jumbo
	vlan-on-bond vlan-changed bridge-on-bond changed-options live-mode live-delays
	live-active-slave rollback killed-at-each-step'
readonly MAIN_SERVICE='boot service-restart service-stop'
readonly KERNELS='5.10 6.1 6.12 7.2' CARDS='vmxnet3 e1000e igb virtio-net veth'

version() {
	echo "$("$BUILD/ifup-bond" --version | sed 's/.* //')-$(git log -1 --format=%h -- \
		'*.c' '*.h' ':!tests' ':!bench')"
}

is_done() {
	grep -qE "^$1 $2 $3 (ok|none) [^ ]+ $version\$" "$results" 2>/dev/null
}

# Those wanted of the words given, or all of these.
wanted() {
	local word

	for word in $2; do
		[ -n "$1" ] && [[ " $1 " != *" $word "* ]] || echo "$word"
	done
}

scenarios_for() {
	local all=$MAIN

	[ "$1" != veth ] || all=$(cd tests/kernel/scenarios && echo *)
	wanted "${SCENARIO:-}" "$all"
}

# Takes the lines of a log of scenarios.sh into the results.
record() {
	local kernel=$1 card=$2 word name result

	while read -r word name _; do
		case $word in
		ok | none) result=$word ;;
		FAILED) result=failed ;;
		*) continue ;;
		esac
		echo "$kernel $card $name $result $(date +%F) $version"
	done <"$3" >"$BUILD/matrix.new"
	merge
}

# The first line of a kernel, card and scenario is the newest.
merge() {
	{
		cat "$BUILD/matrix.new" "$results"
		all_cells | sed 's/$/ not-run - -/'
	} 2>/dev/null | awk '!seen[$1, $2, $3]++' | sort -V >"$BUILD/matrix.sorted"
	mv "$BUILD/matrix.sorted" "$results"
}

# "KERNEL CARD SCENARIO" of everything that there is to run.
all_cells() {
	local kernel card name

	for kernel in $KERNELS; do
		for card in $CARDS; do
			for name in $(SCENARIO='' scenarios_for "$card") $MAIN_SERVICE; do
				echo "$kernel $card $name"
			done
		done
	done
}

# run_in KERNEL CARD FOLDER OPTIONS SCENARIO...
run_in() {
	local kernel=$1 card=$2 folder=$3 options=$4 name log=$BUILD/matrix-$1-$2.log todo=()

	shift 4
	for name; do
		is_done "$kernel" "$card" "$name" || todo+=("$folder/$name")
	done
	[ ${#todo[@]} != 0 ] || return 0
	echo "== Linux $kernel, $card: ${#todo[@]} scenarios"
	: >"$log"
	trap 'record "$kernel" "$card" "$log"; exit 1' INT TERM
	# shellcheck disable=SC2086 # words
	LAB=qemu KERNEL=$kernel CARD=$card nice tests/kernel/lab.sh --timeout 20000 $options \
		env SCENARIO_LIMIT="${SCENARIO_LIMIT:-600}" tests/kernel/scenarios.sh "${todo[@]}" |
		tee "$log"
	record "$kernel" "$card" "$log"
}

run_all() {
	local kernel card plain service

	for kernel in $(wanted "${KERNEL:-}" "$KERNELS"); do
		$here/fetch.sh "$kernel" || { failed=1 && continue; }
		for card in $(wanted "${CARD:-}" "$CARDS"); do
			mapfile -t plain < <(scenarios_for "$card")
			mapfile -t service < <(wanted "${SCENARIO:-}" "$MAIN_SERVICE")
			run_in "$kernel" "$card" tests/kernel/scenarios \
				"--name lab-matrix" "${plain[@]}"
			[ -d "$BUILD/stage" ] || tests/kernel/stage.sh || failed=1
			run_in "$kernel" "$card" tests/kernel/systemd/scenarios --systemd \
				"${service[@]}"
		done
	done
}

# A row for each kernel, a column for each card: how many passed, failed, and were not run;
# then those that failed.
table() {
	awk -v kernels="$KERNELS" -v cards="$CARDS" '
		{ count[$1, $2, $4]++
		  if ($4 == "failed") bad[$1, $2] = bad[$1, $2] " " $3
		  if ($5 != "-" && $5 >= last) { last = $5; version = $6 } }
		END {
			n = split(cards, card); m = split(kernels, kernel)
			head = "| " last ", " version " |"; rule = "|---|"
			for (j = 1; j <= n; j++) { head = head " " card[j] " |"; rule = rule "---|" }
			print head; print rule
			for (i = 1; i <= m; i++) {
				row = "| " kernel[i] " |"
				for (j = 1; j <= n; j++) {
					k = kernel[i] SUBSEP card[j]
					row = row sprintf(" %d / %d / %d%s |", count[k, "ok"],
						count[k, "failed"], count[k, "not-run"], bad[k])
				}
				print row
			}
		}' "$results"
}

# A README with the table between its marks.
with_table() {
	table >"$BUILD/matrix.table"
	awk -v table="$BUILD/matrix.table" '
		/^<!-- matrix -->$/ { print; while ((getline line <table) > 0) print line; skip = 1; next }
		/^<!-- end of matrix -->$/ { skip = 0 }
		!skip' "$1"
}

each_readme() {
	local page

	for page in README.md README.zh-CN.md; do
		with_table "$page" >"$BUILD/matrix.page" || return
		"$1" "$BUILD/matrix.page" "$page" || return
	done
}

mkdir -p "$BUILD"
failed=0
case ${1:-} in
--check)
	each_readme cmp
	exit
	;;
--table) ;;
*)
	version=$(version)
	rm -rf "$BUILD/stage"
	run_all
	;;
esac
each_readme cp
[ $failed = 0 ] && ! grep -q ' failed ' "$results"
