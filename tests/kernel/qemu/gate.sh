#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The main job on the oldest and on the newest kernel, with an emulated network card: what of
# matrix.sh is short enough for every check. A kernel that cannot be had is a failure.
#
#   BUILD=build tests/kernel/qemu/gate.sh
set -u
cd "$(dirname "$0")/../../.." || exit

export BUILD=${BUILD:-build}
failed=0
for kernel in 5.10 newest; do
	LAB=qemu KERNEL=$kernel CARD=vmxnet3
	export LAB KERNEL CARD
	if ! tests/kernel/qemu/fetch.sh "$kernel"; then
		echo "FAILED up on Linux $kernel: there is no such kernel here"
		failed=1
	elif ! tests/kernel/lab.sh --timeout 600 --name "lab-qemu-$kernel" env \
		SCENARIO_LIMIT=200 tests/kernel/scenarios.sh tests/kernel/scenarios/up; then
		failed=1
	fi
	cat "$BUILD/lab-qemu-$kernel/kernel" 2>/dev/null
done
exit $failed
