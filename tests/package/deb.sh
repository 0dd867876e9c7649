#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The Debian packages, built from what is committed and the objects that are there: what
# lintian says of them, that they have the tree of `make install`, that their scripts leave
# the network alone, and that what they hold runs.
set -u
cd "$(dirname "$0")/../.." || exit
export PATH=$PATH:/usr/sbin:/sbin LC_ALL=C.UTF-8

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
root=$work/root
. tests/package/lib.sh

build() {
	prebuilt "$work/prebuilt" &&
		DEB_BUILD_OPTIONS='nocheck noautodbgsym' PREBUILT=$work/prebuilt quietly \
			make --no-print-directory -s deb BUILD="$work/build" DEB_OPTIONS=-b && return
	echo "the Debian packages cannot be built" >&2
	exit 1
}

lint() {
	lintian --allow-root --tag-display-limit 0 "${packages[@]}" >"$work/lint" 2>&1
	# Older ones count what the overrides are for; newer ones call a groff that does not know
	# what the sections of the manual are called in Chinese, and tells of wide gaps in a table.
	# Where a page of paper would end follows from every word before, and terminals have none.
	! grep -vE "^N: [0-9]+ hints? overridden |: (name|macro) 'an\*section[0-9]' not defined |: warning .*: cannot (adjust|break) line|: table text block will not fit on one page" \
		"$work/lint" || complain "^ lintian"
}

says() {
	[[ $(dpkg-deb -f "$1" Depends) = *libinih1*libkmod2*libnl-route-3-200* ]] ||
		complain "$1 does not need the libraries that it opens"
	[[ $(dpkg-deb -f "$2" Conflicts) = *ifupdown,* ]] || complain "$2 can be installed besides ifupdown"
}

# What apt would do for PACKAGE..., if ours were installed on this machine, and ifupdown were
# not: "Inst NAME" or "Remv NAME", sorted.
apt_would() {
	local package

	awk -v RS= -v ORS='\n\n' '!/^Package: (ifupdown|ifenslave|ifcfg-bond)/' \
		/var/lib/dpkg/status >"$work/status"
	for package in "${packages[@]}"; do
		printf '%s\nStatus: install ok installed\n\n' "$(dpkg-deb -f "$package")"
	done >>"$work/status"
	apt-get -qq -s -o Dir::State::status="$work/status" \
		-o APT::Install-Recommends=false install "$@" 2>&1 |
		sed -nE 's/^(Inst|Remv|E:) ([^ ]+) .*/\1 \2/p' | sort
}

# Debian's ifenslave wants ifupdown, which would have our ifup removed for it.
keeps_ifup() {
	local does

	does=$(apt_would ifenslave)
	[[ $does = *"Inst ifenslave"* ]] || complain "ifenslave cannot be there, too: $does"
	[[ $does != *Remv* && $does != *"Inst ifupdown"* ]] ||
		complain "what ifenslave brings and takes: $does"
}

# Those that dpkg runs, as they are in the package.
scripts_leave_it() {
	local package

	for package; do
		dpkg-deb -e "$package" "$work/control" || complain "$package has no control files"
		! cat "$work"/control/{pre,post}{inst,rm} 2>/dev/null |
			grep -E '(stop|start) .*network' || complain "^ is in a script of $package"
		rm -r "$work/control"
	done
}

# purged PACKAGE: by its last script, where nothing else of the machine can be reached.
purged() {
	local as=()

	# A root that was changed to has no user namespaces.
	[ "$(id -u)" = 0 ] || as=(--map-root-user)
	dpkg-deb -e "$1" "$work/control" || complain "$1 has no control files"
	like_up "$work/run"
	# shellcheck disable=SC2016 # for the other shell
	DPKG_MAINTSCRIPT_PACKAGE=ifcfg-bond unshare -m "${as[@]}" sh -ec '
		mount -t tmpfs tmpfs /etc/systemd
		mount -t tmpfs tmpfs /var/lib/systemd
		mount --bind "$2" /run
		sh "$1" remove
		[ -e /run/ifcfg-bond/state ]
		sh "$1" purge' - "$work/control/postrm" "$work/run" ||
		complain "$1 is not purged"
	[ "$(cd "$work/run" && find . -type f)" = ./lock/subsys/other ] ||
		complain "$1 leaves something in /run"
	rm -r "$work/control"
}

# The alternative; NetworkManager's own would come first.
offers_nmcli() {
	dpkg-deb -e "$1" "$work/control" || complain "$1 has no control files"
	grep -q -- '--install /usr/bin/nmcli nmcli /usr/sbin/ifcfgctl 10$' \
		"$work/control/postinst" ||
		complain "$1 does not install the alternative"
	grep -q -- '--remove nmcli /usr/sbin/ifcfgctl' "$work/control/prerm" ||
		complain "$1 does not remove the alternative"
	rm -r "$work/control"
}

# What is no folder; without what each package of Debian has, and with the names that things
# have before Debian compresses and moves them.
tree_of_packages() {
	(cd "$root" && find . ! -type d) | grep -vE 'doc/[^/]*/(copyright|changelog)|/lintian/' |
		sed -E 's,\.gz$,,; s,^\./lib/,./usr/lib/,' | sort
}

# Without what Debian has otherwise: see packaging/debian/rules.
tree_of_make() {
	quietly make --no-print-directory -s install BUILD="$BUILD" DESTDIR="$work/stage"
	(cd "$work/stage" && find . ! -type d) |
		grep -vE '/(licenses|init\.d|system-preset)/' | sort
}

runs() {
	local program

	for program in $(names) $(programs); do
		[[ $("$root/usr/sbin/$program" --version) = ifcfg-bond* ]] ||
			complain "$program does not run"
	done
}

build
mapfile -t packages < <(ls "$work"/build/deb/*.deb)
[ ${#packages[@]} = 3 ] || complain "not three packages, but: ${packages[*]}"
lint
says "$work"/build/deb/ifcfg-bond{,-ifup}_*.deb
keeps_ifup
scripts_leave_it "${packages[@]}"
purged "$work"/build/deb/ifcfg-bond_*.deb
offers_nmcli "$work"/build/deb/ifcfg-bond-nmcli_*.deb
for package in "${packages[@]}"; do
	dpkg-deb -x "$package" "$root"
done
tree_of_make >"$work/tree"
diff -u --label 'make install' --label packages "$work/tree" <(tree_of_packages) || failed=1
runs
[ $failed != 0 ] || echo "ok     the Debian packages are built, and run"
exit $failed
