#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What `make install` lays down is whole, wherever it is to go, and `make uninstall` takes
# all of it away and nothing else.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=${BUILD:-build}
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
root=$work/root
failed=0

complain() {
	echo "$*" >&2
	failed=1
}

# make TARGET VARIABLE=VALUE... Not with the variables of a make that runs this.
run() {
	env -i PATH="$PATH" make --no-print-directory -s BUILD="$BUILD" DESTDIR="$root" "$@" \
		>"$work/log" 2>&1 && return
	cat "$work/log" >&2
	complain "make $* has failed"
}

# Not folders: some are there before, and who else uses them is not to be known.
files() {
	find "$root" ! -type d -printf '%P\n' | sort
}

# Links lead to something, pages and scripts name the directories that were asked for.
# is_whole SBINDIR ETC
is_whole() {
	local found

	found=$(find "$root" -xtype l)
	[ -z "$found" ] || complain "links to nothing: $found"
	found=$(grep -rlE "$work|@[A-Z]{3,}@" "$root")
	[ -z "$found" ] || complain "names of the build in: $found"
	"$root$1/ifup" --version >/dev/null || complain "$1/ifup does not run"
	"$root$1/ifdown" --version >/dev/null || complain "$1/ifdown does not run"
	"$root$1/ifenslave" --version >/dev/null || complain "$1/ifenslave does not run"
	# Contextualization packages look for them there, and call them from there.
	(cd "$root$2/sysconfig/network-scripts" && ./ifup --version && ./ifdown --version) \
		>/dev/null || complain "network-scripts/ifup or ifdown does not run"
	grep -q "^ExecStart=$1/ifup-bond -a" "$(find "$root" -name network.service)" ||
		complain "network.service does not start $1/ifup-bond"
}

# try SBINDIR ETC [VARIABLE=VALUE]...
try() {
	local scripts=$root$2/sysconfig/network-scripts

	mkdir -p "$scripts" "$root/run/ifcfg-bond"
	echo DEVICE=bond0 >"$scripts/ifcfg-bond0"
	echo >"$root/run/ifcfg-bond/state"
	files >"$work/before"
	run install "${@:3}"
	is_whole "$1" "$2"
	files >"$work/installed"
	run uninstall "${@:3}"
	diff -u --label before --label 'after make uninstall' "$work/before" <(files) || failed=1
	run uninstall "${@:3}"
	rm -rf "$root"
}

try /usr/sbin /etc
count=$(comm -13 "$work/before" "$work/installed" | wc -l)
try /usr/local/sbin /usr/local/etc PREFIX=/usr/local SYSCONFDIR=/usr/local/etc \
	INITDIR=/usr/local/etc/init.d
if grep -vE '^(usr/local|run)/' "$work/installed"; then
	complain "^ outside of what was asked for"
fi
[ "$count" -gt 40 ] || complain "only $count files"
[ $failed != 0 ] || echo "ok     make uninstall takes away all $count files of make install"
exit $failed
