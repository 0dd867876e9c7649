#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files that are no files, and files that are replaced: no command hangs at a FIFO or an endless
# device among the ifcfg files, and what replaces a file is on the disk, with its directory, before
# the command ends.
set -u
cd "$(dirname "$0")/../.." || exit
BUILD=$(cd "${BUILD:-build}" && pwd) || exit
export LC_ALL=C

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
files=etc/network-scripts
failed=0
tried=0

fail() {
	echo "FAILED: $*" >&2
	failed=1
}

fresh() {
	rm -rf etc
	mkdir -p "$files" run
	printf '%s\n' DEVICE=ens160 IPADDR=192.0.2.1 PREFIX=24 >$files/ifcfg-ens160
	cat >have.txt <<-'END'
		link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 up carrier
		address ens160 192.0.2.1/24 scope global
		link ens256 index 3 mac 52:54:00:00:02:56 mtu 1500 up carrier
	END
}

ctl() {
	timeout 20 "$BUILD/ifcfgctl" "$@" --insecure --sysconfig etc --rundir run --state have.txt \
		>out 2>err </dev/null
}

# not_read STATUS COMMAND...: it ends by itself, with that status, and names the file
not_read() {
	local status=0 want=$1

	shift
	tried=$((tried + 1))
	ctl "$@" || status=$?
	[ $status = "$want" ] || fail "$kind: $*: status $status, not $want: $(head -n 3 err)"
	grep -q "ens256\|odd" out err || fail "$kind: $*: the file is not named"
}

for kind in fifo endless; do
	for what in ifcfg-ens256 odd; do
		fresh
		case $kind in
		fifo) mkfifo $files/$what ;;
		endless) ln -s /dev/zero $files/$what ;;
		esac
		if [ $what = odd ]; then
			not_read 1 import $files/odd
			continue
		fi
		not_read 1 report
		not_read 1 check
		not_read 1 set ens256 MTU=1400
		not_read 1 remove ens256
		not_read 6 show ens256
		not_read 1 capture --write --force ens256
		not_read 1 apply $files/$what
	done
done

# synced COMMAND...: each file that it renames was synced, and the directory after it
synced() {
	tried=$((tried + 1))
	strace -f -qq -e trace=rename,renameat,renameat2,fsync,fdatasync -o trace \
		"$BUILD/ifcfgctl" "$@" --insecure --sysconfig etc --rundir run --state have.txt \
		>out 2>err </dev/null || fail "$*: $(head -n 3 err)"
	awk '/sync\(/ { if (renamed) after = 1; else before = 1 }
		/rename/ && /network-scripts/ { renamed = before }
		END { exit !(renamed && after) }' trace || fail "$*: not synced: $(cat trace)"
}

fresh
synced set ens160 MTU=1400
synced add vlan ens160.7 --address 192.0.7.1/24
synced capture --write --force ens160
[ $failed = 0 ] || exit 1
echo "ok     $tried commands at files that are none, or replaced"
