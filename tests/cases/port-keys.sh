#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every key of the table that has an effect, in the file of a port of a bond and of one of a
# bridge: it changes the plan, or gets the warning that it has no effect there.
set -u
cd "$(dirname "$0")/../.." || exit
. tests/keys.sh

start

# What identifies the file, or decides whether and when it is used: no change of the plan.
of_files=' DEVICE NAME TYPE UUID HWADDR ONBOOT HOTPLUG NM_CONTROLLED DEVTIMEOUT DEVICETYPE
 HOOK_TIMEOUT PARENTDEVICE MASTER SLAVE MASTER_UUID BRIDGE BRIDGE_UUID BOOTPROTO MTU
 ETHTOOL_DELAY LINKDELAY '
# Installers write these into every file, and those of the network file are nobody's.
quiet=' DEFROUTE NOZEROCONF IPV4_FAILURE_FATAL PEERROUTES IPV6INIT IPV6_AUTOCONF
 IPV6_PRIVACY IPV6_ADDR_GEN_MODE IPV6_DEFROUTE IPV6_PEERDNS IPV6_FAILURE_FATAL PEERDNS
 NETWORKING NETWORKDELAY WAIT_UNTIL_REACHABLE IFDOWN_ON_SHUTDOWN '
# They make another link of the port.
of_kinds=' BONDING_OPTS BONDING_MASTER VLAN '

cat >"$work/have.txt" <<'END'
link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500
program ethtool /sbin/ethtool
END
printf '%s\n' DEVICE=bond0 'BONDING_OPTS="mode=active-backup miimon=100"' >"$files/ifcfg-bond0"
printf '%s\n' DEVICE=br0 TYPE=Bridge >"$files/ifcfg-br0"

value_of() {
	case $1 in
	*QUEUE_ID) echo 3 ;;
	IPADDR* | *GATEWAY* | SRCADDR | DNS* | DHCP_REJECT_SERVERS | BROADCAST*) echo 192.0.2.7 ;;
	NETMASK*) echo 255.255.255.0 ;;
	IPV6ADDR* | IPV6_DEFAULTGW) echo 2001:db8::7 ;;
	MACADDR | BRIDGE_MACADDR) echo 52:54:00:77:77:77 ;;
	PREFIX* | *METRIC | *TABLE | *TIMEOUT | VID | VLAN_ID | *PRIO) echo 20 ;;
	LINKSTATUS) echo down ;;
	ARP) echo no ;;
	PHYSDEV | PEER | *DEV) echo ens300 ;;
	ETHTOOL_OPTS) echo 'wol g' ;;
	BRIDGING_OPTS) echo path_cost=7 ;;
	*) echo yes ;;
	esac
}

# port OWNER KEY [LINE...]: the plan for the port, and what is said
port() {
	printf '%s\n' DEVICE=ens160 "$1" "${@:2}" >"$files/ifcfg-ens160"
	"$BUILD/ifup-bond" --insecure --dry-run --sysconfig "$work/root" --rundir "$work/run" \
		--state "$work/have.txt" ens160 2>"$work/told" | sed 's/ *# .*//'
}

# judge OWNER KEY KIND
judge() {
	local key=$2 told plan

	plan=$(port "$1" "$key=\"$(value_of "$key")\"")
	told=$(grep -c "warning: $key has no effect on the port of a $3" "$work/told")
	if [ "$plan" != "$before" ] && [ "$told" = 0 ]; then
		return
	elif [ "$plan" = "$before" ] && [ "$told" = 1 ]; then
		return
	fi
	echo "$key in the file of a $3's port: the plan has $([ "$plan" = "$before" ] &&
		echo "not ")changed, $told warnings" >&2
	cat "$work/told" >&2
	failed=1
}

of_files=$(tr '\n' ' ' <<<"$of_files")
quiet=$(tr '\n' ' ' <<<"$quiet")
for owner in MASTER=bond0 BRIDGE=br0; do
	kind=bond
	[ $owner = MASTER=bond0 ] || kind=bridge
	before=$(port $owner)
	[ -n "$before" ] || failed=1
	for key in $(rows 'USED|OWN' '&' '&\n&2' '&0'); do
		case "$of_files $quiet $of_kinds" in
		*" $key "*) continue ;;
		esac
		keys=$((keys + 1))
		judge $owner "$key" $kind
	done
done
[ $keys != 0 ] || failed=1
[ $failed != 0 ] || echo "ok     $keys keys in files of ports: with an effect, or a warning"
exit $failed
