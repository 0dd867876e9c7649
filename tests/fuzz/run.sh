#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
#   run.sh [TARGET...]             fuzz each target for TIME seconds (60) with libFuzzer
#   run.sh --minimise [TARGET...]  add to the corpus those of the inputs found that reach new
#                                  code
#   run.sh --replay [TARGET...]    run each target on its corpus once; needs no clang
#
# TARGET is bonding-opts for fuzz-bonding-opts.c and so on. Fuzzing starts from the corpus, the
# files of other tests and what earlier runs found, with a dictionary of all words in the tables
# that the target reads by. What is found is kept in $BUILD/fuzz: inputs that reach new code in
# corpus-TARGET, those that crash, hang or break a property beside it, and the number of inputs
# of all runs so far in total-TARGET.
set -eu
cd "$(dirname "$0")/../.."
shopt -s nullglob

BUILD=${BUILD:-build}
TIME=${TIME:-60}
DIR=$BUILD/fuzz
# To add 0 to NULL, as for the end of an empty list, is no fault: C2y says so at last.
CHECKS='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=pointer-overflow'

# build PROGRAM...: all of them, as fuzzers.
build() {
	make --no-print-directory --silent "BUILD=$DIR" CC=clang LIBFUZZER=1 FORTIFY= \
		CFLAGS='-O1 -g' "SANITIZE=$CHECKS -fno-sanitize-recover=all" "$@"
}

# The rooms that have the tables a target reads by.
rooms_of() {
	case $1 in
	shellvar*) echo parsers ;;
	bonding-opts) echo lib/model/bond ;;
	route-file) echo lib/model/r lib/model/words lib/files/route ;;
	modprobe) echo lib/apply/module lib/model/bond ;;
	resolv) echo lib/model/dns lib/plan/resolv lib/snapshot/resolver ;;
	kept) echo lib/base/kept ;;
	snapshot-text) echo lib/model lib/snapshot ;;
	keyfile) echo lib/model lib/files lib/carry ;;
	*) echo parsers lib/model lib/files lib/snapshot ;;
	esac
}

# find_objects TARGET DIRECTORY: sets OBJECTS. A room that has moved is an error.
find_objects() {
	local room objects

	OBJECTS=()
	for room in $(rooms_of "$1"); do
		objects=("$2/$room"*.o "$2/$room"/*.o)
		if [ ${#objects[@]} = 0 ]; then
			echo "$1: rooms_of() names $room, and $2 has no such object" >&2
			return 1
		fi
		OBJECTS+=("${objects[@]}")
	done
}

# Each word of the tables, as libFuzzer reads them. It refuses an empty file.
write_words() {
	find_objects "$1" "$DIR" || return
	strings -d -n 2 "${OBJECTS[@]}" | grep -xE '[A-Za-z][A-Za-z0-9_.:/-]{1,30}=?' | sort -u |
		sed 's/.*/"&"/' >"$DIR/$1.dict"
	[ -s "$DIR/$1.dict" ] || echo '# no words' >"$DIR/$1.dict"
}

# What other tests have for this target, an input in a file of its own.
write_seeds() {
	local to=$DIR/seeds-$1 find=(find "$BUILD/cases" -type f) header=

	tests/cases/unpack.sh || return
	rm -rf "$to"
	mkdir -p "$to"
	case $1 in
	tree) find+=('(' -name cmd -o -path '*/root/*' -o -name have.txt -o -path '*/run/state' ')') ;;
	snapshot-text) find+=('(' -name have.txt -o -path '*/run/state' ')') ;;
	shellvar) find+=(-name 'ifcfg-*') ;;
	shellvar-edit) find+=(-name 'ifcfg-*') header=IPADDR=192.0.2.2 ;;
	keyfile) find+=(-name '*.nmconnection') ;;
	*) return 0 ;;
	esac
	# shellcheck disable=SC2016 # it is awk that expands them
	"${find[@]}" | sort | tr '\n' '\0' |
		xargs -0 awk -v to="$to/" -v target="$1" -v header="$header" -v "cases=$BUILD/cases" '
		BEGIN { parts = split(cases, part, "/"); whole = target == "tree" || target == "keyfile"
			names["have.txt"] = "have"; names["state"] = "made"; names["cmd"] = "request" }
		FNR == 1 {
			n = split(FILENAME, part, "/")
			old = out
			out = to part[parts + 1] (whole ? "" : "-" part[n])
			if (out != old) close(old)
			name = part[n] in names ? names[part[n]] : part[n]
			if (whole) print "== " name >out
			if (header) print header >out
		}
		FILENAME ~ /\/cmd$/ && !/ -a( |$)/ { sub(/ boot$/, ""); print $NF >out; next }
		FILENAME !~ /\/cmd$/ { print >out }'
}

# How many inputs were run, of what libFuzzer prints.
executions() {
	sed -n 's/^stat::number_of_executed_units: *//p' "$DIR/$1.log"
}

# Those of all runs so far are in total-TARGET. Sets SUMMARY.
add_up() {
	local n total=0

	n=$(executions "$1")
	[ ! -s "$DIR/total-$1" ] || total=$(<"$DIR/total-$1")
	total=$((total + ${n:-0}))
	echo "$total" >"$DIR/total-$1"
	SUMMARY="${n:-0} executions in $TIME s ($((${n:-0} / TIME)) a second), $total so far"
}

fuzz() {
	local name=$1 found=$DIR/corpus-$1 max=4096 ended=0

	mkdir -p "$found" "tests/fuzz/corpus/$name"
	write_words "$name" || return
	write_seeds "$name"
	case $name in
	netlink) max=16384 ;; # of the dumps, the kernel's packets are that long
	modprobe) max=512 ;;  # each line takes libkmod a while
	shellvar*) max=2048 ;;
	esac
	# To weigh inputs by how rare their features are took half of the time.
	"$DIR/tests/fuzz/fuzz-$name" -max_total_time="$TIME" -max_len="$max" -timeout=10 \
		-entropic=0 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 -dict="$DIR/$name.dict" \
		-artifact_prefix="$DIR/$name-" "$found" "tests/fuzz/corpus/$name" \
		"$DIR/seeds-$name" >"$DIR/$name.log" 2>&1 || ended=$?
	add_up "$name"
	if [ "$ended" = 0 ]; then
		echo "$name: $SUMMARY, nothing found"
	else
		grep -vE '^(stat::|#[0-9]+.*NEW)' "$DIR/$name.log" | tail -n 60
		echo "$name: FAILED, $SUMMARY: $DIR/$name.log"
	fi
	return "$ended"
}

minimise() {
	local name=$1

	write_seeds "$name"
	mkdir -p "tests/fuzz/corpus/$name"
	"$DIR/tests/fuzz/fuzz-$name" -set_cover_merge=1 -timeout=10 -verbosity=0 \
		"tests/fuzz/corpus/$name" "$DIR/seeds-$name" "$DIR/corpus-$name" \
		>"$DIR/$name.log" 2>&1
}

# The properties hold for the planner's cases, too.
replay() {
	DIR=$BUILD/fuzz-replay
	find_objects "$1" "$BUILD" || return
	case $1 in
	tree | keyfile | snapshot-text) write_seeds "$1" ;;
	esac
	"$BUILD/tests/fuzz/fuzz-$1" "tests/fuzz/corpus/$1"/* "$DIR/seeds-$1"/*
}

mode=fuzz
case ${1:-} in
--replay | --minimise)
	mode=${1#--}
	shift
	;;
esac
if [ $# = 0 ]; then
	for source in tests/fuzz/fuzz-*.c; do
		source=${source##*/fuzz-}
		set -- "$@" "${source%.c}"
	done
fi
if [ "$mode" = replay ]; then
	# Under make they are there already.
	[ -n "${MAKELEVEL:-}" ] || make --no-print-directory --silent "BUILD=$BUILD" \
		"${@/#/$BUILD/tests/fuzz/fuzz-}"
else
	mkdir -p "$DIR"
	build "${@/#/$DIR/tests/fuzz/fuzz-}"
fi
status=0
for name; do
	case $mode in
	fuzz) fuzz "$name" ;;
	replay) replay "$name" ;;
	minimise) minimise "$name" ;;
	esac || status=1
done
exit $status
