#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The part of run.sh that runs in a root of another release of Debian, with the sources in
# /src:
#
#   tests/builds/inside.sh [ARCHITECTURE | HEADERS]
#
# Without a word: `make deps`, what a build needs first, then builds with gcc and clang
# without a warning, check-unit and check-package; the packages are installed, run and
# purged. With an architecture: a cross build, whose unit tests and cases run under qemu.
# With the name of a header in this directory: a build that includes it first, with gcc and
# clang, and the unit tests and cases. What it leaves in /src/result, run.sh says.
set -u
cd /src || exit
export DEBIAN_FRONTEND=noninteractive
export CK_TIMEOUT_MULTIPLIER=5 # the machine may be busy

passed=0
failed=0

step() {
	local title=$1 began=$EPOCHSECONDS

	shift
	echo "== $title"
	if "$@"; then
		passed=$((passed + 1))
		echo "== $title: $((EPOCHSECONDS - began)) s"
	else
		echo "FAILED: $title"
		failed=$((failed + 1))
		return 1
	fi
}

# One that leaves "PASSED FAILED" in build/unit.count.
counted() {
	local title=$1 build=$2 good=0 bad=0

	shift 2
	echo "== $title"
	rm -f "$build/unit.count"
	"$@" || bad=1
	[ ! -s "$build/unit.count" ] || read -r good bad <"$build/unit.count"
	passed=$((passed + good))
	failed=$((failed + bad))
	[ "$bad" = 0 ] || echo "FAILED: $title"
}

version_of() {
	dpkg-query -W -f '${Version}' "$1" 2>/dev/null | sed 's/^[0-9]*://; s/[-+].*//'
}

# The compiler, and what follows the names of this architecture's packages.
finish() {
	local compiler

	compiler=$("$1" -dumpfullversion 2>/dev/null)
	echo "$passed $failed gcc ${compiler:-none}, glibc $(version_of "libc6$2")," \
		"libnl $(version_of "libnl-3-dev$2")" >result
}

# check-package packs what is committed.
commit() {
	rm -rf .git && git init -q && git add -A &&
		git -c user.name=builds -c user.email=builds@example.org commit -qm sources
}

# Debian 11 has no rpmlint.
check_packages() {
	if command -v rpmlint >/dev/null; then
		make --no-print-directory check-package CC=gcc
	else
		echo "no rpmlint here: only the Debian packages"
		tests/package/deb.sh
	fi
}

# Without the unit tests, which were run already.
build_packages() {
	DEB_BUILD_OPTIONS=nocheck make --no-print-directory -s deb DEB_OPTIONS=-b >build/deb.log 2>&1 && return
	tail -n 20 build/deb.log
	return 1
}

# Both, as an administrator does it.
install_packages() {
	apt-get install -y -q ./build/deb/*.deb && ifup --version && ifcfgctl --version &&
		apt-get purge -y -q ifcfg-bond ifcfg-bond-ifup &&
		[ ! -e /usr/sbin/ifup-bond ] && [ ! -L /usr/sbin/ifup ] && [ ! -e /run/ifcfg-bond ]
}

native() {
	local make=(make --no-print-directory -j2)

	# Nothing but this may be needed for a build.
	step "what a build needs" tests/deps.sh build || return
	step "build with gcc" "${make[@]}" CC=gcc all || return
	step "make deps" make --no-print-directory deps CC=gcc
	step "build with clang" "${make[@]}" CC=clang BUILD=build/clang all
	counted "unit tests" build "${make[@]}" CC=gcc check-unit
	counted "unit tests with clang" build/clang \
		"${make[@]}" CC=clang BUILD=build/clang EMULATOR=env check-unit
	step "sources for the packages" commit || return
	step "packages" check_packages
	step "packages as make deb builds them" build_packages || return
	step "packages installed and purged" install_packages
}

# GNU's name and qemu's.
names_of() {
	case $1 in
	s390x) echo s390x-linux-gnu s390x ;;
	i386) echo i686-linux-gnu i386 ;;
	armhf) echo arm-linux-gnueabihf arm ;;
	arm64) echo aarch64-linux-gnu aarch64 ;;
	esac
}

cross_deps() {
	dpkg --add-architecture "$1" && apt-get update -q &&
		apt-get install -y -q --no-install-recommends make procps pkg-config gettext \
			"crossbuild-essential-$1" qemu-user iproute2 \
			"libnl-3-dev:$1" "libnl-route-3-dev:$1" "libinih-dev:$1" \
			"libjson-c-dev:$1" "libkmod-dev:$1" "libsystemd-dev:$1" "check:$1"
}

# cross ARCHITECTURE GNU QEMU
cross() {
	local make=(make --no-print-directory -j2 "CC=$2-gcc" "AR=$2-ar")

	step "packages for $1" cross_deps "$1" || return
	export PKG_CONFIG_LIBDIR=/usr/lib/${2/i686/i386}/pkgconfig
	# Where the order of bytes is another one than the kernel's, qemu does not translate the
	# first, and the locales that are here are not those of the C library.
	[ "$1" != s390x ] || export CK_EXCLUDE_TAGS='extended-acks locales'
	step "build for $1" "${make[@]}" all || return
	counted "unit tests and cases for $1" build "${make[@]}" "EMULATOR=qemu-$3" check-unit
}

old_deps() {
	apt-get update -q && apt-get install -y -q --no-install-recommends procps pkg-config check \
		clang iproute2
}

# old HEADERS
old() {
	local make=(make --no-print-directory -j2 "CFLAGS=-O2 -g -include tests/builds/$1.h")

	step "what a build needs" tests/deps.sh build || return
	step "what tests need" old_deps || return
	step "build with gcc and headers of $1" "${make[@]}" CC=gcc all
	# The rest, which needs more than a build does, is the same with any headers.
	counted "unit tests and cases" build "${make[@]}" CC=gcc EMULATOR=env check-unit
	step "build with clang and headers of $1" "${make[@]}" CC=clang BUILD=build/clang all
}

if [ $# = 0 ]; then
	native
	finish gcc ''
elif [ -f "tests/builds/$1.h" ]; then
	old "$1"
	finish gcc ''
else
	read -r gnu qemu < <(names_of "$1")
	cross "$1" "$gnu" "$qemu"
	finish "$gnu-gcc" ":$1"
fi
