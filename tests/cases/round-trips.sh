#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ifcfg files that become profiles of NetworkManager, and ifcfg files again, bring the same:
# the plan of ifup is equal. The first files are the examples, and what becomes of profiles
# that nmcli has made.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
trips=0

for nic in 160 256 300 400; do
	echo "link ens$nic index $nic mac 52:54:00:00:0${nic:0:1}:${nic:1} mtu 1500"
done >"$work/have.txt"

ctl() {
	"$BUILD/ifcfgctl" --insecure --sysconfig "$@" >>"$work/told" 2>&1
}

# The steps, without what asks for them, and without a route that NetworkManager has not got.
plan() {
	"$BUILD/ifup-bond" --insecure --dry-run -a --sysconfig "$1" --rundir "$work/run" \
		--state "$work/have.txt" 2>&1 |
		sed -e 's/ *# .*//' -e '/ 169\.254\.0\.0\/16 /d' -e '/^[^ ]*ifcfg-/d' -e '/^    hint/d'
}

# trip NAME: from $work/first and back
trip() {
	rm -rf "$work/profiles" "$work/second"
	mkdir -p "$work/profiles" "$work/second/network-scripts"
	: >"$work/told"
	if ! ctl "$work/first" export --to keyfile --directory "$work/profiles" ||
		! ctl "$work/second" import --write "$work"/profiles/*; then
		echo "$1: not carried over" >&2
		cat "$work/told" >&2
		failed=1
		return
	fi
	plan "$work/first" >"$work/first.plan"
	plan "$work/second" >"$work/second.plan"
	trips=$((trips + 1))
	[ -s "$work/first.plan" ] || failed=1
	diff -u --label "$1" --label "$1, there and back" "$work/first.plan" \
		"$work/second.plan" >&2 || failed=1
}

start() {
	rm -rf "$work/first"
	mkdir -p "$work/first/network-scripts"
}

for example in sysconfig-examples/*/; do
	example=${example%/}
	# Links of a kind that profiles here are not made of.
	[ "${example##*/}" != ethernet ] || continue
	start
	cp "$example"/* "$work/first/network-scripts/"
	# An alias loses its name.
	rm -f "$work"/first/network-scripts/{README,*:*}
	trip "$example"
done
start
: >"$work/told"
ctl "$work/first" import --write "$BUILD"/cases/ctl-import/nm/* || failed=1
trip "profiles of nmcli"
start
ctl "$work/first" import --write "$BUILD"/cases/ctl-import-implied/nm/* || failed=1
trip "profiles that leave things to NetworkManager"
start
ctl "$work/first" import --write "$BUILD"/cases/ctl-import-odd/nm/{ens160,veth0,tap0,ib0}* || failed=1
trip "unusual profiles"
[ $failed != 0 ] || echo "ok     $trips sets of files bring the same after a trip to NetworkManager's and back"
exit $failed
