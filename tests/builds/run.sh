#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds and tests the working tree on other releases of Debian, and for other processors:
#
#   tests/builds/run.sh [NAME...]
#
# The names are those of the table below; without any, all of them. Each is a root of its
# own, which debootstrap fills from the archive that this machine's own packages come from;
# in there, inside.sh does the rest. Roots are kept in $BUILD/builds, with the packages that
# they needed: remove them to see what a fresh machine needs. Mounts and processes end with
# the run, as they are in namespaces of their own. Needs root.
#
# At the end there is a line for each name, and the total.
set -u
cd "$(dirname "$0")/../.." || exit

# The name, the suite and, for a cross build, its architecture. Debian 11 is near to RHEL 8
# and openEuler 20.03 and 22.03; s390x is big-endian, i386 has 32-bit times, armhf does not
# load numbers from odd addresses, and arm64 is what openEuler and Kylin run on. linux-4.18 is
# Debian 11 without what kernel headers older than its own lack: see linux-4.18.h.
table='
bookworm    bookworm
trixie      trixie
sid         sid
bullseye    bullseye
linux-4.18  bullseye  linux-4.18
arm64       trixie    arm64
s390x       sid       s390x
armhf       trixie    armhf
i386        trixie    i386
'

mkdir -p "${BUILD:-build}/builds" && builds=$(cd "${BUILD:-build}/builds" && pwd) || exit

archive() {
	# shellcheck disable=SC2016 # apt replaces these
	apt-get indextargets --format '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)' \
		'Created-By: Packages' | sed -n 's/^Debian|main|//p' | grep -v security |
		head -n 1
}

# The suite as debootstrap makes it, in $builds/SUITE.tar.
bootstrap() {
	local root=$builds/$1.new uri

	uri=$(archive)
	[ -n "$uri" ] || { echo "apt knows no archive of Debian" && return 1; }
	rm -rf "$root"
	debootstrap --variant=minbase "$1" "$root" "$uri" || return
	# The archive is reached as from this machine, and no services are started.
	apt-config dump | grep -E '^Acquire::.*(Proxy|Check-)' >"$root/etc/apt/apt.conf.d/50builds"
	# Nor does anything have to be on the disk: dpkg waits for that after each file.
	echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/builds"
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	tar -C "$root" -cf "$root.tar" . && mv "$root.tar" "$builds/$1.tar" && rm -rf "$root"
}

# A root of that suite in $builds/NAME. What stopped half-way is begun again.
make_root() {
	local root=$builds/$1

	[ ! -d "$root" ] || return 0
	[ -f "$builds/$2.tar" ] || bootstrap "$2" || return
	rm -rf "$root.new"
	mkdir "$root.new" && tar -C "$root.new" -xf "$builds/$2.tar" && mv "$root.new" "$root"
}

# The working tree, also what is not committed yet. Not the objects of an earlier run: by the
# times of files from several working trees, make cannot tell which are still good.
put_sources() {
	local root=$builds/$1

	rm -rf "$root/src" && mkdir "$root/src" && git ls-files -co --exclude-standard -z |
		xargs -0 ls -d 2>/dev/null | tar -cT - | tar -xC "$root/src"
}

# shellcheck disable=SC2016 # the inner shell's
enter() {
	unshare --mount --pid --fork --kill-child sh -ec '
		mount --bind "$1" "$1" # namespaces of mounts begin at a mount
		mount --rbind /dev "$1/dev"
		mount --make-rslave "$1/dev"
		mount -t proc proc "$1/proc"
		mount -t sysfs -o ro sysfs "$1/sys"
		mount -t tmpfs tmpfs "$1/run"
		cp /etc/resolv.conf "$1/etc/resolv.conf"
		root=$1
		shift
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
			LC_ALL=C.UTF-8 "$@"' enter "$builds/$1" /src/tests/builds/inside.sh "${@:2}"
}

# Leaves "PASSED FAILED REMARK" in a file.
build() {
	local result=$builds/$1/src/result

	rm -f "$result"
	if make_root "$1" "$2" && put_sources "$1"; then
		enter "$1" ${3:+"$3"}
	fi >"$builds/$1.log" 2>&1 </dev/null
	[ -s "$result" ] || echo "0 1 it broke down" >"$result"
	cp "$result" "$builds/$1.result"
}

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
	echo "check-builds needs root and debootstrap" >&2
	exit 1
fi
# shellcheck disable=SC2046 # names
[ $# != 0 ] || set -- $(echo "$table" | cut -d ' ' -f 1)
all_passed=0
all_failed=0
for name; do
	read -r _ suite architecture < <(echo "$table" | grep "^$name ") || {
		echo "there is no build $name: $(echo "$table" | cut -d ' ' -f 1 | xargs)" >&2
		exit 2
	}
	began=$EPOCHSECONDS
	build "$name" "$suite" "$architecture"
	read -r passed failed remark <"$builds/$name.result"
	[ "$failed" = 0 ] || grep -E '^(FAILED|no package here|not installed)|:[EF]:|error:' \
		"$builds/$name.log" | head -n 20
	printf '%-10s %5d passed, %3d failed  %4d s  %s\n' "$name" "$passed" "$failed" \
		$((EPOCHSECONDS - began)) "$remark"
	all_passed=$((all_passed + passed))
	all_failed=$((all_failed + failed))
done
echo "$all_passed passed, $all_failed failed"
[ $all_failed = 0 ]
