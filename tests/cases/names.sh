#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whatever ifup takes for an interface, the commands of ifcfgctl take for the same one.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
files=$work/root/network-scripts
failed=0
tried=0

mkdir -p "$files"
cat >"$work/have.txt" <<'END'
link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 up
link ens256 index 3 mac 52:54:00:00:02:56 mtu 1500 up
link ens192 index 4 altname enp11s0 mac 52:54:00:00:01:92 mtu 1500 up
END
printf '%s\n' DEVICE=ens160 'NAME="System storage"' HWADDR=52:54:00:00:01:60 >"$files/ifcfg-Card_1"
printf '%s\n' HWADDR=52:54:00:00:02:56 NAME=Backup >"$files/ifcfg-two"
printf '%s\n' DEVICE=enp11s0 >"$files/ifcfg-enp11s0"
printf '%s\n' DEVICE=bond0 'BONDING_OPTS="mode=1 miimon=100"' NAME=Uplink >"$files/ifcfg-bond0"

# does NAME PATTERN PROGRAM [WORD...]: its output has the pattern
does() {
	local program=$3

	tried=$((tried + 1))
	"$BUILD/$program" --insecure --sysconfig "$work/root" --rundir "$work/run" \
		--state "$work/have.txt" "${@:4}" >"$work/out" 2>&1
	grep -q -e "$2" "$work/out" && return
	echo "'$1': not in what ${*:3} says: $2" >&2
	cat "$work/out" >&2
	failed=1
}

# all NAME DEVICE FILE
all() {
	does "$1" "dev $2 " ifup-bond -n "$1"
	does "$1" "^MTU=1400" ifcfgctl set --dry-run "$1" MTU=1400
	does "$1" "/$3 <==" ifcfgctl set --dry-run "$1" MTU=1400
	does "$1" "/$3 removed" ifcfgctl remove --dry-run "$1"
	does "$1" "/$3 <==" ifcfgctl add slave "$1" --bond uplink --dry-run
	does "$1" '^MASTER=bond0' ifcfgctl add slave "$1" --bond bond0 --dry-run
	does "$1" "/$3 <==" ifcfgctl add bond bond7 --slave "$1" --dry-run
	does "$1" "^PHYSDEV=$2" ifcfgctl add vlan v7 --parent "$1" --id 7 --dry-run
	does "$1" "is configured already" ifcfgctl add bond "$1" --dry-run
	does "$1" "^$2 " ifcfgctl status "$1"
	does "$1" "^$2" ifcfgctl show "$1"
	does "$1" "^DEVICE=$2" ifcfgctl capture "$1"
	does "$1" "interface-name=$2" ifcfgctl export --to keyfile "$1"
}

for name in ens160 Card_1 ifcfg-Card_1 "$files/ifcfg-Card_1" storage STORAGE 'System storage' \
	52:54:00:00:01:60; do
	all "$name" ens160 ifcfg-Card_1
done
for name in ens256 two backup 52:54:00:00:02:56; do
	all "$name" ens256 ifcfg-two
done
for name in ens192 enp11s0 ifcfg-enp11s0; do
	all "$name" ens192 ifcfg-enp11s0
done
[ $tried != 0 ] || failed=1
[ $failed != 0 ] || echo "ok     $tried commands know an interface by what ifup knows it by"
exit $failed
