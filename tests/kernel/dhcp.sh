# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The words of lib.sh about DHCP.
#
#   dhcp_clients NAME...    only these of the clients are installed
#   dhcp_server ARG...      the host behind the switch gives addresses, 192.168.1.50 to .60,
#                           with further arguments of dnsmasq
#   dhcp_server_stops       it answers no more
#   server_said PATTERN     its log has a line matching the extended pattern
#   leased LINK             the link has an address of its, and sets LEASED to that
#   runs CLIENT LINK        a process of that client works for that link; sets CLIENT_PID
#   resolver_has PATTERN    /etc/resolv.conf has such a line
#   has_route WORD...       `ip route` has such a line, its words taken for a pattern
#   has_address LINK ADDRESS  it has one that begins so
#   all_at_once             begin `ifup -a`, which continues during the next words:
#   takes WORD...           the word holds while it goes on; notes how long that took
#   goes_on                 it has not ended yet
#   it_ends_with STATUS     it ends so

# Nothing of the machine's may be written where the lab is made of namespaces only.
shield_files() {
	mkdir -p "$WORK/etc"
	echo '# as it was' >"$WORK/etc/resolv.conf"
	[ -e /etc/resolv.conf ] || : >/etc/resolv.conf
	mount --bind "$WORK/etc/resolv.conf" /etc/resolv.conf
	mount -t tmpfs tmpfs /var/lib
	mkdir -p /var/lib/dhclient /var/lib/dhcp /var/lib/dhcpcd
	mount -t tmpfs tmpfs /usr/libexec 2>/dev/null || mkdir -p /usr/libexec
	install -D "$PROJECT/libexec/udhcpc-script.sh" /usr/libexec/ifcfg-bond/udhcpc-script
}

# dhclient and dhcpcd start their scripts with an environment of their own, without what
# keeps programs from using registers that User Mode Linux loses.
shield_script() {
	local copy=$WORK/etc/${1##*/}

	[ "$LAB" = uml ] && [ -f "$1" ] || return 0
	mkdir -p "${copy%/*}"
	sed "1a export GLIBC_TUNABLES=$GLIBC_TUNABLES" "$1" >"$copy"
	chmod +x "$copy"
	mount --bind "$copy" "$1"
}

dhcp_clients() {
	local name path

	shield_files
	shield_script "$(readlink -f /sbin/dhclient-script)"
	shield_script /usr/lib/dhcpcd/dhcpcd-run-hooks
	for name in dhclient dhcpcd udhcpc udhcpc6; do
		[[ " $* " != *" $name "* ]] || continue
		for path in /sbin/$name /usr/sbin/$name /bin/$name /usr/bin/$name; do
			[ ! -f "$path" ] || mount --bind /dev/null "$(dirname "$path")/$name" ||
				fail "cannot hide $path"
		done
	done
	for name; do
		command -v "$name" >/dev/null || fail "$name is not installed"
	done
}

dhcp_server() {
	host dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --no-ping \
		--interface=lan --bind-interfaces --user=root --pid-file="$WORK/server.pid" \
		--dhcp-leasefile="$WORK/leases" --log-facility="$WORK/server.log" --log-dhcp \
		--dhcp-authoritative --domain=example.org \
		--dhcp-option=option:dns-server,192.168.1.1 \
		--dhcp-range=192.168.1.50,192.168.1.60,255.255.255.0,120 "$@" \
		>"$WORK/server.out" 2>&1 &
	soon grep -q started "$WORK/server.log"
}

dhcp_server_stops() {
	kill "$(<"$WORK/server.pid")"
}

server_said() {
	grep -Eq -- "$1" "$WORK/server.log" ||
		fail "the server did not say $1" "$(cat "$WORK/server.log")"
}

leased() {
	LEASED=$(ip -o -4 address show dev "$1" | sed -n 's,.* inet \(192.168.1.[56][0-9]\)/.*,\1,p')
	[ -n "$LEASED" ] || fail "$1 has no lease" "$(ip address show dev "$1")"
}

runs() {
	# shellcheck disable=SC2034 # for the steps
	CLIENT_PID=$(pgrep -o -f "^([^ ]*/)?$1:? .*$2" | head -1)
	[ -n "$CLIENT_PID" ] || fail "no $1 for $2" "$(ps axww)"
}

resolver_has() {
	grep -Eq -- "$1" /etc/resolv.conf ||
		fail "/etc/resolv.conf has no line matching $1" "$(cat /etc/resolv.conf)"
}

has_route() {
	ip route show >"$WORK/routes"
	grep -Eq -- "^$*" "$WORK/routes" || fail "no route $*" "$(cat "$WORK/routes")"
}

has_address() {
	ip -o address show dev "$1" >"$WORK/addresses"
	grep -Fq " $2" "$WORK/addresses" || fail "$1 has no $2" "$(cat "$WORK/addresses")"
}

all_at_once() {
	BEGAN=$((${EPOCHREALTIME/./} / 1000))
	rm -f "$WORK/status"
	{
		local status=0

		"$BUILD/ifup-bond" --sysconfig "$SYSCONFIG" --rundir "$WORK/run" -a \
			>"$WORK/stdout" 2>"$WORK/stderr" </dev/null || status=$?
		echo $status >"$WORK/status"
	} &
	RUN_PID=$!
}

takes() {
	until ("$@") >/dev/null 2>&1; do
		[ ! -e "$WORK/status" ] || fail "never: $*" "$(cat "$WORK/std"*)"
		nap 0.1
	done
	note "$*: $((${EPOCHREALTIME/./} / 1000 - BEGAN)) ms"
}

goes_on() {
	[ ! -e "$WORK/status" ] || fail "it did not wait for all" "$(cat "$WORK/std"*)"
}

it_ends_with() {
	wait "$RUN_PID"
	[ "$(<"$WORK/status")" = "$1" ] || fail "it ended with $(<"$WORK/status")" "$(cat "$WORK/std"*)"
}
