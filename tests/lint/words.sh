#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# No file speaks of the machine it was written on, or of work that somebody left to others.
set -u
cd "$(dirname "$0")/../.." || exit

build=$(basename "${BUILD:-build}")
here=$PWD
failed=0

# All text files but this one, which has to name what it looks for.
search() {
	grep -rnI --exclude-dir=.git --exclude-dir=build --exclude-dir="$build" \
		--exclude=words.sh "$@" .
}

refuse() {
	local why=$1

	shift
	search "$@" || return
	echo "^ $why" >&2
	failed=1
}

refuse "work that was left to others" -wE 'TODO|FIXME|XXX'
refuse "a path of somebody's machine" -E '/(home|Users)/[[:alnum:]]'
# Two names deep or more: /usr alone would be found everywhere.
[[ $here != /*/* ]] || refuse "the path of this checkout" -F "$here"
[ $failed != 0 ] || echo "ok     no paths of this machine, no notes about work to do"
exit $failed
