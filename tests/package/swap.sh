#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# `dnf swap network-scripts ifcfg-bond` in the root given, and back again. The packages are the
# one given, one that is like network-scripts of RHEL 8 (the names of its files, its
# scriptlets), one that needs network-scripts, and one that stands for the rest of the system:
# it provides what these need.
#
#   tests/package/swap.sh ROOT PACKAGE FOLDER
#
# The root has a shell, alternatives and a systemctl (see rpm.sh); the folder is for what is
# made on the way. Exit status: 0, or 1.
set -u
cd "$(dirname "$0")/../.." || exit

root=$1
package=$2
work=$3
sbin=$(rpm --eval %_sbindir)
scripts=/etc/sysconfig/network-scripts
. tests/package/lib.sh

# make_package NAME VERSION LINE...: of the spec, into the repository
make_package() {
	printf '%s\n' "Name: $1" "Version: $2" 'Release: 1' "Summary: $1" 'License: none' \
		'BuildArch: noarch' "${@:3}" >"$work/$1.spec"
	quietly rpmbuild -bb --define "_topdir $work/$1" --define "_rpmdir $work/repository" \
		"$work/$1.spec"
}

provides() {
	rpm -qp --requires "$package" 2>/dev/null |
		sed -E '/^rpmlib/d; s/^\((.*) or .*\)$/\1/; s/^/Provides: /'
}

# Its scriptlets, but for --initscript, which alternatives of Debian does not know, and for
# chkconfig.
make_repository() {
	local needs files=(ifup ifdown ifup-eth init.ipv6-global)

	mkdir -p "$work/repository"
	cp "$package" "$work/repository"
	mapfile -t needs < <(provides)
	make_package rest-of-system 1 "${needs[@]}" '%description' Everything. '%files'
	make_package network-scripts 10.00.18 'Requires: /bin/sh' '%description' Scripts. '%install' \
		"mkdir -p %{buildroot}$scripts %{buildroot}$(rpm --eval %_initddir)" \
		"cd %{buildroot}$scripts && touch ${files[*]} && chmod 755 *" \
		"echo old >%{buildroot}$(rpm --eval %_initddir)/network" \
		'%post' "update-alternatives --install $sbin/ifup ifup $scripts/ifup 90 \\" \
		"	--slave $sbin/ifdown ifdown $scripts/ifdown" \
		'%preun' "[ \$1 != 0 ] || update-alternatives --remove ifup $scripts/ifup" \
		'%files' "${files[@]/#/$scripts/}" "$(rpm --eval %_initddir)/network"
	make_package network-scripts-team 1 'Requires: network-scripts' '%description' Teams. '%files'
	quietly createrepo_c "$work/repository"
}

with_dnf() {
	quietly dnf --installroot "$root" --releasever 1 --setopt=reposdir= --nogpgcheck \
		--setopt=cachedir="$work/cache" --setopt=logdir="$work" --setopt=persistdir="$work/dnf" \
		--repofrompath "test,$work/repository" --repo test --assumeyes "$@"
}

# leads_to PATH: /usr/sbin/ifup, over the link of the alternatives.
leads_to() {
	local found

	found=$(readlink "$root$(readlink "$root$sbin/ifup")")
	[ "$found" = "$1" ] || complain "after $when, ifup leads to $found, not to $1"
}

# installed NAME, and not the other; what needs it has stayed.
installed() {
	local found

	found=$(rpm --root "$root" -qa --qf '%{NAME} ')
	[[ " $found " = *" $1 "* && " $found " = *' network-scripts-team '* &&
		" $found " != *" $2 "* ]] || complain "after $when, there is: $found"
}

# init_script BEGINNING: of the one that is there
init_script() {
	[ "$(head -c 3 "$root$(rpm --eval %_initddir)/network")" = "$1" ] ||
		complain "after $when, the init script is not that of the package"
}

swaps() {
	when='the start'
	chroot "$root" "$sbin/update-alternatives" --quiet --remove ifup /usr/bin/old-ifup
	with_dnf install network-scripts network-scripts-team
	leads_to "$scripts/ifup"
	# The administrator's files are no package's.
	(cd "$root$scripts" && cksum ifcfg-*) >"$work/files"
	when='the swap'
	with_dnf swap network-scripts ifcfg-bond
	installed ifcfg-bond network-scripts
	leads_to "$sbin/ifup-bond"
	init_script '#!/'
	when='the way back'
	with_dnf swap ifcfg-bond network-scripts
	installed network-scripts ifcfg-bond
	leads_to "$scripts/ifup"
	init_script old
	diff -u --label before --label after "$work/files" <(cd "$root$scripts" && cksum ifcfg-*) ||
		failed=1
}

make_repository
swaps
exit $failed
