#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Names that nothing describes are looked up in time that does not grow with their square: for
# thousands of files, each shape of them takes less than half a second of the processor.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
MANY=${MANY:-2000}
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
tried=0

# shape NAME FORMAT: files by printf, which gets the number of each four times
shape() {
	local files=$work/root/network-scripts used

	rm -rf "$work/root"
	mkdir -p "$files"
	echo module bonding >"$work/have.txt"
	awk -v many="$MANY" -v folder="$files" -v form="$2" 'BEGIN {
		for (i = 0; i < many; i++) {
			name = folder "/ifcfg-f" i
			printf form, i, i, i, i >name
			close(name)
		}
	}'
	(
		TIMEFORMAT=%U
		time "$BUILD/ifup-bond" -n --insecure --sysconfig "$work/root" \
			--rundir "$work/run" --state "$work/have.txt" f1 >"$work/out" 2>&1
	) 2>"$work/time"
	used=$(cat "$work/time")
	tried=$((tried + 1))
	awk -v used="$used" 'BEGIN { exit !(used < 0.5) }' && return
	echo "$1: $used s for $MANY files" >&2
	failed=1
}

shape 'ports of bridges without a file' 'DEVICE=e%d\nBRIDGE=brx%dy\n'
shape 'VLANs on parents without a file' 'DEVICE=v%d\nVLAN=yes\nVID=7\nPHYSDEV=p%dq\n'
shape 'files without DEVICE' 'BONDING_OPTS="mode=1 miimon=100"\n'
shape 'names that are none' 'DEVICE=e%d\nMASTER="bond%d",\nSLAVE=yes\n'
[ $tried != 0 ] || failed=1
[ $failed != 0 ] || echo "ok     $tried shapes of $MANY files take less than half a second each"
exit $failed
