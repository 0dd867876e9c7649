#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches kernels of Debian for the lab in QEMU, each into $BUILD/qemu/KERNEL, and a QEMU
# that knows all network cards of the lab, if the installed one does not. What is there
# already is kept.
#
#   BUILD=build tests/kernel/qemu/fetch.sh [KERNEL...]
#
# A KERNEL is 5.10, 6.1, 6.12, 7.2, or newest: the newest that Debian has. All but the last
# are the default. Exit status: 0; 1 if a kernel cannot be had, which is reported.
set -u
cd "$(dirname "$0")/../../.." || exit
# shellcheck source-path=SCRIPTDIR source=../suites.sh
. tests/kernel/suites.sh

BUILD=$(realpath -m "${BUILD:-build}")
guests=$BUILD/qemu
# The suite that has each kernel.
declare -A suite_of=(
	[5.10]=bullseye-security
	[6.1]=bookworm
	[6.12]=trixie
	[7.2]=sid
	[newest]=sid
)
work=

# Names of the packages that make up the suite's kernel: from 7.2 on, it is in several.
packages_of() {
	apt_of apt-cache "$1" depends --recurse --no-recommends --no-suggests --no-conflicts \
		--no-breaks --no-replaces --no-enhances linux-image-amd64 |
		grep -E '^linux-(image|binary|modules|base)-[0-9].*[0-9]-amd64$'
}

# "6.12" of "6.12.95-1".
series() {
	local major minor

	IFS=.-~ read -r major minor _ <<<"$1"
	echo "$major.$minor"
}

# Of the modules only those about the network and about files: there are thousands, and
# depmod reads them all.
trim() {
	local folder

	for folder in "$1"/kernel/{drivers,fs,drivers/net}/*/; do
		case $folder in
		*/drivers/net/wireless/) rm -r "$folder" ;;
		*/drivers/net/* | */drivers/virtio/ | */drivers/dca/ | */drivers/i2c/ | \
			*/drivers/ptp/ | */drivers/pps/ | */drivers/char/ | */fs/9p/ | \
			*/fs/overlayfs/ | */fs/netfs/ | */fs/fscache/) ;;
		*) rm -r "$folder" ;;
		esac
	done
	rm -rf "$1/kernel/sound"
}

# The image and the modules of $work/root, as $BUILD/qemu/KERNEL/vmlinuz and modules.
keep() {
	local modules image to=$guests/$1

	modules=$(find "$work/root" -path '*/lib/modules/*' -prune -type d | head -n 1)
	image=$(find "$work/root" -name 'vmlinuz*' | head -n 1)
	[ -n "$image" ] && rm -rf "$to" && mkdir -p "$to/lib/modules" || return
	mv "$image" "$to/vmlinuz" && mv "$modules" "$to/lib/modules/" || return
	modules=$to/lib/modules/${modules##*/}
	trim "$modules"
	depmod -b "$to" "${modules##*/}" >"$work/log" 2>&1 || return
	echo "${modules##*/}" >"$to/release"
}

# Fetches a kernel; says why not.
take() {
	local kernel=$1 suite=${suite_of[$1]:-} version packages has

	[ -n "$suite" ] || { echo "no kernel $kernel is known: ${!suite_of[*]}" && return 1; }
	[ ! -s "$guests/$kernel/release" ] || return 0
	knows "$suite" || { echo "cannot look into $suite: $(tail -n 1 "$work/log")" && return 1; }
	version=$(candidate "$suite" linux-image-amd64)
	has=$(series "$version")
	if [ "$kernel" != newest ] && [ "$has" != "$kernel" ]; then
		echo "$suite has Linux ${version:-of no version}, and not $kernel"
		return 1
	fi
	if [ ! -s "$guests/$has/release" ]; then
		mapfile -t packages < <(packages_of "$suite")
		rm -rf "$work/root"
		if ! fetch "$suite" "$work/root" "${packages[@]}" || ! keep "$has"; then
			echo "cannot fetch Linux $version of $suite: $(tail -n 1 "$work/log")"
			return 1
		fi
	fi
	[ "$kernel" != newest ] || ln -sfn "$has" "$guests/newest"
	echo "Linux $version of $suite"
}

knows_igb() {
	"$1" -device igb,help 2>/dev/null | grep -q '^igb options'
}

# igb came with QEMU 8: what backports have fits the libraries of the installed one.
take_qemu() {
	local suite

	[ ! -d "$guests/program" ] || return 0
	! knows_igb qemu-system-x86_64 || return 0
	suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")-backports
	rm -rf "$work/program"
	if knows "$suite" && fetch "$suite" "$work/program" qemu-system-x86 \
		qemu-system-common qemu-system-data seabios &&
		knows_igb "$work/program/usr/bin/qemu-system-x86_64"; then
		mv "$work/program" "$guests/program"
		echo "QEMU $(candidate "$suite" qemu-system-x86) of $suite"
	else
		echo "no igb: the installed QEMU does not know it, and $suite has none that does"
	fi
}

# Where nested virtualization is announced but does not work, guests print nothing.
choose_accelerator() {
	local accelerator=tcg

	[ ! -s "$guests/accelerator" ] || return 0
	if [ -w /dev/kvm ] && LAB=qemu KERNEL=$1 CARD=veth ACCELERATOR=kvm \
		tests/kernel/lab.sh --timeout 15 --name lab-trial true >"$work/log" 2>&1; then
		accelerator=kvm
	fi
	echo $accelerator >"$guests/accelerator"
}

[ $# != 0 ] || set -- 5.10 6.1 6.12 7.2
if ! command -v apt-get >/dev/null; then
	echo "no kernels of Debian without apt-get"
	exit 1
fi
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
mkdir -p "$guests"
failed=0
for kernel; do
	take "$kernel" || failed=1
done
take_qemu
[ $failed != 0 ] || choose_accelerator "$1"
exit $failed
