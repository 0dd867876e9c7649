#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs every case, or those that are named: a folder with the command (cmd), the files
# (root/), the kernel's state (have.txt) and what the dry run must print (expect.plan,
# expect.err, expect.status; an absent one stands for nothing, nothing and 0). Where expect.files is, even empty, the
# command may write: it runs on a copy, and the files must be those afterwards. With
# --golden, rewrites what they expect.
# RUNNER, e.g. valgrind, is put before each program, and of all cases only each EVERY-th is
# run then. The last line is the total.
set -u
cd "$(dirname "$0")" || exit
export LC_ALL=C # what is printed depends on it

BUILD=$(cd ../.. && cd "${BUILD:-build}" && pwd) || exit
golden=
n=0
if [ "${1:-}" = --golden ]; then
	golden=yes
	shift
fi
if [ $# = 0 ]; then
	for folder in */; do
		[ $((n++ % ${EVERY:-1})) != 0 ] || set -- "$@" "$folder"
	done
fi
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

# All files below root/, one behind the other, each with its name in front.
list_files() {
	(cd "$1/root" && find . -type f | LC_ALL=C sort | xargs tail -n +1 --) \
		>"$got/files"
}

run_writing_case() {
	rm -rf "$got/copy"
	cp -R "$1" "$got/copy"
	mkdir -p "$got/copy/root/network-scripts"
	run_case "$got/copy"
	list_files "$got/copy"
}

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
	[ ! -f "$1/expect.files" ] || cp "$got/files" "$1/expect.files"
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

	for what in plan err status files; do
		[ $what != files ] || [ -f "$1/expect.files" ] || continue
		expected "$1" "$what" |
			diff -u --label "$1/expect.$what" --label "got" - "$got/$what" ||
			same=1
	done
	return $same
}

for folder; do
	folder=${folder%/}
	if [ ! -f "$folder/cmd" ]; then
		echo "there is no case $folder" >&2
		exit 2
	fi
	if [ -f "$folder/expect.files" ]; then
		run_writing_case "$folder"
	else
		run_case "$folder"
	fi
	[ -z "$golden" ] || keep "$folder"
	if [ -n "$golden" ] || compare "$folder"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
