# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Sourced, at the top of the project, by tests of the table of keys.

table=lib/files/ifcfg-keys.c

# rows GRADES EXACT NUMBERED PREFIX: the keys of the rows of these grades (A|B), each in the
# form given for its kind: & is the name, and \n may separate several forms.
rows() {
	local macro="^\t($1)" name='\("([^"]*)".*\),$'

	sed -nE -e "s/$macro$name/${2//&/\\2}/p" \
		-e "s/${macro}_NUMBERED$name/${3//&/\\2}/p" \
		-e "s/${macro}_PREFIX$name/${4//&/\\2}/p" $table
}

# As a test of a set of files starts: the programs, a directory for files, and what is counted.
start() {
	BUILD=$(cd "${BUILD:-build}" && pwd) || exit
	work=$(mktemp -d) || exit
	trap 'rm -rf "$work"' EXIT
	files=$work/root/network-scripts
	mkdir -p "$files"
	# shellcheck disable=SC2034 # used where this is sourced
	failed=0 keys=0
}
