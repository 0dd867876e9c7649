#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Unpacks programs that scenarios use and that would take over this machine's network if
# they were installed: below $BUILD/guests, a folder for each, from packages of apt or dnf.
# What is there already, of the same packages, is left alone. Where the distribution does
# not have a package, that is reported, and is no failure here: the scenarios that ask for
# its folder fail.
#
# Exit status: 0; 1 if something could not be fetched.
set -u
export LC_ALL=C # answers of apt-cache are read

# The folder, and the packages of Debian and of Fedora or RHEL, joined by commas: of
# alternatives in a|b, the first that can be had.
table='
systemd-resolved  systemd-resolved|systemd  systemd-resolved
openresolv        openresolv        openresolv
udev              udev              systemd-udev
firewalld         firewalld,python3-firewall,gir1.2-nm-1.0,libnm0  firewalld,python3-firewall,firewalld-filesystem
openvswitch       openvswitch-switch,openvswitch-common,libunbound8,libxdp1,libbpf1|libbpf0,libcap-ng0,libnuma1  openvswitch,unbound-libs,libbpf,numactl-libs
keepalived        keepalived,libsnmp45|libsnmp40t64|libsnmp40,libsensors5,libnftnl11,libnl-genl-3-200,libpci3,libwrap0  keepalived,net-snmp-libs,lm_sensors-libs
network-manager   network-manager,libnm0,libmm-glib0,libbluetooth3,libteamdctl0,libnewt0.52,libgudev-1.0-0,libndp0,libslang2,libcurl4-gnutls|libcurl3t64-gnutls|libcurl3-gnutls,libpsl5t64|libpsl5  NetworkManager,NetworkManager-libnm,ModemManager-glib,libteam
ifupdown-ng       ifupdown-ng       ifupdown-ng
cloud-init        cloud-init,python3-configobj,python3-requests,python3-urllib3,python3-certifi,python3-idna,python3-charset-normalizer|python3-chardet,python3-six,python3-jsonpatch,python3-json-pointer,python3-jinja2,python3-markupsafe,python3-yaml  cloud-init,python3-configobj,python3-requests,python3-urllib3,python3-idna,python3-charset-normalizer|python3-chardet,python3-six,python3-jsonpatch,python3-jsonpointer,python3-jinja2,python3-markupsafe,python3-pyyaml
'
guests=$(realpath -m "${BUILD:-build}/guests")
# shellcheck source=tests/manager.sh
. "$(dirname "$0")/manager.sh"

# Sets names to what to fetch of "a|b,c"; fails with lacking set where nothing can be had.
choose() {
	local alternatives any name

	names=()
	for alternatives in ${1//,/ }; do
		any=
		for name in ${alternatives//|/ }; do
			if obtainable "$name"; then
				any=$name
				break
			fi
		done
		lacking=$alternatives
		[ -n "$any" ] || return
		names+=("$any")
	done
}

# The lists of packages may be missing, or so old that what they name is gone.
update() {
	[ "$manager" = apt-get ] && [ -z "$updated" ] && [ "$(id -u)" = 0 ] || return
	updated=yes
	apt-get update -q >&2
}

download() {
	case $manager in
	apt-get) apt-get download -q "$@" || { update && apt-get download -q "$@"; } ;;
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
	for file in *.deb *.rpm; do
		[ ! -f "$file" ] || extract "$file" || exit
	done
	merge && mkdir -p "$guests" && rm -rf "${guests:?}/$folder" &&
		mv root "$guests/$folder" && echo "$packages" >"$guests/$folder.packages"
)

updated=
failed=0
while read -r folder deb rpm; do
	[ -n "$folder" ] || continue
	packages=$rpm
	[ "$manager" != apt-get ] || packages=$deb
	if [ -d "$guests/$folder" ] &&
		[ "$(cat "$guests/$folder.packages" 2>/dev/null)" = "$packages" ]; then
		continue
	elif [ -z "$manager" ]; then
		echo "neither apt-get nor dnf is here to fetch $folder" >&2
		failed=1
	elif ! choose "$packages" && ! { update && choose "$packages"; }; then
		echo "no package here has $lacking; what uses $folder will fail" >&2
	elif ! unpack "$folder" "${names[@]}" </dev/null; then
		echo "could not fetch $folder: ${names[*]}" >&2
		failed=1
	fi
done <<<"$table"
exit $failed
