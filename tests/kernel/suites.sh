# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Packages of another suite of Debian than this machine's own, without installing any. Wants
# $work, a directory to be thrown away; the last command's words are in $work/log.
# shellcheck disable=SC2154

# The archive that this machine's own packages come from, and the key it is signed with.
archive() {
	# shellcheck disable=SC2016 # apt replaces these
	apt-get indextargets --format '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)' \
		'Created-By: Packages' | sed -n 's/^Debian|main|//p' | archive_for "$1" |
		head -n 1
}

# Security updates have an archive of their own.
archive_for() {
	case $1 in
	*-security) grep security ;;
	*) grep -v security ;;
	esac
}

# apt with a state of its own, which knows only of that suite.
apt_of() {
	local tool=$1 dir=$work/$2

	shift 2
	"$tool" -q -o "Dir::Etc::sourcelist=$dir/sources.list" -o Dir::Etc::sourceparts=- \
		-o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir/cache" \
		-o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

knows() {
	local dir=$work/$1 uri keys=/usr/share/keyrings/debian-archive-keyring.gpg

	uri=$(archive "$1")
	[ -n "$uri" ] || { echo "no archive of Debian is configured" >"$work/log" && return 1; }
	mkdir -p "$dir/lists" "$dir/cache/archives/partial"
	[ ! -f $keys ] || uri="[signed-by=$keys] $uri"
	echo "deb $uri $1 main" >"$dir/sources.list"
	apt_of apt-get "$1" update >"$work/log" 2>&1
}

# The suite's version of a package.
candidate() {
	apt_of apt-cache "$1" policy "$2" | sed -n 's/^  Candidate: //p'
}

# fetch SUITE FOLDER PACKAGE...: downloads them, and unpacks them below the folder
fetch() {
	local suite=$1 into=$2 package

	shift 2
	rm -rf "$work/$suite/packages"
	mkdir -p "$work/$suite/packages" "$into"
	(cd "$work/$suite/packages" && apt_of apt-get "$suite" download "$@") \
		>"$work/log" 2>&1 || return
	for package in "$work/$suite"/packages/*.deb; do
		dpkg-deb -x "$package" "$into" >>"$work/log" 2>&1 || return
	done
}
