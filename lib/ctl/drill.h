/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"
#include "lib/plan/plan.h"
#include "lib/snapshot/snapshot.h"

struct rtnl;

/**
 * struct drill - failovers to be tried
 * @have: the present state; borrowed
 * @bond: in mode active-backup; @active: its active port
 * @moves: the ports to be made active, one after the other; the last is @active
 * @through: the link through which @gateway is asked: the bond, or a VLAN on it
 * @source: our address there
 */
struct drill {
	const struct snapshot *have;
	const struct snap_link *bond, *active;
	const struct snap_link **moves;
	size_t n_moves, moves_cap;
	const struct snap_link *through;
	struct ip gateway, source;
	struct option_values *move;
};

/**
 * drill_plan() - plan the drill, and decide whether it would cut the host off
 * @target: address to be asked instead of the gateway, or NULL
 * @arena: owns what @ret points to
 * @diag: receives the reasons against it, and a warning for each port that is skipped
 *
 * A pure function. Return: 0; -ENODEV if there is no such bond, -EINVAL if a drill is not
 * safe, or meaningless (all reported).
 */
int drill_plan(const struct snapshot *have, const char *name, const struct ip *target,
	       struct arena *arena, struct diag *diag, struct drill *ret);

/* The step that makes a port active; valid until the next call. */
struct plan_op drill_move(const struct drill *drill, const struct snap_link *port);

/**
 * struct drill_watch - the observed gateway
 * @last_ms: time of its last answer; @gap_ms: the longest time between two answers
 * @silent_ms: time without an answer at the end
 * @n_asked, @n_answered: number of questions and answers
 */
struct drill_watch {
	int fd, signals;
	const struct drill *drill;
	int64_t last_ms, gap_ms, silent_ms;
	size_t n_asked, n_answered;
};

/* The interval of questions. */
#define DRILL_ASK_MS 10

/* Return: 0, with signals that would end us deferred; a negative errno. */
int drill_watch_begin(const struct drill *drill, struct drill_watch *ret);
void drill_watch_end(struct drill_watch *watch);

/**
 * drill_watch_for() - keep asking the gateway
 * @watch: its counts are reset
 *
 * Return: 0; -EINTR if a signal has arrived; another negative errno.
 */
int drill_watch_for(struct drill_watch *watch, int64_t ms);
