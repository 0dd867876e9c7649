#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What people read is printed through lib/base/print.c or struct diag only, so that no value
# or name acts on a terminal. Elsewhere, only text without values may be printed; the others
# print a line of the state file, JSON, help, or text that is clean already.
set -u
cd "$(dirname "$0")/../.." || exit

allowed='lib/base/(print|language|diag|file)\.c|lib/snapshot/[a-z-]+\.c|lib/plan/plan-print\.c'
allowed+='|lib/run/options\.c|lib/ctl/(ctl|json|status|status-watch)\.c'
found=$(grep -nE '(^|[^_[:alnum:]])(v?f?printf|v?dprintf|f?puts|f?put[c]|putchar|fwrite)\(' \
	-r lib parsers ./*.c --include='*.c' |
	grep -vE "^($allowed):" |
	grep -vE ':[[:space:]]*(fputs|puts)\("[^%]*(", (stdout|stderr))?\);|KEPT|mark->fd|for a shell')
[ -z "$found" ] || {
	echo "printed past lib/base/print.c:" >&2
	echo "$found" >&2
	exit 1
}
