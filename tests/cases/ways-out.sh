#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command that prints something, on files that are hostile and have secrets: nothing
# that acts on a terminal comes out, no line is forged, no secret is shown, what is meant for
# programs is JSON; and if standard output cannot be written, the exit status says so.
set -u
cd "$(dirname "$0")/../.." || exit
BUILD=$(cd "${BUILD:-build}" && pwd) || exit
export LC_ALL=C

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
mkdir -p etc/network-scripts run
failed=0
esc=$'\e]0;x\a\xc2\x9b2J\x7f\xff\xe2\x80\xae'

short=$'\e[2J\xc2\x9b'

fail() {
	echo "FAILED: $*" >&2
	failed=1
}

cat >etc/network <<END
HOSTNAME="web$esc"
NETWORKDELAY=1$esc
END
cat >etc/network-scripts/ifcfg-bond0 <<END
DEVICE=bond0
NAME=\$'System\n/etc/ifcfg-forged:1: error: forged'
IPADDR=192.0.2.1
PREFIX=24
BONDING_OPTS=\$'mode=1 miimon=100 x$esc=1\n/etc/ifcfg-forged:1: error: forged'
ETHTOOL_OPTS=\$'-K bond0 gro $esc off\nforged'
DOMAIN="example.org $esc"
DNS1=192.0.2.53
ZONE=zone$esc
MTU=15$esc
$esc=1
END
printf 'DEVICE=ens160\nMASTER=bond0\nSLAVE=yes\n' >etc/network-scripts/ifcfg-ens160
printf '192.0.2.128/25 via %s192.0.2.1\n' "$esc" >etc/network-scripts/route-bond0
printf 'DEVICE=bond0.7\nVLAN=yes\nBAD\n' >"etc/network-scripts/ifcfg-$esc"$'\nforged: error: forged'
cat >etc/network-scripts/ifcfg-ens256 <<'END'
DEVICE=ens256
BOOTPROTO=dhcp
ETHTOOL_OPTS="-s ens256 wol s sopass 00:5e:c2:e7:11:22"
WPA_PSK="sec\"ret'one"
PASSWORD = secrettwo
KEY3='secret three
IPADDR2=10.9.9.999
END
cat >etc/network-scripts/keys-ens256 <<'END'
DHCLIENTARGS="-e A=secretfour -e 'B=secret five%41' -e C=s6x"
MTU=secretseven
DNS1=secreteight.example
IPADDR3=10.8.7.6/secretnine
END
chmod 600 etc/network-scripts/keys-ens256
cat >have.txt <<END
program dhclient /sbin/dhclient
program dhclient-script /sbin/dhclient-script
option dhclient -H
file /var/lib/dhclient
program ethtool /sbin/ethtool
link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 up carrier
link ens256 index 3 mac 52:54:00:00:02:56 mtu 1500 up carrier
link e$short index 4 mac 52:54:00:00:02:57 mtu 1500 up
link bond0 index 5 kind bond mac 52:54:00:00:01:60 up
bond bond0 mode active-backup
END
cat >vpn.nmconnection <<END
[connection]
id=x$esc
type=ethernet
interface-name=ens300
[802-1x]
eap=peap;
password=secretten
[ipv4]
method=auto
dhcp-hostname=h$esc
bad$esc=1
END

# What a shell, a terminal and the next reader would take for something else.
judge() { # WHAT FILE
	! grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xff' "$2" ||
		fail "$1: something in it acts on a terminal: $(cat -v "$2" | head -n 5)"
	! grep -qaE '^(/etc/ifcfg-)?forged' "$2" || fail "$1: a line is forged"
	! grep -qaE 'secret ?(one|two|three|four|five|seven|eight|nine|ten)|00:5e:c2|\<s6x\>' "$2" ||
		fail "$1: a secret is shown: $(grep -aE 'secret|00:5e:c2|s6x' "$2")"
}

ctl() {
	local command=$1

	shift
	"$BUILD/ifcfgctl" "$command" --insecure --sysconfig etc --rundir run --state have.txt "$@"
}

change() { # by way
	# shellcheck disable=SC2317
	"$BUILD/$1-bond" -n --insecure --sysconfig etc --rundir run --state have.txt "${@:2}"
}

ways=0
# way FULL COMMAND...: FULL is what it ends with if the output cannot be written.
way() {
	local full=$1 status

	shift
	ways=$((ways + 1))
	"$@" >out 2>err </dev/null
	judge "$* (output)" out
	judge "$* (errors)" err
	[ "$full" = - ] && return
	[ -s out ] || fail "$*: it prints nothing: $(grep -a error: err)"
	"$@" >/dev/full 2>err </dev/null
	status=$?
	[ "$status" = "$full" ] || fail "$* >/dev/full: ended with $status, not $full"
	grep -qa 'standard output cannot be written' err || fail "$* >/dev/full: no message"
}

hostile() {
	way 1 change ifup -a
	way 1 change ifup bond0
	way - change ifup ens256
	way - change ifup "$esc"
	way 1 change ifdown bond0
	way 1 ctl check
	way 1 ctl check --json
	way 1 ctl show bond0
	way 1 ctl show --json bond0
	way - ctl show "$esc"
	way 1 ctl diff
	way 1 ctl report
	way 2 ctl status
	way 2 ctl status --json
	way 1 ctl capture
	way - ctl capture "e$short"
	way 1 ctl export --to keyfile bond0
	way 1 ctl export --to networkd bond0
	way - ctl set --dry-run bond0 "MTU=9$esc"
	way - ctl remove --dry-run bond0 "$esc"
	way 1 ctl import vpn.nmconnection
	way - "$BUILD/ifcfgctl" "$esc"
	way - ctl check "etc/network-scripts/ifcfg-$esc"$'\nforged: error: forged'
}

hostile
sed -i '/BONDING_OPTS/d;/MTU/d;/^[^A-Z]/d' etc/network-scripts/ifcfg-bond0
sed -i '/KEY3/,$d' etc/network-scripts/ifcfg-ens256
sed -i '/MTU/d;/IPADDR/d' etc/network-scripts/keys-ens256
hostile # fewer errors, more of a plan
way 1 change ifup ens256
way 1 ctl show ens256
way 1 ctl set --dry-run ens256 MTU=9000

for command in 'show --json bond0' 'check --json' 'status --json'; do
	# shellcheck disable=SC2086 # words
	ctl $command 2>err | /usr/bin/python3 -c 'import json, sys; json.load(sys.stdin.buffer)' ||
		fail "ifcfgctl $command: that is not JSON"
done
[ "$failed" != 0 ] || echo "ok     $ways ways out"
exit "$failed"
