#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The packages, each of what is committed: builds them, looks through them, and installs,
# runs and removes them in a root of their own.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
tests/package/rpm.sh || failed=1
exit $failed
