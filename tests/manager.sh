# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by what installs or fetches packages: which manager is here, and what it has.

if command -v apt-get >/dev/null; then
	manager=apt-get
elif command -v dnf >/dev/null; then
	manager=dnf
else
	manager=
fi

obtainable() {
	case $manager in
	apt-get) apt-cache policy "$1" | grep -q 'Candidate: [^(]' ;;
	dnf) dnf -q list "$1" >/dev/null 2>&1 ;;
	esac
}
