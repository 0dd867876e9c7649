#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each page has the sections that a reader looks for, in the usual order, and the pages that
# they name are there.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0

complain() {
	echo "$*" >&2
	failed=1
}

# sections PAGE NAME...: has these, in this order; others may stand between.
sections() {
	local page=man/$1.scd want

	shift
	want=$(printf '# %s\n' "$@")
	diff -u --label "wanted" --label "$page" <(echo "$want") \
		<(grep -Fx "$want" "$page") || failed=1
}

# scdoc's pages name others as *NAME*(SECTION).
for name in $(grep -hoE '\*(if[a-z-]+|network)\*\([1-9]\)' man/*.scd | tr -d '*' | sort -u); do
	page=${name%(*}.${name#*(}
	[ -f "man/${page%)}.scd" ] || complain "there is no page $name, which others name"
done

sections ifup-bond.8 NAME SYNOPSIS DESCRIPTION OPTIONS "EXIT STATUS" FILES EXAMPLES DIAGNOSTICS \
	DIFFERENCES "SEE ALSO"
sections ifdown-bond.8 NAME SYNOPSIS DESCRIPTION OPTIONS "EXIT STATUS" FILES EXAMPLES \
	DIAGNOSTICS DIFFERENCES "SEE ALSO"
sections network.8 NAME SYNOPSIS DESCRIPTION "EXIT STATUS" FILES EXAMPLES DIAGNOSTICS \
	DIFFERENCES "SEE ALSO"
sections ifcfg-bond.5 NAME SYNOPSIS DESCRIPTION EXAMPLES FILES DIAGNOSTICS DIFFERENCES \
	"SEE ALSO"
sections ifcfg-route.5 NAME SYNOPSIS DESCRIPTION FILES EXAMPLES DIAGNOSTICS DIFFERENCES \
	"SEE ALSO"
for page in man/*.scd; do
	tail -n 12 "$page" | grep -qx '# SEE ALSO' || complain "$page does not end with SEE ALSO"
done
[ $failed != 0 ] || echo "ok     the manual pages have their sections, and name pages that there are"
exit $failed
