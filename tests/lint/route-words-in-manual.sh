#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The words of routes and rules that ifcfg-route(5) lists are those of the tables that read
# them, and the other way round.
set -u
cd "$(dirname "$0")/../.." || exit

page=man/ifcfg-route.5.scd
failed=0

# from_table FILE TABLE: the names of its rows, but for those that are left to ip(8).
from_table() {
	sed -n "/$2\[\] = {/,/^};/{ /words_for_ip/d; s/.*{ \"\([^\"]*\)\".*/\1/p }" \
		"lib/model/$1" | sort
}

# The names of those.
for_ip() {
	sed -n '/words_for_ip/s/.*{ "\([^"]*\)".*/\1/p' lib/model/{route,rule}-words.c |
		sort -u
}

# The first cell of each row: "*metric*, preference".
from_manual() {
	awk -f tests/lint/manual-table.awk -v section="$1" $page | cut -f 1 | tr -d '*\\,' |
		tr ' ' '\n' | sort
}

# compare FILE TABLE SECTION
compare() {
	[ -n "$(from_table "$1" "$2")" ] || {
		echo "lib/model/$1: no rows of $2 found" >&2
		failed=1
	}
	diff -u --label "lib/model/$1" --label "$page" <(from_table "$1" "$2") \
		<(from_manual "$3") || failed=1
}

section=$(sed -n '/^# LINES FOR IP/,/^# OLDER FILES/p' $page)
for word in $(for_ip); do
	[[ $section == *"*$word*"* ]] && continue
	echo "$page: LINES FOR IP does not have *$word*" >&2
	failed=1
done
compare route-words.c route_words ROUTES
compare rule-words.c rule_words RULES
[ $failed != 0 ] || echo "ok     every word of routes and rules is in its manual page"
exit $failed
