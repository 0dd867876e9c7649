#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs the benchmarks, or those that BENCH names: each folder here in a lab of its own, each
# other script as it is. What they measure, and against what, stands in them.
set -eu
cd "$(dirname "$0")/.."

export BUILD="${BUILD:-build}"
for name in ${BENCH:-one-bond many-bonds many-vlans one-of-many files}; do
	echo "--- $name"
	if [ -d "bench/$name" ]; then
		tests/kernel/lab.sh --timeout 900 tests/kernel/scenario.sh "bench/$name"
	else
		"bench/$name.sh"
	fi
done
