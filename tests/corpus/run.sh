#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What other programs write as ifcfg files, or tell people to write: each file here is a set
# in the shape of one of them, with names and addresses of documentation. A set says what it
# is, then has its files, each after a line "== NAME" (of network-scripts; "== ../network"
# is the network file), and then what is expected:
#
#   -- plan      what brings all of it up on the cards of cards.txt: the lines of
#                `ifup -n -a`, without waits, probes, announcements, link-local routes,
#                files of DHCP clients, numbers of links and the places that ask for them
#   -- check     the warnings and errors of `ifcfgctl check`: place, grade, and a part of
#                the text
#   -- status    the exit status of that ifup, unless it is 0
#
# run.sh [--golden] [SET...]: with --golden, rewrites what they expect; read the diff, and
# ask what network-scripts would have made of the files. RUNNER, e.g. valgrind, is put
# before each program. The last line is the total.
set -u
cd "$(dirname "$0")" || exit
export LC_ALL=C # what is printed depends on it

BUILD=$(cd ../.. && cd "${BUILD:-build}" && pwd) || exit
golden=
if [ "${1:-}" = --golden ]; then
	golden=yes
	shift
fi
[ $# != 0 ] || set -- *.set
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Each set becomes a folder below $work: its files, and what it expects in want.*.
unpack() {
	local set

	for set; do
		[ -f "$set" ] || {
			echo "there is no set $set" >&2
			exit 2
		}
		mkdir -p "$work/$set/network-scripts"
	done
	awk -v work="$work" '
	FNR == 1 { close(to); to = "" }
	/^== / { close(to); to = work "/" FILENAME "/network-scripts/" $2; next }
	/^-- / { close(to); to = work "/" FILENAME "/want." $2; next }
	to { print >to }' "$@"
	# A helper is a program.
	find "$work" -name 'if[ud]*-*' ! -name 'ifcfg-*' -exec chmod +x {} +
}

# What the dry run of one set prints, reduced; then its exit status.
plan_of() {
	${RUNNER:-} "$BUILD/ifup-bond" --dry-run -a --insecure --sysconfig . --rundir run \
		--state "$OLDPWD/cards.txt" </dev/null >got.all 2>got.err
	local status=$?

	sed -E -e 's/ +# [^ ]*(:[0-9]+)?$//' -e 's/ index [0-9]+//' \
		-e 's/^printf .*lease-conf && //' -e 's/ -[a-z]+ \/(run|var\/lib\/dhcp)\/[^ ]*//g' \
		-e '/^(timeout|arping|ndptool|modprobe) /d' -e '/ 169\.254\.0\.0\/16 /d' \
		got.all >got.plan
	[ $status = 0 ] || echo $status >got.status
}

check_of() {
	${RUNNER:-} "$BUILD/ifcfgctl" check --insecure --sysconfig . </dev/null 2>&1 |
		sed -nE 's,^\./(network-scripts/)?,,; /: (warning|error): /p' >got.check
	# A crash, or what the RUNNER found.
	[ "${PIPESTATUS[0]}" -lt 2 ] || echo "ifcfgctl has failed" >>got.check
}

# The expected lines of check are parts of those that were printed, in their order.
checks_match() {
	local i want got

	[ -f want.check ] || : >want.check
	mapfile -t want <want.check
	mapfile -t got <got.check
	[ ${#want[@]} = ${#got[@]} ] || return
	for i in "${!want[@]}"; do
		line_matches "${want[i]}" "${got[i]}" || return
	done
}

# PLACE: GRADE: PART against PLACE: GRADE: TEXT
line_matches() {
	local part=${1#*: *: }

	[[ $2 == "${1%"$part"}"*"$part"* ]]
}

# The first key or quoted word says which warning it is; the rest may be worded anew.
shorten() {
	local line word="[A-Z][A-Z0-9_]{2,}|'[^']*'"

	while IFS= read -r line; do
		[[ $line =~ ^([^ ]+ (warning|error): )(.*)$ ]] || continue
		local place=${BASH_REMATCH[1]} text=${BASH_REMATCH[3]}

		[[ ! $text =~ $word ]] || text=${BASH_REMATCH[0]}
		echo "$place$text"
	done
}

keep() {
	local what new

	{
		sed '/^-- /,$d' "$OLDPWD/$1"
		for what in plan check status; do
			[ ! -s "got.$what" ] || { echo "-- $what" && cat "got.$what"; }
		done
	} >new
	new=$(<new)
	[ "$new" = "$(<"$OLDPWD/$1")" ] || cp new "$OLDPWD/$1"
}

compare() {
	local what same=0

	touch want.plan want.status got.status
	for what in plan status; do
		diff -u --label "$1: expected $what" --label "got" "want.$what" "got.$what" ||
			same=1
	done
	if ! checks_match; then
		diff -u --label "$1: expected check" --label "got" want.check got.check
		same=1
	fi
	return $same
}

run_set() (
	cd "$work/$1" || exit
	OLDPWD=$here
	plan_of
	check_of
	if [ -z "$golden" ]; then
		compare "$1"
		exit
	fi
	if checks_match; then cp want.check got.check; else
		shorten <got.check >short && mv short got.check
	fi
	keep "$1"
)

here=$PWD
unpack "$@"
for set; do
	if run_set "$set"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
