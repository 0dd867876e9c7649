#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What udhcpc and udhcpc6 run when a lease comes, is renewed, or goes. Only addresses that
# end with their lease are touched. Of the keys of ifcfg files, the environment has PEERDNS,
# PEERROUTES, DEFROUTE (each only as "no") and METRIC.
#
#   udhcpc-script bound|renew|deconfig|leasefail|nak
export PATH=/sbin:/usr/sbin:/bin:/usr/bin

: "${interface:?is set by udhcpc}"
resolv=${RESOLV_CONF:-/etc/resolv.conf}
kept=/run/udhcpc-$interface.resolv.conf

# The address of a lease before this one is no longer ours.
remove_others() {
	ip -o "$1" address show dev "$interface" dynamic scope global |
		while read -r _ _ _ address _; do
			[ "$address" = "$2" ] ||
				ip "$1" address delete "$address" dev "$interface"
		done
}

set_address() {
	if [ -n "${ipv6:-}" ]; then
		remove_others -6 "$ipv6/128"
		ip -6 address replace "$ipv6/128" dev "$interface" \
			valid_lft "${lease:-forever}" preferred_lft "${lease:-forever}"
		return
	fi
	remove_others -4 "${ip:?}/${mask:-32}"
	ip -4 address replace "$ip/${mask:-32}" dev "$interface" \
		${broadcast:+broadcast "$broadcast"} \
		valid_lft "${lease:-forever}" preferred_lft "${lease:-forever}"
}

# NETWORK GATEWAY; a gateway may be outside the network of the address.
set_route() {
	network=$1 gateway=$2
	set -- dev "$interface" ${METRIC:+metric "$METRIC"}
	if [ "$gateway" = 0.0.0.0 ]; then
		ip -4 route replace "$network" "$@"
		return
	fi
	ip -4 route replace "$network" via "$gateway" "$@" 2>/dev/null ||
		ip -4 route replace "$network" via "$gateway" "$@" onlink
}

is_default() {
	[ "$1" = 0.0.0.0/0 ] || [ "$1" = default ]
}

# Those of option 121 count instead of the router: RFC 3442.
set_routes() {
	[ "${PEERROUTES:-yes}" != no ] && [ -z "${ipv6:-}" ] || return 0
	# shellcheck disable=SC2086 # pairs of a network and a gateway
	set -- ${staticroutes:-${router:+default ${router%% *}}}
	while [ $# -ge 2 ]; do
		if ! is_default "$1" || [ "${DEFROUTE:-yes}" != no ]; then
			set_route "$1" "$2"
		fi
		shift 2
	done
}

nameservers() {
	[ -z "${search:-${domain:-}}" ] || echo "search ${search:-$domain}"
	for server in ${dns:-}; do
		echo "nameserver $server"
	done
}

# What was there before comes back with deconfig.
set_resolver() {
	[ "${PEERDNS:-yes}" != no ] && [ -n "${dns:-}" ] || return 0
	if command -v resolvconf >/dev/null; then
		nameservers | resolvconf -a "$interface.udhcpc"
		return
	fi
	[ -e "$kept" ] || [ ! -e "$resolv" ] || cp "$resolv" "$kept"
	{
		grep -Ev '^(nameserver|search|domain)[[:space:]]' "$kept"
		nameservers
	} 2>/dev/null >"$kept.new"
	cat "$kept.new" >"$resolv"
	rm "$kept.new"
}

restore_resolver() {
	! command -v resolvconf >/dev/null || resolvconf -d "$interface.udhcpc"
	[ -e "$kept" ] || return 0
	cat "$kept" >"$resolv"
	rm "$kept"
}

case ${1:-} in
bound | renew)
	set_address
	set_routes
	set_resolver
	;;
deconfig)
	ip link set dev "$interface" up
	remove_others -4 ''
	restore_resolver
	;;
esac
