#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab with systemd: runs the scenario in the folder given. All have the machine
# to themselves, one after the other. With --before, before systemd is started, only
# prepares what the scenario finds when it is booted.
set -uE -o pipefail

here=$(cd "$(dirname "$0")" && pwd)
what=steps
if [ "$1" = --before ]; then
	what=before
	shift
fi
SCENARIO=$(cd "$1" && pwd)
PROJECT=$(cd "$here/../../.." && pwd)
SYSCONFIG=/etc/sysconfig
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$here/../lib.sh"
# shellcheck source-path=SCRIPTDIR source=../qemu/cards.sh
[ "$CARD" = veth ] || . "$here/../qemu/cards.sh"
# shellcheck source-path=SCRIPTDIR source=words.sh
. "$here/words.sh"
trap 'fail "$BASH_COMMAND: status $?"' ERR
if [ $what = before ] || [ ! -f "$SCENARIO/before" ]; then
	[ $what = before ] || reset_machine
	[ "$CARD" = veth ] || new_cards
	start_scenario
fi
# shellcheck source=/dev/null
. "$SCENARIO/$what"
