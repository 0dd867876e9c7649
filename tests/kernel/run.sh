#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs scenarios against a real bonding driver: all, or those named as arguments or in
# SCENARIO. They mostly wait, so two labs share them. Those below systemd/ have a lab of
# their own, with systemd as its first process. With --golden, rewrites the states they
# expect; read the diff afterwards.
# The last line is the total; $BUILD/kernel.count has it for check.sh.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build} GOLDEN=
scenarios=tests/kernel/scenarios
with_systemd=tests/kernel/systemd/scenarios
if [ "${1:-}" = --golden ]; then
	GOLDEN=yes
	shift
fi
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"
# What was booted can be looked at only as long as it is as the boot left it.
[ $# != 0 ] || set -- $scenarios/*/ boot $with_systemd/*/

plain=()
service=()
for name; do
	name=$(basename "$name")
	if [ -f "$scenarios/$name/steps" ]; then
		plain+=("$scenarios/$name")
	elif [ -f "$with_systemd/$name/steps" ]; then
		[[ " ${service[*]} " == *" $with_systemd/$name "* ]] ||
			service+=("$with_systemd/$name")
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

# Deep enough for make not to take its init.d for a list of dependencies.
install_stage() {
	rm -rf "$BUILD/stage"
	make --no-print-directory -s install BUILD="$BUILD" DESTDIR="$BUILD/stage/root" \
		>"$BUILD/stage.log" 2>&1 && return
	cat "$BUILD/stage.log" >&2
	return 1
}

# Scenarios "$@" in the plain lab of that number.
run_plain() {
	local lab=lab-plain-$1

	shift
	tests/kernel/lab.sh --name "$lab" env GOLDEN=$GOLDEN \
		SCENARIO_LIMIT="${SCENARIO_LIMIT:-}" tests/kernel/scenarios.sh "$@"
}

# What the second lab says is shown when the first one is done.
run_plain_labs() {
	local first=() second=() i

	for i in "${!plain[@]}"; do
		if [ $((i % 2)) = 0 ]; then first+=("${plain[i]}"); else second+=("${plain[i]}"); fi
	done
	if [ ${#second[@]} != 0 ]; then
		run_plain 2 "${second[@]}" >"$BUILD/lab-2.log" 2>&1 &
	fi
	run_plain 1 "${first[@]}"
	count "$BUILD/lab-plain-1"
	if [ ${#second[@]} != 0 ]; then
		wait
		cat "$BUILD/lab-2.log"
		count "$BUILD/lab-plain-2"
	fi
}

rm -rf "$BUILD/kernel.count" "$BUILD"/lab-*/
if [ ${#plain[@]} != 0 ]; then
	run_plain_labs
	take_golden
fi
if [ ${#service[@]} != 0 ]; then
	install_stage && tests/kernel/lab.sh --timeout 600 --systemd \
		tests/kernel/scenarios.sh "${service[@]}"
	count "$BUILD/lab-systemd"
fi
echo "$passed $failed" >"$BUILD/kernel.count"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
