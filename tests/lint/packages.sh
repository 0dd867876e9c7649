#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The version, which the spec file has, stands in its changelog and in NEWS, and the packages
# ask for all libraries that deps.sh knows to be needed. What both units run has the same limits.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
libraries=0

complain() {
	echo "$*" >&2
	failed=1
}

version=$(sed -n 's/^Version: *//p' packaging/ifcfg-bond.spec)
[ -n "$version" ] || complain "packaging/ifcfg-bond.spec has no version"
grep -qE "^\* .* - $version-[0-9]+\$" packaging/ifcfg-bond.spec ||
	complain "packaging/ifcfg-bond.spec: no entry for $version in the changelog"
grep -qE "^## $version( |\$)" NEWS.md || complain "NEWS.md: nothing about $version"

while read -r _ probe deb rpm; do
	[[ $probe = library:* ]] || continue
	libraries=$((libraries + 1))
	grep -qE "^BuildRequires: +$rpm\$" packaging/ifcfg-bond.spec ||
		complain "packaging/ifcfg-bond.spec does not build-require $rpm"
	grep -qE "^ +$deb( <.*>)?,\$" packaging/debian/control ||
		complain "packaging/debian/control does not build-depend on $deb"
done < <(sed -n "/^table='/,/^'/p" tests/deps.sh)

limits() {
	grep -E '^(Capability|SystemCall|Lock|Restrict|Protect|Private|NoNew)' "packaging/$1.service.in"
}
limits=$(limits network)
[ -n "$limits" ] || complain "packaging/network.service.in limits nothing"
[ "$limits" = "$(limits ifcfg-bond-hotplug@)" ] ||
	complain "packaging: the limits of network.service and ifcfg-bond-hotplug@.service differ"
[ $libraries -gt 4 ] || complain "deps.sh lists no libraries"
[ $failed != 0 ] || echo "ok     the packages ask for $libraries libraries, and are $version"
exit $failed
