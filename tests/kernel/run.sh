#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs scenarios against a real bonding driver: all, or those named as arguments or in
# SCENARIO. They mostly wait, so several labs share them, by the durations recorded in
# tests/kernel/durations. Those below systemd/ have a lab of their own, with systemd as its
# first process. With --golden, rewrites the states they expect; read the diff afterwards.
#
# On a busy machine, a scenario may fail because something took too long: if all were run, up
# to three that failed are run once more by themselves. One that passes then has passed, and is
# named, because it should be mended. If the kernel complained, it is not run again.
#
# The last line is the total; $BUILD/kernel.count has it for check.sh, kernel.version the kernel
# that they ran on, and kernel.unsteady the names of those that passed only by themselves.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build} GOLDEN=
# They wait for most of their time.
LABS=${LABS:-$(($(nproc) + 1))}
scenarios=tests/kernel/scenarios
with_systemd=tests/kernel/systemd/scenarios
if [ "${1:-}" = --golden ]; then
	GOLDEN=yes
	shift
fi
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"
all=
if [ $# = 0 ]; then
	set -- $scenarios/*/ $with_systemd/*/
	all=yes
fi

plain=()
service=()
for name; do
	name=$(basename "$name")
	if [ -f "$scenarios/$name/steps" ]; then
		plain+=("$scenarios/$name")
	elif [ -f "$with_systemd/$name/steps" ]; then
		[[ " ${service[*]} " != *" $with_systemd/$name "* ]] || continue
		# What the boot left can be looked at only before any other scenario.
		if [ -f "$with_systemd/$name/before" ]; then
			service=("$with_systemd/$name" "${service[@]}")
		else
			service+=("$with_systemd/$name")
		fi
	else
		echo "no scenario $name in $scenarios, nor in $with_systemd" >&2
		exit 2
	fi
done

passed=0
failed=0

# A lab without a count has broken down, which is a failure.
count() {
	local good=0 bad=1

	if [ -s "$1/count" ]; then
		read -r good bad <"$1/count"
	else
		echo "the scenarios did not come to their end" >&2
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
}

take_golden() {
	local new name

	for new in "$BUILD"/lab-plain-*/golden/*; do
		[ -f "$new" ] || continue
		name=${new##*/}
		cp "$new" "$scenarios/${name%%.*}/${name#*.}"
	done
}

# Scenarios "$@" in the plain lab of that number.
run_plain() {
	local lab=lab-plain-$1

	shift
	tests/kernel/lab.sh --name "$lab" env GOLDEN=$GOLDEN \
		SCENARIO_LIMIT="${SCENARIO_LIMIT:-}" EVERY="${EVERY:-}" \
		tests/kernel/scenarios.sh "$@"
}

run_service() {
	tests/kernel/lab.sh --timeout "${SYSTEMD_TIMEOUT:-600}" --systemd \
		env COUNT="${COUNT:-}" SCENARIO_LIMIT="${SCENARIO_LIMIT:-}" \
		tests/kernel/scenarios.sh "$@"
}

# "LAB FOLDER" for each scenario: the longest first, each for the lab that has least to do. One
# that is not recorded counts as five seconds.
distribute() {
	printf '%s\n' "${plain[@]}" | awk '
		NR == FNR { recorded[$2] = $1; next }
		{ name = $0; sub(".*/", "", name)
		  print (name in recorded) ? recorded[name] : 5, $0 }' tests/kernel/durations - |
		sort -rn | awk -v n="$LABS" '{
			lab = 1
			for (i = 2; i <= n; i++) if (load[i] < load[lab]) lab = i
			load[lab] += $1
			print lab, $2 }'
}

# What a lab says is shown when it has ended.
run_labs() {
	local lab

	[ ${#plain[@]} = 0 ] || distribute >"$BUILD/labs"
	for ((lab = 1; lab <= LABS; lab++)); do
		mapfile -t share < <(sed -n "s/^$lab //p" "$BUILD/labs" 2>/dev/null)
		[ ${#share[@]} != 0 ] || continue
		run_plain $lab "${share[@]}" >"$BUILD/lab-plain-$lab.log" 2>&1 &
		started+=("lab-plain-$lab")
	done
	if [ ${#service[@]} != 0 ]; then
		{ tests/kernel/stage.sh && run_service "${service[@]}"; } \
			>"$BUILD/lab-systemd.log" 2>&1 &
		started+=(lab-systemd)
	fi
	wait
	for lab in "${started[@]}"; do
		cat "$BUILD/$lab.log"
		count "$BUILD/$lab"
	done
}

# Whether it passes when nothing else runs.
passes_alone() {
	echo "== once more, by itself: ${1##*/}"
	case $1 in
	$with_systemd/*) run_service "$1" ;;
	*) run_plain again "$1" ;;
	esac
}

try_again() {
	local again scenario

	mapfile -t again < <(cat "$BUILD"/lab-*/failed 2>/dev/null)
	[ "$failed" = ${#again[@]} ] && [ "$failed" -le 3 ] || return 0
	for scenario in "${again[@]}"; do
		passes_alone "$scenario" || continue
		echo "${scenario##*/}" >>"$BUILD/kernel.unsteady"
		passed=$((passed + 1))
		failed=$((failed - 1))
	done
}

report_growth() {
	cat "$BUILD"/lab-*/durations 2>/dev/null | sort -k 2 >"$BUILD/kernel.durations"
	awk 'NR == FNR { recorded[$2] = $1; next }
		$2 in recorded && $1 > 1.5 * recorded[$2] && $1 >= recorded[$2] + 3 {
			printf "grew by half: %s, from %.1f to %.1f s\n", $2, recorded[$2], $1
		}' tests/kernel/durations "$BUILD/kernel.durations"
}

started=()
rm -rf "$BUILD"/kernel.{count,unsteady} "$BUILD"/lab-*/ "$BUILD/labs"
run_labs
[ -z "$GOLDEN" ] || take_golden
[ -z "$all" ] || try_again
report_growth
cat "$BUILD"/lab-*/kernel 2>/dev/null | sort -u | paste -sd, >"$BUILD/kernel.version"
echo "on $(<"$BUILD/kernel.version")"
[ ! -s "$BUILD/kernel.unsteady" ] ||
	echo "passed only by themselves: $(paste -sd ' ' "$BUILD/kernel.unsteady")"
echo "$passed $failed" >"$BUILD/kernel.count"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
