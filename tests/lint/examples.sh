#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The help of each program and command ends with an example. What it shows is understood: on
# files and a kernel like those of the how-to it ends with another status than that of wrong
# usage.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit

BUILD=$(realpath "${BUILD:-build}") || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
tried=0
cp -r sysconfig-examples/active-backup "$work/root"
printf 'kernel 6.1\nmodule bonding\nlink ens33 index 2 mac 52:54:00:00:01:60 mtu 1500 up carrier\n' \
	>"$work/state"
own=(--insecure --sysconfig "$work/root" --rundir "$work/run" --state "$work/state")

# try LINE [OPTION...]: the program of this line, with these options.
try() {
	local line=$1 words

	# The words of our own help, which have quotes.
	eval "words=($line)"
	tried=$((tried + 1))
	(cd "$work" && "$BUILD/${words[0]}" "${@:2}" "${words[@]:1}") >"$work/out" 2>&1 </dev/null
	if [ $? = 2 ]; then
		echo "$line: not understood:" >&2
		cat "$work/out" >&2
		failed=1
	fi
}

example() {
	"$@" --help | sed -n 's/^Example: //p'
}

mapfile -t commands < <("$BUILD/ifcfgctl" --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ ${#commands[@]} -gt 10 ] || failed=1
for command in "${commands[@]}"; do
	line=$(example "$BUILD/ifcfgctl" "$command")
	case $command:$line in
	connection:nmcli\ * | device:nmcli\ *) line="ifcfgctl ${line#nmcli }" ;;
	esac
	if [[ $line != "ifcfgctl "* ]]; then
		echo "ifcfgctl $command --help has no example" >&2
		failed=1
		continue
	fi
	try "$line" "${own[@]}"
done
for program in ifup-bond ifdown-bond; do
	line=$(example "$BUILD/$program")
	[ -n "$line" ] || failed=1
	try "$program ${line#* }" "${own[@]}" --dry-run
done
[ $failed != 0 ] || echo "ok     $tried examples of --help are understood"
exit $failed
