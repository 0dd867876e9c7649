#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs the planner's cases (tests/cases), or those that are named, as often as they allocate
# or call the kernel, and lets another one of these fail each time: see once.c.
#
#     BUILD=build tests/campaign/cases.sh alloc|call [CASE...]
#
# A case's outcome stays in $BUILD/campaign/alloc or call and is not tried again as long as it
# is newer than the programs and had no exception. A command that writes does so in a copy,
# where each file must be the old or the new one afterwards, and no other may be left.
# STRIDE=7 tries one in seven, whatever is known. The last two lines are the figures and "PASSED passed, FAILED
# failed".
set -u
cd "$(dirname "$0")/../.." || exit
export LC_ALL=C # what is printed depends on it

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
here=$PWD/tests/campaign
tests/cases/unpack.sh && cd "$BUILD/cases" || exit
once=$BUILD/tests/campaign/once
what=$1
shift
results=$BUILD/campaign/$what${STRIDE:+-sample}
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
mkdir -p "$results"
passed=0
failed=0

# Exceptions that are understood, by WHAT/CASE.
declare -rA UNDERSTOOD=(
	[alloc/ctl-apply-plan]='json-c crashes without memory for a key, before anything is changed'
	[alloc/ctl-apply-dry-run]='json-c, as in ctl-apply-plan'
	[alloc/ctl-check-image]='libkmod takes a lack of memory for the end of a file of modprobe.d'
	[call/ctl-check]='an overlap with a file that cannot be read at that moment is not found'
	[call/ctl-check-links]='what a run would take from others is not looked for if the files cannot be read again'
	[call/ctl-check-names]='a file that is ignored for its name, and cannot be read, is in no hint'
	[call/ctl-check-image]='libkmod takes an error in reading modprobe.d for the end of the file'
)

# The words of the command, as runner.c puts them together.
read_command() {
	local words

	read -ra words <"$1/cmd"
	case ${words[0]} in
	ifcfgctl) command=("$BUILD/ifcfgctl") ;;
	*) command=("$BUILD/${words[0]}-bond" --dry-run) ;;
	esac
	[ "${words[0]}" = ifenslave ] || command+=(--insecure --sysconfig root)
	command+=(--rundir run --state have.txt "${words[@]:1}")
}

is_known() {
	local program

	[ -z "${STRIDE:-}" ] && [ -s "$results/$1" ] || return 1
	for program in ifup-bond ifdown-bond ifenslave-bond ifcfgctl tests/campaign/once; do
		[ "$results/$1" -nt "$BUILD/$program" ] || return 1
	done
	[[ $(tail -n 1 "$results/$1") == *', 0 exceptions' ]]
}

# What the undisturbed command adds to what was there.
prepare_copy() {
	rm -rf "$work/old" "$work/new" "$work/copy"
	cp -R "$1" "$work/old"
	mkdir -p "$work/old/root/network-scripts"
	cp -R "$work/old" "$work/new"
	(cd "$work/new" && "${command[@]}" >/dev/null 2>&1 </dev/null)
}

try_copy() {
	prepare_copy "$1"
	mkdir "$work/copy"
	# The folder itself stays, as the command is to run in it.
	cd "$work/copy" || exit
	"$once" "$what" -s "${STRIDE:-1}" \
		-b "rm -rf root run && cp -R '$work/old/root' . && cp '$work/old/'have* . 2>/dev/null; :" \
		-a "'$here/files-whole.sh' '$work/old' '$work/new' ." "${command[@]}"
}

try_case() {
	read_command "$1"
	if [ -f "$1/expect.files" ]; then
		(try_copy "$1")
	else
		(cd "$1" && "$once" "$what" -s "${STRIDE:-1}" "${command[@]}")
	fi
}

[ $# != 0 ] || set -- */
for name; do
	name=${name%/}
	is_known "$name" || try_case "$name" </dev/null >"$work/result" 2>&1
	[ ! -f "$work/result" ] || mv "$work/result" "$results/$name"
	if [[ $(tail -n 1 "$results/$name") == *', 0 exceptions' ]]; then
		passed=$((passed + 1))
	elif [ -n "${UNDERSTOOD[$what/$name]:-}" ]; then
		echo "understood: $name: ${UNDERSTOOD[$what/$name]}"
		passed=$((passed + 1))
	else
		echo "FAILED $name: $(tail -n 1 "$results/$name")"
		failed=$((failed + 1))
	fi
done
(cd "$results" && tail -qn 1 -- "${@%/}") | awk '
	{ runs += $1; same += $3; told += $6; bad += $(NF - 1) }
	END { printf "%d runs: %d as ever, %d with a message, %d exceptions\n",
		runs, same, told, bad }'
echo "$passed passed, $failed failed"
[ $failed = 0 ]
