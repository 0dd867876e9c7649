#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Unpacks programs that scenarios use and that would take over this machine's network if
# they were installed: below $BUILD/guests, a folder for each, from packages of apt or dnf.
# What is there already is left alone.
set -u

# The folder, and the packages of Debian and of Fedora or RHEL, joined by commas.
table='
systemd-resolved  systemd-resolved  systemd-resolved
openresolv        openresolv        openresolv
firewalld         firewalld,python3-firewall,gir1.2-nm-1.0,libnm0  firewalld,python3-firewall,firewalld-filesystem
keepalived        keepalived,libsnmp40,libsensors5,libnftnl11,libnl-genl-3-200  keepalived,net-snmp-libs,lm_sensors-libs
network-manager   network-manager,libnm0,libmm-glib0,libbluetooth3,libteamdctl0,libnewt0.52,libgudev-1.0-0  NetworkManager,NetworkManager-libnm,ModemManager-glib,libteam
'
guests=$(realpath -m "${BUILD:-build}/guests")

download() {
	case $manager in
	apt-get) apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; } ;;
	dnf) dnf download -q "$@" ;;
	esac
}

extract() {
	case $1 in
	*.deb) dpkg-deb -x "$1" root ;;
	*.rpm) rpm2cpio "$1" | (mkdir -p root && cd root && cpio -idm --quiet) ;;
	esac
}

# Debian's packages say /lib where that is a link to /usr/lib.
merge() {
	local name

	for name in bin sbin lib lib64; do
		if [ ! -d "root/$name" ] || [ ! -L "/$name" ]; then
			continue
		fi
		mkdir -p "root/usr/$name" && cp -a "root/$name/." "root/usr/$name" &&
			rm -r "root/${name:?}" || return
	done
}

# unpack FOLDER PACKAGE...
unpack() (
	folder=$1
	shift
	work=$(mktemp -d) && cd "$work" || exit
	trap 'rm -rf "$work"' EXIT
	chmod 777 . # apt may fetch as another user
	download "$@" >&2 || exit
	for package in *.deb *.rpm; do
		[ ! -f "$package" ] || extract "$package" || exit
	done
	merge && mkdir -p "$guests" && mv root "$guests/$folder"
)

manager=
! command -v dnf >/dev/null || manager=dnf
! command -v apt-get >/dev/null || manager=apt-get
failed=0
while read -r folder deb rpm; do
	if [ -z "$folder" ] || [ -d "$guests/$folder" ]; then
		continue
	fi
	packages=$rpm
	[ "$manager" != apt-get ] || packages=$deb
	IFS=, read -ra list <<<"$packages"
	if [ -z "$manager" ] || ! unpack "$folder" "${list[@]}" </dev/null; then
		echo "could not fetch: $packages" >&2
		failed=1
	fi
done <<<"$table"
exit $failed
