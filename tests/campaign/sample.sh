#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What `make check` tries of the campaigns: some cases with one in a few of their allocations and
# system calls failing, and the undo of all plans.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build}
bad=0
# One of each kind of command; those that write leave whole files, too.
try() {
	local what=$1 stride=$2

	shift 2
	STRIDE=$stride tests/campaign/cases.sh "$what" "$@" || bad=1
}

try alloc 5 up-fresh all-one-fails file-not-readable-port
try call 5 up-fresh all-one-fails
try call 11 altname-aliases-down
try call 19 ctl-add-adopt-altname ctl-apply-dry-run
try call 61 ctl-export-kinds-keyfile ctl-nmcli-modify-to-port
try call 61 ctl-check-name rename-all report-secrets
try alloc 23 ctl-set ctl-add-adopt-down tap-up ctl-nmcli-modify-gateway
try call 23 ctl-set ctl-add-adopt-down ctl-check-link-out
tests/campaign/undo.sh || bad=1
exit $bad
