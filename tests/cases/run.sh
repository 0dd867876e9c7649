#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs every case: a folder with the command (cmd), the files (root/), the kernel's state
# (have.txt) and what the dry run must print (expect.plan, expect.err, expect.status; an
# absent one stands for nothing, nothing and 0). With --golden, rewrites what they expect.
# RUNNER, e.g. valgrind, is put before each program. The last line is the total.
set -u
cd "$(dirname "$0")" || exit
export LC_ALL=C # what is printed depends on it

BUILD=$(cd ../.. && cd "${BUILD:-build}" && pwd) || exit
golden=
[ "${1:-}" != --golden ] || golden=yes
got=$(mktemp -d) || exit
trap 'rm -rf "$got"' EXIT
passed=0
failed=0

# In the case's folder, so that the paths in messages are short and always the same.
run_case() (
	local command program

	cd "$1" || exit
	read -ra command <cmd
	case ${command[0]} in
	ifcfgctl) program=(ifcfgctl) ;;
	*) program=("${command[0]}-bond" --dry-run) ;;
	esac
	${RUNNER:-} "$BUILD/${program[0]}" "${program[@]:1}" --insecure --sysconfig root \
		--rundir run --state have.txt "${command[@]:1}" \
		>"$got/plan" 2>"$got/err" </dev/null
	echo $? >"$got/status"
)

keep() {
	local what

	echo 0 | cmp -s - "$got/status" && : >"$got/status"
	for what in plan err status; do
		if [ -s "$got/$what" ]; then
			cp "$got/$what" "$1/expect.$what"
		else
			rm -f "$1/expect.$what"
		fi
	done
}

expected() {
	if [ -f "$1/expect.$2" ]; then
		cat "$1/expect.$2"
	elif [ "$2" = status ]; then
		echo 0
	fi
}

compare() {
	local what same=0

	for what in plan err status; do
		expected "$1" "$what" |
			diff -u --label "$1/expect.$what" --label "got" - "$got/$what" ||
			same=1
	done
	return $same
}

for folder in */; do
	folder=${folder%/}
	[ -f "$folder/cmd" ] || continue
	run_case "$folder"
	[ -z "$golden" ] || keep "$folder"
	if [ -n "$golden" ] || compare "$folder"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
