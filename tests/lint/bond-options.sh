#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table of bonding options in ifcfg-bond(5) is the table that the programs use: same
# rows, values, defaults, modes and kernels. Every name and alias is also tried by the
# fuzzer's corpus and by a unit test.
set -u
cd "$(dirname "$0")/../.." || exit

manual=man/ifcfg-bond.5.scd
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

# On its own: the library of $BUILD may be made for a sanitizer.
"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -I. -o "$work/print-options" \
	tests/lint/print-options.c lib/model/{bond,bridge}-options.c \
	lib/model/option{,-value}.c lib/model/addr.c lib/base/*.c -ldl || exit
"$work/print-options" >"$work/program" || exit

awk -f tests/lint/manual-table.awk -v section="BONDING OPTIONS" $manual | tr -d '*' \
	>"$work/manual"
diff -u --label lib/model/bond-options.c --label $manual "$work/program" \
	"$work/manual" || failed=1

while read -r name; do
	for place in tests/fuzz/corpus/bonding-opts tests/unit; do
		grep -rqw -- "$name" $place && continue
		echo "the bonding option $name is not tried in $place" >&2
		failed=1
	done
done < <(cut -f 1 "$work/program")
[ $failed != 0 ] || echo "ok     every bonding option is documented and tried"
exit $failed
