#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzes each target for FUZZ_SECONDS (60) with clang's libFuzzer, starting from the corpus;
# what it finds is kept in $BUILD/fuzz. With --replay, only feeds the corpus to each target,
# which takes no clang and no time.
set -eu
cd "$(dirname "$0")/../.."

BUILD=${BUILD:-build}
FLAGS='-std=gnu11 -D_GNU_SOURCE -I.'

# build_library DIR [VARIABLE=VALUE ...]: the archive with all that targets may need.
build_library() {
	make --no-print-directory --silent "BUILD=$1" "${@:2}" "$1/libifcfg.a"
}

replay() {
	local name=$1 program=$BUILD/tests/fuzz/$1

	mkdir -p "$BUILD/tests/fuzz"
	# shellcheck disable=SC2086 # lists of flags
	${CC:-cc} $FLAGS ${CFLAGS:--O1 -g} ${SANITIZE:-} tests/fuzz/replay.c \
		"tests/fuzz/$name.c" "$BUILD/libifcfg.a" -o "$program"
	"$program" "tests/fuzz/corpus/${name#fuzz-}"/*
}

fuzz() {
	local name=$1 dir=$BUILD/fuzz found=$BUILD/fuzz/corpus-${1#fuzz-}

	mkdir -p "$found"
	# shellcheck disable=SC2086 # a list of flags
	clang $FLAGS -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		"tests/fuzz/$name.c" "$dir/libifcfg.a" -o "$dir/$name"
	"$dir/$name" -max_total_time="${FUZZ_SECONDS:-60}" -max_len=4096 -timeout=10 \
		-verbosity=0 -artifact_prefix="$dir/$name-" "$found" \
		"tests/fuzz/corpus/${name#fuzz-}"
	echo "$name: nothing found in ${FUZZ_SECONDS:-60} s"
}

mode=fuzz
if [ "${1:-}" = --replay ]; then
	mode=replay
	# Under make the library is there already.
	[ -n "${MAKELEVEL:-}" ] || build_library "$BUILD"
else
	build_library "$BUILD/fuzz" CC=clang FORTIFY= CFLAGS='-O1 -g' \
		'SANITIZE=-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
fi
for source in tests/fuzz/fuzz-*.c; do
	source=${source##*/}
	"$mode" "${source%.c}"
done
