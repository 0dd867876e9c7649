#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Continues ../boot.sh with systemd: installs what `make install` has put into
# $BUILD/stage, leaves of the machine's own units only what a boot needs, prepares what
# the scenario `boot` wants to find, and becomes systemd.
set -u

here=$(cd "$(dirname "$0")" && pwd)

# The overlay shows all units of the machine. Targets keep what they name themselves.
forget_units() {
	rm -rf /etc/systemd/system /run/systemd/system \
		/usr/lib/systemd/system/*.target.wants
	find /usr/lib/systemd/system-generators -mindepth 1 -not -name '*sysv*' -delete
	find /etc/rc?.d -mindepth 1 -delete
}

install_units() {
	mkdir -p /etc/systemd/system /run/systemd/system.conf.d &&
		cp "$here"/units/* /etc/systemd/system &&
		printf '[Manager]\n%s\n%s\n' DefaultTimeoutStopSec=10s \
			"DefaultEnvironment=GLIBC_TUNABLES=${GLIBC_TUNABLES:-} LAB_DIR=$LAB_DIR \
LAB_OUTPUT=$LAB_OUTPUT BUILD=$BUILD LAB_SYSTEMD=$here" >/run/systemd/system.conf.d/lab.conf &&
		systemctl -q enable lab-online.service lab-tmpfiles.service \
			cloud-init-local.service &&
		systemctl -q preset network.service
}

{
	rm -rf /etc/sysconfig &&
		forget_units &&
		cp -a "$BUILD/stage/root/." / &&
		install_units &&
		CARD=${CARD:-veth} "$here/scenario.sh" --before "$here/scenarios/boot"
} || exit
exec /usr/lib/systemd/systemd --unit=lab.target --show-status=no
