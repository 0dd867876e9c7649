# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What planner cases expect, and how results are compared with it.

# expected CASE WHAT
expected() {
	if [ -f "$1/expect.$2" ]; then
		cat "$1/expect.$2"
	elif [ "$2" = status ]; then
		echo 0
	fi
}

# Older versions of json-c put an end of line into an empty list.
plain() {
	sed -z 's/\[\n *\]/[]/g'
}

# is_as_expected CASE WHAT RESULT LABEL: else it shows the difference. By the shell itself as
# long as they are the same.
is_as_expected() {
	[[ $(expected "$1" "$2") != "$(<"$3")" ]] || return 0
	diff -u --label "${1##*/}/expect.$2" --label "$4" \
		<(expected "$1" "$2" | plain) <(plain <"$3")
}
