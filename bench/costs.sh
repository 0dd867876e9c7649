#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What runs cost that need no kernel: instructions, as valgrind counts them, system calls and
# page faults. --record writes bench/limits, and otherwise that is what they are compared with.
# The scenario `costs` does the same for runs that change a kernel.
set -eu
cd "$(dirname "$0")/.."

BUILD=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# cost NAME PROGRAM ARGUMENT...
cost() {
	local name=$1 refs

	shift
	"$BUILD/bench/costs" "$work/counted" "$name" "$@" >/dev/null 2>"$work/err" ||
		{ cat "$work/err" && return 1; }
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" >/dev/null 2>"$work/err"
	refs=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/err")
	[ -n "$refs" ] || { cat "$work/err" && return 1; }
	echo "$name instructions $refs" >>"$work/counted"
}

# make_files FROM TO: a bond and VLANs on it
make_files() {
	local i

	mkdir -p "$work/network-scripts" "$work/run"
	cp sysconfig-examples/active-backup/* "$work/network-scripts"
	for ((i = $1; i <= $2; i++)); do
		printf '%s\n' DEVICE="bond0.$i" VLAN=yes IPADDR="10.$((1 + i / 250)).$((i % 250)).1" \
			PREFIX=24 >"$work/network-scripts/ifcfg-bond0.$i"
	done
	printf 'link %s index %d mac 52:54:00:00:00:0%d mtu 1500 up carrier\n' \
		ens160 2 2 ens256 3 3 >"$work/have"
}

make_files 1 200
paths=(--insecure --sysconfig "$work" --rundir "$work/run" --state "$work/have")
cost start "$BUILD/ifup-bond" --version
cost plan-bond "$BUILD/ifup-bond" --dry-run "${paths[@]}" bond0
cost plan-one-of-200 "$BUILD/ifup-bond" --dry-run "${paths[@]}" bond0.17
cost plan-all-200 "$BUILD/ifup-bond" --dry-run "${paths[@]}" -a
cost check-200 "$BUILD/ifcfgctl" --insecure --sysconfig "$work" check
# What one interface costs among many: what is read of the others.
make_files 201 4000
cost plan-one-of-4000 "$BUILD/ifup-bond" --dry-run "${paths[@]}" bond0.17
cost down-one-of-4000 "$BUILD/ifdown-bond" --dry-run "${paths[@]}" bond0.17

# Nothing of this talks to a kernel.
sed -i '/ netlink-/d' "$work/counted"
if [ "${1:-}" = --record ]; then
	cp "$work/counted" bench/limits
else
	bench/compare.sh bench/limits "$work/counted"
	echo "$(wc -l <"$work/counted") figures as recorded, or lower"
fi
