#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Messages in a Chinese locale, in both encodings, by programs that look for the catalogues in
# the build directory: whose locale counts, and when it is set up.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0
checked=0
unset "${!LC_@}" LANG LANGUAGE
export LOCPATH=$BUILD/tests/po/locale PATH=$BUILD/tests/po:$PATH

# No locale of the system is needed, nor root to install one.
for charmap in UTF-8 GB18030; do
	[ -d "$LOCPATH/zh_CN.$charmap" ] && continue
	mkdir -p "$LOCPATH"
	localedef -i zh_CN -f "$charmap" "$work/zh_CN.$charmap" &&
		mv "$work/zh_CN.$charmap" "$LOCPATH" || failed=1
done

# check WHAT EXPECTED GOT
check() {
	checked=$((checked + 1))
	[[ $2 != "$3" ]] || return 0
	printf '%s\n' "$1:" "  expected: $2" "  got:      $3" >&2
	failed=1
}

# of CASE: the options for its files and its state of the kernel
of() {
	options=(--insecure --sysconfig "$BUILD/cases/$1/root" --state "$BUILD/cases/$1/have.txt")
}

# first VARIABLE=VALUE...: line of the output in this environment
first() (
	# shellcheck disable=SC2163 # names with values
	export "$@"
	of all-up
	ifup-bond "${options[@]}" --status | head -n 1
)

english='Configured devices:'
chinese='已配置的设备：'
for variables in LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8 'LC_TIME=C LANG=zh_CN.UTF-8' \
	'LC_MESSAGES=zh_CN.UTF-8 LC_CTYPE=zh_CN.UTF-8' 'LANG=zh_CN.UTF-8 LANGUAGE=xx:zh_CN'; do
	# shellcheck disable=SC2086 # a list
	check "$variables" "$chinese" "$(first $variables)"
done
# Without a locale, a catalogue, or the characters; LANGUAGE alone; a path.
for variables in LANG=C LANG=zh_TW.UTF-8 'LANG=zh_CN.UTF-8 LC_ALL=C' LANGUAGE=zh_CN \
	LC_MESSAGES=zh_CN.UTF-8 "LANG=zh_CN.UTF-8 LANGUAGE=$BUILD/locale/zh_CN"; do
	# shellcheck disable=SC2086
	check "$variables" "$english" "$(first $variables)"
done
check GB18030 "$chinese" "$(first LANG=zh_CN.GB18030 | iconv -f GB18030 -t UTF-8)"

# opens CASE [OPTION]...: what ifup in a Chinese locale opens to print messages
opens() {
	of "$1"
	LC_ALL=C strace -f -qq -e trace=open,openat -E LC_ALL=zh_CN.UTF-8 -o "$work/calls" \
		ifup-bond "${options[@]}" "${@:2}" >"$work/out" 2>"$work/err"
	grep -oE 'ifcfg-bond\.mo|locale-archive|zh_CN[^"]*/LC_[A-Z]*' "$work/calls"
}

# A run that has nothing to report does not even look for the locale.
check "a quiet run" '' "$(opens up-fresh -n bond0)"
check "a quiet run succeeds" 10 "$(grep -c ' # ' "$work/out")"
check "a run with messages" ifcfg-bond.mo "$(opens bad-dhcp -n bond0 | grep -m 1 '\.mo')"
[ $failed != 0 ] || echo "ok     messages are in the language of the locale: $checked checks"
exit $failed
