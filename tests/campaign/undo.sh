#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Plays each beginning of the plans of the planner's cases, or of those named as arguments, and
# its undo, on the simulated kernel: see undo.c. The last two lines are the figures.
set -u
cd "$(dirname "$0")/../.." || exit
export LC_ALL=C

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
tests/cases/unpack.sh && cd "$BUILD/cases" || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Those with a state of their own, or of ifcfgctl, plan something else.
try_case() {
	local words direction

	read -ra words <"$1/cmd"
	case " ${words[*]} " in
	*' --state '* | *' --status '*) return ;;
	esac
	case ${words[0]} in
	ifup) direction=up ;;
	ifdown) direction=down ;;
	*) return ;;
	esac
	if (cd "$1" && timeout 60 "$BUILD/tests/campaign/undo" $direction --dry-run --insecure \
		--sysconfig root --rundir run --state have.txt "${words[@]:1}") \
		>"$work/out" 2>"$work/err"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $1"
		cat "$work/out"
		tail -n 5 "$work/err"
	fi
	tail -n 1 "$work/out" >>"$work/figures"
}

[ $# != 0 ] || set -- */
for name; do
	try_case "${name%/}" </dev/null
done
awk '{ runs += $1; skipped += $3; bad += $(NF - 1) }
	END { printf "%d runs, %d skipped, %d exceptions\n", runs, skipped, bad }' "$work/figures"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
