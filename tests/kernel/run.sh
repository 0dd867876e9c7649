#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs scenarios against a real bonding driver: all, or those named as arguments or in
# SCENARIO. With --golden, rewrites the states they expect; read the diff afterwards.
# The last line is the total; $BUILD/kernel.count has it for check.sh.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build} GOLDEN=
scenarios=tests/kernel/scenarios
if [ "${1:-}" = --golden ]; then
	GOLDEN=yes
	shift
fi
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"
[ $# != 0 ] || set -- $scenarios/*/

folders=()
for name; do
	folder=$scenarios/$(basename "$name")
	if [ ! -f "$folder/steps" ]; then
		echo "no scenario $name in $scenarios" >&2
		exit 2
	fi
	folders+=("$folder")
done

rm -f "$BUILD/kernel.count"
tests/kernel/lab.sh env GOLDEN=$GOLDEN tests/kernel/scenarios.sh "${folders[@]}"
if [ ! -s "$BUILD/lab/count" ]; then
	echo "the scenarios did not come to their end" >&2
	exit 1
fi
cp "$BUILD/lab/count" "$BUILD/kernel.count"
for new in "$BUILD"/lab/golden/*; do
	[ -f "$new" ] || continue
	new=${new##*/}
	cp "$BUILD/lab/golden/$new" "$scenarios/${new%%.*}/${new#*.}"
done
read -r passed failed <"$BUILD/kernel.count"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
