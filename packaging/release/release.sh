#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the release of the version that packaging/ifcfg-bond.spec has, from what is committed:
# all tests, the sources, RPM and Debian packages made of them, a bill of materials and
# checksums in $BUILD/release; then the tag. With --dry-run, neither the tests nor the tag.
set -eu
cd "$(dirname "$0")/../.."

BUILD=${BUILD:-build}
VERSION=$(sed -n 's/^Version: *//p' packaging/ifcfg-bond.spec)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export VERSION SOURCE_DATE_EPOCH LC_ALL=C.UTF-8
make=(make --no-print-directory)
out=$(realpath -m "$BUILD/release")
dry=
[ "${1:-}" != --dry-run ] || dry=yes

refuse() {
	echo "not released: $*" >&2
	exit 1
}

# Of what is committed, in a folder of its own each time, and all that is made of it.
build() {
	rm -rf "$1" && git clone -q --no-hardlinks . "$1"
	"${make[@]}" -C "$1" -s dist
	"${make[@]}" -C "$1" -s -j"$(nproc)" all >/dev/null
	DEB_BUILD_OPTIONS=nocheck "${make[@]}" -C "$1" -s deb >"$1.log" 2>&1 || {
		cat "$1.log" >&2
		refuse 'the Debian packages cannot be built'
	}
	# An RPM says in which folder it was built.
	rm -rf "$out/rpm"
	"${make[@]}" -C "$1" -s rpm BUILD="$out/rpm" RPMBUILD_OPTIONS="--nocheck \
		--define 'use_source_date_epoch_as_buildtime 1' \
		--define 'clamp_mtime_to_source_date_epoch 1' \
		--define '_buildhost reproducible'" >"$1.log" 2>&1 || {
		cat "$1.log" >&2
		refuse 'the RPMs cannot be built'
	}
	mv "$out/rpm/rpm" "$1/build/rpm"
}

artifacts() {
	(cd "$1/build" && find ./*.tar.gz ./ifup-bond ./ifdown-bond ./ifenslave-bond ./ifcfgctl deb/*.deb \
		rpm/SRPMS rpm/RPMS -type f | sort)
}

same() {
	local file differs=

	for file in $(artifacts "$1"); do
		cmp -s "$1/build/$file" "$2/build/$file" || differs="$differs $file"
	done
	[ -z "$differs" ] || refuse "two builds differ:$differs"
	echo "two builds are the same, byte for byte"
}

[ -z "$(git status --porcelain)" ] || refuse 'there are changes that are not committed'
[ -n "$dry" ] || ! grep -q "^## $VERSION (not released)" NEWS.md ||
	refuse "NEWS.md calls $VERSION not released"
! git rev-parse -q --verify "refs/tags/v$VERSION" >/dev/null || refuse "v$VERSION exists"
[ -n "$dry" ] || { "${make[@]}" check && "${make[@]}" lint && "${make[@]}" valgrind; }
rm -rf "$out" && mkdir -p "$out"
build "$out/first"
sleep 2 # so that times differ
build "$out/a-second-one"
same "$out/first" "$out/a-second-one"
(cd "$out/first/build" && cp ./*.tar.gz deb/*.deb rpm/SRPMS/*.rpm rpm/RPMS/*/*.rpm "$out")
BUILD=$out/first/build packaging/release/sbom.sh >"$out/ifcfg-bond-$VERSION.spdx.json"
rm -rf "$out"/{first,a-second-one}{,.log} "$out/rpm"
(cd "$out" && sha256sum -- * >SHA256SUMS)
[ -n "$dry" ] || git tag -a -m "ifcfg-bond $VERSION" "v$VERSION"
ls -l "$out"
