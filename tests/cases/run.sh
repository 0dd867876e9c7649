#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs every case, or those that are named: a file TOPIC/NAME.case with the command, the files
# (root/), the kernel's state (have.txt) and what the dry run must print (expect.plan,
# expect.err, expect.status; an absent one stands for nothing, nothing and 0); unpack.sh tells
# how it is written. Where expect.files is, even empty, the command may write: it runs on a
# copy, and the files must be those afterwards. With --golden, rewrites what they expect.
# One process runs them all, and forks for each: see runner.c. RUNNER, e.g. valgrind, is put
# before it. CASES_EVERY=2 runs every second case. The last line is the total.
set -u
here=$(cd "$(dirname "$0")" && pwd) && cd "$here/../.." || exit
# shellcheck source-path=SCRIPTDIR source=expected.sh
. "$here/expected.sh"
export LC_ALL=C # what is printed depends on it

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
# Under make it is there already. By the name that it has there, as what an object was made
# of is noted under its name.
build=$(realpath --relative-to=. "$BUILD")
[ -n "${MAKELEVEL:-}" ] || make --no-print-directory -s "BUILD=$build" \
	"$build/tests/cases/runner" || exit
"$here/unpack.sh" && cd "$BUILD/cases" || exit
golden=
if [ "${1:-}" = --golden ]; then
	golden=yes
	shift
fi
if [ $# = 0 ]; then
	mapfile -t folders < <(printf '%s\n' */ | awk -v "every=${CASES_EVERY:-1}" 'NR % every == 0')
	set -- "${folders[@]}"
fi
got=$(mktemp -d) || exit
trap 'rm -rf "$got"' EXIT
passed=0
failed=0

# All files below root/, one after the other, each preceded by its name.
list_files() {
	(cd "$got/copy/$1/root" && find . -type f | LC_ALL=C sort | xargs tail -n +1 --) \
		>"$got/results/$1/files"
}

# Where the case may write, it does so in a copy.
place_of() {
	if [ ! -f "$1/expect.files" ]; then
		echo "$1"
		return
	fi
	cp -R "$1" "$got/copy/$1"
	mkdir -p "$got/copy/$1/root/network-scripts"
	echo "$got/copy/$1"
}

# What it expects stands at the end of its file.
keep() {
	local results=$got/results/$1 file what

	file=$(echo "$here"/*/"$1".case)
	echo 0 | cmp -s - "$results/status" && : >"$results/status"
	rm -f "$results/case"
	awk '/^==== / { skip = $2 ~ /^expect[.]/ } !skip' "$file" >"$results/case"
	for what in plan err status files; do
		if [ $what = files ]; then
			[ -f "$1/expect.files" ] || continue
		else
			[ -s "$results/$what" ] || continue
		fi
		echo "==== expect.$what" | cat - "$results/$what" >>"$results/case"
		if grep -qaP '^==== |[^\t[:print:]\x80-\xff]' "$results/$what"; then
			echo "$1: $what has what a case cannot have" >&2
			exit 1
		fi
	done
	cmp -s "$results/case" "$file" || cp "$results/case" "$file"
}

compare() {
	local results=$got/results/$1 what same=0

	for what in plan err status files; do
		[ $what != files ] || [ -f "$1/expect.files" ] || continue
		is_as_expected "$1" "$what" "$results/$what" got || same=1
	done
	return $same
}

places=()
mkdir "$got/results" "$got/copy"
for folder; do
	folder=${folder%/}
	if [ ! -f "$folder/cmd" ]; then
		echo "there is no case $folder" >&2
		exit 2
	fi
	places+=("$(place_of "$folder")")
done
${RUNNER:-} "$BUILD/tests/cases/runner" "$got/results" "${places[@]}" || exit
for folder; do
	folder=${folder%/}
	[ ! -f "$folder/expect.files" ] || list_files "$folder"
	[ -z "$golden" ] || keep "$folder"
	if [ -n "$golden" ] || compare "$folder"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
