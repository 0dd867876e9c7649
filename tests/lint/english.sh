#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Words that make readers stumble stay out of the manual pages, of what users read first, and of
# messages: "reported" is plainer than "told", "ignored" than "left out", "stacked on" than
# "stands on". A sentence that needs one all the same is an exception below.
set -u
cd "$(dirname "$0")/../.." || exit

words='told|behind|beside|(left|leave|leaves|leaving) out|anew|stands? on|counts? more|passed over'
words+='|in vain|belongs? into|folders?|made anew|what is wrong|brings? to|of which no|let go|lets go'
texts=(man/*.scd README.md NEWS.md SECURITY.md packaging/*.md packaging/ansible/README.md)
failed=0

# Not a text: the name of a variable after one.
exceptions=(
	'lib/run/progress.c:.*"%zu interface%s, %zu failed", told'
)
allowed=$(printf '|%s' "${exceptions[@]}")

# In C, only what is between quotes.
found=$(
	grep -nwE "$words" "${texts[@]}"
	grep -rnE --include='*.[ch]' "\"[^\"]*\b($words)\b[^\"]*\"" lib parsers ./*.c
)
found=$(grep -vE "^(${allowed#|})" <<<"$found")
if [ -n "$found" ]; then
	printf '%s\n' "$found" "^ say it plainer: CONTRIBUTING.md, Texts"
	failed=1
fi >&2
[ $failed != 0 ] || echo "ok     manual and messages are without the words that readers stumble over"
exit $failed
