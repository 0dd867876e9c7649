#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The tables in both READMEs are those of tests/kernel/qemu/results.
tests/kernel/qemu/matrix.sh --check && exit
echo "run tests/kernel/qemu/matrix.sh --table" >&2
exit 1
