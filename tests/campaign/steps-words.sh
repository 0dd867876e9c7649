# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inside the lab, after the words of tests/kernel/lib.sh: before each `run` of ifup or ifdown,
# its plan is tried with each step refused and each step killed.
#
# CAMPAIGN=clean    only keeps, in $CAMPAIGN_DIR, the state of the kernel after each run
# CAMPAIGN=refused  each step that must succeed fails, with --rollback=always, each time with
#                   another errno; the kernel and the state file must be as before. Not of plans
#                   for several interfaces, where one that fails stops no other
# CAMPAIGN=killed   the run is killed after its first step, the next one likewise, and so on,
#                   until nothing is left to be done; the undisturbed run that follows must
#                   come to the state of a clean one
# CAMPAIGN=EPERM, or another errno: one step of each run fails, which must be said. What is said
#                   to be as before must be so, and the run that follows must come to the state
#                   of a clean one. That step is of a kind that did not fail in this scenario
#                   yet; it is repeated until there is none
#
# Steps that differ only in numbers and names with numbers are of one kind. Of a scenario's runs
# after the first WHOLE_RUNS, only steps of kinds that it did not have are disturbed: tables of
# options are hundreds of runs alike.
#
# STRIDE: to try one step in so many, each run beginning with another one.
#
# Figures go to $CAMPAIGN_DIR/figures: steps tried, and lines that begin with "exception:". What
# a scenario finds otherwise than it expects may be so because of the campaign (what is said,
# called or sent, how long it takes): it is noted there as "unheld:", and the scenario goes on.

readonly CAMPAIGN_ERRNOS=(EPERM ENOMEM EBUSY EINVAL ENOBUFS)
readonly WHOLE_RUNS=${WHOLE_RUNS:-12}
N_TRIED=0

figure() {
	echo "$*" >>"$CAMPAIGN_DIR/figures"
}

exception() {
	figure "exception: run $N_RUNS ($RUN_WORDS): $1"
	shift
	[ $# = 0 ] || printf '%s\n' "$@" | sed 's/^/    /' >>"$CAMPAIGN_DIR/figures"
}

campaign_fault() {
	local fault=$1 step=$2

	shift 2
	STATUS=0
	"$BUILD/tests/kernel/fault" "$fault" "$DIRECTION" "$step" --sysconfig "$SYSCONFIG" \
		--rundir "$WORK/run" "$@" >"$WORK/fault.out" 2>"$WORK/fault.err" </dev/null ||
		STATUS=$?
}

# What is to be as before: the kernel's state, and what is ours. Not that a module is loaded, nor
# which of its ports a bond uses, as it stays with what it once fell back on; nor the MAC
# addresses where they follow that. Few programs are started, as that is slow in a lab.
look() {
	local state

	"$BUILD/tests/kernel/kstate" >"$1.all" || fail "cannot read the kernel's state"
	sed -Ez ':a; s/(^|\n)module [^\n]*\n/\1/; ta; s/((^|\n)bond [^\n]*) active_slave [^ \n]*/\1/g
		/(^|\n)bond [^\n]*(balance-[at]lb|fail_over_mac)/ {
			s/((^|\n)link [^\n]*) mac [^ \n]*/\1/g
			s/((^|\n)link [^ ]* kind bond) perm-mac [^ \n]*/\1/g
		}' \
		"$1.all" >"$1.kernel"
	if [ -e "$WORK/run/state" ]; then
		read_text state "$WORK/run/state"
		printf %s "$state" >"$1.state"
	else
		rm -f "$1.state"
	fi
}

# read_text VARIABLE FILE
read_text() {
	IFS= read -rd '' "$1" <"$2" || :
}

same_text() {
	local a b

	read_text a "$1"
	read_text b "$2"
	[ "$a" = "$b" ]
}

differs() {
	if ! same_text "$1.kernel" "$2.kernel"; then
		diff -u "$1.kernel" "$2.kernel" >"$WORK/campaign.diff" || return 0
	fi
	[ -e "$1.state" ] || return 1
	if [ -e "$2.state" ]; then
		! same_text "$1.state" "$2.state" || return 1
	fi
	! diff -u <(sort "$1.state") <(sort "$2.state" 2>&1) >"$WORK/campaign.diff"
}

# What changes by itself a moment after a step (IPv6 addresses, carrier) may take a while.
soon_as() {
	local tries

	for ((tries = 0; tries < 40; tries++)); do
		look "$2"
		differs "$1" "$2" || return 0
		nap 0.05
	done
	return 1
}

list_steps() {
	campaign_fault list 0 "$@"
	if [ $STATUS = 0 ] && [ -s "$WORK/fault.out" ]; then
		mapfile -t STEPS <"$WORK/fault.out"
	else
		STEPS=()
	fi
}

# The interfaces that the plan is for.
count_owners() {
	local step
	local -A owners=()

	for step in "${STEPS[@]}"; do
		owners[${step%% *}]=yes
	done
	N_OWNERS=${#owners[@]}
}

has_hooks() {
	[ -e /sbin/ifup-pre-local ] || [ -e /sbin/ifdown-pre-local ]
}

plan_is_shorter() {
	local n=${#STEPS[@]}

	list_steps "$@"
	[ ${#STEPS[@]} -lt "$n" ]
}

# Sets KIND, with the direction.
kind_of() {
	local words word

	read -ra words <<<"$1"
	KIND=$DIRECTION
	for word in "${words[@]}"; do
		[[ $word != *[0-9]* ]] || word='#'
		KIND+=" $word"
	done
}

is_new_kind() {
	local known

	kind_of "$1"
	[ -e "$CAMPAIGN_DIR/kinds" ] || return 0
	read_text known "$CAMPAIGN_DIR/kinds"
	[[ $'\n'$known != *$'\n'"$KIND"$'\n'* ]]
}

# As the scenario's rows and loops may run in shells of their own, in a file.
note_kind() {
	kind_of "$1"
	echo "$KIND" >>"$CAMPAIGN_DIR/kinds"
}

is_to_try() {
	[ "$N_RUNS" -le "$WHOLE_RUNS" ] || is_new_kind "$1"
}

refuse_each() {
	local step

	list_steps "$@"
	count_owners
	[ "$N_OWNERS" = 1 ] || return 0
	# What hooks did before the first step stays.
	! has_hooks || campaign_fault fail 0 --rollback=always "$@"
	look "$WORK/before"
	for ((step = N_RUNS % STRIDE; step < ${#STEPS[@]}; step += STRIDE)); do
		[[ ${STEPS[step]} != *' wish '* ]] || continue
		is_to_try "${STEPS[step]}" || continue
		note_kind "${STEPS[step]}"
		campaign_fault "${CAMPAIGN_ERRNOS[(N_RUNS + step) % 5]}" $step --rollback=always "$@"
		# A module that is loaded by now, or another run, may have made the plan shorter.
		if [ $STATUS = 3 ] && plan_is_shorter "$@"; then
			continue
		fi
		N_TRIED=$((N_TRIED + 1))
		if [ $STATUS != 0 ]; then
			exception "refused, and status $STATUS: ${STEPS[step]}" "$(<"$WORK/fault.err")"
		elif [ ! -s "$WORK/fault.err" ]; then
			exception "refused, and nothing said: ${STEPS[step]}"
		fi
		soon_as "$WORK/before" "$WORK/after" && continue
		# Once a bond or bridge is gone, it is gone, and that it came back is not claimed.
		[ "$DIRECTION" != down ] || grep -q 'as it was before' "$WORK/fault.err" || return 0
		if grep -q 'otherwise as it was before' "$WORK/fault.err"; then
			look "$WORK/before"
			continue
		fi
		exception "not as before: ${STEPS[step]}" "$(<"$WORK/campaign.diff")" \
			"$(<"$WORK/fault.err")"
		return
	done
}

# Where the first step is one that comes again each time, the next one is.
kill_each() {
	local last=none step=0 tries limit=300

	for ((tries = 0; tries < limit; tries++)); do
		list_steps "$@"
		[ $tries != 0 ] || limit=$((300 + ${#STEPS[@]}))
		if [ "${STEPS[*]}" = "$last" ]; then
			step=$((step + 1))
		elif [ $step != 0 ] || [ "$last" != none ]; then
			step=$((STRIDE < ${#STEPS[@]} || ${#STEPS[@]} < 2 ? STRIDE : ${#STEPS[@]} - 1))
		fi
		last=${STEPS[*]}
		while [ $step -lt ${#STEPS[@]} ] && ! is_to_try "${STEPS[step]}"; do
			step=$((step + 1))
		done
		[ $step -lt ${#STEPS[@]} ] || return 0
		note_kind "${STEPS[step]}"
		campaign_fault kill $step "$@"
		N_TRIED=$((N_TRIED + 1))
		# A run that is to fail may do so before it comes to that step.
		[ "$STATUS" != 0 ] || [ "$RUN_WANT" = 0 ] || continue
		# One that needs a lease is skipped without it, which the other protocol may excuse.
		[ "$STATUS" != 5 ] || continue
		if [ $STATUS != 137 ]; then
			exception "killed, and status $STATUS: ${STEPS[step]}" "$(<"$WORK/fault.err")"
			return
		fi
	done
	exception "killed $tries times, and no end"
}

# What the snapshot says of a link, but for its ports, which are their master's affair.
campaign_link() {
	grep -E "^[a-z]+ $1 " "$2.kernel" | grep -v '^port ' || :
}

undone_is_as_before() {
	local link

	while read -r link; do
		diff -u <(campaign_link "$link" "$WORK/before") <(campaign_link "$link" "$WORK/after") \
			>"$WORK/campaign.diff" || return 1
	done < <(sed -n 's/^fault: warning: \([^ ]*\) is as it was before.*/\1/p' "$WORK/fault.err")
}

refuse_one() {
	local tries step=0

	list_steps "$@"
	while [ $step -lt ${#STEPS[@]} ] && ! is_new_kind "${STEPS[step]}"; do
		step=$((step + 1))
	done
	[ $step -lt ${#STEPS[@]} ] || return 0
	note_kind "${STEPS[step]}"
	look "$WORK/before"
	campaign_fault "$CAMPAIGN" $step "$@"
	N_TRIED=$((N_TRIED + 1))
	[ -s "$WORK/fault.err" ] || [[ ${STEPS[step]} == *' wish '* ]] ||
		exception "refused, and nothing said: ${STEPS[step]}"
	for ((tries = 0; tries < 40; tries++)); do
		look "$WORK/after"
		! undone_is_as_before || return 0
		nap 0.05
	done
	exception "not as before: ${STEPS[step]}" \
		"$(<"$WORK/campaign.diff")" "$(<"$WORK/fault.err")"
}

# Whether the run plans nothing or is not to be disturbed.
is_left_alone() {
	local word

	case $1 in
	ifup) DIRECTION=up ;;
	ifdown) DIRECTION=down ;;
	*) return 0 ;;
	esac
	for word; do
		case $word in
		-n | --dry-run | --diff | --status | --try* | --confirm | --help | --version | \
			--print* | --rollback* | --service | --state* | --step*) return 0 ;;
		esac
	done
	return 1
}

disturb() {
	case $CAMPAIGN in
	clean) ;;
	refused) refuse_each "$@" ;;
	killed) kill_each "$@" ;;
	*) refuse_one "$@" ;;
	esac
}

# While the bond is down for a moment, the kernel drops what others had added to it, and nothing
# but the run that is killed knows what that was.
lost_of_others() {
	local line lost dev to

	[ "$CAMPAIGN" = killed ] || return 1
	while read -r line; do
		case $line in
		---* | +++* | @@*) ;;
		-route*)
			read -r lost dev to _ <<<"${line#-}"
			! grep -qF -- "$lost $dev $to " "$WORK/run/state" || return 1
			;;
		+* | -*) return 1 ;;
		esac
	done <"$WORK/campaign.diff"
	figure "unheld: run $N_RUNS: routes of others are lost"
}

after_run() {
	local clean=$CAMPAIGN_DIR/clean.$N_RUNS

	if [ "$CAMPAIGN" = clean ]; then
		look "$WORK/after"
		cp "$WORK/after.kernel" "$clean.kernel"
	elif [ -e "$clean.kernel" ]; then
		soon_as "$clean" "$WORK/after" || lost_of_others ||
			exception "another state than a clean run's" "$(<"$WORK/campaign.diff")"
	fi
}

eval "undisturbed_$(declare -f run)"
run() {
	local want=$1

	shift
	if is_left_alone "$@"; then
		undisturbed_run "$want" "$@"
		return
	fi
	read -r N_RUNS <"$CAMPAIGN_DIR/runs"
	N_RUNS=$((N_RUNS + 1))
	echo $N_RUNS >"$CAMPAIGN_DIR/runs"
	RUN_WORDS=$*
	RUN_WANT=$want
	disturb "${@:2}"
	[ ! -e "$WORK/called" ] || [ "$CAMPAIGN" = clean ] || rm "$WORK/called"
	undisturbed_run "$want" "$@"
	after_run
	figure "tried $N_TRIED"
	N_TRIED=0
}

# Where that of lib.sh ends the scenario.
if [ "$CAMPAIGN" != clean ]; then
	fail() {
		[ "$BASHPID" = $$ ] || exit 1
		figure "unheld: run $N_RUNS: $1"
		return 1
	}
fi
