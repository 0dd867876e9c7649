#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The packages, each of what is committed: builds them, looks through them, and runs what
# they hold. Those for Debian only where there is apt-get, and with it what builds them.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
tests/package/rpm.sh || failed=1
if command -v apt-get >/dev/null; then
	tests/package/deb.sh || failed=1
fi
exit $failed
