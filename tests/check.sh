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
mkdir -p "$BUILD" && rm -f "$durations" "$BUILD"/kernel.{version,unsteady} || exit

total() {
	report_durations
	[ ! -s "$BUILD/kernel.version" ] || echo "scenarios ran on $(<"$BUILD/kernel.version")"
	[ ! -s "$BUILD/kernel.unsteady" ] ||
		echo "scenarios that passed only by themselves: $(paste -sd ' ' "$BUILD/kernel.unsteady")"
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
	local title=$1 ended=0

	shift
	echo "== $title"
	timed "$title" "$@" || ended=1
	counts "$title" "" $ended
	return $ended
}

# counts TITLE FILE ENDED: of what a step left in FILE, "PASSED FAILED", or, without a file, that
# step as one test.
counts() {
	local title=$1 file=$2 bad=$3 good=$((1 - $3)) failures

	[ "$bad" = 0 ] || echo "FAILED: $title"
	if [ -n "$file" ]; then
		good=0
		failures=1
		[ ! -s "$file" ] || read -r good failures <"$file"
		[ "$failures" = 0 ] || bad=$failures
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
}

# One step that leaves "PASSED FAILED" in a file.
counted() {
	local title=$1 file=$2 ended=0

	shift 2
	echo "== $title"
	rm -f "$file"
	timed "$title" "$@" || ended=1
	counts "$title" "$file" $ended
}

# Steps that run side by side: begin each, the longest first, then end all. The scenarios wait
# most of the time, so there is one more than processors. FILE is as for counted(), or empty.
begin() {
	local title=$1 file=$2 log=$BUILD/check-${#begun[@]}.log

	shift 2
	while [ "$(jobs -pr | wc -l)" -gt "$(nproc)" ]; do
		wait -n
	done
	rm -f "$log.status" ${file:+"$file"}
	(
		ended=0
		timed "$title" "$@" >"$log" 2>&1 || ended=1
		echo $ended >"$log.status"
	) &
	begun+=("$log|$file|$title")
}

end_all() {
	local log file title one

	wait
	for one in "${begun[@]}"; do
		IFS='|' read -r log file title <<<"$one"
		echo "== $title"
		cat "$log"
		counts "$title" "$file" "$(cat "$log.status" 2>/dev/null || echo 1)"
	done
	begun=()
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
step "what runs cost" "${make[@]}" -s check-costs "BUILD=$BUILD" CC=gcc
step "a kernel for the lab" "${make[@]}" -s lab-kernel "BUILD=$BUILD" CC=gcc
# They are in one another's way; what is timed goes first.
export CK_TIMEOUT_MULTIPLIER=5
beside=(nice -n 10 "${make[@]}")
begin "kernel scenarios" "$BUILD/kernel.count" \
	"${make[@]}" check-kernel "BUILD=$BUILD" CC=gcc
# All the way they go with `make lint` by itself, which a release runs.
begin "static checks" "" env JOBS=1 NODES=75000 "${beside[@]}" lint
begin "unit tests, sanitized" "" "${beside[@]}" asan "BUILD=$BUILD" CC=gcc
# The sanitizers have run all cases; `make valgrind` by itself does, too.
for part in unit cases; do
	begin "tests under valgrind: $part" "" env CASES_EVERY=2 "${beside[@]}" valgrind \
		VALGRIND=$part "BUILD=$BUILD" CC=gcc
done
begin "oldest and newest kernel" "" "${beside[@]}" check-kernels "BUILD=$BUILD" CC=gcc
begin "packages" "" "${beside[@]}" check-package "BUILD=$BUILD" CC=gcc
begin "build with clang" "" "${beside[@]}" all "BUILD=$BUILD/clang" CC=clang
end_all
total
