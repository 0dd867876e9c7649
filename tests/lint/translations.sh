#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A translated manual page has what the English one has: as many sections, items, rows and
# paragraphs in the same order, the same examples and outputs, and in each section the same
# options, keys, files and pages.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0

# Examples as they are. Of all else a line that says what it is, and how far it is indented.
skeleton() {
	awk '/^; / { next }
		/^```/ { example = !example }
		example || /^```/ { print; blank = 0; next }
		/^$/ { blank = 1; next }
		/^#+ / { print $1; text = 0 }
		/^\t*(-|\.) / { match($0, /^\t*/); print RLENGTH " item"; text = 1 }
		/^(\[\[|\||:)/ { print substr($0, 1, 2); text = 1 }
		/^\t*[^-#.|:\[\t ]/ {
			match($0, /^\t*/)
			if (blank || RLENGTH != depth || !text) print RLENGTH " text"
			depth = RLENGTH; text = 1
		}
		{ blank = 0 }' "$1"
}

# "SECTION: WORD" for what is the same in every language: options, keys, paths, other pages.
words() {
	awk '/^```/ { example = !example } example { next } /^# / { section++ }
		{ print section ": " $0 }' "$1" |
		grep -oE '^[0-9]+:|\*--?[a-z][a-z-]*|\*[A-Z][A-Z0-9_]+(=|\*)|_/[^_ ]+(_[^_ ]*)*_|\*[a-z.-]+\*\([1-8]\)' |
		awk '/^[0-9]+:$/ { section = $0; next } { print section, $0 }' | sort -u
}

for page in man/*/*.scd; do
	english=man/${page##*/}
	diff -u --label "$english" --label "$page" <(skeleton "$english") <(skeleton "$page") &&
		diff -u --label "$english" --label "$page" <(words "$english") <(words "$page") ||
		failed=1
done
[ $failed != 0 ] || echo "ok     translated manual pages have the sections and examples of the English ones"
exit $failed
