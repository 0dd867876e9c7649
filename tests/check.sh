#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every test: installs what is missing, builds with gcc and clang, runs the unit tests
# (plain, sanitized, under valgrind), the static checks, the packages' tests and the kernel
# scenarios. What cannot run has failed. The last line is the total.
set -u
cd "$(dirname "$0")/.." || exit

BUILD=${BUILD:-build}
make=(make --no-print-directory -j"$(nproc)")
passed=0
failed=0
begun=()

total() {
	echo "$passed passed, $failed failed"
	[ $failed = 0 ]
}

# One step that counts as one test.
step() {
	local title=$1

	shift
	echo "== $title"
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAILED: $title"
		failed=$((failed + 1))
		return 1
	fi
}

# Steps as of step() that run side by side: begin each, then end all.
begin() {
	local title=$1 log=$BUILD/check-${#begun[@]}.log

	shift
	("$@" >"$log" 2>&1) &
	begun+=("$! $log $title")
}

end_all() {
	local child log title

	for child in "${begun[@]}"; do
		read -r child log title <<<"$child"
		wait "$child"
		step "$title" show "$log" $?
	done
	begun=()
}

# What a step has said, and how it has ended.
show() {
	cat "$1"
	return "$2"
}

# One step that leaves "PASSED FAILED" in a file.
counted() {
	local title=$1 file=$2 good=0 bad=0 failures

	shift 2
	echo "== $title"
	rm -f "$file"
	if ! "$@"; then
		bad=1
		echo "FAILED: $title"
	fi
	if [ -s "$file" ]; then
		read -r good failures <"$file"
		[ "$failures" = 0 ] || bad=$failures
	else
		bad=1
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
}

build_with() {
	"${make[@]}" all "BUILD=$1" "CC=$2"
}

step "what building needs" tests/deps.sh build || {
	total
	exit 1
}
# Without something of this, the tests that use it fail.
step "what testing needs" tests/deps.sh
export PATH=$PATH:/usr/sbin:/sbin
step "build with gcc" build_with "$BUILD" gcc || {
	total
	exit 1
}
step "build with clang" build_with "$BUILD/clang" clang
counted "unit tests" "$BUILD/unit.count" "${make[@]}" check-unit "BUILD=$BUILD" CC=gcc
export CK_TIMEOUT_MULTIPLIER=5 # they are in one another's way
begin "unit tests, sanitized" "${make[@]}" asan "BUILD=$BUILD" CC=gcc
# All cases are run sanitized; here, where each takes a second, a third of them.
for part in unit cases; do
	begin "tests under valgrind: $part" env EVERY=3 "${make[@]}" valgrind VALGRIND=$part \
		"BUILD=$BUILD" CC=gcc
done
begin "static checks" "${make[@]}" lint
begin "packages" "${make[@]}" check-package "BUILD=$BUILD" CC=gcc
end_all
counted "kernel scenarios" "$BUILD/kernel.count" \
	"${make[@]}" check-kernel "BUILD=$BUILD" CC=gcc
total
