# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The words that scenarios are written in. A word that does not hold ends the scenario.
#
#   example NAME            start from the files of sysconfig-examples/NAME, instead of the
#                           scenario's own sysconfig/
#   nics NIC...             plug NICs into the switch; behind it is a host, 192.168.1.1/24
#   bundle MODE NIC...      the switch treats the far ends of these as one link: by LACP
#                           (802.3ad) or as a static EtherChannel (balance-xor)
#   unplug NIC, plug NIC    pull its cable, put it back
#   silence NIC, unsilence NIC  the switch forwards nothing there, but its carrier stays
#   vlan_host ID PREFIX     the host is in that VLAN, too, with this address
#   host COMMAND...         run a command on the host behind the switch
#   append FILE LINE...     add lines to a file of network-scripts (the later line counts)
#   edit FILE EXPRESSION    change it with sed
#
#   run STATUS PROGRAM ARG...  run ifup, ifdown, ifenslave or ifcfgctl, which must end with
#                           that status
#   run_as_nobody STATUS PROGRAM ARG...  the same, not as root
#   says OUTPUT PATTERN     its stdout or stderr has a line matching the extended pattern
#   silent OUTPUT           it had nothing to say there
#   refused PATTERN         `ifup bond0` ends with status 6, such a line on stderr, and a
#                           kernel that is as before
#
#   hook NAME               install /sbin/NAME, a shell script whose lines it reads
#   called                  the hooks wrote just the lines that it reads into $WORK/called,
#                           since it was asked last
#
#   helpers                 what helpers use is installed, and /etc/sysconfig is the scenario's
#
#   remember, unchanged     the kernel's state is the remembered one
#   fails_at DIRECTION LINK PATTERN  a step of ifup or ifdown that matches fails
#   killed_at DIRECTION LINK PATTERN  the run is killed at that step
#   undoes DIRECTION LINK PATTERN  a step of ifup or ifdown that matches fails, with
#                           --rollback=always: the kernel's state is as before
#   undoes_each LEAST DIRECTION LINK [COMMAND]  likewise each of its steps, LEAST or more,
#                           without that option: COMMAND shows that, or `unchanged`
#   state FILE              it is the one in FILE of the scenario
#   snapshot_has PATTERN    the snapshot has such a line, with what changes by itself
#   shows BOND PATTERN      /proc/net/bonding/BOND has such a line
#   ip_shows LINK PATTERN   `ip -d link show` has such a line about it
#   count_frames            from here on
#   sent NIC PERCENT        since then it sent so many frames for each hundred pings, or more
#   kernel_before MAJOR MINOR  the kernel is older than that
#   gone LINK, there LINK   a link by that name does not exist, exists
#   mac_is LINK MAC         the link has this address
#   pings ADDRESS           the host behind the switch gets answers from it
#   soon WORD...            the word holds now or within five seconds, or thirty if emulated
#   not WORD...             it does not hold
#   ends STATUS PID         the program that was started in the background ends with it
#
#   under_traffic ADDRESS WORD...  the same while the host sends a ping every PING_MS (10)
#   lost_at_most N          of those pings
#   every_row_holds         the scenario's table of bonding options: see option-table.sh
#   each_option_comes_up TABLE  each option of that table of the program, with each value
#   lacp_packets NIC SECONDS  listens to it, and sets RECEIVED and SENT
#   text_is FILE LINE...    the file has these lines and no other
#   own FOLDER              what is changed below it is changed for the scenario alone
#   guest PACKAGE           the distribution's package is here, for the scenario alone; before
#                           any hook
#   system_bus              D-Bus runs
#   ansible STATUS INVENTORY PLAYBOOK ARG...  run the playbook, which must end with that
#                           status; what it printed is stdout. "localhost," is this host
#
#   note TEXT               show something that was measured
#   initial_namespace       run where the driver makes its own bond0 (see scenario.sh)
#   only_on CARD...         it is about what such network cards do: it is not run with others
#                           (veth is one, too)

readonly WORK=/run/scenario HOST_ADDRESS=192.168.1.1/24
readonly SYSCONFIG=${SYSCONFIG:-$WORK/sysconfig}
readonly FILES=$SYSCONFIG/network-scripts
TRAFFIC=
SOON_TRIES=200
[ "${LAB:-}" != qemu ] || SOON_TRIES=1200 # an emulated machine is slow
exec {PIPE}<> <(:)
PING_MS=10
declare -A FRAMES

fail() {
	local i where=

	for ((i = 0; i < ${#BASH_SOURCE[@]}; i++)); do
		[[ ${BASH_SOURCE[i]} == */steps ]] || continue
		where="steps:${BASH_LINENO[i - 1]}: "
		break
	done
	echo "$where$1"
	shift
	[ $# = 0 ] || printf '%s\n' "$@"
	exit 1
}

# The switch has an uplink, so that its own carrier does not come and go with that of our
# NICs: the kernel takes up to a second to notice each time.
start_scenario() {
	mkdir -p "$WORK" "$FILES"
	[ ! -d "$SCENARIO/sysconfig" ] || take_files "$SCENARIO/sysconfig" "$SYSCONFIG"
	ip link set lo up
	ip netns add switch
	ip -n switch -batch - <<-END
		link add lan address 02:00:00:00:00:01 type bridge
		link add uplink type veth peer name downlink
		link set downlink up
		link set uplink master lan up
		address add $HOST_ADDRESS dev lan
		link set lan up
	END
}

# Copied, because none but root may be able to write what the programs read.
take_files() {
	cp -R "$1/." "$2"
	chown -R root:root "$2"
	chmod -R go-w "$2"
}

example() {
	take_files "$PROJECT/sysconfig-examples/$1" "$FILES"
}

# ens160 has 52:54:00:00:01:60, and eth0 52:54:00:00:00:00.
mac_of() {
	local digits=0000${1//[!0-9]/}

	digits=${digits: -4}
	echo "52:54:00:00:${digits:0:2}:${digits:2}"
}

nics() {
	local nic

	for nic; do
		echo "link add $nic address $(mac_of "$nic") type veth" \
			"peer name $nic netns switch"
	done | ip -batch - || fail "cannot make the NICs"
	for nic; do
		echo "link set $nic master lan up"
	done | ip -n switch -batch - || fail "cannot plug the NICs in"
}

# The bundle has the name of its first port: "ens160s" for ens160 and ens256.
bundle() {
	local mode=$1 name=${2}s nic

	shift
	{
		echo "link add $name type bond mode $mode miimon 100"
		for nic; do
			echo "link set $nic nomaster down"
			echo "link set $nic master $name"
		done
		echo "link set $name master lan up"
	} | ip -n switch -batch - || fail "cannot bundle the ports of the switch"
}

vlan_host() {
	ip -n switch -batch - <<-END || fail "cannot put the host into VLAN $1"
		link add link lan name lan.$1 type vlan id $1
		address add $2 dev lan.$1
		link set lan.$1 up
	END
}

unplug() {
	ip -n switch link set "$1" down
}

plug() {
	ip -n switch link set "$1" up
}

silence() {
	host bridge link set dev "$1" state 0
}

unsilence() {
	host bridge link set dev "$1" state 3
}

host() {
	nsenter --net=/run/netns/switch "$@"
}

append() {
	local file=$FILES/$1

	shift
	printf '%s\n' "$@" >>"$file"
}

edit() {
	sed -i "$2" "$FILES/$1"
}

# Whether the file has a line matching the extended pattern. By the shell itself, as all
# that is asked often: to start a program takes 50 ms in User Mode Linux.
matches() {
	local lines line

	[[ '' =~ $2 ]]
	# shellcheck disable=SC2319 # which tells of a pattern that is none to the shell: "{ "
	if [ $? = 2 ]; then
		grep -Eq -- "$2" "$1"
		return
	fi
	mapfile -t lines <"$1"
	for line in "${lines[@]}"; do
		[[ ! $line =~ $2 ]] || return 0
	done
	return 1
}

# Whether the files are the same; else what differs is in $WORK/diff.
same() {
	[[ $(<"$1") != "$(<"$2")" ]] || return 0
	diff -u --label "$3" --label "$4" "$1" "$2" >"$WORK/diff"
}

# Runs the words after the status; they must end with it.
ends_with() {
	local want=$1 got=0

	shift
	"$@" >"$WORK/stdout" 2>"$WORK/stderr" </dev/null || got=$?
	[ $got = "$want" ] ||
		fail "exit status $got, expected $want" "$(cat "$WORK/stdout" "$WORK/stderr")"
}

program() {
	[ "$1" = ifcfgctl ] && echo "$1" || echo "$1-bond"
}

# Sets FOLDERS: where the program finds its state, and files if it reads any.
set_folders() {
	FOLDERS=(--rundir "$WORK/run")
	[ "$1" = ifenslave ] || FOLDERS+=(--sysconfig "$SYSCONFIG")
}

run() {
	local want=$1 program

	program=$BUILD/$(program "$2")
	set_folders "$2"
	shift 2
	ends_with "$want" "$program" "${FOLDERS[@]}" "$@"
}

run_as_nobody() {
	local want=$1 program

	program=$(program "$2")
	set_folders "$2"
	shift 2
	# A copy, because the way to the original may be closed to others.
	cp "$BUILD/$program" "$WORK/"
	ends_with "$want" setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$WORK/$program" "${FOLDERS[@]}" "$@"
}

says() {
	matches "$WORK/$1" "$2" || fail "$1 has no line matching $2" "$(cat "$WORK/$1")"
}

# On an emulated machine, links are up later.
silent() {
	[ -s "$WORK/$1" ] || return 0
	if [ "${LAB:-}" != qemu ] || grep -qv ' has no carrier yet: waiting up to ' "$WORK/$1"; then
		fail "$1 should be empty" "$(cat "$WORK/$1")"
	fi
}

refused() {
	remember
	run 6 ifup bond0
	says stderr "$1"
	unchanged
}

# On top of the real folder, for this scenario only. A guest has put a layer there already:
# the kernel stacks no more of them.
own_sbin() {
	local sbin

	[ ! -d "$WORK/sbin" ] && [ ! -d "$WORK/own/usr" ] || return 0
	sbin=$(readlink -f /sbin)
	mkdir -p "$WORK/sbin/new" "$WORK/sbin/work"
	mount -t overlay overlay "$sbin" -o "lowerdir=$sbin" \
		-o "upperdir=$WORK/sbin/new,workdir=$WORK/sbin/work" ||
		fail "cannot put hooks into $sbin"
}

hook() {
	own_sbin
	{
		echo '#!/bin/sh'
		cat
	} >"/sbin/$1"
	chmod 755 "/sbin/$1"
}

called() {
	cat >"$WORK/expected"
	[ -e "$WORK/called" ] || : >"$WORK/called"
	same "$WORK/expected" "$WORK/called" expected called ||
		fail "the hooks were called otherwise" "$(cat "$WORK/diff")"
	rm "$WORK/called"
}

# Helpers know neither --sysconfig nor --rundir.
helpers() {
	local name

	mkdir -p /etc/sysconfig
	mount --bind "$SYSCONFIG" /etc/sysconfig
	for name in network-functions network-step; do
		sed 's,@SBINDIR@,/sbin,' "$PROJECT/packaging/network-scripts/$name.in" \
			>"$FILES/$name" || fail "cannot install $name"
	done
	chmod 755 "$FILES/network-step"
	for name in if{up,down}-{eth,post,routes,ipv6} ifup-aliases; do
		ln -s network-step "$FILES/$name"
	done
	for name in ifup ifdown; do
		hook $name-bond <<-END
			exec "$BUILD/$name-bond" --rundir "$WORK/run" "\$@"
		END
		rm -f /sbin/$name
		ln -s $name-bond /sbin/$name
	done
}

remember() {
	"$BUILD/tests/kernel/kstate" >"$WORK/remembered" ||
		fail "cannot read the kernel's state"
}

unchanged() {
	"$BUILD/tests/kernel/kstate" >"$WORK/now" || fail "cannot read the kernel's state"
	same "$WORK/remembered" "$WORK/now" remembered now ||
		fail "the kernel's state is another" "$(cat "$WORK/diff")"
}

# fault_at FAULT DIRECTION LINK PATTERN: ends with the status of that run
fault_at() {
	local options=(--rollback=always --sysconfig "$SYSCONFIG" --rundir "$WORK/run" "$3") step

	"$BUILD/tests/kernel/fault" list "$2" 0 "${options[@]}" >"$WORK/list"
	step=$(grep -nE -- "$4" "$WORK/list" | head -n 1) || fail "no such step" "$(<"$WORK/list")"
	"$BUILD/tests/kernel/fault" "$1" "$2" $((${step%%:*} - 1)) "${options[@]}" \
		>"$WORK/stdout" 2>"$WORK/stderr"
}

fails_at() {
	fault_at EPERM "$@" || fail "it did not fail" "$(cat "$WORK/std"*)"
}

killed_at() {
	local status=0

	fault_at kill "$@" || status=$?
	[ $status = 137 ] || fail "it ended with $status" "$(cat "$WORK/std"*)"
}

undoes() {
	remember
	fails_at "$@"
	soon unchanged
}

undoes_each() {
	local options=(--sysconfig "$SYSCONFIG" --rundir "$WORK/run") step status

	for ((step = 0; ; step++)); do
		status=0
		"$BUILD/tests/kernel/fault" fail "$2" $step "${options[@]}" "$3" \
			>"$WORK/step" 2>"$WORK/stderr" || status=$?
		[ $status != 3 ] || break
		[ $status = 0 ] ||
			fail "step $step ended with $status" "$(cat "$WORK/step" "$WORK/stderr")"
		(soon "${4:-unchanged}") ||
			fail "after the failure of step $step" "$(cat "$WORK/step" "$WORK/stderr")"
		says stderr "${3%:*} is as it was before"
		not says stderr 'to undo what was done'
	done
	note "failed in each of $step steps"
	[ $step -ge "$1" ] || fail "only $step steps"
}

state() {
	if [ -n "${GOLDEN:-}" ] && [[ $1 != */* ]]; then
		mkdir -p "$LAB_DIR/golden"
		"$BUILD/tests/kernel/kstate" >"$LAB_DIR/golden/${SCENARIO##*/}.$1"
		return
	fi
	"$BUILD/tests/kernel/kstate" >"$WORK/now" || fail "cannot read the kernel's state"
	same "$SCENARIO/$1" "$WORK/now" "$1" kernel ||
		fail "the kernel's state is not $1" "$(cat "$WORK/diff")"
}

snapshot_has() {
	"$BUILD/tests/kernel/kstate" --whole >"$WORK/snapshot" || fail "no snapshot"
	matches "$WORK/snapshot" "$1" ||
		fail "the snapshot has no line matching $1" "$(cat "$WORK/snapshot")"
}

shows() {
	matches "/proc/net/bonding/$1" "$2" ||
		fail "/proc/net/bonding/$1 does not show $2" "$(cat "/proc/net/bonding/$1")"
}

ip_shows() {
	ip -d -o link show dev "$1" >"$WORK/link" || fail "$1 is not there"
	matches "$WORK/link" "$2" ||
		fail "ip -d link does not show $2 for $1" "$(cat "$WORK/link")"
}

count_frames() {
	local file

	for file in /sys/class/net/*/statistics/tx_packets; do
		FRAMES[$file]=$(<"$file")
	done
}

sent() {
	local file=/sys/class/net/$1/statistics/tx_packets pings=${TRAFFIC#sent }
	local frames=$(($(<"$file") - FRAMES[$file]))

	pings=${pings%% *}
	[ $((100 * frames)) -ge $(($2 * pings)) ] ||
		fail "$1 sent $frames frames for $pings pings, expected $2 %"
}

kernel_before() {
	local release major minor

	release=$(uname -r)
	IFS=.- read -r major minor _ <<<"$release"
	[ "$major" -lt "$1" ] || { [ "$major" = "$1" ] && [ "$minor" -lt "$2" ]; }
}

gone() {
	[ ! -e "/sys/class/net/$1" ] || fail "$1 is there"
}

there() {
	[ -e "/sys/class/net/$1" ] || fail "$1 is not there"
}

mac_is() {
	[ "$(<"/sys/class/net/$1/address")" = "$2" ] ||
		fail "$1 has another MAC" "$(ip link show dev "$1")"
}

pings() {
	host ping -q -n -c 1 -W 1 "$1" >"$WORK/ping" || fail "no answer from $1"
}

# Seconds, without a program; nobody writes into that pipe.
nap() {
	read -rt "$1" -u "$PIPE" || true
}

soon() {
	local tries

	for ((tries = 0; tries < SOON_TRIES; tries++)); do
		if ("$@") >/dev/null 2>&1; then
			return
		fi
		nap 0.025
	done
	"$@"
}

not() {
	! ("$@") >/dev/null 2>&1 || fail "should not hold: $*"
}

# By the shell itself: `not wait PID` would wait for nothing, in a shell below.
ends() {
	local status=0

	wait "$2" || status=$?
	[ $status = "$1" ] || fail "it ended with $status" "$(cat "$WORK"/std*)"
}

under_traffic() {
	local address=$1 pinger

	shift
	: >"$WORK/traffic"
	nsenter --net=/run/netns/switch "$BUILD/tests/kernel/gap" "$address" $PING_MS \
		>"$WORK/traffic" &
	pinger=$!
	soon pinging
	nap 0.5
	"$@"
	nap 1
	kill $pinger
	wait $pinger || fail "the pinger failed"
	TRAFFIC=$(tail -n 1 "$WORK/traffic")
}

# It prints a line when it begins: an emulated machine may take seconds to start a program.
pinging() {
	[ -s "$WORK/traffic" ]
}

lost_at_most() {
	local lost=${TRAFFIC#*lost }

	[ "${lost%% *}" -le "$1" ] || fail "lost too many: $TRAFFIC"
}

lacp_packets() {
	local counted

	counted=$("$BUILD/tests/kernel/lacpdus" "$1" "$2") || fail "cannot listen to $1"
	# shellcheck disable=SC2034 # for the steps
	read -r _ RECEIVED _ SENT <<<"$counted"
}

text_is() {
	local file=$1

	shift
	printf '%s\n' "$@" >"$WORK/expected"
	same "$WORK/expected" "$file" expected "$file" ||
		fail "$file has another text" "$(cat "$WORK/diff")"
}

own() {
	local layers=$WORK/own$1

	mkdir -p "$layers/upper" "$layers/work"
	mount -t overlay overlay "$1" \
		-o "lowerdir=$1,upperdir=$layers/upper,workdir=$layers/work" ||
		fail "cannot put a layer over $1"
}

# As tests/deps.sh has unpacked it.
guest() {
	[ -d "$BUILD/guests/$1" ] || fail "no package $1: run make deps"
	[ -d "$WORK/own/usr" ] || own /usr
	cp -R --no-preserve=ownership "$BUILD/guests/$1/." /
	if [ -d /usr/lib/sysusers.d ]; then
		systemd-sysusers 2>/dev/null
	fi
}

# Services of the machine are not started by it: its polkit, say, does not know the rules of
# a guest's firewalld.
system_bus() {
	[ -d "$WORK/own/usr" ] || own /usr
	rm -f /usr/share/dbus-1/system-services/*
	mkdir -p /run/dbus
	dbus-daemon --system --fork --nopidfile || fail "D-Bus does not start"
}

# Its workers want shared memory. To look for an interpreter takes it a while.
ansible() {
	local want=$1 inventory=$2

	shift 2
	if [ ! -d /dev/shm ]; then
		mkdir /dev/shm && mount -t tmpfs tmpfs /dev/shm
	fi
	HOME=$WORK LC_ALL=C.UTF-8 ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=false \
		ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3 ANSIBLE_PIPELINING=true \
		ends_with "$want" ansible-playbook -i "$inventory" -c local "$@"
}

note() {
	echo "note: $*"
}

# Only marks: they are looked for before the scenario starts.
initial_namespace() {
	return 0
}

only_on() {
	return 0
}
