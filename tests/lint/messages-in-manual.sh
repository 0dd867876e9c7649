#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each message that a section DIAGNOSTICS of the manual explains is one that the programs
# have: what stands in bold in its heading is looked for in the strings of the sources.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
checked=0

# All code in one line, strings that C puts together being one string.
sources=$(cat ./*.c lib/*/*.c parsers/*.c | tr '\n\t' '  ' | sed -E 's/" +"//g')

# "PAGE:LINE:HEADING" of each entry: a line at the margin, with an indented one below.
headings() {
	awk 'FNR == 1 { inside = 0 }
		/^# / { inside = $0 == "# DIAGNOSTICS" }
		inside && /^\t/ && last ~ /^[*_]/ { print FILENAME ":" FNR - 1 ":" last }
		{ last = $0 }' man/*.scd
}

# What stands between pairs of stars, without the quotes around a placeholder.
bold() {
	awk -F '*' '{ for (i = 2; i <= NF; i += 2) print $i }' <<<"$1" |
		sed -E "s/^[ ':=]*//; s/[ ':=]*\$//" | grep -E '.{4}'
}

# "cannot VERB" is put together from a table.
is_said() {
	[[ $sources == *"$1"* || ($1 == "cannot "* && $sources == *".verb = N_(\"${1#cannot }\")"*) ]]
}

while IFS=: read -r page line heading; do
	while read -r words; do
		checked=$((checked + 1))
		is_said "$words" && continue
		echo "$page:$line: no message of the programs has: $words" >&2
		failed=1
	done < <(bold "$heading")
done < <(headings)
[ $checked -gt 50 ] || failed=1
[ $failed != 0 ] || echo "ok     $checked pieces of messages in the manual are those of the programs"
exit $failed
