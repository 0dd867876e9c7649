#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs what building and testing need and this machine lacks, through apt or dnf. A
# machine that has it all needs no network and no root.
#
#   tests/deps.sh [build | demo | check]
#
# Each word includes those before it; check is the default. What a build needs comes first
# and by itself, so that nothing that only a test uses can keep it away. A test's package
# that this distribution does not have is reported, and is no failure here: the tests that
# use it fail. guests.sh fetches what must not be installed.
#
# Exit status: 0; 1 if something could not be installed; 2 if a build cannot work.
set -u
export LC_ALL=C # answers of apt-cache are read

# For whom, how to see whether it is there, and the packages of Debian and of Fedora or
# RHEL: alternatives in a|b, the first that can be had; "-" where there is none.
table='
build command:gcc                    gcc                  gcc
build file:/usr/include/stdlib.h     libc6-dev            glibc-devel
build command:msgfmt         gettext              gettext
build command:make                   make                 make
build command:pkg-config             pkg-config           pkgconf-pkg-config
build library:libnl-3.0              libnl-3-dev          libnl3-devel
build library:libnl-route-3.0        libnl-route-3-dev    libnl3-devel
build library:inih                   libinih-dev          inih-devel
build library:json-c                 libjson-c-dev        json-c-devel
build library:libkmod                libkmod-dev          kmod-devel
build library:libsystemd             libsystemd-dev       systemd-devel
demo  command:modprobe               kmod                 kmod
demo  command:ip                     iproute2             iproute
demo  command:ping                   iputils-ping         iputils
demo  command:linux.uml              user-mode-linux      -
check command:git                    git                  git
check command:qemu-system-x86_64     qemu-system-x86      qemu-system-x86-core
check command:cpio                   cpio                 cpio
check command:xz                     xz-utils             xz
check command:patchelf               patchelf             patchelf
check command:ansible-playbook       ansible-core         ansible-core
check command:ansible-lint           ansible-lint         ansible-lint
check file:/usr/lib/systemd/systemd  systemd              systemd
check command:arping                 iputils-arping       iputils
check command:ethtool                ethtool              ethtool
check command:dnsmasq                dnsmasq-base         dnsmasq
check command:dhclient               isc-dhcp-client      dhcp-client
check command:dhcpcd                 dhcpcd-base|dhcpcd5  dhcpcd
check command:udhcpc                 udhcpc               -
check command:pgrep                  procps               procps-ng
check command:setpriv                util-linux           util-linux
check library:check                  check                check-devel
check command:clang                  clang                clang
check command:clang-format           clang-format         clang-tools-extra
check command:clang-tidy             clang-tidy           clang-tools-extra
check command:cppcheck               cppcheck             cppcheck
check command:valgrind               valgrind             valgrind
check command:shellcheck             shellcheck           ShellCheck
check command:yamllint               yamllint             yamllint
check command:jq                     jq                   jq
check command:rpmbuild               rpm                  rpm-build
check command:rpmlint                rpmlint              rpmlint
check command:dnf                    dnf                  dnf
check command:createrepo_c           createrepo-c         createrepo_c
check command:dpkg-buildpackage      dpkg-dev             -
check file:/usr/share/build-essential/essential-packages-list build-essential -
check command:dh                     debhelper            -
check command:lintian                lintian              -
check command:scdoc                  scdoc                scdoc
check command:mandoc                 mandoc               mandoc
check command:dbus-daemon            dbus                 dbus-daemon
check command:strace          strace               strace
check file:/usr/share/i18n/locales/zh_CN locales     glibc-locale-source
check command:setfattr               attr                 attr
check command:setfacl                acl                  acl
check python:nftables                python3-nftables     python3-nftables
check python:gi                      python3-gi           python3-gobject-base
check python:dbus                    python3-dbus         python3-dbus
'

# shellcheck source=tests/manager.sh disable=SC1091
. "$(dirname "$0")/manager.sh"

is_there() {
	case $1 in
	command:*) command -v "${1#*:}" >/dev/null ;;
	library:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
	file:*) [ -e "${1#*:}" ] ;;
	python:*) /usr/bin/python3 -c "import ${1#*:}" 2>/dev/null ;;
	esac
}

# "PROBE PACKAGES" of what is missing of a group.
missing() {
	echo "$table" | while read -r group probe deb rpm; do
		[ "$group" = "$1" ] || continue
		PATH=$PATH:/usr/sbin:/sbin is_there "$probe" && continue
		case $manager in
		apt-get) echo "$probe $deb" ;;
		dnf) echo "$probe $rpm" ;;
		*) echo "$probe -" ;;
		esac
	done
}

# The first of a|b that can be had; nothing where none can.
first_of() {
	echo "$1" | tr '|' '\n' | while read -r name; do
		if [ "$name" != - ] && obtainable "$name"; then
			echo "$name"
			break
		fi
	done
}

install() {
	case $manager in
	apt-get)
		DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends "$@"
		;;
	dnf) dnf install -y "$@" ;;
	esac
}

# If they do not go together, as many as possible.
install_all() {
	[ $# != 0 ] || return 0
	echo "installing: $*"
	install "$@" && return
	for package; do
		install "$package" || echo "could not install $package" >&2
	done
}

names_of() {
	missing "$1" | while read -r _ packages; do first_of "$packages"; done | sort -u
}

# What a group still lacks, each with the reason; fails if trying again could help.
report() {
	missing "$1" | {
		again=0
		while read -r probe packages; do
			if [ -z "$(first_of "$packages")" ]; then
				echo "no package here has ${probe#*:} ($packages)" >&2
			else
				echo "not installed: ${probe#*:} ($packages)" >&2
				again=1
			fi
		done
		exit $again
	}
}

# Whether packages can be installed at all; asks for their lists once.
ready=
prepare() {
	[ -z "$ready" ] || return 0
	if [ -z "$manager" ]; then
		echo "neither apt-get nor dnf is here to install what is missing:" >&2
		return 1
	fi
	if [ "$(id -u)" != 0 ]; then
		echo "only root can install what is missing:" >&2
		return 1
	fi
	[ "$manager" != apt-get ] || apt-get update -q || return
	ready=yes
}

provide() {
	[ -n "$(missing "$1")" ] || return 0
	if prepare; then
		# shellcheck disable=SC2046 # a list of package names
		install_all $(names_of "$1")
	fi
	report "$1" && return
	[ "$manager" != dnf ] || echo "(RHEL and its kin need EPEL and CRB enabled)" >&2
	return 1
}

for_whom=${1:-check}
failed=0
provide build || failed=1
if [ -n "$(missing build)" ]; then
	echo "a build needs what is missing" >&2
	exit 2
fi
[ "$for_whom" != build ] || exit $failed
provide demo || failed=1
[ "$for_whom" != demo ] || exit $failed
provide check || failed=1
"$(dirname "$0")/guests.sh" || failed=1
exit $failed
