#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The keys that ifcfg-bond(5) and network(8) describe are those that have an effect: the rows USED…
# and OWN of the table of keys. A numbered one is spelled KEY[n], one with anything after it KEY_n.
set -u
cd "$(dirname "$0")/../.." || exit
. tests/keys.sh

manuals=(man/ifcfg-bond.5.scd man/network.8.scd)

from_table() {
	rows 'USED|OWN' '&' '&[n]' '&n' | sort
}

from_manual() {
	sed -n -e 's/^\*\([A-Z0-9_]*\)\*=.*/\1/p' \
		-e 's/^\*\([A-Z0-9_]*_\)\*_n_=.*/\1n/p' \
		-e 's/^\*\([A-Z0-9_]*\)\*\[_n_\]=.*/\1[n]/p' "${manuals[@]}" | sort
}

if [ -z "$(from_table)" ]; then
	echo "$table: no rows USED(…) or OWN(…) found" >&2
	exit 1
fi
diff -u --label $table --label "${manuals[*]}" <(from_table) <(from_manual) || exit
echo "ok     every key that has an effect is in a manual page, and no other"
