#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Prints what matrix.sh has recorded as tables in Markdown:
#
#   tests/kernel/qemu/table.sh summary | page
#
# The summary is for the READMEs: a row for each kernel, a column for each card, and the date
# of the last run. The page has a cell for each scenario; a letter in it refers to the date
# and version of that run, a number to the reason of a failure, both below the tables.
set -u
cd "$(dirname "$0")/../../.." || exit
# shellcheck source-path=SCRIPTDIR source=cells.sh
. tests/kernel/qemu/cells.sh

summary() {
	awk -v kernels="$KERNELS" -v cards="$CARDS" '
		{ count[$1, $2, $4]++
		  if ($4 == "failed") bad[$1, $2] = bad[$1, $2] " " $3
		  if ($5 != "-" && $5 > last) last = $5 }
		END {
			n = split(cards, card); m = split(kernels, kernel)
			head = "| " last " |"; rule = "|---|"
			for (j = 1; j <= n; j++) { head = head " " card[j] " |"; rule = rule "---|" }
			print head; print rule
			for (i = 1; i <= m; i++) {
				row = "| " kernel[i] " |"
				for (j = 1; j <= n; j++) {
					k = kernel[i] SUBSEP card[j]
					row = row sprintf(" %d / %d / %d%s |", count[k, "ok"],
						count[k, "failed"], count[k, "not-run"], bad[k])
				}
				print row
			}
		}' "$RESULTS"
}

page() {
	cat <<-'END'
		# Scenarios on real kernels and emulated network cards

		`make check-matrix` writes this page. A letter refers to the date and the version of
		the program, a number to the reason of a failure: see below the tables. A dash means
		that the scenario was not run there, "n/a" that it is not about such a card.

	END
	awk -v kernels="$KERNELS" -v cards="$CARDS" -v main="$MAIN $MAIN_SERVICE" '
		function letter(run) {
			if (!(run in letters)) {
				runs[++n_runs] = run
				letters[run] = sprintf("%s%c", n_runs > 26 ? "a" : "", 97 + (n_runs - 1) % 26)
			}
			return letters[run]
		}
		function cell(k, c, name,   key, note) {
			key = k SUBSEP c SUBSEP name
			if (result[key] == "none") return "n/a"
			if (result[key] == "ok") return "ok " letter(run[key])
			if (result[key] != "failed") return "–"
			note = "Linux " k ", " c ", " name ": " reason[key]
			notes[++n_notes] = note
			return "**fails** " letter(run[key]) " [" n_notes "]"
		}
		function head(first, columns, n,   line, rule, i) {
			line = "| " first " |"; rule = "|---|"
			for (i = 1; i <= n; i++) { line = line " " columns[i] " |"; rule = rule "---|" }
			print line; print rule
		}
		{ key = $1 SUBSEP $2 SUBSEP $3
		  result[key] = $4; run[key] = $5 ", " $6
		  if ($2 == "veth" && !seen[$3]++) all[++n_all] = $3
		  $1 = $2 = $3 = $4 = $5 = $6 = ""
		  sub(/^ +/, "")
		  reason[key] = $0 == "" ? "no reason was recorded" : $0 }
		END {
			n_cards = split(cards, card); n_kernels = split(kernels, kernel)
			n_main = split(main, name)
			for (i = 1; i <= n_main; i++) is_main[name[i]] = 1
			for (i = 1; i <= n_kernels; i++) {
				print "## Main scenarios on Linux " kernel[i] "\n"
				head("", card, n_cards)
				for (s = 1; s <= n_main; s++) {
					line = "| " name[s] " |"
					for (j = 1; j <= n_cards; j++)
						line = line " " cell(kernel[i], card[j], name[s]) " |"
					print line
				}
				print ""
			}
			print "## All other scenarios, with veth\n"
			head("", kernel, n_kernels)
			for (s = 1; s <= n_all; s++) {
				if (all[s] in is_main) continue
				line = "| " all[s] " |"
				for (i = 1; i <= n_kernels; i++)
					line = line " " cell(kernel[i], "veth", all[s]) " |"
				print line
			}
			print "\n## Reasons\n"
			for (i = 1; i <= n_notes; i++) print i ". " notes[i]
			if (!n_notes) print "Nothing failed."
			print "\n## Runs\n"
			for (i = 1; i <= n_runs; i++) print "- " letters[runs[i]] ": " runs[i]
		}' "$RESULTS"
}

case ${1:-} in
summary | page) "$1" ;;
*)
	echo "usage: table.sh summary | page" >&2
	exit 2
	;;
esac
