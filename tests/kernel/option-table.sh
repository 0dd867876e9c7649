# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tries the rows of a scenario's table of bonding options:
#
#   with OPTION=VALUE...               the options beside those of the rows that follow
#   OPTION WRITTEN|WRITTEN... ANSWER   ways to write a value, and what the driver then has
#
# That is the text of the option's file. Options without a file answer as our own snapshot
# shows them, and "default" while they are not worth showing.
#
# Each way is written for a bond that does not exist yet; then the bond is changed live to
# another value of the option, and back. The rows of an option stand together, and each
# option has two or more.

# Sets SHOWN. Options of a port are given to ens160.
snapshot_shows() {
	local pattern="^(bond bond0|port ens160) .*\\<${1//_/[-_]} ([^ ]*)" line

	"$BUILD/tests/kernel/kstate" >"$WORK/now" || fail "cannot read the kernel's state"
	while read -r line; do
		[[ ! $line =~ $pattern ]] || SHOWN=${BASH_REMATCH[2]}
	done <"$WORK/now"
}

# What the driver has is the answer expected.
answers() {
	local option=$1 want=$2 got='' file=/sys/class/net/bond0/bonding/$1

	if [ -e "$file" ]; then
		read -r got <"$file" || true
	else
		SHOWN=default
		snapshot_shows "$option"
		got=$SHOWN
	fi
	[ "$got" = "$want" ] || fail "the driver has '$got', expected '$want'"
}

# The kernel's driver does not have the option, or not that value of it any more. Read by the
# shell itself: starting programs is slow in User Mode Linux.
is_missing() {
	local said

	said=$(<"$WORK/stderr")
	[[ $said == *"bonding driver ("*") has no option '$1'"* ||
		$said == *" $1="*" left out: kernels from "* ]]
}

becomes() {
	local option=$1 written=$2 answer=$3

	printf '%s\n' DEVICE=bond0 LINKDELAY=0 "BONDING_OPTS='$with $option=$written'" \
		>"$FILES/ifcfg-bond0"
	run 0 ifup bond0
	is_missing "$option" || answers "$option" "$answer"
}

becomes_afresh() {
	local warning="warning: [^"$'\n'"]*$1"

	run 0 ifdown bond0
	becomes "$@"
	if ! is_missing "$1" && [[ $(<"$WORK/stderr") =~ $warning ]]; then
		fail "there is a warning about $1" "$(cat "$WORK/stderr")"
	fi
}

holds() {
	local option=$1 written=$2 answer=$3 other=$4 other_answer=$5 way

	for way in ${written//|/ }; do
		becomes_afresh "$option" "$way" "$answer"
	done
	run 0 ifup --dry-run bond0
	silent stdout
	becomes "$option" "${other%%|*}" "$other_answer"
	becomes "$option" "${written%%|*}" "$answer"
}

# Prints the rows as "OPTION<tab>WRITTEN<tab>ANSWER<tab>WITH".
read_table() {
	local option written answer with=''

	while read -r option written answer; do
		case $option in
		'') ;;
		with) with="$written${answer:+ $answer}" ;;
		*) printf '%s\t%s\t%s\t%s\n' "$option" "$written" "$answer" "$with" ;;
		esac
	done <"$SCENARIO/table"
}

plug_ports() {
	local nic

	nics ens160 ens256
	for nic in ens160 ens256; do
		printf '%s\n' "DEVICE=$nic" MASTER=bond0 SLAVE=yes >"$FILES/ifcfg-$nic"
	done
}

# A row is changed to the one before it; the first of an option to the one behind it.
every_row_holds() {
	local rows row other failed=0 option written answer with other_written other_answer

	plug_ports
	read_table >"$WORK/rows"
	mapfile -t rows <"$WORK/rows"
	for row in "${!rows[@]}"; do
		IFS=$'\t' read -r option written answer with <<<"${rows[row]}"
		other=$((row - 1))
		[[ $row != 0 && ${rows[other]} == "$option"$'\t'* ]] || other=$((row + 1))
		IFS=$'\t' read -r _ other_written other_answer _ <<<"${rows[other]}"
		(holds "$option" "$written" "$answer" "$other_written" "$other_answer") &&
			continue
		echo "in the row: $option $written $answer"
		failed=$((failed + 1))
	done
	[ $failed = 0 ] || fail "$failed of ${#rows[@]} rows do not hold"
}
