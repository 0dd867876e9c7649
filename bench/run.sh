#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Times `ifup bond0` against `ip -batch` with the same changes, in the lab (see steps).
set -eu
cd "$(dirname "$0")/.."

export BUILD="${BUILD:-build}"
exec tests/kernel/lab.sh --timeout 300 tests/kernel/scenario.sh bench/one-bond
