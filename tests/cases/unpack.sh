#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Writes the cases of tests/cases into $BUILD/cases, a folder for each, if one has changed
# since. A case is a text file:
#
#     $ ifup bond0                       the command: cmd, see runner.c
#     ==== have.txt                      then files, each after a line with its name,
#     link ens160 index 2 up carrier
#     ==== root/network-scripts/ifup-x, executable
#     ==== root/network-scripts/ifcfg-y -> /dev/null
#     ==== root/network-scripts/ifcfg-z, escaped
#
# What is escaped has \r, \\ and octal numbers as C has them; a backslash at the end of a line
# takes the end of line away. The names of cases are unique; their folders are topics.
set -u -o pipefail
cd "$(dirname "$0")" || exit
export LC_ALL=C # bytes are bytes

BUILD=$(cd ../.. && cd "${BUILD:-build}" && pwd) || exit
exec 9>"$BUILD/cases.lock" && flock 9
files=(*/*.case)
names=$(printf '%s\n' "${files[@]}")

is_current() {
	[ -f "$BUILD/cases/.names" ] && [ "$names" = "$(<"$BUILD/cases/.names")" ] &&
		[ -z "$(find . -newer "$BUILD/cases/.names" \( -name '*.case' -o -name 'unpack.*' \) \
			-print -quit)" ]
}

! is_current || exit 0
new=$BUILD/cases.new
rm -rf "$new" && mkdir "$new" || exit
awk -v list=1 -v "to=$new" -f unpack.awk "${files[@]}" | sort -u | xargs -d '\n' mkdir -p || exit
awk -v "to=$new" -f unpack.awk "${files[@]}" >"$new/.rest" || exit
sed -n 's/^x //p' "$new/.rest" | xargs -r -d '\n' chmod +x || exit
sed -n 's/^l //p' "$new/.rest" | while IFS=$'\t' read -r link target; do
	ln -sfn "$target" "$link" || exit
done || exit
rm "$new/.rest"
echo "$names" >"$new/.names"
touch -r "$BUILD/cases.lock" "$new/.names"
rm -rf "$BUILD/cases" && mv "$new" "$BUILD/cases"
