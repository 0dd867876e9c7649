# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the tests of all packages share. $work is a folder for the test, $BUILD has the
# programs.
# shellcheck disable=SC2034,SC2154 # failed and work are those of who takes this in

failed=0

complain() {
	echo "$*" >&2
	failed=1
}

# quietly COMMAND...: what it says counts only if it fails.
quietly() {
	"$@" >"$work/log" 2>&1 && return
	cat "$work/log" >&2
	complain "^ failed: $*"
	return 1
}

# like_up FOLDER: what /run holds on a host that is up.
like_up() {
	mkdir -p "$1"/{ifcfg-bond/good,lock/subsys}
	touch "$1"/{ifcfg-bond/state,lock/subsys/network,lock/subsys/other}
}

programs() {
	sed -n 's/^PROGRAMS *:= *//p' Makefile
}

# The names by which they are known.
names() {
	sed -n 's/^LINKS *:= *//p' Makefile
}

# prebuilt FOLDER: the objects, in the order of folders that the Makefile has.
prebuilt() {
	mkdir "$1" && (cd "$BUILD" && find ./*.o lib parsers -name '*.o' \
		-exec cp --parents -t "$1" {} +)
}
