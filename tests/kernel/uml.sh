#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches kernels of Debian for User Mode Linux, each with the C library that it wants.
#
#   BUILD=build tests/kernel/uml.sh [KERNEL...]
#
# Without an argument, the newest that boots here, into $BUILD/uml, where lab.sh takes
# precedence for it: newer ones start programs several times faster than that of Debian 12. If
# there is no such kernel, it says why and the lab uses the installed one. A KERNEL is 6.1, 6.12
# or 7.2, and comes into $BUILD/uml-KERNEL, for lab.sh with that KERNEL; that of Debian 11 does
# not load its own modules here. What is there already is kept. Exit status: 0; 1 if a KERNEL
# cannot be had, which is reported.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source-path=SCRIPTDIR source=suites.sh
. tests/kernel/suites.sh

# The newest first.
suites='sid testing stable'
# The suite that has each kernel.
declare -A suite_of=([6.1]=bookworm [6.12]=trixie [7.2]=sid)
BUILD=$(realpath -m "${BUILD:-build}")
work=
declare -A tried

installed() {
	dpkg-query -W -f '${Version}' user-mode-linux 2>/dev/null || echo 0
}

# Its packages, unpacked and put together in $work/uml. What is installed here may be newer than
# those of the suite.
unpack() {
	rm -rf "$work/uml"
	fetch "$1" "$work/uml/root" "user-mode-linux/$1" "libc6/$1" || return
	mv "$work/uml/root/usr/bin/linux.uml" "$work"/uml/root/usr/lib/uml/modules "$work/uml" &&
		mv "$(dirname "$(find "$work/uml/root" -name libc.so.6)")" "$work/uml/libc" &&
		rm -rf "$work/uml/root"
}

# link_with_its_libc FOLDER: it starts itself again through /proc/self/exe, which would be ld.so
# if that had started it.
link_with_its_libc() {
	local interpreter

	interpreter=$(patchelf --print-interpreter "$1/linux.uml") &&
		patchelf --set-interpreter "$1/libc/$(basename "$interpreter")" \
			--set-rpath "$1/libc" "$1/linux.uml" >"$work/log" 2>&1
}

# boots [KERNEL]
boots() {
	LAB=uml KERNEL=${1:-} tests/kernel/lab.sh --timeout 60 --name lab-trial true \
		>"$work/log" 2>&1
}

# put SUITE VERSION [KERNEL]: says why not
put() {
	local folder=$BUILD/uml${3:+-$3}

	if ! unpack "$1"; then
		echo "cannot fetch $2 of $1: $(tail -n 1 "$work/log")"
		return 1
	fi
	rm -rf "$folder"
	mkdir -p "$BUILD" && mv "$work/uml" "$folder"
	if ! link_with_its_libc "$folder" || ! boots "${3:-}"; then
		echo "$2 of $1 does not start here: $(tail -n 1 "$work/log")"
		rm -rf "$folder"
		return 1
	fi
	echo "User Mode Linux $2 of $1"
}

# Takes the suite's kernel if it is newer than the installed one; says why not.
take_newer() {
	local version

	knows "$1" || { echo "cannot look into $1: $(tail -n 1 "$work/log")" && return 1; }
	version=$(candidate "$1" user-mode-linux)
	[ -n "$version" ] && [ -z "${tried[$version]:-}" ] || return
	tried[$version]=yes
	dpkg --compare-versions "$version" gt "$(installed)" || return
	put "$1" "$version"
}

take_newest() {
	local suite

	[ ! -x "$BUILD/uml/linux.uml" ] || return 0
	for suite in $suites; do
		! take_newer "$suite" || return 0
	done
	echo "using the installed User Mode Linux: $(installed)"
}

# Takes the kernel; says why not.
take() {
	local suite=${suite_of[$1]:-}

	[ -n "$suite" ] || { echo "no kernel $1 is known: ${!suite_of[*]}" && return 1; }
	[ ! -x "$BUILD/uml-$1/linux.uml" ] || return 0
	knows "$suite" || { echo "cannot look into $suite: $(tail -n 1 "$work/log")" && return 1; }
	put "$suite" "$1" "$1"
}

if ! command -v apt-get >/dev/null || ! command -v patchelf >/dev/null; then
	echo "no other User Mode Linux without apt-get and patchelf"
	exit $(($# != 0))
fi
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
[ $# != 0 ] || take_newest
for kernel; do
	take "$kernel" || failed=1
done
exit $failed
