#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reading and planning alone, without a kernel: a fifth of the files are bonds, each with
# two cards and two VLANs. Told are files for each second, and the memory for each file.
set -eu
cd "$(dirname "$0")/.."

BUILD=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One command for each card would take longer than all that is measured.
write_files() {
	local i nic vlan

	mkdir -p "$work/$1/network-scripts" "$work/$1/run"
	for ((i = 1; i <= $1 / 5; i++)); do
		printf '%s\n' DEVICE="bond$i" IPADDR="10.$((i / 250)).$((i % 250)).1" PREFIX=24 \
			'BONDING_OPTS="mode=active-backup miimon=100"' \
			>"$work/$1/network-scripts/ifcfg-bond$i"
		for nic in "a$i" "b$i"; do
			printf '%s\n' DEVICE="$nic" MASTER="bond$i" SLAVE=yes \
				>"$work/$1/network-scripts/ifcfg-$nic"
			echo "link $nic mac 52:54:00:00:00:01 mtu 1500 up carrier" >&3
		done
		for vlan in 5 6; do
			printf '%s\n' DEVICE="bond$i.$vlan" VLAN=yes PREFIX=24 \
				IPADDR="10.$((vlan * 20 + i / 250)).$((i % 250)).1" \
				>"$work/$1/network-scripts/ifcfg-bond$i.$vlan"
		done
	done 3>"$work/$1/have"
}

measure() {
	write_files "$1"
	printf '%s\n' "exec $BUILD/ifup-bond --dry-run --insecure --sysconfig $work/$1 \
		--rundir $work/$1/run --state $work/$1/have -a >/dev/null" >"$work/ifup"
	"$BUILD/bench/pairs" 5 true -- sh "$work/ifup" -- true | awk -v files="$1" '
		$1 == "sh" { printf "%6d files  %7.0f files/s  %5.2f KiB for each file\n",
			     files, files * 1000 / $3, $6 / files }'
}

echo "reading and planning:"
for files in 1000 2000 5000 10000; do
	measure "$files"
done
echo "wanted: about as many a second, and as much memory for each, in every line"
