#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shows a bond live: installs what is missing, builds, starts the lab and plays demo/steps.
set -eu
cd "$(dirname "$0")/../.."

export BUILD="${BUILD:-build}"
tests/deps.sh demo
export PATH="$PATH:/usr/sbin:/sbin"
make --no-print-directory -s -j2 BUILD="$BUILD" all "$BUILD/tests/kernel/gap" \
	"$BUILD/tests/kernel/uml-launch"
exec tests/kernel/lab.sh --timeout 120 tests/kernel/scenario.sh tests/kernel/demo
