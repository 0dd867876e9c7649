#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The options that --help lists are those that the program's manual page describes, in the
# same spelling, and those that the program understands, each with a value or without; and
# the other way round.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=${BUILD:-build}
failed=0

# "-n, --dry-run", "--rundir DIR"
from_help() {
	"$BUILD/$1-bond" --help |
		sed -n 's/^ \{2,6\}\(-[-a-zA-Z, ]*\)  .*/\1/p' | sed 's/ *$//' | sort
}

from_manual() {
	sed -n '/^# OPTIONS/,/^# [^O]/s/^\(\*-.*\)$/\1/p' "man/$1-bond.8.scd" |
		tr -d '*_' | sort
}

# Of the table that both programs read, "--rundir VALUE". Each has one of its own in it.
# ifenslave has its own table.
from_table() {
	local table=options

	[ "$1" != ifenslave ] || table=enslave
	sed -n -e 's/^\t{ "\([a-z-]*\)", no_argument.*/--\1/p' \
		-e 's/^\t{ "\([a-z-]*\)", required_argument.*/--\1 VALUE/p' lib/run/$table.c |
		grep -vxEe "$([ "$1" = ifup ] && echo --keep-upper ||
			echo '--(hotplug VALUE|name-of VALUE|rename)')" |
		sort
}

long_ones() {
	from_help "$1" | sed -E 's/^-[a-zA-Z], //; s/ [A-Z]+$/ VALUE/' | sort
}

for program in ifup ifdown ifenslave; do
	[ -n "$(from_help $program)" ] || {
		echo "$program-bond --help lists no options" >&2
		failed=1
	}
	diff -u --label "$program-bond --help" --label "man/$program-bond.8.scd" \
		<(from_help $program) <(from_manual $program) || failed=1
	diff -u --label "$program-bond --help" --label "its table" \
		<(long_ones $program) <(from_table $program) || failed=1
done
[ $failed != 0 ] || echo "ok     every option of the programs is in their manual pages"
exit $failed
