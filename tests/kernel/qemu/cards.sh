# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The words of ../lib.sh that are about NICs, for cards that QEMU emulates. A card and the
# switch's end of its cable wait in the lab's first network namespace until a scenario asks
# for them, and are as new after each: see new_cards().

# shellcheck source-path=SCRIPTDIR source=names.sh
. "$(dirname "${BASH_SOURCE[0]}")/names.sh"
# That namespace, and the monitor.
readonly FIRST_NETWORK=/lab-network MONITOR=/dev/ttyS1

# Which of the cards has that name.
card() {
	local i

	for i in "${!NIC_NAMES[@]}"; do
		[ "${NIC_NAMES[i]}" != "$1" ] || { echo "$i" && return; }
	done
	fail "this guest has no card $1, but ${NIC_NAMES[*]}"
}

# What the kernel calls the network device of a PCI slot.
device_in() {
	local path

	for path in "/sys/bus/pci/devices/0000:00:$(printf %02x "$1").0"/{,virtio*/}net/*; do
		[ ! -e "$path" ] || echo "${path##*/}"
	done
}

driver_of() {
	local path

	for path in "/sys/bus/pci/devices/0000:00:$(printf %02x "$1").0"/{virtio*/,}driver; do
		[ ! -e "$path" ] || { readlink -f "$path" && return; }
	done
}

# Its name to that driver.
unit_of() {
	local path

	for path in "/sys/bus/pci/devices/0000:00:$(printf %02x "$1").0"/virtio*; do
		[ ! -e "$path" ] || { echo "${path##*/}" && return; }
	done
	printf '0000:00:%02x.0\n' "$1"
}

# Takes the card of a slot from its driver and gives it back, wherever it was.
renew() {
	local driver unit

	driver=$(driver_of "$1")
	unit=$(unit_of "$1")
	echo "$unit" >"$driver/unbind"
	echo "$unit" >"$driver/bind"
}

# QEMU's vmxnet3 keeps the last MAC address, which the driver then takes for the permanent one.
give_mac_back() {
	local device

	device=$(device_in "${NEAR_SLOTS[$1]}")
	ip link set "$device" up && ip link set "$device" address "${NIC_MACS[$1]}"
}

# In the first namespace, before each scenario: card0 and up, and far0 and up.
new_cards() {
	local i

	for i in "${!NIC_NAMES[@]}"; do
		[ ! -e "$FIRST_NETWORK.used" ] || [ "$CARD" != vmxnet3 ] || give_mac_back "$i"
		[ ! -e "$FIRST_NETWORK.used" ] || { renew "${NEAR_SLOTS[i]}" && renew "${FAR_SLOTS[i]}"; }
		ip link set "$(device_in "${NEAR_SLOTS[i]}")" name "card$i"
		ip link set "$(device_in "${FAR_SLOTS[i]}")" name "far$i"
		monitor "set_link nic$i on"
	done
	: >"$FIRST_NETWORK.used"
}

# An empty line first, because the monitor may have got something from the kernel's start.
monitor() {
	printf '\n%s\n' "$1" >"$MONITOR"
}

nics() {
	local nic i

	[ -e /run/netns/here ] || ip netns attach here $$
	for nic; do
		i=$(card "$nic")
		{
			echo "link set card$i netns here name $nic"
			echo "link set far$i netns switch name $nic"
		} | nsenter "--net=$FIRST_NETWORK" ip -batch - || fail "cannot take card $nic"
		case $CARD in
		# QEMU's forgets a MAC address that was set while the card was down.
		vmxnet3) ip link set "$nic" promisc on ;;
		# It has no speed, and no LACP before it has; ETHTOOL_OPTS would say the same.
		virtio-net) ethtool -s "$nic" speed 1000 duplex full ;;
		esac
		echo "link set $nic master lan up"
	done | ip -n switch -batch - || fail "cannot plug the NICs in"
}

unplug() {
	local i

	i=$(card "$1")
	: >"$WORK/unplugged-$1"
	monitor "set_link nic$i off"
	ip -n switch link set "$1" down
}

plug() {
	local i

	i=$(card "$1")
	ip -n switch link set "$1" up
	monitor "set_link nic$i on"
	rm -f "$WORK/unplugged-$1"
}

# Without what nics() has set.
kernel_state() {
	if [ "$CARD" = vmxnet3 ]; then
		"$BUILD/tests/kernel/kstate" | sed 's/ promisc//'
	else
		"$BUILD/tests/kernel/kstate"
	fi
}

# Not before the link of each card is up that is up itself: none comes up afterwards.
remember() {
	soon links_are_up
	kernel_state >"$WORK/remembered" || fail "cannot read the kernel's state"
}

links_are_up() {
	local nic link

	for nic in "${NIC_NAMES[@]}"; do
		link=$(ip link show "$nic" 2>/dev/null) || continue
		[[ $link != *NO-CARRIER* || -e $WORK/unplugged-$nic ]] || fail "$nic has no carrier"
	done
}

# What was expected of veth pairs is expected of cards, too. The cost of a bridge's port is as
# fast as the card is.
state() {
	sed -E 's/ kind veth / /; s/ path_cost [0-9]+//' "$SCENARIO/$1" >"$WORK/wanted"
	soon is_state wanted "$1" 's/ path_cost [0-9]+//'
}

# The port whose link was up first need not be the one that stays active.
pings() {
	soon is_answered "$1"
}

is_answered() {
	host ping -q -n -c 1 -W 1 "$1" >"$WORK/ping" || fail "no answer from $1"
}

unchanged() {
	soon is_state remembered remembered ''
}

# is_state FILE NAME EXPRESSION: for sed
is_state() {
	kernel_state | sed -E "$3" >"$WORK/now" ||
		fail "cannot read the kernel's state"
	same "$WORK/$1" "$WORK/now" "$2" now || fail "the kernel's state is not $2" "$(cat "$WORK/diff")"
}
