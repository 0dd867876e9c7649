#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
#     edits-run.sh FOLDER NUMBER WORD...
#
# Goes through a sequence of edits in this network namespace, which has no links yet: see
# edits.sh. FOLDER gets the files, what earlier runs made, and in kstate the final state; the far
# ends of the cards, which NUMBER tells from those of others, are in the namespace "switch".
#
# Exit status: 0; 1 if a run was wrong, which is said; 2 if the last one ended with an error.
set -u
cd "$(dirname "$0")" || exit
# shellcheck source-path=SCRIPTDIR source=edits-files.sh
. ./edits-files.sh
folder=$1
number=$2
last=0
shift 2
FILES=$folder/sysconfig/network-scripts

make_cards() {
	local card i=0

	ip link set lo up
	# Duplicates are another test's affair, and take seconds.
	echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad
	echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
	for card in "${CARDS[@]}"; do
		echo "link add $card address 52:54:00:00:0${card:3:1}:${card:4} type veth" \
			"peer name far$number.$i netns switch"
		i=$((i + 1))
	done | ip -batch -
	for i in 0 1 2 3; do
		echo "link set far$number.$i up"
	done | ip -n switch -batch -
}

program() {
	status=0
	"$BUILD/$1" --sysconfig "$folder/sysconfig" --rundir "$folder/run" "${@:2}" \
		>"$folder/said" 2>&1 </dev/null || status=$?
	[ -z "${VERBOSE:-}" ] || {
		echo "# $*: $status"
		cat "$folder/said"
	}
	[ $status -lt 100 ] || wrong "$* crashed: $status"
}

wrong() {
	echo "wrong: $1"
	[ -n "${VERBOSE:-}" ] || cat "$folder/said"
	exit 1
}

# Twice: the second time there is nothing to do.
up() {
	write_files
	program ifup-bond -v "$@"
	! grep -q 'is not in effect' "$folder/said" || wrong "not in effect after ifup $*"
	last=$status
	[ $status = 0 ] || return
	program ifup-bond -v "$@"
	if [ $status != 0 ] || ! grep -q '^0 changes' "$folder/said"; then
		wrong "the second ifup $* is not empty"
	fi
}

# Some of it depends on chance or on history: which port was there first gives a link its MAC and
# its MTU, and a card without a file stays up if a VLAN once needed it.
take_state() {
	local card

	"$BUILD/tests/kernel/kstate" | sed -E '/(route|address) .* fe80::/d
		s/ active_slave [^ ]+//; s/ carrier$//; s/ mac [^ ]+//; s/ perm-mac [^ ]+//
		s/ mtu [0-9]+//; s/ path_cost [0-9]+$//; /^bridge-port [^ ]+$/d' >"$folder/kstate"
	for card in "${CARDS[@]}"; do
		[ -e "$FILES/ifcfg-$card" ] || sed -i "s/^\(link $card .*\) up/\1/" "$folder/kstate"
	done
	ip rule >>"$folder/kstate"
}

rm -rf "$folder"
mkdir -p "$FILES"
mount -t sysfs sysfs /sys 2>/dev/null
make_cards || wrong 'no cards'
set_defaults
for word; do
	case $word in
	go) up -a ;;
	up:*)
		write_files
		[ ! -e "$FILES/ifcfg-${word#*:}" ] || up "${word#*:}"
		;;
	down:*)
		write_files
		program ifdown-bond "${word#*:}"
		;;
	ip_*) ${word//_/ } >/dev/null 2>&1 ;;
	*) K[${word%%=*}]=${word#*=} ;;
	esac
done
take_state
[ "$last" = 0 ] || exit 2
program ifcfgctl diff
[ $status = 0 ] || wrong 'ifcfgctl diff finds differences'
