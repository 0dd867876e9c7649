#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The completion for bash, asked as readline asks it: every option that --help lists, their
# values, and the interfaces that have a file.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=${BUILD:-build}
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
asked=0
export PATH=$PWD/$BUILD:$PATH
[[ $BUILD != /* ]] || PATH=$BUILD:$PATH

# What Tab offers after such a line, one per line, sorted.
offered() {
	COMP_LINE=$1 COMP_POINT=${#1} bash --norc -c '
		. packaging/completion/ifup-bond
		complete -F _ifcfg_bond nmcli
		"$(complete -p "${COMP_LINE%% *}" | grep -o "_[a-z_]*")" "${COMP_LINE%% *}"
		printf "%s\n" "${COMPREPLY[@]}"' | sort
}

# offers LINE WORD...: these, and no others.
offers() {
	asked=$((asked + 1))
	diff -u --label expected --label "$1<Tab>" \
		<(printf '%s\n' "${@:2}" | sort) <(offered "$1") || failed=1
}

scripts=$work/network-scripts
mkdir "$scripts" "$scripts/ifcfg-folder"
touch "$scripts"/{ifcfg-bond0,ifcfg-bond0.100,ifcfg-bond0:1,ifcfg-ens160,route-bond0}
# Those that the programs pass over, from where they have them.
endings=$(sed -n '/ignored_endings\[\]/,/}/s/.*\t\(".*\)/\1/p' lib/files/ifcfg-dir.c)
for ending in ${endings//[\",]/} .dpkg-old .ucf-dist; do
	touch "$scripts/ifcfg-bond1$ending"
done
[ "$(find "$scripts" -name 'ifcfg-bond1*' | wc -l)" -gt 10 ] || failed=1

at="--sysconfig $work"
for program in ifup-bond ifdown-bond; do
	mapfile -t options < <("$program" --help | grep -oE '^ {2,6}-.{20}' |
		grep -oE -- '-(-[-a-z]+|[a-z]\>)')
	[ ${#options[@]} -gt 15 ] || failed=1
	offers "$program -" "${options[@]}"
	offers "$program $at " bond0 bond0.100 bond0:1 ens160
	offers "$program -v $at --rollback always b" bond0 bond0.100 bond0:1
done
mapfile -t links < <(ls /sys/class/net)
offers 'ifenslave-bond --d' --detach --dry-run
offers 'ifenslave-bond -c no-such-bond ' "${links[@]}"
offers "ifup-bond --sysconfig=$work ens" ens160
offers "ifup-bond $at bond0:" 1
offers "ifup-bond $at bond0 " boot
offers "ifup-bond $at bond0 boot " ''
offers "ifup-bond $at no-such" ''
offers "ifup-bond --sysconfig /no/such/folder " ''
offers 'ifup-bond --roll' --rollback
offers 'ifup-bond --rollback a' always auto
offers 'ifup-bond --rollback=n' never
offers 'ifup-bond --try g' gateway
offers "ifup-bond --state $scripts/r" "$scripts/route-bond0"
offers "ifup-bond --rundir $work/" "$scripts"
mapfile -t steps < <(grep -oE '\[STEP_[A-Z0-9]+\] = "[a-z0-9]+"' lib/model/helper.c |
	cut -d '"' -f 2)
offers 'ifup-bond --step ' "${steps[@]}"
mapfile -t commands < <(ifcfgctl --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
offers "ifcfgctl $at " "${commands[@]}"
offers "ifcfgctl $at ${commands[0]} e" ens160
offers 'ifcfgctl status --format p' prometheus
offers "ifcfgctl --roll" ''
offers "ifcfgctl $at no-such-command " ''

# Each command has words and options of its own, and those of all commands.
for command in "${commands[@]}"; do
	mapfile -t options < <(ifcfgctl "$command" --help | grep -oE '^ {2,6}-.{20}' |
		grep -oE -- '-(-[-a-z]+|[a-z]\>)')
	[[ $command = connection || $command = device ]] ||
		offers "ifcfgctl $command -" "${options[@]}"
done
printf 'kernel 6.1\nlink lo index 1 mtu 65536 up\nlink %s\nlink %s\nlink %s\n' \
	'ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 up' \
	'ens256 index 3 mac 52:54:00:00:01:61 mtu 1500 up' \
	'docker0 index 4 kind bridge mac 52:54:00:00:01:62 mtu 1500 up' >"$work/state"
echo 'BONDING_OPTS="mode=1"' >"$scripts/ifcfg-bond0"
echo 'DEVICE=ens160' >"$scripts/ifcfg-ens160"
at="$at --state $work/state"
offers "ifcfgctl $at status bond0 " ''
offers "ifcfgctl $at check bond0 e" ens160
offers "ifcfgctl $at status --format " text json nagios prometheus
offers "ifcfgctl $at add " bond slave vlan
offers "ifcfgctl $at add bond bond1 --slave " ens256
offers "ifcfgctl $at add bond bond1 --mode balance-a" balance-alb
offers "ifcfgctl $at add bond bond1 --option lacp_r" lacp_rate=
offers "ifcfgctl $at add bond bond1 --key ARPU" ARPUPDATE=
offers "ifcfgctl $at add slave ens256 --bond " bond0
offers "ifcfgctl $at set bond0 ONB" ONBOOT=
offers "ifcfgctl $at set bond0 ONBOOT=" no yes
offers "ifcfgctl $at set bond0 MTU=1 ONBOOT=y" yes
offers "ifcfgctl $at drill " bond0
offers "ifcfgctl $at capture " docker0 ens160 ens256 lo
offers "ifcfgctl $at export --to " keyfile networkd
offers "ifcfgctl $at export --directory $scripts/" "$scripts/ifcfg-folder"
offers "ifcfgctl $at report $work/st" "$work/state"
offers "ifup-bond $at --hotplug e" ens160 ens256
at="--sysconfig $work"

# In the words of nmcli, for which the program completes by itself.
offers "ifcfgctl $at connection d" delete down
offers "ifcfgctl $at connection add type bond-" bond-slave
offers "ifcfgctl $at connection add type bond mode 8" 802.3ad
offers "ifcfgctl $at connection add type vlan eg" egress
offers "ifcfgctl $at connection -t up bond0." bond0.100
offers "ifcfgctl $at connection modify ens160 ipv4.met" ipv4.method
offers "ifcfgctl $at connection modify ens160 ipv4.method m" manual
offers "ifcfgctl $at device dis" disconnect

# By the names of ifup and ifdown, it is loaded when it is first asked for.
sed "s,@COMPLETIONDIR@,$PWD/packaging/completion," packaging/completion/ifup.in >"$work/ifup"
again=$(bash --norc -c '. "$1"; _ifcfg_bond_load; echo $?; complete -p ifdown' - "$work/ifup")
if [ "$again" != "124
complete -F _ifcfg_bond ifdown" ]; then
	echo "not loaded by the name of ifdown: $again" >&2
	failed=1
fi
# nmcli only where that is ifcfgctl.
mkdir "$work/bin"
ln -s "$(type -P ifcfgctl)" "$work/bin/nmcli"
PATH=$work/bin:$PATH offers 'nmcli conn' connection
PATH=$work/bin:$PATH offers 'nmcli -t c delete --no-such ' ''
sed "s,@COMPLETIONDIR@,$PWD/packaging/completion," packaging/completion/nmcli.in >"$work/nmcli"
again=$(PATH=$work/bin:$PATH bash --norc -c '. "$1"; complete -p nmcli
	_ifcfg_bond_load_nmcli; echo $?; complete -p nmcli' - "$work/nmcli")
if [ "$again" != "complete -F _ifcfg_bond_load_nmcli nmcli
124
complete -F _ifcfg_bond nmcli" ]; then
	echo "not loaded by the name of nmcli: $again" >&2
	failed=1
fi
printf '#!/bin/sh\n' >"$work/other"
chmod 755 "$work/other"
ln -sf "$work/other" "$work/bin/nmcli"
if PATH=$work/bin:$PATH bash --norc -c '. "$1"; complete -p nmcli' - "$work/nmcli" 2>/dev/null; then
	echo "the nmcli of another program is completed" >&2
	failed=1
fi
[ $failed != 0 ] || echo "ok     the completion offers what it should, asked $asked times"
exit $failed
