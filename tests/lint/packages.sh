#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The packages have the version that the programs have, and ask for all libraries that
# deps.sh knows to be needed.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
libraries=0

complain() {
	echo "$*" >&2
	failed=1
}

version=$(sed -n 's/^VERSION *:= *//p' Makefile)
[ -n "$version" ] || complain "the Makefile has no version"
grep -qE "^Version: +$version\$" packaging/ifcfg-bond.spec ||
	complain "packaging/ifcfg-bond.spec: not the version of the Makefile, $version"
grep -qE "^\* .* - $version-[0-9]+\$" packaging/ifcfg-bond.spec ||
	complain "packaging/ifcfg-bond.spec: no entry for $version in the changelog"

grep -qE "^ifcfg-bond \($version-[0-9]+\) " <(head -n 1 packaging/debian/changelog) ||
	complain "packaging/debian/changelog: does not begin with $version"

while read -r _ probe deb rpm; do
	[[ $probe = library:* ]] || continue
	libraries=$((libraries + 1))
	grep -qE "^BuildRequires: +$rpm\$" packaging/ifcfg-bond.spec ||
		complain "packaging/ifcfg-bond.spec does not build-require $rpm"
	grep -qE "^ +$deb( <.*>)?,\$" packaging/debian/control ||
		complain "packaging/debian/control does not build-depend on $deb"
done < <(sed -n "/^table='/,/^'/p" tests/deps.sh)
[ $libraries -gt 4 ] || complain "deps.sh lists no libraries"
[ $failed != 0 ] || echo "ok     the packages ask for $libraries libraries, and are $version"
exit $failed
