#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches the newest User Mode Linux that Debian offers and that boots here, with the C
# library that it wants, and puts it into $BUILD/uml, where lab.sh takes precedence for it.
# Newer ones start programs several times faster than that of Debian 12. If there is no such
# kernel, it says why and the lab uses the installed one. What is there already is kept.
set -u
cd "$(dirname "$0")/../.." || exit

# The newest first.
suites='sid testing stable'
BUILD=$(realpath -m "${BUILD:-build}")
work=
declare -A tried

installed() {
	dpkg-query -W -f '${Version}' user-mode-linux 2>/dev/null || echo 0
}

# The archive that this machine's own packages come from, and the key it is signed with.
archive() {
	# shellcheck disable=SC2016 # apt replaces these
	apt-get indextargets --format '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)' \
		'Created-By: Packages' | sed -n 's/^Debian|main|//p' | grep -v security |
		head -n 1
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

	uri=$(archive)
	[ -n "$uri" ] || return
	mkdir -p "$dir/lists" "$dir/cache/archives/partial"
	[ ! -f $keys ] || uri="[signed-by=$keys] $uri"
	echo "deb $uri $1 main" >"$dir/sources.list"
	apt_of apt-get "$1" update >"$work/log" 2>&1
}

candidate() {
	apt_of apt-cache "$1" policy user-mode-linux | sed -n 's/^  Candidate: //p'
}

# Its packages, unpacked and put together in $work/uml.
unpack() {
	local package

	rm -rf "$work/uml"
	mkdir -p "$work/$1/packages" "$work/uml"
	(cd "$work/$1/packages" &&
		apt_of apt-get "$1" download user-mode-linux libc6) >"$work/log" 2>&1 || return
	for package in "$work/$1"/packages/*.deb; do
		dpkg-deb -x "$package" "$work/uml/root" || return
	done
	mv "$work/uml/root/usr/bin/linux.uml" "$work"/uml/root/usr/lib/uml/modules "$work/uml" &&
		mv "$work"/uml/root/usr/lib/*-linux-gnu* "$work/uml/libc" &&
		rm -rf "$work/uml/root"
}

# It starts itself again through /proc/self/exe, which would be ld.so if that had started it.
link_with_its_libc() {
	patchelf --set-interpreter "$BUILD/uml/libc/$(basename "$(interpreter)")" \
		--set-rpath "$BUILD/uml/libc" "$BUILD/uml/linux.uml" >"$work/log" 2>&1
}

interpreter() {
	patchelf --print-interpreter "$BUILD/uml/linux.uml"
}

boots() {
	LAB=uml tests/kernel/lab.sh --timeout 60 --name lab-trial true >"$work/log" 2>&1
}

# Takes the suite's kernel; says why not.
take() {
	local version

	knows "$1" || { echo "cannot look into $1: $(tail -n 1 "$work/log")" && return 1; }
	version=$(candidate "$1")
	[ -n "$version" ] && [ -z "${tried[$version]:-}" ] || return
	tried[$version]=yes
	dpkg --compare-versions "$version" gt "$(installed)" || return
	if ! unpack "$1"; then
		echo "cannot fetch $version of $1: $(tail -n 1 "$work/log")"
		return 1
	fi
	rm -rf "$BUILD/uml"
	mkdir -p "$BUILD" && mv "$work/uml" "$BUILD/uml"
	if ! link_with_its_libc || ! boots; then
		echo "$version of $1 does not start here: $(tail -n 1 "$work/log")"
		rm -rf "$BUILD/uml"
		return 1
	fi
	echo "User Mode Linux $version of $1"
}

[ ! -x "$BUILD/uml/linux.uml" ] || exit 0
if ! command -v apt-get >/dev/null || ! command -v patchelf >/dev/null; then
	echo "no newer User Mode Linux without apt-get and patchelf: using the installed one"
	exit 0
fi
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
for suite in $suites; do
	! take "$suite" || exit 0
done
echo "using the installed User Mode Linux: $(installed)"
