# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Words for scenarios with systemd, besides those of ../lib.sh. The programs are the
# installed ones, and read /etc/sysconfig.
#
#   service_files           bond0 with two ports, which comes up without delay
#   run STATUS COMMAND...   run ifup, ifdown, systemctl …, which must end with that status
#   run_as_nobody STATUS COMMAND...  the same, not as root
#   as_unit STATUS COMMAND...  run it as once.service, and systemctl must end so
#   udev                    the distribution's udev runs, for the scenario alone
#   journal_from_here       what was logged before counts no more
#   read_journal            what was logged up to now counts
#   logged FIELD=VALUE...   a message in it has all these fields; the value is an extended
#                           pattern for all of it

# Units that remote-fs.target requires besides, as links.
readonly REQUIRES=/run/systemd/system/remote-fs.target.requires

run() {
	ends_with "$@"
}

run_as_nobody() {
	local status=$1

	shift
	ends_with "$status" setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

service_files() {
	example active-backup
	append ifcfg-bond0 ARPCHECK=no ARPUPDATE=no
	echo NETWORKING=yes >"$SYSCONFIG/network"
	nics ens160 ens256
}

as_unit() {
	local status=$1

	shift
	echo "exec $*" >/run/once
	run "$status" systemctl start once.service
}

udev() {
	[ -d "$BUILD/guests/udev" ] || fail "no package udev: run make deps"
	cp -R --no-preserve=ownership "$BUILD/guests/udev/." /
	systemctl daemon-reload
	systemctl start systemd-udevd.service
}

# As if nothing had been configured since the boot.
reset_machine() {
	systemctl -q stop network.service network.target network-online.target \
		'systemd-udevd*'
	systemctl -q reset-failed
	[ ! -e "$REQUIRES" ] || { rm -r "$REQUIRES" && systemctl daemon-reload; }
	[ ! -e /run/netns/switch ] || ip netns delete switch
	ip -o link show | awk -F '[ @:]+' '$2 != "lo" { print "link delete " $2 }' |
		ip -force -batch - 2>/dev/null || true
	rm -rf /etc/sysconfig /run/ifcfg-bond /run/scenario /var/lock/subsys/network
	journal_from_here
}

journal_from_here() {
	journalctl -q -n 0 --show-cursor | sed -n 's/^-- cursor: //p' >/run/lab-cursor
	[ -s /run/lab-cursor ]
}

# One message a line, its fields between tabs.
read_journal() {
	journalctl --sync
	journalctl -q --after-cursor="$(cat /run/lab-cursor)" --output=export |
		awk 'BEGIN { printf "\t" } /^$/ { printf "\n\t"; next } { printf "%s\t", $0 }' \
			>"$WORK/journal"
}

logged() {
	local line field

	while IFS= read -r line; do
		for field; do
			[[ $line =~ $'\t'$field$'\t' ]] || continue 2
		done
		return
	done <"$WORK/journal"
	fail "no message has $*" "$(grep -av _TRANSPORT=kernel "$WORK/journal")"
}
