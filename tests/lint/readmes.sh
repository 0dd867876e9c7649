#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README.md and README.zh-CN.md say the same: as many sections, lists and rows of tables, the
# same commands and outputs. What stands as code in a section of one does so in the other's.
# Files and targets that they name exist.
set -u
cd "$(dirname "$0")/../.." || exit

pages=(README.md README.zh-CN.md)
failed=0

# One line for each heading, item and row, without its words; indented lines as they are.
skeleton() {
	sed -nE -e 's/^(#+) .*/\1/p' -e 's/^- .*/-/p' -e '/^    /p' \
		-e '/^\|/{s/[^|]//g;p}' "$1"
}

# "SECTION: CODE" for each word in backquotes, the sections being counted.
code() {
	awk '/^    / { next } /^#/ { section++ } { text[section] = text[section] " " $0 }
		END { for (i = 1; i <= section; i++) {
			n = split(text[i], part, "`")
			for (j = 2; j <= n; j += 2) print i ": " part[j] } }' "$1" | sort -u
}

named_files() {
	grep -hoE '\]\([^)#]+\)' "${pages[@]}" | tr -d '](' | tr -d ')' | sort -u
}

named_targets() {
	grep -hoE '(^    |`)make [a-z-]+' "${pages[@]}" | sed 's/.*make //' | sort -u
}

diff -u --label "${pages[0]}" --label "${pages[1]}" <(skeleton "${pages[0]}") \
	<(skeleton "${pages[1]}") || failed=1
diff -u --label "${pages[0]}" --label "${pages[1]}" \
	<(code "${pages[0]}" | grep -v MESSAGE) <(code "${pages[1]}" | grep -v '文件') || failed=1
for file in $(named_files); do
	[ -e "$file" ] || {
		echo "there is no $file, which a README names" >&2
		failed=1
	}
done
for target in $(named_targets); do
	grep -q "^$target:.*##" Makefile || {
		echo "there is no target $target, which a README names" >&2
		failed=1
	}
done
[ "$(skeleton README.md | wc -l)" -gt 50 ] || failed=1
[ $failed != 0 ] || echo "ok     README.md and README.zh-CN.md have the same sections and commands"
exit $failed
