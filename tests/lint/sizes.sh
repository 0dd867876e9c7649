#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# No function of the programs is longer than 60 lines, from its { to its }.
set -u
cd "$(dirname "$0")/../.." || exit

awk '
	FNR == 1 { start = 0 }
	/^\{/ { start = FNR }
	/^}/ && start {
		lines = FNR - start - 1
		start = 0
		functions++
		if (lines > longest)
			longest = lines
		if (lines <= 60)
			next
		printf "%s:%d: a function of %d lines\n", FILENAME, FNR, lines
		failed = 1
	}
	END {
		if (!functions) {
			print "no functions found"
			exit 1
		}
		if (!failed)
			printf "ok     %d functions, the longest of %d lines\n", functions, longest
		exit failed
	}
' ./*.c lib/*/*.c parsers/*.c
