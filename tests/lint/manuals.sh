#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The manual pages can be made, and mandoc, where there is one, finds no error in them. Its
# warnings are about empty paragraphs, as scdoc always makes them.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

# scdoc lets roff take such a line for a command, which leaves the line out.
if grep -nE '^[[:space:]]*\\?\.[^ ]' man/*.scd; then
	echo "^ a line that starts with a dot would vanish" >&2
	failed=1
fi
for source in man/*.scd; do
	page=$work/$(basename "$source" .scd)
	if ! scdoc <"$source" >"$page"; then
		echo "$source: scdoc cannot read it" >&2
		failed=1
	elif command -v mandoc >/dev/null; then
		mandoc -T lint -W error "$page" || failed=1
	fi
done
[ $failed != 0 ] || echo "ok     the manual pages can be made"
exit $failed
