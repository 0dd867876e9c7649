#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every mode has an example that says what the switch must do, and a scenario that brings
# it up. Every option, by each name and with each of its words and their numbers, is a row
# of a scenario's table.
set -u
cd "$(dirname "$0")/../.." || exit

scenarios=tests/kernel/scenarios
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
	echo "$*" >&2
	failed=1
}

"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -I. -o "$work/print-options" \
	tests/lint/print-options.c lib/model/{bond,bridge}-options.c \
	lib/model/option{,-value}.c lib/model/addr.c lib/base/*.c -ldl || exit
"$work/print-options" | cut -f 1,2 >"$work/options" || exit

# "OPTION WORD NUMBER" for each word that stands for a number.
words() {
	grep -oE '^[^	]+|[^ ,	]+ \([0-9]+\)' "$work/options" | tr -d '()' |
		awk 'NF == 1 { option = $1 } NF == 2 { print option, $0 }'
}

# "OPTION WRITTEN" for each way to write a value.
tried() {
	awk '$1 != "with" && NF { n = split($2, ways, "|")
		for (i = 1; i <= n; i++) print $1, ways[i] }' $scenarios/*/table
}

tried >"$work/tried"
while read -r option word number; do
	for written in "$word" "$number"; do
		grep -qxF -- "$option $written" "$work/tried" ||
			complain "no table of $scenarios tries $option=$written"
	done
done < <(words)
while read -r option _; do
	grep -q -- "^$option " "$work/tried" ||
		complain "no table of $scenarios tries the option $option"
done <"$work/options"

while read -r option mode _; do
	[ "$option" = mode ] || continue
	example=sysconfig-examples/$mode
	grep -qs "^BONDING_OPTS=.*\<mode=$mode\>" "$example/ifcfg-bond0" ||
		complain "$example is no example of the mode"
	grep -qs '^#.* switch' "$example/ifcfg-bond0" ||
		grep -qs ' switch' "$example/README" ||
		complain "$example does not say what the switch must do"
	grep -qsx "example $mode" "$scenarios/mode-$mode/steps" ||
		complain "$scenarios/mode-$mode does not bring $example up"
done < <(words)
[ $failed != 0 ] || echo "ok     every mode has an example, every option a scenario"
exit $failed
