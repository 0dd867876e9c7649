#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every test: installs what is missing, builds with gcc and clang, runs the unit tests
# (plain, sanitized, under valgrind), the static checks, the packages' tests and the kernel
# scenarios. What cannot run has failed. At the end it says how long each part took, and names
# those that grew by half since the figures in tests/durations (`make record` writes them).
# The last line is the total.
set -u
cd "$(dirname "$0")/.." || exit

BUILD=${BUILD:-build}
make=(make --no-print-directory)
durations=$BUILD/durations
passed=0
failed=0
begun=()
mkdir -p "$BUILD" && rm -f "$durations" "$BUILD/kernel.version" || exit

total() {
	report_durations
	[ ! -s "$BUILD/kernel.version" ] || echo "scenarios ran on $(<"$BUILD/kernel.version")"
	echo "$passed passed, $failed failed"
	[ $failed = 0 ]
}

# Runs it, and notes how long that took.
timed() {
	local title=$1 began=$EPOCHSECONDS ended=0

	shift
	"$@" || ended=$?
	echo "$((EPOCHSECONDS - began)) $title" >>"$durations"
	return $ended
}

report_durations() {
	echo "== seconds, and as recorded"
	awk 'NR == FNR { seconds = $1; $1 = ""; recorded[$0] = seconds; next }
		{ seconds = $1; $1 = ""; was = recorded[$0]
		  grew = was != "" && seconds > 1.5 * was && seconds >= was + 10
		  printf "%5d %5s %s%s\n", seconds, was, $0, grew ? "   grew by half" : "" }' \
		tests/durations "$durations"
	echo "$(printf %5d "$SECONDS")       all"
}

# One step that counts as one test.
step() {
	local title=$1

	shift
	echo "== $title"
	if timed "$title" "$@"; then
		passed=$((passed + 1))
	else
		echo "FAILED: $title"
		failed=$((failed + 1))
		return 1
	fi
}

# Steps as of step() that run side by side, one for each processor: begin each, the longest
# first, then end all.
begin() {
	local title=$1 log=$BUILD/check-${#begun[@]}.log

	shift
	while [ "$(jobs -pr | wc -l)" -ge "$(nproc)" ]; do
		wait -n
	done
	rm -f "$log.status"
	(
		ended=0
		timed "$title" "$@" >"$log" 2>&1 || ended=$?
		echo $ended >"$log.status"
	) &
	begun+=("$log $title")
}

end_all() {
	local log title one

	wait
	for one in "${begun[@]}"; do
		read -r log title <<<"$one"
		echo "== $title"
		cat "$log"
		if [ "$(cat "$log.status")" = 0 ]; then
			passed=$((passed + 1))
		else
			echo "FAILED: $title"
			failed=$((failed + 1))
		fi
	done
	begun=()
}

# One step that leaves "PASSED FAILED" in a file.
counted() {
	local title=$1 file=$2 good=0 bad=0 failures

	shift 2
	echo "== $title"
	rm -f "$file"
	if ! timed "$title" "$@"; then
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
	"${make[@]}" -j"$(nproc)" all "BUILD=$1" "CC=$2"
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
counted "unit tests" "$BUILD/unit.count" \
	"${make[@]}" -j"$(nproc)" check-unit "BUILD=$BUILD" CC=gcc
export CK_TIMEOUT_MULTIPLIER=5 # they are in one another's way
begin "static checks" env JOBS=1 "${make[@]}" lint
begin "unit tests, sanitized" "${make[@]}" asan "BUILD=$BUILD" CC=gcc
for part in unit cases; do
	begin "tests under valgrind: $part" "${make[@]}" valgrind VALGRIND=$part \
		"BUILD=$BUILD" CC=gcc
done
begin "oldest and newest kernel" "${make[@]}" check-kernels "BUILD=$BUILD" CC=gcc
begin "packages" "${make[@]}" check-package "BUILD=$BUILD" CC=gcc
begin "build with clang" "${make[@]}" all "BUILD=$BUILD/clang" CC=clang
end_all
step "a kernel for the lab" "${make[@]}" -s lab-kernel "BUILD=$BUILD" CC=gcc
counted "kernel scenarios" "$BUILD/kernel.count" \
	"${make[@]}" -j"$(nproc)" check-kernel "BUILD=$BUILD" CC=gcc
total
