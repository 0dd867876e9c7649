#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The message catalogues fit the sources: the list of messages is up to date, each message has
# a translation that nobody has to look at again, and formats take the same arguments.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
	printf '%s\n' "$@" >&2
	failed=1
}

# none WHAT OPTION: no message of the catalogue has this attribute.
none() {
	msgattrib "$2" "$catalogue" >"$work/left" || failed=1
	[ -s "$work/left" ] || return 0
	cat "$work/left" >&2
	complain "^ $1 in $catalogue: make po-update, then translate them"
}

po/update.sh --pot "$work/pot" || failed=1
diff -u po/ifcfg-bond.pot "$work/pot" >&2 ||
	complain "^ messages have changed: make po-update, then translate them in po/*.po"
# A hint quotes its words for a shell one after the other.
po/update.sh --pot "$work/hints" diag_hint_words:2 || failed=1
for catalogue in po/*.po; do
	msgfmt -c -o "$work/mo" "$catalogue" || failed=1
	none untranslated --untranslated
	none fuzzy --only-fuzzy
	none obsolete --only-obsolete
	msgcmp --use-untranslated "$catalogue" "$work/pot" || failed=1
	! msgcomm -o - "$catalogue" "$work/hints" | grep '^msgstr.*%[0-9]*\$' >&2 ||
		complain "^ diag_hint_words() knows no such format: keep the order of the words"
done
[ $failed != 0 ] || echo "ok     $(grep -c '^msgid ' po/ifcfg-bond.pot) messages are translated"
exit $failed
