# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Words for scenarios about sequences of edits. A sequence is a list of words:
#
#   KNOB=VALUE           a knob of edits-files.sh, which changes the files
#   go                   ifup -a, and once more, which has nothing to do
#   up:NAME, down:NAME   ifup or ifdown of one interface, if it has a file
#   ip_link_del_bond0    what others do with ip(8), with _ for a blank
#
# After it and a last "go", the state is that of a first boot with the same files:
#
#   edits_hold WORD...   it is; else sets VERDICT, and what is wrong is in $WORK/verdict
#   random_edits         sets EDITS, by RANDOM
#   shorten_edits        leaves out of EDITS what their verdict does not need

# shellcheck source-path=SCRIPTDIR source=edits-files.sh
. "$PROJECT/tests/campaign/edits-files.sh"
# The same SEED chooses the same.
KNOBS=$(printf '%s\n' "${!CHOICES[@]}" | LC_ALL=C sort)
RUNS=0

run_edits() {
	local status=0

	RUNS=$((RUNS + 1))
	unshare --net --mount "$PROJECT/tests/campaign/edits-run.sh" "$WORK/edits" $RUNS "$@" \
		>"$WORK/verdict" 2>&1 || status=$?
	return $status
}

# Sets BOOT: only the last value of each knob.
boot_of() {
	local word
	declare -A last=()

	for word; do
		[[ $word != [a-z]*.*=* ]] || last[${word%%=*}]=${word#*=}
	done
	BOOT=(go)
	for word in "${!last[@]}"; do
		BOOT=("$word=${last[$word]}" "${BOOT[@]}")
	done
}

edits_hold() {
	local status=0

	VERDICT=
	boot_of "$@"
	run_edits "${BOOT[@]}" || status=$?
	case $status in
	0) cp "$WORK/edits/kstate" "$WORK/boot" ;;
	2) VERDICT='bad files' && return 1 ;;
	*) VERDICT="a first boot: $(head -n 1 "$WORK/verdict")" && return 1 ;;
	esac
	run_edits "$@" go || status=$?
	case $status in
	0) same "$WORK/boot" "$WORK/edits/kstate" 'first boot' edits && return ;;
	2) VERDICT='the last run failed' && return 1 ;;
	*) VERDICT=$(head -n 1 "$WORK/verdict") && return 1 ;;
	esac
	VERDICT='another state'
	cp "$WORK/diff" "$WORK/verdict"
	return 1
}

# Sets CHOICE.
choose() {
	local choices

	read -rd '' -a choices <<<"$1" || :
	CHOICE=${choices[RANDOM % ${#choices[@]}]}
}

random_knobs() {
	local n

	for ((n = $1; n > 0; n--)); do
		choose "$KNOBS"
		local knob=$CHOICE
		choose "${CHOICES[$knob]}"
		EDITS+=("$knob=$CHOICE")
	done
}

random_edits() {
	local left

	EDITS=()
	random_knobs 15
	EDITS+=(go)
	for ((left = RANDOM % 4; left >= 0; left--)); do
		random_knobs $((1 + RANDOM % 4))
		choose 'go go go up: down: ip'
		case $CHOICE in
		up: | down:)
			local what=$CHOICE
			choose 'bond0 bond1 br0 ens160 ens192 ens224 vlan10 bond0.10 data10 vlan30'
			CHOICE=$what$CHOICE
			;;
		ip)
			choose 'ip_link_del_bond0 ip_link_del_br0 ip_link_del_vlan10
				ip_link_set_bond0_down ip_link_set_br0_down ip_link_set_data10_down
				ip_link_set_ens160_down ip_link_set_ens160_nomaster
				ip_link_set_bond0_nomaster ip_addr_flush_dev_bond0
				ip_route_flush_dev_bond0 ip_rule_del_from_10.0.0.2
				ip_route_flush_table_100 ip_link_set_bond0_mtu_1450'
			;;
		esac
		EDITS+=("$CHOICE")
	done
}

shorten_edits() {
	local verdict=$VERDICT size i less

	for size in 8 4 2 1; do
		i=0
		while [ $i -lt ${#EDITS[@]} ]; do
			less=("${EDITS[@]:0:i}" "${EDITS[@]:i+size}")
			edits_hold "${less[@]}" || :
			if [ "$VERDICT" = "$verdict" ]; then
				EDITS=("${less[@]}")
			else
				i=$((i + size))
			fi
		done
	done
	edits_hold "${EDITS[@]}" || :
}
