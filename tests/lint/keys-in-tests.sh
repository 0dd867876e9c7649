#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every key that has an effect stands in a file of a planner case or of a kernel scenario,
# or in the steps of one.
set -u
cd "$(dirname "$0")/../.." || exit
. tests/keys.sh

places=(tests/cases tests/kernel/scenarios tests/kernel/systemd)
failed=0
keys=0

# "KEY PATTERN": what the key is followed by in a file.
patterns() {
	rows 'USED|OWN' '& =' '& [0-9]+=' '& [A-Za-z0-9_]+='
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
