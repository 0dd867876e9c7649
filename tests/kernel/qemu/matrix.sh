#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs scenarios on every kernel and with every network card that QEMU emulates, and keeps
# what came of it in results, a line for each:
#
#   KERNEL CARD SCENARIO RESULT DATE VERSION [REASON]
#
# The main scenarios are run with all of them, and all others with veth, by LABS (1) side by
# side. RESULT is ok, failed, not-run, or none: it is not about this card. The version is the
# program's, with the last change of its sources. The reason of a failure is the scenario's own
# words; it may be edited when the cause is known. A scenario that is recorded for this version
# is not run again, so that a run that was interrupted goes on: AGAIN=failed runs those that
# failed, AGAIN=all everything, and AGAIN=never only what no version was tried with. The page and
# the table in both READMEs are made from these lines.
#
#   BUILD=build tests/kernel/qemu/matrix.sh [--table | --check]
#
# KERNEL, CARD and SCENARIO in the environment name a part, each several if need be. --table
# writes the tables, and runs nothing; --check fails if they are not those of the results.
# Exit status: 0; 1 if something of this run failed or a kernel is missing.
set -u
cd "$(dirname "$0")/../../.." || exit

export BUILD=${BUILD:-build}
here=tests/kernel/qemu
# shellcheck source-path=SCRIPTDIR source=cells.sh
. $here/cells.sh
# The lines of a run that goes on, which one that is killed leaves for the next.
fresh=$BUILD/matrix.new

version() {
	echo "$("$BUILD/ifup-bond" --version | sed 's/.* //')-$(git log -1 --format=%h -- \
		'*.c' '*.h' ':!tests' ':!bench')"
}

is_done() {
	local results='ok|none|failed' of=$version

	case ${AGAIN:-} in
	all) return 1 ;;
	failed) results='ok|none' ;;
	never) of='[^ ]+' ;;
	esac
	grep -qE "^$1 $2 $3 ($results) [^ ]+ $of( |\$)" "$RESULTS" 2>/dev/null
}

# Those wanted of the words given, or all of these.
wanted() {
	local word some=" ${1//[$'\n\t']/ } "

	for word in $2; do
		[ -n "$1" ] && [[ $some != *" $word "* ]] || echo "$word"
	done
}

scenarios_for() {
	local all=$MAIN

	[ "$1" != veth ] || all=$(cd tests/kernel/scenarios && echo *)
	wanted "${SCENARIO:-}" "${all//[$'\n\t']/ }"
}

# Passes the words of scenarios.sh on, and adds a line for each result as soon as it is known.
# The reason of a failure is what a step says, else the last line. Not by awk: that of Debian
# reads a pipe in large pieces.
record() {
	local run line word name bad='' reason=''

	run="$(date +%F) $version"
	while IFS= read -r line; do
		echo "$line"
		read -r word name _ <<<"$line"
		case $line in
		' '*)
			[[ $reason = steps:* ]] || reason=${line#"${line%%[! ]*}"}
			continue
			;;
		esac
		[ -z "$bad" ] || echo "$1 $2 $bad failed $run $reason" >>"$fresh"
		bad=
		case $word in
		ok | none) echo "$1 $2 $name $word $run" >>"$fresh" ;;
		FAILED) bad=$name reason= ;;
		esac
	done
	[ -z "$bad" ] || echo "$1 $2 $bad failed $run $reason" >>"$fresh"
}

# The last line of a kernel, card and scenario counts. Of those that were removed, none does.
merge() {
	all_cells | sort -V >"$BUILD/matrix.cells"
	awk 'FILENAME == ARGV[1] { is_cell[$1, $2, $3] = 1 }
		!is_cell[$1, $2, $3] { next }
		FILENAME == ARGV[1] { $0 = $0 " not-run - -" }
		{ last[$1, $2, $3] = $0 }
		END { for (key in last) print last[key] }' \
		"$BUILD/matrix.cells" "$RESULTS" "$fresh" | sort -V >"$BUILD/matrix.sorted"
	mv "$BUILD/matrix.sorted" "$RESULTS"
	: >"$fresh"
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

# run_lab KERNEL CARD OPTIONS SCENARIO...
run_lab() {
	local kernel=$1 card=$2 options=$3

	shift 3
	# shellcheck disable=SC2086 # words
	LAB=qemu KERNEL=$kernel CARD=$card nice tests/kernel/lab.sh --timeout 20000 $options \
		env SCENARIO_LIMIT="${SCENARIO_LIMIT:-600}" tests/kernel/scenarios.sh "$@" |
		record "$kernel" "$card"
	return "${PIPESTATUS[0]}"
}

# run_in KERNEL CARD FOLDER OPTIONS SCENARIO...: in LABS of them, unless there can be only one
run_in() {
	local kernel=$1 card=$2 folder=$3 options=$4 name i labs=${LABS:-1} todo=() part

	shift 4
	for name; do
		is_done "$kernel" "$card" "$name" || todo+=("$folder/$name")
	done
	[ ${#todo[@]} != 0 ] || return 0
	echo "== Linux $kernel, $card: ${#todo[@]} scenarios"
	[ "$options" != --systemd ] || labs=1
	for ((i = 0; i < labs; i++)); do
		mapfile -t part < <(printf '%s\n' "${todo[@]}" | awk -v n="$labs" -v i=$i 'NR % n == i')
		[ ${#part[@]} != 0 ] || continue
		run_lab "$kernel" "$card" "${options/%lab-matrix/lab-matrix-$i}" "${part[@]}" &
	done
	for i in $(jobs -p); do
		wait "$i" || failed=1
	done
	merge
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
			[ ${#service[@]} = 0 ] || [ -d "$BUILD/stage" ] || tests/kernel/stage.sh || failed=1
			run_in "$kernel" "$card" tests/kernel/systemd/scenarios --systemd \
				"${service[@]}"
		done
	done
}

# A README with the summary between its marks.
with_table() {
	$here/table.sh summary >"$BUILD/matrix.table"
	awk -v table="$BUILD/matrix.table" '
		/^<!-- matrix -->$/ { print; while ((getline line <table) > 0) print line; skip = 1; next }
		/^<!-- end of matrix -->$/ { skip = 0 }
		!skip' "$1"
}

# each_text COMMAND: with what it should be, and its name
each_text() {
	local text

	for text in README.md README.zh-CN.md; do
		with_table "$text" >"$BUILD/matrix.text" || return
		"$1" "$BUILD/matrix.text" "$text" || return
	done
	$here/table.sh page >"$BUILD/matrix.text" && "$1" "$BUILD/matrix.text" "$PAGE"
}

mkdir -p "$BUILD"
touch "$fresh"
failed=0
case ${1:-} in
--check)
	each_text cmp
	exit
	;;
--table) merge ;;
*)
	version=$(version)
	rm -rf "$BUILD/stage"
	merge
	run_all
	;;
esac
each_text cp
[ $failed = 0 ]
