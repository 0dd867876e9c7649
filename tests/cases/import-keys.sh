#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every row of the table of NetworkManager's keys, in a profile that is imported, with a value
# that makes sense and with one that does not: it changes the files, or a message names it.
# So does a key that no row knows.
set -u
cd "$(dirname "$0")/../.." || exit
. tests/keys.sh

start
table=lib/carry/keyfile.c

# What is only known together with others, names the profile, or has no effect by its row.
is_elsewhere() {
	case $1.$2 in
	connection.type | *.interface-name | connection.slave-type | tun.mode) ;;
	connection.timestamp | connection.autoconnect-slaves | veth.peer) ;;
	*) return 1 ;;
	esac
}

type_of() {
	case $1 in
	bond | bridge | vlan | veth | tun | infiniband) echo "$1" ;;
	*) echo ethernet ;;
	esac
}

value_of() {
	case $1.$2 in
	ipv4.method) echo disabled ;;
	ipv6.method) echo dhcp ;;
	connection.master) echo bond0 ;;
	connection.autoconnect | ipv4.may-fail | ipv6.may-fail) echo false ;;
	ipv4.dhcp-send-hostname) echo false ;;
	*.ignore-* | *.never-default | *.auto-negotiate) echo true ;;
	*.mac-address | *.cloned-mac-address) echo 52:54:00:00:01:60 ;;
	vlan.flags | *.wake-on-lan) echo 64 ;;
	vlan.protocol) echo 802.1ad ;;
	vlan.parent | infiniband.parent) echo ens2 ;;
	infiniband.transport-mode) echo connected ;;
	*.duplex) echo full ;;
	ethtool.feature-*) echo off ;;
	ipv4.route-metric | ipv6.route-metric | *.route-table | *.mtu) echo 1400 ;;
	ipv4.address* | ipv4.route?) echo 10.0.0.0/8 ;;
	ipv6.address* | ipv6.route?) echo 2001:db8::/64 ;;
	ipv4.gateway | ipv4.dns) echo 192.0.2.1 ;;
	ipv6.gateway | ipv6.dns) echo 2001:db8::1 ;;
	ipv4.routing-rule*) echo 'priority 5 from 10.0.0.0/8 table 7' ;;
	ipv6.routing-rule*) echo 'priority 5 from 2001:db8::/64 table 7' ;;
	ipv6.addr-gen-mode) echo 1 ;;
	ipv6.token) echo ::7 ;;
	bond.*) echo 7 ;;
	*) echo 1 ;;
	esac
}

# What importing the profile of the type prints, with the lines given as further ones.
import() {
	printf '%s\n' '[connection]' "type=$1" interface-name=ens1 "${@:2}" \
		>"$work/one.nmconnection"
	"$BUILD/ifcfgctl" --insecure --sysconfig "$work/root" import \
		"$work/one.nmconnection" 2>"$work/told"
}

# judge SECTION KEY VALUE
judge() {
	local type more=

	type=$(type_of "$1")
	[ "$type" != tun ] || more='[tun]
mode=2'
	[ "$type" != vlan ] || more='[vlan]
id=7
parent=ens3'
	[ "$type" != veth ] || more='[veth]
peer=ens2'
	[ "$1.$2" != ipv6.route-metric ] || more='[ipv6]
gateway=2001:db8::1'
	keys=$((keys + 1))
	[ "$(import "$type" "$more" "[$1]" "$2=$3")" = "$(import "$type" "$more")" ] || return
	import "$type" "$more" "[$1]" "$2=$3" >/dev/null
	! grep -qF "$1.$2=" "$work/told" || return
	echo "$1.$2=$3: nothing of it in the files, and no message" >&2
	cat "$work/told" >&2
	failed=1
}

# "SECTION KEY": of a row for all keys of a section, or for many, one of them.
table_rows() {
	sed -nE 's/^\t\{ "([^"]+)", (NULL|"([^"]*)"), KEYFILE_.*/\1 \3/p' $table |
		while read -r section key; do
			case $section.$key in
			bond.) key=downdelay ;;
			bridge.) key=priority ;;
			bridge-port.) key=path-cost ;;
			ethtool.*) key=${key%\*}rx ;;
			esac
			key=${key/%\*/1}
			[ "$section" = ip ] && printf '%s\n' "ipv4 $key" "ipv6 $key"
			[ "$section" = ip ] || echo "$section $key"
		done
}

while read -r section key; do
	is_elsewhere "$section" "$key" && continue
	judge "$section" "$key" "$(value_of "$section" "$key")"
	judge "$section" "$key" nonsense.9
done < <(table_rows)
for key in new-key address-data route-data; do
	judge ipv4 $key 1
done
judge hostname only-from-default true
[ $keys -gt 150 ] || failed=1
[ $failed != 0 ] || echo "ok     $keys times a key of NetworkManager: in the files, or named"
exit $failed
