#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Everything that needs neither root nor a kernel: unit tests, planner cases, the corpus of
# what other programs write, checks of tables against texts, what make install lays down,
# replay of the fuzzers' corpus. With --valgrind, the programs of the first three run under
# valgrind and the rest is not run; a second word, unit or cases, means only the first or
# only the other two. EMULATOR in the environment is put before these programs instead, for
# those of another processor. The last line is the total; $BUILD/unit.count has it for check.sh.
set -u
cd "$(dirname "$0")/.." || exit

export BUILD=${BUILD:-build} RUNNER=${EMULATOR:-}
SANITIZE=${SANITIZE:-} # of the make that runs this
if [ "${1:-}" = --valgrind ]; then
	export CK_TIMEOUT_MULTIPLIER=20 # it is that much slower
	RUNNER='valgrind -q --error-exitcode=99 --leak-check=full'
	RUNNER+=' --errors-for-leak-kinds=definite'
fi
# In a child of its own, each test would begin without the code that valgrind has translated,
# and the sanitizers would look for leaks hundreds of times.
[ -z "$RUNNER$SANITIZE" ] || export CK_FORK=no
log=$(mktemp) || exit
trap 'rm -f "$log"' EXIT
passed=0
failed=0

count() {
	passed=$((passed + $1))
	failed=$((failed + $2))
}

# Runs it with its output shown and kept in the log.
logged() {
	"$@" 2>&1 | tee "$log"
	return "${PIPESTATUS[0]}"
}

# libcheck ends with "100%: Checks: 12, Failures: 0, Errors: 0"; a test that fell over
# before that counts as a failure.
unit() {
	local ended=0 line

	# shellcheck disable=SC2086 # a command with its options
	logged $RUNNER "$1" || ended=$?
	line=$(grep -E '^[0-9]+%: Checks: ' "$log" | tail -n 1)
	if [[ $line =~ Checks:\ ([0-9]+),\ Failures:\ ([0-9]+),\ Errors:\ ([0-9]+) ]]; then
		local bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))

		count $((BASH_REMATCH[1] - bad)) $bad
		[ $bad != 0 ] || [ $ended = 0 ] || count 0 1
	else
		echo "$1: no summary (exit status $ended)"
		count 0 1
	fi
}

cases() {
	local ended=0 line

	logged "$1" || ended=$?
	line=$(tail -n 1 "$log")
	if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
		count "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
	else
		echo "$1: no summary (exit status $ended)"
		count 0 1
	fi
}

whole() {
	if "$@"; then
		count 1 0
	else
		echo "FAILED: $*"
		count 0 1
	fi
}

rm -f "$BUILD/unit.count"
tests/cases/unpack.sh || exit
for source in tests/unit/test-*.c; do
	[ "${2:-unit}" = unit ] || break
	source=${source##*/}
	unit "$BUILD/tests/unit/${source%.c}"
done
for runner in tests/cases/run.sh tests/corpus/run.sh; do
	[ "${2:-cases}" != cases ] || cases "$runner"
done
# What is no affair of the programs need not be looked at again for sanitized ones.
if [ -z "$RUNNER$SANITIZE" ]; then
	for script in tests/lint/*.sh tests/install/*.sh; do
		[ ! -f "$script" ] || whole "$script"
	done
	whole tests/cases/many-files.sh
	whole tests/po/messages.sh
	whole tests/po/cases.sh
	whole tests/po/terminal.sh
fi
if [ -z "$RUNNER" ]; then
	whole tests/cases/unsafe-files.sh
	whole tests/cases/round-trips.sh
	whole tests/cases/names.sh
	whole tests/cases/port-keys.sh
	whole tests/cases/adopt-keys.sh
	whole tests/cases/terminal.sh
	whole tests/cases/ways-out.sh
	whole tests/cases/import-keys.sh
	whole tests/fuzz/run.sh --replay
	whole "$BUILD/tests/fuzz/differential" 200
fi
# A sanitizer has its own malloc(), and calls of its own.
if [ -z "$RUNNER$SANITIZE" ]; then
	whole tests/campaign/sample.sh
	whole tests/cases/hard-files.sh # strace, under which leaks cannot be looked for
fi
echo "$passed $failed" >"$BUILD/unit.count"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
