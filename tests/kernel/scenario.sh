#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab: runs the scenario in the folder given, in network, mount and process
# namespaces of its own, with an /etc that is its own. One marked `initial_namespace` starts
# without the driver and in the namespace where it makes its own bond0; a lab of namespaces
# cannot offer that.
set -uE -o pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ "$1" != --inside ]; then
	own=--net
	if [ "$LAB" != namespace ] && [[ $'\n'$(<"$1/steps") == *$'\ninitial_namespace'* ]]; then
		own=
		modprobe -r bonding
	elif [ ! -e /sys/module/bonding ]; then
		modprobe bonding max_bonds=0
	fi
	if [ "$CARD" != veth ]; then
		# shellcheck source-path=SCRIPTDIR source=qemu/cards.sh
		. "$here/qemu/cards.sh"
		new_cards
	fi
	exec unshare ${own:+"$own"} --uts --mount --pid --fork --kill-child --mount-proc \
		"$0" --inside "$1"
fi

SCENARIO=$(cd "$2" && pwd)
PROJECT=$(cd "$here/../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=qemu/cards.sh
[ "$CARD" = veth ] || . "$here/qemu/cards.sh"
# shellcheck source-path=SCRIPTDIR source=option-table.sh
. "$here/option-table.sh"
# shellcheck source-path=SCRIPTDIR source=dhcp.sh
. "$here/dhcp.sh"
if [ -n "${CAMPAIGN:-}" ]; then
	# shellcheck source-path=SCRIPTDIR source=../campaign/steps-words.sh
	. "$here/../campaign/steps-words.sh"
fi
# Fails where it shows this network namespace already.
mount -t sysfs sysfs /sys 2>/dev/null
mount -t tmpfs tmpfs /run
trap 'fail "$BASH_COMMAND: status $?"' ERR
own /etc
# Of the machine's own network nothing is left, nor what a killed program may have left there.
rm -rf /etc/resolv.conf* /etc/sysconfig /etc/modprobe.d/* /etc/NetworkManager /etc/dhcpcd.conf
printf '%s\n' '# written by hand' 'search old.example' 'nameserver 192.168.1.1' \
	>/etc/resolv.conf
start_scenario
# shellcheck source=/dev/null
. "$SCENARIO/steps"
