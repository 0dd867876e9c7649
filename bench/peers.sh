#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Prints what this program and its peers lose when the network is restarted, as the table of
# the README: runs bench/peers/steps in a lab with systemd, with Debian's NetworkManager and
# ifupdown-ng, which tests/guests.sh fetches.
set -eu
cd "$(dirname "$0")/.."

export BUILD="${BUILD:-build}"
log=$BUILD/bench-peers.log
tests/guests.sh
tests/kernel/stage.sh
tests/kernel/lab.sh --timeout 900 --systemd tests/kernel/systemd/scenario.sh "$PWD/bench/peers" \
	>"$log" 2>&1 || { cat "$log" >&2 && exit 1; }

awk -F '\t' '
	function cell(count, effect,   lost) {
		lost = count
		sub(/.*lost /, "", lost)
		sub(/ .*/, "", lost)
		sub(/.*gap /, "", count)
		return (lost + 0 ? lost " (" count ")" : "0") (effect == "no" ? ", but not in effect" : "")
	}
	!($1 in seen) {
		seen[$1] = 1
		name[++n] = $1
		command[n] = $3
	}
	{
		key = $1 " " $2
		more = key in text ? text[key] "; then `" $3 "`: " : ""
		text[key] = more cell($5, $4)
	}
	END {
		title["unchanged"] = "files unchanged"
		title["option"] = "`miimon` changed"
		title["port"] = "one port replaced"
		head = "| packets lost, of one each millisecond |"
		line = "|---|"
		for (i = 1; i <= n; i++) {
			head = head " " name[i] ": `" command[i] "` |"
			line = line "---|"
		}
		print head "\n" line
		split("unchanged option port", what, " ")
		for (k = 1; k <= 3; k++) {
			row = "| " title[what[k]] " |"
			for (i = 1; i <= n; i++)
				row = row " " text[name[i] " " what[k]] " |"
			print row
		}
	}' "$BUILD/lab-systemd/rows"
