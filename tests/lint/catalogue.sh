#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The message catalogues fit the sources: formats take the same arguments.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
	printf '%s\n' "$@" >&2
	failed=1
}

po/update.sh --pot "$work/pot" || failed=1
# A hint quotes its words for a shell one after the other.
po/update.sh --pot "$work/hints" diag_hint_words:2 || failed=1
for catalogue in po/*.po; do
	msgfmt -c -o "$work/mo" "$catalogue" || failed=1
	! msgcomm -o - "$catalogue" "$work/hints" | grep '^msgstr.*%[0-9]*\$' >&2 ||
		complain "^ diag_hint_words() knows no such format: keep the order of the words"
done
[ $failed != 0 ] || echo "ok     $(grep -c '^msgid "..' "$work/pot") messages can be translated"
exit $failed
