#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The tables of bridge options in ifcfg-bond(5) are those that the programs use: same rows,
# names, values, defaults and kernels. Every option is also tried by the table of a kernel
# scenario, except those that came with kernels newer than the lab's.
set -u
cd "$(dirname "$0")/../.." || exit

manual=man/ifcfg-bond.5.scd
scenarios=tests/kernel/scenarios
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -I. -o "$work/print-options" \
	tests/lint/print-bridge-options.c lib/model/{bond,bridge}-options.c \
	lib/model/option{,-value}.c lib/model/addr.c lib/base/*.c -ldl || exit
{
	"$work/print-options" &&
		"$work/print-options" ports
} >"$work/program" || exit
awk -f tests/lint/manual-table.awk -v section="BRIDGE OPTIONS" $manual | tr -d '*' \
	>"$work/manual"
diff -u --label lib/model/bridge-options.c --label $manual "$work/program" \
	"$work/manual" || failed=1

for whose in bridge ports; do
	while IFS=$'\t' read -r names _; do
		grep -qE "^${names%%,*} |\b${names%%,*}=" \
			$scenarios/bridge-options/{$whose,steps} && continue
		echo "$scenarios/bridge-options/$whose does not try ${names%%,*}" >&2
		failed=1
	done < <("$work/print-options" $whose)
done
[ $failed != 0 ] || echo "ok     every bridge option is documented and tried"
exit $failed
