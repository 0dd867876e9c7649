#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches the newest User Mode Linux that Debian offers and that boots here, with the C
# library that it wants, and puts it into $BUILD/uml, where lab.sh takes precedence for it.
# Newer ones start programs several times faster than that of Debian 12. If there is no such
# kernel, it says why and the lab uses the installed one. What is there already is kept.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source-path=SCRIPTDIR source=suites.sh
. tests/kernel/suites.sh

# The newest first.
suites='sid testing stable'
BUILD=$(realpath -m "${BUILD:-build}")
work=
declare -A tried

installed() {
	dpkg-query -W -f '${Version}' user-mode-linux 2>/dev/null || echo 0
}

# Its packages, unpacked and put together in $work/uml.
unpack() {
	rm -rf "$work/uml"
	fetch "$1" "$work/uml/root" user-mode-linux libc6 || return
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
	version=$(candidate "$1" user-mode-linux)
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
