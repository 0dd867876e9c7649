#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab: steps-lab.sh 'MODE...' SCENARIO-FOLDER... runs each scenario undisturbed, for the
# states to compare with, and then under the campaign in each mode; see steps-words.sh. The results
# are left in $LAB_DIR/results/MODE/NAME, whose last line has the figures.
set -u

readonly LIMIT=${SCENARIO_LIMIT:-900}
kernel=$(cd "$(dirname "$0")/../kernel" && pwd)
read -ra modes <<<"$1"
shift
mkdir -p "${modes[@]/#/$LAB_DIR/results/}"
export STRIDE=${STRIDE:-1} WHOLE_RUNS=${WHOLE_RUNS:-12} CAMPAIGN CAMPAIGN_DIR=/tmp/campaign

# pass MODE FOLDER: a scenario, with what it says at the end of the figures.
pass() {
	local ended=0 link

	CAMPAIGN=$1
	echo 0 >$CAMPAIGN_DIR/runs
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

count_tried() {
	awk '$1 == "tried" { n += $2 } END { print n + 0 }' $CAMPAIGN_DIR/figures
}

# One step of each run, until there is none that was not tried.
one_by_one() {
	local before=-1 now=0

	while [ "$now" -gt "$before" ]; do
		before=$now
		pass "$mode" "$1"
		now=$(count_tried)
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
	: >$CAMPAIGN_DIR/figures
	rm -f $CAMPAIGN_DIR/kinds
	# One that is about other commands, or whose runs plan nothing.
	[ "$(<$CAMPAIGN_DIR/runs)" != 0 ] || return
	case $mode in
	refused | killed)
		pass "$mode" "$1"
		count_runs
		;;
	*) one_by_one "$1" ;;
	esac
}

complains() {
	[ "$LAB" = uml ] || return
	dmesg -c >"$CAMPAIGN_DIR/dmesg"
	grep -E -A 30 'WARNING:|BUG:|Oops|Call Trace' "$CAMPAIGN_DIR/dmesg"
}

conclude() {
	! complains >"$CAMPAIGN_DIR/complaint" || {
		echo "exception: the kernel complains"
		cat "$CAMPAIGN_DIR/complaint"
	} >>$CAMPAIGN_DIR/figures
	awk '$1 == "tried" { runs++; n += $2; next }
		$1 == "exception:" { bad++ }
		$1 == "unheld:" { unheld++ }
		{ print }
		END { printf "%d runs, %d steps, %d unheld, %d exceptions\n", runs, n, unheld,
			bad }' \
		$CAMPAIGN_DIR/figures >"$LAB_DIR/results/$mode/$name"
	echo "$mode $name: $(tail -n 1 "$LAB_DIR/results/$mode/$name"), $((SECONDS - began)) s"
}

for scenario; do
	name=${scenario%/}
	name=${name##*/}
	began=$SECONDS
	rm -rf $CAMPAIGN_DIR
	mkdir -p $CAMPAIGN_DIR
	ended=0
	pass clean "$scenario" || ended=1
	for mode in "${modes[@]}"; do
		[ $ended != 0 ] || campaign "$scenario"
		conclude
		began=$SECONDS
	done
done
