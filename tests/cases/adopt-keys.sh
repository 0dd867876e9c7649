#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every key of the table, in the file of a network card that a bond adopts: afterwards it is
# in the card's file or in the bond's, or a message names it with its value. What is in the
# bond's file would have no effect in that of the card.
set -u
cd "$(dirname "$0")/../.." || exit
. tests/keys.sh

start
moved=0

cat >"$work/have.txt" <<'END'
module bonding
link ens33 index 2 mac 52:54:00:00:01:60 mtu 1500 up carrier
address ens33 192.168.1.22/24 broadcast 192.168.1.255 scope global label ens33
route ens33 default via 192.168.1.1 proto boot
END

# What is only known together with its own row is no case for this.
value_of() {
	case $1 in
	BOOTPROTO) echo none ;;
	DEVICE | IPADDR | PREFIX | NETMASK | IPADDR_* | MASTER* | SLAVE | BRIDGE | BRIDGE_UUID | VRF | VRF_UUID) ;;
	VLAN | PARENTDEVICE | BONDING_OPTS | BONDING_MASTER | TYPE | DEVICETYPE) ;;
	IPADDR*) echo 192.0.2.7 ;;
	NETWORK) ;; # it follows from the address
	GATEWAY) echo 192.168.1.1 ;;
	*GATEWAY* | SRCADDR | DNS* | DHCP_REJECT_SERVERS | BROADCAST*) echo 192.168.1.7 ;;
	NETMASK*) echo 255.255.255.0 ;;
	IPV6ADDR* | IPV6_DEFAULTGW) echo 2001:db8::7 ;;
	HWADDR) echo 52:54:00:00:01:60 ;;
	MACADDR | BRIDGE_MACADDR) echo 52:54:00:77:77:77 ;;
	PREFIX* | *METRIC | *TABLE | *TIMEOUT | *TIMEOUT_DHCP | VID | VLAN_ID | *PRIO) echo 20 ;;
	MTU | IPV6_MTU) echo 1400 ;;
	*QUEUE_ID) echo 3 ;;
	LINKSTATUS) echo down ;;
	SCOPE) echo link ;;
	IPV6_TOKEN) echo ::7 ;;
	PHYSDEV | PEER) echo ens300 ;;
	*DEV) echo ens33 ;;
	EXTRA_ROUTE_OPTS) echo 'mtu 1400' ;;
	ROUTING_RULE_*) echo 'priority 7 iif ens33 table 7' ;;
	ROUTING_RULE6_*) echo 'priority 7 from 2001:db8::/64 table 7' ;;
	*) echo yes ;;
	esac
}

# The lines of file $1 in what the dry run printed, with a newline in front of each.
lines_of() {
	local rest=${out#*/"$1 <=="}

	[ "$rest" = "$out" ] || printf '%s' "${rest%%==> *}"
}

judge() {
	local key=$1 value out told card bond

	value=$(value_of "$key")
	[ -n "$value" ] || return
	keys=$((keys + 1))
	printf '%s\n' DEVICE=ens33 IPADDR=192.168.1.22 PREFIX=24 "$key=\"$value\"" \
		>"$files/ifcfg-ens33"
	out=$("$BUILD/ifcfgctl" --insecure --sysconfig "$work/root" --rundir "$work/run" \
		--state "$work/have.txt" add bond bond1 --option mode=active-backup \
		--slave ens33 --adopt --dry-run 2>"$work/told")
	told=$(<"$work/told")
	card=$(lines_of ifcfg-ens33)
	bond=$(lines_of ifcfg-bond1)
	if [[ $bond == *$'\n'"$key="*"${value//ens33/bond1}"* ]]; then
		moved=$((moved + 1))
		return
	fi
	[[ $card == *$'\n'"$key="* ]] && return
	[[ $told == *"warning: $key="*" of ens33 is not taken over"* ]] && return
	echo "$key=$value: not in the card's file, nor in the bond's, and no message" >&2
	printf '%s\n' "$out" "$told" >&2
	failed=1
}

for key in $(rows 'USED|OWN|SILENT|LATER|NOT|OFF_ONLY' '&' '&\n&2' '&0'); do
	judge "$key"
done
# shellcheck disable=SC2086
[ $keys -gt 200 ] && [ $moved -gt 80 ] || failed=1
[ $failed != 0 ] || echo "ok     $keys keys of a card: $moved move to the bond that adopts it, none is lost"
exit $failed
