#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A file that others than root can write is not applied, by whatever way it is reached: as the
# interface's own, below a bridge, a bond or a VLAN, as an alias, a companion, the global file, a
# helper, through a link, or by an ACL; nor is anything in a directory that anybody can write. Of a directory that
# a group or those of an ACL can write, it is said.
set -u
cd "$(dirname "$0")/../.." || exit
# Files of root are needed; in a namespace, anybody has them.
[ "$(id -u)" = 0 ] || exec unshare -r --map-auto "$0" || exit
BUILD=$(cd "${BUILD:-build}" && pwd) || exit
export LC_ALL=C

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work" || exit
files=etc/network-scripts
failed=0
tried=0

fail() {
	echo "FAILED: $*" >&2
	cat out >&2
	failed=1
}

# Each file has an MTU of its own, by which a plan shows that it was read.
put() {
	printf '%s\n' "${@:2}" >"$1"
}

fresh() {
	rm -rf etc
	mkdir -p "$files" run
	put etc/network NOZEROCONF=yes
	put $files/ifcfg-br0 DEVICE=br0 TYPE=Bridge IPADDR=192.0.2.1 PREFIX=24
	put $files/ifcfg-bond0 DEVICE=bond0 BRIDGE=br0 'BONDING_OPTS="mode=1 miimon=100"'
	put $files/ifcfg-a1 DEVICE=a1 MASTER=bond0 SLAVE=yes 'ETHTOOL_OPTS="-K a1 gro off"'
	put $files/ifcfg-a2 DEVICE=a2 MASTER=bond0 SLAVE=yes
	put $files/ifcfg-bond0.7 DEVICE=bond0.7 VLAN=yes IPADDR=192.0.7.1 PREFIX=24
	put $files/ifcfg-a3 DEVICE=a3 IPADDR=192.0.3.1 PREFIX=24
	put $files/ifcfg-a3:1 DEVICE=a3:1 IPADDR=192.0.3.2 PREFIX=24
	put $files/route-a3 '198.51.100.0/24 via 192.0.3.9'
	put $files/route6-a3 '2001:db8:1::/48 via fe80::1'
	put $files/rule-a3 'from 192.0.3.1 table 7'
	put $files/rule6-a3 'from 2001:db8::1 table 7'
	put $files/keys-a3 MTU=1400
	put $files/ifcfg-s1 DEVICE=s1 TYPE=Switch
	put $files/ifup-Switch '#!/bin/sh'
	chmod 755 $files/ifup-Switch
	chmod 600 $files/keys-a3
}

cat >have.txt <<'END'
link a1 index 2 mac 52:54:00:00:00:01 mtu 1500 up carrier
link a2 index 3 mac 52:54:00:00:00:02 mtu 1500 up carrier
link a3 index 4 mac 52:54:00:00:00:03 mtu 1500 up carrier
program ethtool /sbin/ethtool
END

plan() {
	"$BUILD/ifup-bond" -n --sysconfig "${sysconfig:-etc}" --rundir run --state have.txt "$@" \
		>plan 2>messages
	status=$?
	{
		echo "$status: ifup $*"
		cat plan messages
	} >out
}

# refused FILE PLAN INTERFACE: it is an error there, and no line of the plan has PLAN
refused() {
	local what=$1 file=$2 unwanted=$3

	shift 3
	tried=$((tried + 1))
	plan "$@"
	# An alias costs nothing but itself.
	[[ $status != 0 || $file == *:1 ]] || fail "$what: the exit status is 0"
	grep -q "^$file: [a-z]*: others than root can write" messages ||
		fail "$what: there is no error about $file"
	! grep -q -e "$unwanted" plan || fail "$what: the plan has $unwanted"
}

# warned DIRECTORY INTERFACE
warned() {
	local directory=$1

	shift
	tried=$((tried + 1))
	plan "$@"
	[ $status = 0 ] || fail "$directory: the exit status is $status"
	grep -q "^$directory: warning: others than root can write" messages ||
		fail "$directory: there is no warning"
	[ -s plan ] || fail "$directory: nothing comes up"
}

# By all that makes a file unsafe, when it is reached by ifup INTERFACE and ifup -a.
unsafe() {
	local file=$1 unwanted=$2 interface=$3 how

	for how in 'chmod a+w' 'chmod o+w' 'chown 12345' 'chgrp 12345' acl; do
		fresh
		case $how in
		chgrp*) chgrp 12345 "$file" && chmod g+w "$file" ;;
		acl) setfacl -m u:12345:rw "$file" ;;
		*) $how "$file" ;;
		esac || fail "$how $file"
		if [[ -d $file && $how =~ chgrp|acl ]]; then
			warned "$file" "$interface"
			continue
		fi
		refused "$how, ifup $interface" "$file" "$unwanted" "$interface"
		refused "$how, ifup -a" "$file" "$unwanted" -a
	done
}

# What is safe, first: all that is looked for later is in these plans.
fresh
plan -a
for wanted in 'dev a1 master bond0' 'gro off' 'dev bond0.7' 192.0.3.2/24 198.51.100.0/24 \
	2001:db8:1::/48 'from 192.0.3.1' 'from 2001:db8::1' 'mtu' ifup-Switch; do
	grep -q -e "$wanted" plan || fail "without anything unsafe, the plan lacks $wanted"
done
[ "$failed" = 0 ] || exit 1

unsafe $files/ifcfg-a3 'dev a3 ' a3
unsafe $files/ifcfg-a1 'dev a1 \|gro off' br0
unsafe $files/ifcfg-a1 'dev a1 \|gro off' bond0
unsafe $files/ifcfg-bond0 'bond0' br0
unsafe $files/ifcfg-bond0 'bond0' bond0.7
unsafe $files/ifcfg-bond0.7 'bond0\.7' bond0.7
unsafe $files/ifcfg-a3:1 192.0.3.2/24 a3
unsafe $files/route-a3 198.51.100.0/24 a3
unsafe $files/route6-a3 2001:db8:1::/48 a3
unsafe $files/rule-a3 'from 192.0.3.1' a3
unsafe $files/rule6-a3 'from 2001:db8::1' a3
unsafe $files/keys-a3 mtu a3
unsafe $files/ifup-Switch ifup-Switch s1
unsafe etc/network . a3
unsafe $files . a3
unsafe etc . a3

# What root has written with the umask 002 is nobody else's, and not worth a word.
fresh
chmod -R g+w etc
tried=$((tried + 1))
plan -a
[ "$status" = 0 ] || fail "files of root that the group root can write"
! grep -q "can write" messages || fail "a message about the group root"
grep -q ifup-Switch plan || fail "a helper that the group root can write"

# Through a link, it is what that leads to.
fresh
mv $files/ifcfg-a3 elsewhere && ln -s ../../elsewhere $files/ifcfg-a3 && chmod 666 elsewhere
refused 'a link to an unsafe file' $files/ifcfg-a3 'dev a3 ' a3
fresh
mkdir -p images && mv $files images/scripts && ln -s ../images/scripts $files
chmod 777 images/scripts
refused 'a link to an unsafe directory' $files . a3

# An ACL that lets others read, or root write, is none.
fresh
setfacl -m u:12345:r,u:0:rw $files/ifcfg-a3
plan a3
[ "$status" = 0 ] || fail "an ACL without writers"

[ "$failed" != 0 ] || echo "ok     $tried ways to files that others can write"
exit "$failed"
