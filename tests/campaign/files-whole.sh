#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether a command that was disturbed left whole files:
#
#     ENDED=STATUS files-whole.sh OLD NEW NOW
#
# Each file below NOW/root is as in OLD or as in NEW, none is missing that is in both, and if
# the command ended with 0 all are the new ones.
set -u
old=$1/root new=$2/root now=$3/root

[ "$ENDED" != 0 ] || exec diff -r "$new" "$now"
! diff -rq "$old" "$now" >/dev/null || exit 0
# What a killed writer leaves is no file of anybody's, and the next one writes over it.
[ "$ENDED" != 137 ] || find "$now" -name '*.next~' -delete
wrong=0
while read -r -d '' file; do
	if [ -e "$now/$file" ]; then
		cmp -s "$old/$file" "$now/$file" || cmp -s "$new/$file" "$now/$file" || {
			echo "neither the old nor the new one: $file"
			wrong=1
		}
	elif [ -e "$old/$file" ] && [ -e "$new/$file" ]; then
		echo "lost: $file"
		wrong=1
	fi
done < <(for dir in "$old" "$new" "$now"; do
	(cd "$dir" && find . -type f -print0)
done | sort -zu)
exit $wrong
