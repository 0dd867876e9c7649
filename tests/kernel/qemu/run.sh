#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs QEMU with a kernel that fetch.sh has fetched, for lab.sh: its root are the machine's
# files, with a layer of memory above them. KERNEL and CARD name the kernel and the network
# card; for veth, there are no cards. What the guest says on its third serial port goes to
# descriptor 3.
#
# Each card is on a hub of its own, together with one that the guest uses for the switch's
# side of the cable. The guest's second serial port is the monitor's, so that it can pull
# the cables (see cards.sh).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
guest=$BUILD/qemu/$KERNEL
release=$(<"$guest/release")
# What each card is to QEMU, and its module.
declare -A device_of=(
	[vmxnet3]=vmxnet3 [e1000e]=e1000e [igb]=igb [virtio-net]=virtio-net-pci [veth]=""
)
declare -A module_of=(
	[vmxnet3]=vmxnet3 [e1000e]=e1000e [igb]=igb [virtio-net]=virtio_net [veth]=""
)
# shellcheck source-path=SCRIPTDIR source=names.sh
. "$here/names.sh"

# The files of modules that it takes to load these, in their order.
modules() {
	local name

	for name; do
		modprobe -d "$guest" -S "$release" --show-depends "$name"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

# Only init, and what it needs to see the rest.
make_initramfs() {
	local root=$LAB_DIR/initramfs file name

	mkdir -p "$root"
	cp "$BUILD/tests/kernel/qemu/init" "$root/init"
	# shellcheck disable=SC2086 # none for veth
	modules virtio_pci 9pnet_virtio 9p overlay ${module_of[$CARD]:+virtio_net} \
		${module_of[$CARD]} | while read -r file; do
		name=$(basename "$file")
		case $name in
		*.xz) xz -dc "$file" >"$root/${name%.xz}" ;;
		*) cp "$file" "$root" ;;
		esac
		echo "/${name%.xz}" >>"$root/modules"
	done
	(cd "$root" && find . | cpio --quiet -o -H newc) >"$LAB_DIR/initramfs.cpio"
	rm -r "$root"
}

# Without speed and duplex of the other ends, the switch would have no LACP.
cards() {
	local i

	[ -n "${device_of[$CARD]}" ] || return 0
	for ((i = 0; i < ${#NIC_NAMES[@]}; i++)); do
		printf '%s\n' -netdev "hubport,id=near$i,hubid=$i" \
			-device "${device_of[$CARD]},netdev=near$i,id=nic$i,$(slot "${NEAR_SLOTS[i]}"),mac=${NIC_MACS[i]}" \
			-netdev "hubport,id=far$i,hubid=$i" \
			-device "virtio-net-pci,netdev=far$i,id=end$i,$(slot "${FAR_SLOTS[i]}"),speed=1000,duplex=full,mac=02:00:00:00:01:0$i"
	done
}

slot() {
	printf 'bus=pcie.0,addr=0x%x,romfile=' "$1"
}

share() {
	printf '%s\n' -fsdev "local,id=$1,path=$2,security_model=none,multidevs=remap$3" \
		-device "virtio-9p-pci,fsdev=$1,mount_tag=$1"
}

program=(qemu-system-x86_64)
if [ -d "$BUILD/qemu/program" ]; then
	data=$BUILD/qemu/program/usr/share
	program=("$BUILD/qemu/program/usr/bin/qemu-system-x86_64" -L "$data/qemu" -L "$data/seabios")
fi
accelerator=${ACCELERATOR:-$(cat "$BUILD/qemu/accelerator" 2>/dev/null || echo tcg)}
processor=Nehalem # emulated, it is quicker than newer ones
[ "$accelerator" != kvm ] || processor=host
make_initramfs
mapfile -t devices < <(share machine / ,readonly=on && share results "$LAB_DIR" '' && cards)
cd "$LAB_DIR" # the name of a socket must be short
exec "${program[@]}" -accel "$accelerator" -M q35 -cpu "$processor" -m 768 -nodefaults \
	-display none -no-reboot -kernel "$guest/vmlinuz" -initrd initramfs.cpio \
	-append "console=ttyS0 quiet panic=-1 tsc=unstable clocksource=acpi_pm \
no_timer_check cryptomgr.notests=1 mitigations=off net.ifnames=0 LAB_BOOT=\"$here/../boot.sh\" LAB=qemu \
\"LAB_DIR=$LAB_DIR\" \"LAB_SYSTEMD=$LAB_SYSTEMD\" \"BUILD=$BUILD\" KERNEL=$KERNEL CARD=$CARD" \
	-chardev socket,id=monitor,path=monitor,server=on,wait=off -mon chardev=monitor \
	-chardev socket,id=cables,path=monitor \
	-chardev file,id=output,path=/dev/fd/3 \
	-serial file:console.log -serial chardev:cables -serial chardev:output "${devices[@]}"
