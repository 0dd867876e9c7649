#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs the scenarios of tests/campaign/scenarios, or those named as arguments or in SCENARIO, one
# after the other in one lab. They take what they find in COUNT, SEED, STRIDE, FIRST, KINDS
# and EDITS.
set -u
cd "$(dirname "$0")/../.." || exit

export BUILD=${BUILD:-build}
read -ra from_environment <<<"${SCENARIO:-}"
set -- "$@" "${from_environment[@]}"
[ $# != 0 ] || set -- tests/campaign/scenarios/*/
folders=()
for name; do
	name=$(basename "$name")
	[ -f "tests/campaign/scenarios/$name/steps" ] || {
		echo "no scenario $name in tests/campaign/scenarios" >&2
		exit 2
	}
	folders+=("tests/campaign/scenarios/$name")
done
settings=()
for name in COUNT SEED STRIDE FIRST KINDS EDITS; do
	[ -z "${!name:-}" ] || settings+=("$name=${!name}")
done
exec tests/kernel/lab.sh --timeout 86400 --name lab-campaign env \
	SCENARIO_LIMIT="${SCENARIO_LIMIT:-20000}" "${settings[@]}" \
	tests/kernel/scenarios.sh "${folders[@]}"
