#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every member of the JSON that cases expect of ifcfgctl is in the part of its manual page
# about that command, and each in the first column there is in a case. What their values
# are, the cases hold.
set -u
cd "$(dirname "$0")/../.." || exit

page=man/ifcfgctl.8.scd
BUILD=${BUILD:-build}
failed=0

part() {
	sed -n "/^## Of $1\$/,/^#/p" $page
}

from_cases() {
	cat "$BUILD"/cases/ctl-"$1"*json*/expect.plan | sed -n 's/^ *"\([a-z_0-9]*\)": .*/\1/p' |
		sort -u
}

bold() {
	grep -oE '\*[a-z_0-9]+\*' | tr -d '*' | sort -u
}

documented() {
	sed -n 's/^## Of \([a-z]*\)$/\1/p' $page
}

tests/cases/unpack.sh || exit
for command in $(documented); do
	seen=$(from_cases "$command")
	missing=$(comm -23 <(echo "$seen") <(part "$command" | bold))
	unseen=$(comm -13 <(echo "$seen") <(part "$command" | grep '^|' | bold))
	if [ -z "$seen" ] || [ -n "$missing" ]; then
		echo "$page: of $command --json are missing: ${missing//$'\n'/ }" >&2
		failed=1
	fi
	if [ -n "$unseen" ]; then
		echo "no case of $command --json has ${unseen//$'\n'/ }" >&2
		failed=1
	fi
done
[ $failed != 0 ] || echo "ok     every member of ifcfgctl's JSON is in its manual page"
exit $failed
