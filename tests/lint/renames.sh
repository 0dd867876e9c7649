#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files are replaced and removed through lib/base/file.c only, which syncs file and directory,
# except those below /run: a rename(2) of its own would leave an empty file after a power loss.
set -u
cd "$(dirname "$0")/../.." || exit

found=$(grep -nE '(^|[^_[:alnum:]])rename(at|at2)?\(' -r lib parsers ./*.c --include='*.c' |
	grep -v '^lib/base/file\.c:')
[ -z "$found" ] || {
	echo "rename(2) outside of lib/base/file.c:" >&2
	echo "$found" >&2
	exit 1
}
[ "$(grep -cE '[^_]rename\(' lib/base/file.c)" = 1 ] || {
	echo "lib/base/file.c has more than one rename(2)" >&2
	exit 1
}
