#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
#   bench/compare.sh RECORDED COUNTED
#
# Prints which figures of bench/costs.c are higher than the recorded ones. A twentieth, and a
# little more for small figures, is allowed: libraries and kernels differ. Exit status: 1 if
# one grew, or has no record.
set -u

awk '/^#/ { next }
	NR == FNR { recorded[$1 " " $2] = $3; next }
	!(($1 " " $2) in recorded) { print "not recorded: " $0; bad = 1; next }
	{
		was = recorded[$1 " " $2]
		margin = was / 20 + ($2 ~ /bytes/ ? 512 : $2 ~ /KiB/ ? 256 : 8)
		if ($3 > was + margin) {
			printf "%s: %s grew from %d to %d\n", $1, $2, was, $3
			bad = 1
		}
	}
	END {
		if (bad)
			print "if that is worth it: make record-costs"
		exit bad
	}' "$1" "$2"
