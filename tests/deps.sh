#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs what building and testing need and this machine lacks, through apt or dnf. A
# machine that has it all needs no network and no root. `deps.sh demo` leaves out what
# only the tests use. guests.sh does the same for what is not to be installed.
set -u

# For whom, how to tell that it is there, and the packages of Debian and of Fedora or
# RHEL; "-" where there is none.
table='
demo  command:gcc                    gcc                gcc
demo  file:/usr/include/stdlib.h     libc6-dev          glibc-devel
demo  command:make                   make               make
demo  command:pkg-config             pkg-config         pkgconf-pkg-config
demo  library:libnl-3.0              libnl-3-dev        libnl3-devel
demo  library:libnl-route-3.0        libnl-route-3-dev  libnl3-devel
demo  library:inih                   libinih-dev        inih-devel
demo  library:json-c                 libjson-c-dev      json-c-devel
demo  library:libkmod                libkmod-dev        kmod-devel
demo  library:libsystemd             libsystemd-dev     systemd-devel
demo  command:modprobe               kmod               kmod
demo  command:ip                     iproute2           iproute
demo  command:ping                   iputils-ping       iputils
demo  command:linux.uml              user-mode-linux    -
check file:/usr/lib/systemd/systemd  systemd            systemd
check command:arping                 iputils-arping     iputils
check command:ethtool                ethtool            ethtool
check command:dnsmasq                dnsmasq-base       dnsmasq
check command:dhclient               isc-dhcp-client    dhcp-client
check command:dhcpcd                 dhcpcd-base        dhcpcd
check command:udhcpc                 udhcpc             -
check command:pgrep                  procps             procps-ng
check command:setpriv                util-linux         util-linux
check library:check                  check              check-devel
check command:clang                  clang              clang
check command:clang-format           clang-format       clang-tools-extra
check command:clang-tidy             clang-tidy         clang-tools-extra
check command:cppcheck               cppcheck           cppcheck
check command:valgrind               valgrind           valgrind
check command:shellcheck             shellcheck         ShellCheck
check command:rpmbuild               rpm                rpm-build
check command:rpmlint                rpmlint            rpmlint
check command:dpkg-buildpackage      dpkg-dev           -
check command:dh                     debhelper          -
check command:lintian                lintian            -
check command:scdoc                  scdoc              scdoc
check command:mandoc                 mandoc             mandoc
check command:dbus-daemon            dbus               dbus-daemon
check command:setfattr               attr               attr
check python:nftables                python3-nftables   python3-nftables
check python:gi                      python3-gi         python3-gobject-base
check python:dbus                    python3-dbus       python3-dbus
'

if command -v apt-get >/dev/null; then
	manager=apt-get
elif command -v dnf >/dev/null; then
	manager=dnf
else
	manager=
fi

is_there() {
	case $1 in
	command:*) command -v "${1#*:}" >/dev/null ;;
	library:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
	file:*) [ -e "${1#*:}" ] ;;
	python:*) /usr/bin/python3 -c "import ${1#*:}" 2>/dev/null ;;
	esac
}

# The packages of what is missing; without a known package manager, the things' names.
missing() {
	echo "$table" | while read -r who probe deb rpm; do
		[ -n "$who" ] || continue
		[ "$1" != demo ] || [ "$who" = demo ] || continue
		PATH=$PATH:/usr/sbin:/sbin is_there "$probe" && continue
		case $manager in
		apt-get) echo "$deb" ;;
		dnf) echo "$rpm" ;;
		*) echo "$probe" ;;
		esac
	done | grep -v '^-$' | sort -u | tr '\n' ' '
}

install() {
	case $manager in
	apt-get)
		export DEBIAN_FRONTEND=noninteractive
		apt-get update -q &&
			apt-get install -y -q --no-install-recommends "$@"
		;;
	dnf)
		dnf install -y "$@"
		;;
	esac
}

for_whom=${1:-check}
[ "$for_whom" = demo ] || "$(dirname "$0")/guests.sh" || exit
packages=$(missing "$for_whom")
[ -n "$packages" ] || exit 0
if [ -z "$manager" ]; then
	echo "missing, and neither apt-get nor dnf to install it: $packages" >&2
	exit 1
fi
if [ "$(id -u)" != 0 ]; then
	echo "missing: run as root: $manager install $packages" >&2
	exit 1
fi
echo "installing: $packages"
# shellcheck disable=SC2086 # a list of package names
if ! install $packages || [ -n "$(missing "$for_whom")" ]; then
	echo "could not install: $(missing "$for_whom")" >&2
	[ $manager != dnf ] || echo "(RHEL and its kin need EPEL and CRB enabled)" >&2
	exit 1
fi
