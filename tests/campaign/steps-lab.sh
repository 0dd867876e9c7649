#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab: steps-lab.sh MODE SCENARIO-FOLDER... runs each scenario undisturbed, for the
# states to compare with, and then under the campaign; see steps-words.sh. The result of each
# is left in $LAB_DIR/results/NAME, whose last line has the figures.
set -u

readonly LIMIT=${SCENARIO_LIMIT:-900}
kernel=$(cd "$(dirname "$0")/../kernel" && pwd)
mode=$1
shift
mkdir -p "$LAB_DIR/results"
export STRIDE=${STRIDE:-1} CAMPAIGN CAMPAIGN_DIR=/tmp/campaign CAMPAIGN_STEP

# pass MODE FOLDER: a scenario, with what it says at the end of the figures.
pass() {
	local ended=0 link

	CAMPAIGN=$1
	timeout -k 5 "$LIMIT" "$kernel/scenario.sh" "$2" >$CAMPAIGN_DIR/log 2>&1 || ended=$?
	# Else, as what did not hold does not end it, it ends with its last command.
	[ "$CAMPAIGN" = clean ] || [ $ended -ge 124 ] || ended=0
	[ $ended = 0 ] || {
		echo "exception: the scenario itself, $CAMPAIGN: status $ended"
		tail -n 30 $CAMPAIGN_DIR/log | sed 's/^/    /'
	} >>$CAMPAIGN_DIR/figures
	for link in /sys/class/net/*; do
		link=${link##*/}
		[ "$LAB" != uml ] || [ "$link" = lo ] || ip link del "$link" 2>/dev/null
	done
	return $ended
}

tried_any() {
	[ "$(awk '$1 == "tried" { n += $2 } END { print n + 0 }' $CAMPAIGN_DIR/figures)" -gt "$1" ]
}

# One step of each run after the other, until no run has so many.
one_by_one() {
	local before

	for ((CAMPAIGN_STEP = 0; ; CAMPAIGN_STEP += STRIDE)); do
		before=$(awk '$1 == "tried" { n += $2 } END { print n + 0 }' $CAMPAIGN_DIR/figures)
		pass "$mode" "$1"
		tried_any "$before" || break
	done
}

# What breaks off tries less than the undisturbed pass.
count_runs() {
	local clean tried

	clean=$(find $CAMPAIGN_DIR -name 'clean.*.kernel' | wc -l)
	tried=$(grep -c '^tried' $CAMPAIGN_DIR/figures)
	[ "$tried" -ge "$clean" ] || {
		echo "exception: broke off after $tried of $clean runs"
		tail -n 30 $CAMPAIGN_DIR/log | sed 's/^/    /'
	} >>$CAMPAIGN_DIR/figures
}

campaign() {
	rm -rf $CAMPAIGN_DIR
	mkdir -p $CAMPAIGN_DIR
	pass clean "$1" || return
	rm -f $CAMPAIGN_DIR/figures
	case $mode in
	refused | killed)
		pass "$mode" "$1"
		touch $CAMPAIGN_DIR/figures
		count_runs
		;;
	*) one_by_one "$1" ;;
	esac
}

complains() {
	dmesg -c >"$CAMPAIGN_DIR/dmesg"
	grep -E -A 30 'WARNING:|BUG:|Oops|Call Trace' "$CAMPAIGN_DIR/dmesg"
}

for scenario; do
	name=${scenario%/}
	name=${name##*/}
	campaign "$scenario"
	[ "$LAB" != uml ] || ! complains >"$CAMPAIGN_DIR/complaint" || {
		echo "exception: the kernel complains"
		cat "$CAMPAIGN_DIR/complaint"
	} >>$CAMPAIGN_DIR/figures
	touch $CAMPAIGN_DIR/figures
	awk '$1 == "tried" { runs++; n += $2; next }
		$1 == "exception:" { bad++ }
		$1 == "unheld:" { unheld++ }
		{ print }
		END { printf "%d runs, %d steps, %d unheld, %d exceptions\n", runs, n, unheld,
			bad }' \
		$CAMPAIGN_DIR/figures >"$LAB_DIR/results/$name"
	echo "$name: $(tail -n 1 "$LAB_DIR/results/$name")"
done
