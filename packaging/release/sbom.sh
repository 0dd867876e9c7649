#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Prints the bill of materials of the programs in $BUILD as SPDX 2.3 JSON: this package, and
# each library that they load, with the version that is installed here. SOURCE_DATE_EPOCH is
# the date in it, and VERSION ours.
set -eu
cd "$(dirname "$0")/../.."

BUILD=${BUILD:-build}
# Opened at run time: see lib/base/dynlib.h.
opened=(libkmod.so.2 libnl-route-3.so.200 libsystemd.so.0)
opened+=("$(ldconfig -p | awk '$1 ~ /^libinih\.so\.[01]$/ { print $1; exit }')")

# The C library's own parts belong to it.
needed() {
	objdump -p "$BUILD"/ifup-bond "$BUILD"/ifdown-bond "$BUILD"/ifenslave-bond "$BUILD"/ifcfgctl |
		awk '$1 == "NEEDED" { print $2 }'
	printf '%s\n' "${opened[@]}"
}

path_of() {
	ldconfig -p | awk -v name="$1" '$1 == name { print $NF; exit }'
}

# Prints "PACKAGE VERSION" of who owns that file.
owner() {
	local package

	if command -v dpkg-query >/dev/null && package=$(dpkg-query -S "*/${1##*/}" 2>/dev/null); then
		package=${package%%:*}
		dpkg-query -W -f '${source:Package} ${source:Version}\n' "$package" | head -n 1
	else
		rpm -qf --qf '%{NAME} %{VERSION}-%{RELEASE}\n' "$1"
	fi
}

needed | sort -u | while read -r library; do
	file=$(path_of "$library")
	[ -n "$file" ] || { echo "$library is not installed" >&2; exit 1; }
	owner "$(realpath "$file")"
done | sort -u | jq -R -n --arg version "$VERSION" --arg date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" '
	def id: "SPDXRef-" + gsub("[^A-Za-z0-9.-]"; "-");
	def package($name; $version; $license): {
		SPDXID: ($name | id), name: $name, versionInfo: $version,
		downloadLocation: "NOASSERTION", filesAnalyzed: false,
		licenseConcluded: $license, licenseDeclared: $license,
		copyrightText: "NOASSERTION" };
	[inputs | split(" ") | package(.[0]; .[1]; "NOASSERTION")] as $libraries |
	{ spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT",
	  name: "ifcfg-bond-\($version)",
	  documentNamespace: "https://ifcfg-bond.example/spdx/\($version)",
	  creationInfo: { created: $date, creators: ["Tool: packaging/release/sbom.sh"] },
	  packages: ([package("ifcfg-bond"; $version; "GPL-2.0-or-later")] + $libraries),
	  relationships: ([{ spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES",
	      relatedSpdxElement: "SPDXRef-ifcfg-bond" }] +
	    [$libraries[] | { spdxElementId: "SPDXRef-ifcfg-bond", relationshipType: "DEPENDS_ON",
	      relatedSpdxElement: .SPDXID }]) }'
