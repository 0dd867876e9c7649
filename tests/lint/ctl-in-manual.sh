#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The commands and options that ifcfgctl --help lists, and those of each command, are those
# that its manual page describes, and the other way round.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=${BUILD:-build}
page=man/ifcfgctl.8.scd
failed=0

commands() {
	"$BUILD/ifcfgctl" --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'
}

# A line for each command, followed by its options: "--watch", "--sysconfig DIR"
from_help() {
	local command

	echo "== OPTIONS"
	"$BUILD/ifcfgctl" --help |
		sed -n 's/^ \{2,6\}\(-[-a-zA-Z, ]*\)  .*/\1/p' | sed 's/ *$//' | sort
	for command in $(commands | sort); do
		echo "== $command"
		"$BUILD/ifcfgctl" "$command" --help | sed '/^For all commands:$/,$d' |
			sed -n 's/^ \{6\}\(--[^ ]*\( [A-Z][^ ]*\)\{0,1\}\) .*/\1/p' | sort
	done
}

documented() {
	sed -n '/^# COMMANDS/,/^# [^C]/s/^## \([a-z-]*\).*/\1/p' $page
}

section() {
	sed -n "/^## $1\( \|\$\)/,/^#/s/^\(\*-.*\)\$/\1/p" $page | tr -d '*_' | sort
}

from_manual() {
	local command

	echo "== OPTIONS"
	sed -n '/^# OPTIONS/,/^# [^O]/s/^\(\*-.*\)$/\1/p' $page | tr -d '*_' | sort
	for command in $(documented | sort -u); do
		echo "== $command"
		section "$command"
	done
}

[ -n "$(commands)" ] || {
	echo "ifcfgctl --help lists no commands" >&2
	failed=1
}
diff -u --label "ifcfgctl --help" --label $page <(from_help) <(from_manual) || failed=1
[ $failed != 0 ] || echo "ok     every command of ifcfgctl, and every option, is in its manual page"
exit $failed
