#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# First process of the lab: makes the machine's files safe, runs $LAB_DIR/command, leaves
# its exit status in $LAB_DIR/status. Started by lab.sh in namespaces, as User Mode Linux's
# init, or by that of a guest of QEMU; in these it hands over to systemd if LAB_SYSTEMD is set.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8

# Everything is read through an overlay whose upper layer is memory: nothing is written
# on the machine, except in LAB_DIR, which shows through.
overlay_root() {
	modules=$UML_MODULES/$(uname -r)
	insmod "$modules/kernel/fs/overlayfs/overlay.ko" &&
		mount -t tmpfs tmpfs /mnt &&
		mkdir /mnt/upper /mnt/work /mnt/root &&
		mount -t overlay overlay /mnt/root \
			-o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work &&
		mkdir /mnt/root/old &&
		cd /mnt/root &&
		pivot_root . old &&
		mount --move /old/proc /proc &&
		mount --move /old/sys /sys &&
		umount -l /old &&
		mount -t hostfs none "$LAB_DIR" -o "$LAB_DIR" &&
		link_modules "$modules"
}

link_modules() {
	mkdir -p /lib/modules && ln -sfn "$1" /lib/modules/
}

# Started by the kernel itself, modprobe would lack init's environment and use AVX.
wrap_modprobe() {
	printf '#!/bin/sh\nGLIBC_TUNABLES=%s exec /sbin/modprobe "$@"\n' \
		"$GLIBC_TUNABLES" >/kernel-modprobe &&
		chmod +x /kernel-modprobe &&
		echo /kernel-modprobe >/proc/sys/kernel/modprobe
}

uml() {
	mount -t proc proc /proc
	# A program that is not there, which the kernel would start for every new link.
	echo >/proc/sys/kernel/hotplug
	mount -t sysfs sysfs /sys
	{ overlay_root && wrap_modprobe; } || return
	mount -t devtmpfs dev /dev
	export LAB_OUTPUT=/dev/tty1
	go
}

# qemu/init.c has mounted the rest.
qemu() {
	mount -t 9p results "$LAB_DIR" -o trans=virtio,version=9p2000.L,cache=none,msize=262144 &&
		link_modules "$BUILD/qemu/$KERNEL/lib/modules/$(uname -r)" || return
	export LAB_OUTPUT=/dev/ttyS2
	stty -F /dev/ttyS1 raw -echo
	touch /lab-network && mount --bind /proc/self/ns/net /lab-network || return
	go
}

# Runs the command, or systemd, which will.
go() {
	ln -s /proc/self/fd /dev/fd
	# For scenarios with a terminal of their own.
	mkdir -p /dev/pts && mount -t devpts -o ptmxmode=666 devpts /dev/pts
	mount -t tmpfs tmpfs /run
	# The command's lines must not get a carriage return each.
	stty -opost <"$LAB_OUTPUT"
	[ -z "${LAB_SYSTEMD:-}" ] || exec "$LAB_SYSTEMD/boot.sh"
	bash "$LAB_DIR/command" >"$LAB_OUTPUT" 2>&1 </dev/null
	status=$?
	dmesg >"$LAB_DIR/dmesg.log"
	echo $status >"$LAB_DIR/status"
}

namespace() {
	mount --make-rprivate / &&
		mount -t sysfs sysfs /sys &&
		mount -t tmpfs tmpfs /run || return
	bash "$LAB_DIR/command" 2>&1 </dev/null
	echo $? >"$LAB_DIR/status"
}

if [ "${1:-}" = namespace ]; then
	namespace
else
	"${1:-uml}"
	sync
	echo o >/proc/sysrq-trigger
	sleep 10
fi
