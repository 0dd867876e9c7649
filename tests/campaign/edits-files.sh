# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The sets of files that random edits lead to: knobs and their choices, and write_files, which
# writes the files for the present values of the knobs, K, into $FILES. A knob's value is "-" if
# the key, or the whole file, is absent. Two bonds (a, b), four cards (n1 to n4), a bridge (r), two
# VLANs (v, w), an alias, a range, a route file, a rule file and a dummy refer to one another by
# these letters, so that one edit may rename what others depend on.

declare -A K
# shellcheck disable=SC2034 # for those who choose
declare -rA CHOICES=(
	[a.dev]='bond0 bond0 bond0 bond0 bond7 -'
	[a.mode]='active-backup balance-rr 802.3ad balance-xor balance-alb balance-tlb broadcast'
	[a.opts]='miimon=100 miimon=100,updelay=200 arp_interval=1000,arp_ip_target=10.0.0.9
		miimon=100,primary=ens160 miimon=100,fail_over_mac=active
		miimon=50,xmit_hash_policy=layer3+4 miimon=100,min_links=1,lacp_rate=1'
	[a.ip]='- 10.0.0.2/24 10.0.0.3/24 10.0.0.2/16'
	[a.ip1]='- - 10.0.0.4/24 10.9.0.2/24'
	[a.ip6]='- - fd00::2/64 fd00::3/64'
	[a.mtu]='- - 1400 9000 1280'
	[a.mac]='- - 52:54:00:aa:00:01 52:54:00:aa:00:02'
	[a.bridge]='- - r'
	[a.gateway]='- - 10.0.0.254'
	[b.dev]='bond1 - -'
	[b.mode]='active-backup balance-rr 802.3ad'
	[b.opts]='miimon=100 miimon=70'
	[b.ip]='- 10.1.0.2/24 10.0.0.3/24'
	[b.bridge]='- - r'
	[n1.role]='a a a b r - plain'
	[n2.role]='a a a b r - plain'
	[n3.role]='a b b r - plain ip'
	[n4.role]='- - b r ip ip'
	[n1.mac]='- - - 52:54:00:bb:00:01'
	[r.dev]='br0 br0 - br1'
	[r.ip]='- 10.2.0.2/24 10.0.0.2/24'
	[r.stp]='- - yes'
	[r.opts]='- - ageing_time=2000 priority=100'
	[v.dev]='- PARENT.10 PARENT.20 vlan10 data10 vlan20'
	[v.parent]='a a b r n1 n4 w'
	[v.ip]='- 10.3.0.2/24'
	[v.bridge]='- - - r'
	[v.flags]='- - GVRP=yes REORDER_HDR=no VLAN_EGRESS_PRIORITY_MAP=1:2,3:4'
	[v.gateway]='- - 10.3.0.254'
	[w.dev]='- - vlan30 data10 vlan20 PARENT.30'
	[w.parent]='a b r n4 v'
	[w.ip]='- 10.4.0.2/24'
	[alias.of]='- - a v r n4'
	[alias.number]='1 5'
	[alias.ip]='10.0.0.77/24 10.77.0.2/24 10.3.0.3/24'
	[range.of]='- - - a v r'
	[route.of]='- a v r b n4'
	[route.text]='one two onlink metric'
	[rule.of]='- - a v r'
	[rule.text]='one two'
	[dummy.dev]='- - dummy0'
	[dummy.ip]='10.5.0.2/24 10.5.0.3/24 -'
)
declare -rA CARDS=([n1]=ens160 [n2]=ens192 [n3]=ens224 [n4]=ens256)

# The value that changes least.
set_defaults() {
	local knob

	for knob in "${!CHOICES[@]}"; do
		K[$knob]=-
		[[ " ${CHOICES[$knob]} " == *' - '* ]] || K[$knob]=${CHOICES[$knob]%%[[:space:]]*}
	done
}

# Sets NAME: that of what a letter means, or "-".
name_of() {
	local number

	NAME=${CARDS[$1]:-}
	[ -z "$NAME" ] || return 0
	NAME=${K[$1.dev]}
	[[ $NAME == PARENT.* ]] || return 0
	number=${NAME#PARENT.}
	case ${K[$1.parent]} in
	v | w) NAME=vlan$number ;;
	*)
		name_of "${K[$1.parent]}"
		NAME=${NAME/#-/bond0}.$number
		;;
	esac
}

lines() {
	printf '%s\n' "$@" >>"$FILE"
}

key() {
	[ "${2:--}" = - ] || lines "$1=$2"
}

address() {
	[ "${1:--}" = - ] || lines "IPADDR${2:-}=${1%/*}" "PREFIX${2:-}=${1#*/}"
}

begin() {
	# shellcheck disable=SC2153 # of whoever includes this
	FILE=$FILES/ifcfg-$1
	: >"$FILE"
	lines "DEVICE=$1" ONBOOT=yes ARPCHECK=no LINKDELAY=0
}

bridge_of() {
	[ "${1:--}" != - ] || return 0
	name_of "$1"
	key BRIDGE "$NAME"
}

write_bond() {
	[ "${K[$1.dev]}" != - ] || return 0
	begin "${K[$1.dev]}"
	lines TYPE=Bond "BONDING_OPTS=\"mode=${K[$1.mode]} ${K[$1.opts]//,/ }\""
	address "${K[$1.ip]}"
	address "${K[$1.ip1]:-}" 1
	key IPV6ADDR "${K[$1.ip6]:-}"
	key MTU "${K[$1.mtu]:-}"
	key MACADDR "${K[$1.mac]:-}"
	key GATEWAY "${K[$1.gateway]:-}"
	bridge_of "${K[$1.bridge]}"
}

write_card() {
	local role=${K[$1.role]}

	[ "$role" != - ] || return 0
	begin "${CARDS[$1]}"
	key MACADDR "${K[$1.mac]:-}"
	case $role in
	a | b) lines SLAVE=yes "MASTER=${K[$role.dev]/#-/bond0}" ;;
	r) lines "BRIDGE=${K[r.dev]/#-/br0}" ;;
	ip) address "10.6.${1#n}.2/24" ;;
	esac
}

write_bridge() {
	[ "${K[r.dev]}" != - ] || return 0
	begin "${K[r.dev]}"
	lines TYPE=Bridge
	address "${K[r.ip]}"
	key STP "${K[r.stp]}"
	key BRIDGING_OPTS "${K[r.opts]}"
}

write_vlan() {
	local name

	name_of "$1"
	name=$NAME
	[ "$name" != - ] || return 0
	begin "$name"
	name_of "${K[$1.parent]}"
	lines VLAN=yes
	[[ $name == *.* ]] || lines "PHYSDEV=${NAME/#-/bond0}"
	[[ $name != data* ]] || lines "VID=${name#data}"
	address "${K[$1.ip]}"
	key GATEWAY "${K[$1.gateway]:-}"
	[ "${K[$1.flags]:--}" = - ] || lines "${K[$1.flags]}"
	bridge_of "${K[$1.bridge]:-}"
}

# Sets FILE; fails if there is none.
begin_for() {
	[ "${K[$2]}" != - ] || return 1
	name_of "${K[$2]}"
	[ "$NAME" != - ] || return 1
	FILE=$FILES/$1-$NAME
}

write_rest() {
	if begin_for ifcfg alias.of; then
		begin "$NAME:${K[alias.number]}"
		address "${K[alias.ip]}"
	fi
	if begin_for ifcfg range.of; then
		FILE+=-range0
		lines IPADDR_START=10.88.0.4 IPADDR_END=10.88.0.6 PREFIX=24 CLONENUM_START=0 \
			ARPCHECK=no
	fi
	if begin_for route route.of; then
		case ${K[route.text]} in
		one) lines "10.55.0.0/16 dev $NAME" ;;
		two) lines "10.55.0.0/16 dev $NAME" "10.56.0.0/16 dev $NAME table 100" ;;
		onlink) lines "10.57.0.0/16 via 10.0.0.9 onlink dev $NAME" ;;
		metric) lines "10.55.0.0/16 dev $NAME metric 50" ;;
		esac
	fi
	if begin_for rule rule.of; then
		lines 'from 10.0.0.2 table 100 priority 70'
		[ "${K[rule.text]}" = one ] || lines "iif $NAME table 101 priority 71"
	fi
	if [ "${K[dummy.dev]}" != - ]; then
		begin "${K[dummy.dev]}"
		lines TYPE=Dummy
		address "${K[dummy.ip]}"
	fi
}

write_files() {
	local what

	rm -rf "$FILES"
	mkdir -p "$FILES"
	for what in a b; do write_bond $what; done
	for what in n1 n2 n3 n4; do write_card $what; done
	write_bridge
	for what in v w; do write_vlan $what; done
	write_rest
}
