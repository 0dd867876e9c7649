#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The manual pages can be made, and mandoc has nothing to say about them, not even about their
# style, except for what scdoc does in every page.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

# scdoc puts .P before and after each heading and list; it writes a paragraph's lines
# with its escapes, which makes those of 80 columns longer; and it takes the title as it
# stands in the source, where pages of section 5 and 7 are called like the files. Newer versions
# escape the dashes of the date.
scdoc_does=(
	'skipping paragraph macro: PP empty$'
	'skipping paragraph macro: PP after S[HS]$'
	'input text line longer than 80 bytes: '
	'lower case character in document title: TH '
	'cannot parse date, using it verbatim: TH [0-9]+\\-[0-9]+\\-[0-9]+$'
)
ignored=$(printf '|%s' "${scdoc_does[@]}")

# scdoc lets roff take such a line for a command, which leaves the line out.
if grep -nE '^[[:space:]]*\\?\.[^ ]' man/*.scd man/*/*.scd; then
	echo "^ a line that starts with a dot would vanish" >&2
	failed=1
fi
# In an example, too, a backslash is an escape: the line would lose it.
if grep -nE '(^|[^\\])(\\\\)*\\$' man/*.scd man/*/*.scd; then
	echo "^ a backslash at the end of a line has to be doubled" >&2
	failed=1
fi
# scdoc prints headings as they are.
if grep -nE '^#+ .*(_[^ ]+_|\*)' man/*.scd man/*/*.scd; then
	echo "^ markup in a heading would be visible" >&2
	failed=1
fi
command -v mandoc >/dev/null || {
	echo "there is no mandoc: run make deps" >&2
	exit 1
}
for source in man/*.scd man/*/*.scd; do
	page=$work/$(basename "$source" .scd)
	if ! scdoc <"$source" >"$page"; then
		echo "$source: scdoc cannot read it" >&2
		failed=1
	elif mandoc -T lint "$page" | grep -vE "${ignored#|}"; then
		echo "^ $source" >&2
		failed=1
	fi
done
[ $failed != 0 ] || echo "ok     the manual pages can be made, and mandoc finds nothing in them"
exit $failed
