#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# On a terminal of 80 columns, a Chinese character takes two of them: no line of status and of
# the help is wider, lines of status are broken where English ones would be, and verdicts of
# `ifup -a` are in one column. The locales are those of messages.sh.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
export LOCPATH=$BUILD/tests/po/locale PATH=$BUILD/tests/po:$PATH LC_ALL=zh_CN.UTF-8 NO_COLOR=1
failed=0
lines=0

# measured COMMAND: its lines on such a terminal, each with its columns in front
measured() {
	script -qec "stty cols 80; $1" /dev/null | tr -d '\r' | python3 -c '
import sys, unicodedata
for line in sys.stdin.buffer.read().decode("utf-8").splitlines():
    print(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line), line)'
}

# fits COMMAND LINES: it prints that many lines at least
fits() {
	local n=0 columns line

	while read -r columns line; do
		n=$((n + 1))
		[ "$columns" -le 80 ] && continue
		echo "$1: $columns columns: $line" >&2
		failed=1
	done < <(measured "$1")
	if [ $n -lt "$2" ]; then
		echo "$1: only $n lines" >&2
		failed=1
	fi
	lines=$((lines + n))
}

for case in ctl-status ctl-status-lacp ctl-status-guests; do
	fits "ifcfgctl status --insecure --sysconfig $BUILD/cases/$case/root \
		--state $BUILD/cases/$case/have.txt 2>/dev/null" 4
done
fits 'ifup-bond --help' 30
fits 'ifdown-bond --help' 28
fits 'ifcfgctl --help' 20
for command in $(ifcfgctl --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' | grep -vE 'connection|device'); do
	fits "ifcfgctl $command --help" 2
done
# Verdicts are in one column. An empty network has the loopback, and no card.
files=$(mktemp -d) || exit
trap 'rm -rf "$files"' EXIT
mkdir "$files/network-scripts"
for device in lo eth99; do
	echo "DEVICE=$device" >"$files/network-scripts/ifcfg-$device"
done
map=
[ $EUID = 0 ] || map=--map-root-user
verdicts=$(measured "unshare --net $map ifup-bond -a --sysconfig '$files' --rundir '$files/run' \
	2>/dev/null" | grep -cE '^68 .*\[ (完成|失败) \]$')
if [ "$verdicts" != 2 ]; then
	echo "ifup -a: $verdicts of 2 verdicts end in column 68" >&2
	failed=1
fi
[ $failed != 0 ] || echo "ok     $lines lines in Chinese fit on a terminal of 80 columns"
exit $failed
