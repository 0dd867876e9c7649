#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What cases expect of `ifcfgctl status --format prometheus` is in the text format of
# Prometheus, as `promtool check metrics` wants it: each metric has one HELP and one TYPE, all
# its series after them and each of these once, labels are escaped, a counter ends with
# _total; and each is in the manual page, and the other way round.
set -u
cd "$(dirname "$0")/../.." || exit

page=man/ifcfgctl.8.scd
BUILD=${BUILD:-build}
failed=0

check() {
	awk '
		function wrong(why) {
			printf "%s:%d: %s\n", FILENAME, FNR, why
			failed = 1
		}
		/^# HELP / {
			if (helped[$3]++ || !$4) wrong("HELP once, with a text")
			name = $3
			next
		}
		/^# TYPE / {
			if (typed[$3]++ || $3 != name || NF != 4) wrong("TYPE once, after HELP")
			if ($4 !~ /^(gauge|counter)$/) wrong("no such type")
			if (($4 == "counter") != ($3 ~ /_total$/)) wrong("a counter ends with _total")
			next
		}
		{
			label = "[a-z_]+=\"([^\"\\\\]|\\\\[\"\\\\n])*\""
			if ($0 !~ "^ifcfg_bond_[a-z_]+([{]" label "(," label ")*[}])? -?[0-9]+$")
				wrong("not a series")
			series = $0
			sub(/ [^ ]*$/, "", series)
			if (seen[series]++) wrong("the series is there twice")
			sub(/[{].*/, "", series)
			if (series != name || !typed[series]) wrong("not below its TYPE")
		}
		END { if (!FNR) wrong("empty"); exit failed }
	' "$1" && [ -z "$(tail -c 1 "$1")" ]
}

tests/cases/unpack.sh || exit
for file in "$BUILD"/cases/*-prometheus/expect.plan; do
	check "$file" || failed=1
done
printed=$(sed -n 's/^# TYPE ifcfg_bond_\([^ ]*\) .*/\1/p' \
	"$BUILD"/cases/*-prometheus/expect.plan | sort -u)
documented=$(sed -n '/^# METRICS/,/^# EXIT/s/^|  \*\([a-z_]*\)\*$/\1/p' $page | sort -u)
diff -u --label "the metrics in $page" --label 'those of the cases' \
	<(echo "$documented") <(echo "$printed") >&2 || failed=1
[ $failed != 0 ] || echo "ok     metrics for Prometheus are well-formed, and in the manual page"
exit $failed
