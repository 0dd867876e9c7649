# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tries the rows of a scenario's table of bonding options:
#
#   with OPTION=VALUE...               the options besides those of the rows that follow
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

# What is said about it says that it is the kernel that lacks it, or that value of it. Read by the
# shell itself: starting programs is slow in User Mode Linux.
is_blamed_on_kernel() {
	local said

	said=$(<"$WORK/stderr")
	[[ $said == *"this kernel's "*" driver ("*") has no option '$1'"* ||
		$said == *" $1="*" ignored: this kernel's "* ||
		$said == *" $1="*" ignored: kernels from "* ]]
}

# The option, or that value of it. From 7.2 on, the driver has all values that the program knows.
is_missing() {
	is_blamed_on_kernel "$1" && { kernel_before 7 2 ||
		[[ $(<"$WORK/stderr") != *" $1="*" ignored: this kernel's "* ]]; }
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

# A row is changed to the one before it; the first of an option to the one after it.
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

# ---- each option of the program's own tables ----

# Beside the option that is tried, another one has to come up, and so has all else.
write_option_file() {
	local what=$1 option=$2 value=$3 beside=$4 other

	case $what in
	bond | port)
		other=resend_igmp=3
		[ "$option" != resend_igmp ] || other=
		printf '%s\n' DEVICE=bond0 LINKDELAY="$LINKDELAY" IPADDR=192.168.1.22 PREFIX=24 \
			ARPCHECK=no ARPUPDATE=no \
			"BONDING_OPTS='$beside $option=$value $other'" >"$FILES/ifcfg-bond0"
		;;
	bridge)
		other=priority=4096
		[ "$option" != priority ] || other=
		printf '%s\n' DEVICE=br0 TYPE=Bridge LINKDELAY=0 IPADDR=192.168.1.22 PREFIX=24 \
			ARPCHECK=no ARPUPDATE=no "BRIDGING_OPTS='$beside $option=$value $other'" \
			>"$FILES/ifcfg-br0"
		;;
	bridge-port)
		other=priority=5
		[ "$option" != priority ] || other=
		printf '%s\n' DEVICE=ens160 BRIDGE=br0 "BRIDGING_OPTS='$beside $option=$value $other'" \
			>"$FILES/ifcfg-ens160"
		;;
	esac
}

file_has() {
	local got

	read -r got <"/sys/class/net/$1" || true
	[ "$got" = "$2" ] || fail "$1 has '$got', expected '$2'"
}

# Ports, address, and the other option.
rest_holds() {
	local what=$1 option=$2

	case $what in
	bond | port)
		file_has bond0/bonding/slaves 'ens160 ens256'
		[ "$option" = resend_igmp ] || file_has bond0/bonding/resend_igmp 3
		has_address bond0 192.168.1.22/24
		;;
	bridge | bridge-port)
		there br0/brif/ens160
		there br0/brif/ens256
		has_address br0 192.168.1.22/24
		;;&
	bridge)
		[ "$option" = priority ] || file_has br0/bridge/priority 4096
		;;
	bridge-port)
		[ "$option" = priority ] || file_has br0/brif/ens160/priority 5
		;;
	esac
}

comes_up_with() {
	local what=$1 option=$2 link=bond0

	[[ $what != bridge* ]] || link=br0
	LINKDELAY=0
	[ "$option" != active_slave ] || LINKDELAY=5 # it has to have a link
	write_option_file "$@"
	run 0 ifup $link
	rest_holds "$what" "$option"
	if is_blamed_on_kernel "$option"; then
		echo "$option=$3" >>"$WORK/lacking"
		run 0 ifup -v $link
		is_blamed_on_kernel "$option" || fail 'the second run does not say so'
	else
		not says stderr "warning: .*$option"
		run 0 ifup -v $link
		not says stderr "warning: .*$option"
	fi
	says stdout '^0 changes sent to the kernel'
	run 0 ifdown $link
}

# each_option_comes_up bond|port|bridge|bridge-port: with each value that tests/kernel/options
# makes of the program's table, on a link made afresh. What the driver lacks is shown. All rows
# take minutes: every 8th is tried, and with EVERY=1 each.
each_option_comes_up() {
	local rows row i failed=0 tried=0 option value beside

	"$BUILD/tests/kernel/options" "$1" >"$WORK/rows"
	mapfile -t rows <"$WORK/rows"
	: >"$WORK/lacking"
	for ((i = 0; i < ${#rows[@]}; i += ${EVERY:-8})); do
		row=${rows[i]}
		tried=$((tried + 1))
		read -r option value beside <<<"$row"
		(comes_up_with "$1" "$option" "$value" "$beside") && continue
		echo "in the row: $row"
		failed=$((failed + 1))
		"$BUILD/ifdown-bond" --sysconfig "$SYSCONFIG" --rundir "$WORK/run" -a \
			>/dev/null 2>&1 || true
	done
	note "$1: $tried of ${#rows[@]} tried, lacking: $(paste -sd ' ' "$WORK/lacking")"
	[ $failed = 0 ] || fail "$failed of $tried rows of $1 do not hold"
}

write_bridge_files() {
	local nic

	printf '%s\n' DEVICE=br0 TYPE=Bridge LINKDELAY=0 IPADDR=192.168.1.22 PREFIX=24 \
		ARPCHECK=no ARPUPDATE=no >"$FILES/ifcfg-br0"
	for nic in ens160 ens256; do
		printf '%s\n' DEVICE=$nic BRIDGE=br0 >"$FILES/ifcfg-$nic"
	done
}
