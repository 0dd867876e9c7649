#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Brings the catalogues into line with the sources: ifcfg-bond.pot, the list of all messages,
# and with it the translations, where new messages are then empty, and changed ones fuzzy.
# With --pot FILE, writes only the list, there, of all or of the keywords that follow: for the
# test of the catalogues.
set -eu
cd "$(dirname "$0")/.."

# The functions that print messages, with the number of the argument that is the format.
keywords=(
	_ N_ "language_plural:1,2"
	diag_error:3 diag_warning:3 diag_note:3 diag_notice:3 diag_add:4
	diag_hint:2 diag_hint_words:2
	print_line:2 print_part:2 phrase:2 problem:3 note_event:2
	wrong_usage:1 ctl_usage:2
)

pot=po/ifcfg-bond.pot
if [ "${1:-}" = --pot ]; then
	pot=$2
	[ $# = 2 ] || keywords=("${@:3}")
fi

# Without lines and dates, so that only a change of messages is one of the list.
LC_ALL=C xgettext --language=C --from-code=UTF-8 --keyword "${keywords[@]/#/--keyword=}" \
	--add-comments=L10N --add-location=file --no-wrap --package-name=ifcfg-bond -o - \
	-- ./*.c parsers/*.[ch] lib/*/*.[ch] |
	sed -e '/^"POT-Creation-Date:/d' -e 's,^#: \./,#: ,' \
		-e '1,4s,^# SOME DESCRIPTIVE.*,# Messages of ifcfg-bond.,' \
		-e "1,5{/YEAR/d}" -e s/charset=CHARSET/charset=UTF-8/ >"$pot.new"
mv "$pot.new" "$pot"
[ "${1:-}" != --pot ] || exit 0
for catalogue in po/*.po; do
	msgmerge -q --no-wrap --add-location=file --previous -o "$catalogue.new" "$catalogue" "$pot"
	msgattrib --no-obsolete --no-wrap -o "$catalogue" "$catalogue.new"
	rm "$catalogue.new"
	echo "$catalogue: $(msgfmt --statistics -o /dev/null "$catalogue" 2>&1)"
done
