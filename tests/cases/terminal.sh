#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The programs on a terminal of 80 columns: colours where it has them, unless NO_COLOR forbids
# them, and lines of status that fit. A pipe gets neither.
set -u
cd "$(dirname "$0")/../.." || exit

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
export BUILD
tests/cases/unpack.sh && cd "$BUILD/cases" || exit
failed=0

# on_terminal CASE PROGRAM [WORD]...: what it shows there
on_terminal() {
	# shellcheck disable=SC2016 # is for the shell that script starts
	(cd "$1" && WORDS="${*:2}" SHELL=/bin/sh script -qec 'stty cols 80
		"$BUILD"/$WORDS --insecure --sysconfig root --rundir run --state have.txt' \
		/dev/null </dev/null | tr -d '\r')
}

# must WHAT TEST CASE PROGRAM [WORD]...
must() {
	on_terminal "${@:3}" | "$2" || {
		echo "FAILED: $1 of ${*:4}"
		failed=1
	}
}

# shellcheck disable=SC2317 # called by must
is_coloured() {
	grep -q $'\e\['
}

# shellcheck disable=SC2317
is_plain() {
	! is_coloured
}

# shellcheck disable=SC2317
fits() {
	! grep -E '^.{81}'
}

export TERM=xterm LC_ALL=C.UTF-8
unset NO_COLOR
for words in 'ctl-check ifcfgctl check' 'ctl-status ifcfgctl status' \
	'altname-port ifup-bond -n bond0'; do
	read -ra run <<<"$words"
	must colours is_coloured "${run[@]}"
	NO_COLOR='' must 'colours with an empty NO_COLOR' is_coloured "${run[@]}"
	NO_COLOR=1 must 'no colours with NO_COLOR' is_plain "${run[@]}"
	TERM=dumb must 'no colours with TERM=dumb' is_plain "${run[@]}"
	TERM='' must 'no colours without TERM' is_plain "${run[@]}"
done
for case in ctl-status-lacp ctl-status-no-partner ctl-status-unwatched-active; do
	NO_COLOR=1 must 'width' fits "$case" ifcfgctl status
done
[ $failed != 0 ] || echo "ok     colours and width on a terminal"
exit $failed
