#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs a command as root where the bonding driver is and the machine's network is not.
#
#   BUILD=build tests/kernel/lab.sh [--timeout SECONDS] [--systemd] [--name NAME] \
#       COMMAND [ARGUMENT...]
#
# That is a set of fresh namespaces where the running kernel can make a bond (and we are
# root), else User Mode Linux, a kernel that runs as an ordinary program on a copy of the
# file system that is thrown away. LAB=namespace or LAB=uml in the environment chooses.
# LAB=qemu is a kernel of Debian that qemu/fetch.sh has fetched, on an emulated machine, with
# KERNEL=5.10, 6.1, 6.12, 7.2 or newest, and CARD=vmxnet3, e1000e, igb, virtio-net or veth.
# With --systemd it is not namespaces, with systemd as its first process and what
# `make install` has put into $BUILD/stage installed. Labs of different names, which are
# those of their folders below $BUILD, can run side by side.
#
# The command finds LAB (which of the three) and LAB_DIR, a folder for results. Exit status:
# the command's own; 125 when there is no lab or it broke down, whatever the command said.
set -u

readonly NO_LAB=125
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${BUILD:=build}"
BUILD=$(cd "$BUILD" && pwd)
LAB_DIR=$BUILD/lab
LAB_SYSTEMD=
export BUILD LAB_DIR

can_namespace() {
	[ "$(id -u)" = 0 ] || return 1
	# Loaded by the link's kind, the driver would make a bond0 on this machine.
	modprobe -q bonding max_bonds=0 2>/dev/null
	unshare --net ip link add lab-bond type bond 2>/dev/null
}

choose() {
	case ${LAB_SYSTEMD:+systemd}${LAB:-} in
	namespace | uml)
		return ;;
	*qemu)
		KERNEL=${KERNEL:-newest} CARD=${CARD:-veth}
		export KERNEL CARD LAB_SYSTEMD
		[ ! -s "$BUILD/qemu/$KERNEL/release" ] || return 0
		echo "lab: no kernel $KERNEL for QEMU: run make lab-kernels" >&2
		exit $NO_LAB
		;;
	esac
	if [ -z "$LAB_SYSTEMD" ] && can_namespace; then
		LAB=namespace
	elif [ -x "$BUILD/uml/linux.uml" ] || command -v linux.uml >/dev/null; then
		LAB=uml
	else
		echo "lab: no bonding driver here: this kernel (or this user) cannot make a" \
			"bond in a namespace, or systemd is asked for, and linux.uml is" \
			"missing: install the package user-mode-linux" >&2
		exit $NO_LAB
	fi
}

in_namespaces() {
	exec timeout -k 5 "$limit" unshare --net --mount --pid --fork --kill-child \
		--mount-proc "$here/boot.sh" namespace
}

# Shields programs inside from AVX, whose registers uml-launch.c makes UML lose.
no_avx=glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX2_Usable
no_avx+=,-AVX_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM,-RTM

# That which uml.sh has fetched, else the installed one.
choose_kernel() {
	kernel=linux.uml
	modules=/usr/lib/uml/modules
	if [ -x "$BUILD/uml/linux.uml" ]; then
		kernel=$BUILD/uml/linux.uml
		modules=$BUILD/uml/modules
	fi
}

# The kernel's own words go to a file, those of the command through its second console
# to our output. From 6.16 on, seccomp saves it most of the way to the host and back.
in_uml() {
	local kernel modules

	choose_kernel
	exec timeout -k 5 "$limit" "$BUILD/tests/kernel/uml-launch" "$kernel" seccomp=auto \
		mem=512M "UML_MODULES=\"$modules\"" root=/dev/root rootfstype=hostfs rootflags=/ rw quiet panic=-1 \
		"init=\"$here/boot.sh\"" "LAB_DIR=\"$LAB_DIR\"" \
		"LAB_SYSTEMD=\"$LAB_SYSTEMD\"" "BUILD=\"$BUILD\"" \
		con=null con0=null,fd:1 con1=null,fd:3 "GLIBC_TUNABLES=$no_avx" \
		3>&1 >"$LAB_DIR/console.log" 2>&1 </dev/null
}

in_qemu() {
	exec timeout -k 5 "$limit" "$here/qemu/run.sh" 3>&1 >"$LAB_DIR/qemu.log" 2>&1 </dev/null
}

limit=1500
if [ "${1:-}" = --timeout ]; then
	limit=$2
	shift 2
fi
if [ "${1:-}" = --systemd ]; then
	LAB_SYSTEMD=$here/systemd
	LAB_DIR=$BUILD/lab-systemd
	shift
fi
if [ "${1:-}" = --name ]; then
	LAB_DIR=$BUILD/$2
	shift 2
fi
choose
rm -rf "$LAB_DIR"
mkdir -p "$LAB_DIR"
{
	printf 'export BUILD=%q LAB=%q LAB_DIR=%q CARD=%q\n' "$BUILD" "$LAB" "$LAB_DIR" "${CARD:-veth}"
	printf 'cd %q || exit\n' "$PWD"
	printf '%q ' "$@"
	echo
} >"$LAB_DIR/command"
# Through a pipe, because UML would change the settings of a terminal.
case $LAB in
namespace) in_namespaces ;;
uml) in_uml ;;
qemu) in_qemu ;;
esac | cat &
trap 'kill $(jobs -p); exit 130' INT TERM
wait

# Only the inside can tell that the command came to its end: a panic leaves no status.
if [ ! -s "$LAB_DIR/status" ]; then
	echo "lab: the $LAB lab did not come to its end" >&2
	tail -q -n 30 "$LAB_DIR"/{qemu,console}.log 2>/dev/null >&2
	exit $NO_LAB
fi
exit "$(cat "$LAB_DIR/status")"
