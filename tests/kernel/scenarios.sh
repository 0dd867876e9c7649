#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab: runs the scenarios in the folders given, prints a line for each, and
# leaves "PASSED FAILED" in $LAB_DIR/count, "SECONDS NAME" of each in durations, the folders of
# those with a step that did not hold in failed, and the kernel's version in kernel. A scenario
# that is only about other network cards than the lab's is reported, and is neither.
set -u

# Seconds for one scenario; more on a machine that is busy with other things.
readonly LIMIT=${SCENARIO_LIMIT:-120} SYSTEMD_LIMIT=${SCENARIO_LIMIT:-180}
here=$(cd "$(dirname "$0")" && pwd)
log=$LAB_DIR/scenario.log
passed=0
failed=0
case $LAB in
namespace) kind=namespaces ;;
uml) kind='User Mode Linux' ;;
qemu) kind="QEMU, $CARD" ;;
esac
echo "Linux $(uname -r), $kind" >"$LAB_DIR/kernel"

run_one() {
	local ended=0 runner=$here/scenario.sh limit=$LIMIT

	if [[ $1 == */systemd/* ]]; then
		runner=$here/systemd/scenario.sh
		limit=$SYSTEMD_LIMIT
	fi
	timeout -k 5 "$limit" "$runner" "$1" >"$log" 2>&1 || ended=$?
	[ $ended != 124 ] || echo "took longer than $limit s" >>"$log"
	return $ended
}

# What a scenario left in the kernel's first namespace.
sweep() {
	local link

	[ "$LAB" != namespace ] || return 0
	for link in /sys/class/net/*; do
		link=${link##*/}
		[ "$link" = lo ] || [ ! -e "/sys/class/net/$link" ] ||
			ip link del "$link" 2>/dev/null
	done
}

# A warning of the kernel itself is a failure of the scenario that provoked it.
kernel_complains() {
	[ "$LAB" != namespace ] || return 1
	dmesg -c >"$LAB_DIR/kernel.log"
	[ -s "$LAB_DIR/kernel.log" ] || return 1
	cat "$LAB_DIR/kernel.log" >>"$LAB_DIR/dmesg.log"
	grep -E -A 30 'WARNING:|BUG:|Oops|Call Trace' "$LAB_DIR/kernel.log" >>"$log"
}

tell_notes() {
	local line

	while read -r line; do
		[[ $line != 'note: '* ]] || echo "           ${line#note: }"
	done <"$log"
}

tell_log() {
	sed 's/^/    /' "$log"
}

# Return: 0; 1 when a step did not hold; 2 when the kernel complained.
attempt() {
	local ended=0

	run_one "$1" || ended=1
	sweep
	! kernel_complains || ended=2
	return $ended
}

# By the word only_on in its steps.
not_for_this_card() {
	local line

	while read -r line; do
		case "$line " in
		only_on*" $CARD "*) return 1 ;;
		"only_on "*) return 0 ;;
		esac
	done <"$1/steps"
	return 1
}

for scenario; do
	name=${scenario%/}
	name=${name##*/}
	if not_for_this_card "$scenario"; then
		printf 'none   %-30s not for this card\n' "$name"
		continue
	fi
	began=${EPOCHREALTIME/./}
	ended=0
	attempt "$scenario" || ended=$?
	if [ $ended = 0 ]; then
		took=$(((${EPOCHREALTIME/./} - began) / 10000))
		printf 'ok     %-30s %3d.%02d s\n' "$name" $((took / 100)) $((took % 100))
		echo "$((took / 100)).$((took % 100 / 10)) $name" >>"$LAB_DIR/durations"
		tell_notes
		passed=$((passed + 1))
	else
		printf 'FAILED %s\n' "$name"
		tell_log
		[ $ended = 2 ] || echo "$scenario" >>"$LAB_DIR/failed"
		failed=$((failed + 1))
	fi
done
echo "$passed $failed" >"$LAB_DIR/count"
[ $failed = 0 ]
