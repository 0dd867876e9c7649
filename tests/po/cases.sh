#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All planner cases once more, in a Chinese locale: their exit status and what programs read
# (plans, JSON, files) are the same, and no part of a message is English. What is compared and
# searched are the results of tests/po/messages.sh, which makes the locales.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source-path=SCRIPTDIR source=../cases/expected.sh
. tests/cases/expected.sh

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
tests/cases/unpack.sh && cd "$BUILD/cases" || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

# Commands whose output is for people, too; of them, only messages are looked at.
for_people='^ifcfgctl .*\<(check|status|connection|device)\>|^ifenslave '
# Words that only sentences have.
english=' (is|are|has|have|the|not|which|whose|this|that|and|or|its|it|there)[ ,:]'

mkdir "$work/results" "$work/copy"
cp -R ./*/ "$work/copy"
for place in "$work"/copy/*; do
	[ ! -f "$place/cmd" ] || places+=("$place")
	[ ! -f "$place/expect.files" ] || mkdir -p "$place/root/network-scripts"
done
LOCPATH=$BUILD/tests/po/locale LC_ALL=zh_CN.UTF-8 "$BUILD/tests/po/runner" \
	"$work/results" "${places[@]}" || exit

cd "$work/results" || exit
for name in *; do
	command=$(<"$work/copy/$name/cmd")
	compared=(status plan)
	if [[ $command == *--json* || $command == *'--format '@(json|nagios|prometheus)* ||
		$command == 'ifcfgctl report'* ]]; then
		compared+=(err)
	else
		translated+=("$name/err")
		[[ ! $command =~ $for_people ]] || compared=(status)
	fi
	for what in "${compared[@]}"; do
		is_as_expected "$work/copy/$name" "$what" "$name/$what" Chinese >&2 || failed=1
	done
done
# Values in quotes and commands are as they are.
cat "${translated[@]}" | sed -E "s/\`[^\`]*\`|'[^']*'|\"[^\"]*\"//g" |
	grep -E "^[^ ].*(错误|警告|提示):.*$english|^    建议:.*$english|: (error|warning|note): |^    hint: " >&2 &&
	failed=1
[ $failed != 0 ] || echo "ok     ${#places[@]} cases, in Chinese: plans, JSON and exit status are the same"
exit $failed
