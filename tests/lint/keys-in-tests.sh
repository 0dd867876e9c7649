#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every key that has an effect stands in a file of a planner case or of a kernel scenario,
# or in the steps of one.
set -u
cd "$(dirname "$0")/../.." || exit

table=lib/model/ifcfg-keys.c
places=(tests/cases tests/kernel/scenarios tests/kernel/systemd)
failed=0
keys=0

# "KEY PATTERN": what the key is followed by in a file.
patterns() {
	sed -n -e 's/^\tUSED("\([^"]*\)".*),$/\1 =/p' \
		-e 's/^\tUSED_NUMBERED("\([^"]*\)".*),$/\1 [0-9]+=/p' \
		-e 's/^\tUSED_PREFIX("\([^"]*\)".*),$/\1 [A-Za-z0-9_]+=/p' $table
}

# Of all files together, once: each key is looked for in what is left of them.
assignments=$(grep -rhoE '\b[A-Z_][A-Z0-9_]*[A-Za-z0-9_]*=' "${places[@]}" | sort -u)
while read -r key behind; do
	keys=$((keys + 1))
	grep -qxE "$key$behind" <<<"$assignments" && continue
	echo "$table: no case and no scenario has a file with $key" >&2
	failed=1
done < <(patterns)
[ $keys != 0 ] || failed=1
[ $failed != 0 ] || echo "ok     each of $keys keys that have an effect is in a case or a scenario"
exit $failed
