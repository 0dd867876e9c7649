#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Words that make readers stumble stay out of the manual pages, of what users read first, of
# messages, and the worst of them out of comments: "reported" is plainer than "told", "ignored" than "left out", "stacked on" than
# "stands on". A sentence that needs one all the same is an exception below.
set -u
cd "$(dirname "$0")/../.." || exit

words='told|behind|beside|(left|leave|leaves|leaving) out|anew|stands? on|counts? more|passed over'
words+='|in vain|belongs? into|folders?|made anew|what is wrong|brings? to|of which no|let go|lets go'
in_comments='told|behind|anew|left out|passed over|in vain|stands? on'
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
	# Not the names of members: @told, .beside.
	grep -rnE --include='*.[ch]' "^(.*/\*|[[:space:]]*\* )(.*[^@._>])?\b($in_comments)\b" \
		lib parsers ./*.c
)
found=$(grep -vE "^(${allowed#|})" <<<"$found")
if [ -n "$found" ]; then
	printf '%s\n' "$found" "^ say it plainer: CONTRIBUTING.md, Texts"
	failed=1
fi >&2
[ $failed != 0 ] || echo "ok     manual, messages and comments are without the words that readers stumble over"
exit $failed
