/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"
#include "lib/plan/plan.h"
#include "lib/snapshot/snapshot.h"

struct rtnl;

/**
 * struct drill - fail-overs to be tried
 * @have: what is there; borrowed
 * @bond: in mode active-backup; @active: its active port
 * @moves: the ports to be made the active one, one after the other; the last is @active
 * @through: the link that @gateway is asked through: the bond, or a VLAN on it
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
 * drill_plan() - what to do, and whether that would cut the host off
 * @target: address to be asked instead of the gateway, or NULL
 * @arena: owns what @ret points to
 * @diag: receives why not, and a warning for each port that is left out
 *
 * Pure. Return: 0; -ENODEV when there is no such bond, -EINVAL when a drill is not safe, or
 * would say nothing (all told); -ENOMEM.
 */
int drill_plan(const struct snapshot *have, const char *name, const struct ip *target,
	       struct arena *arena, struct diag *diag, struct drill *ret);

/* The step that makes a port the active one; good until the next one. */
struct plan_op drill_move(const struct drill *drill, const struct snap_link *port);

/**
 * struct drill_watch - the gateway under observation
 * @last_ms: when it answered last; @gap_ms: the longest time between two answers
 * @silent_ms: how long it has not answered in the end
 * @n_asked, @n_answered: how often
 */
struct drill_watch {
	int fd, signals;
	const struct drill *drill;
	int64_t last_ms, gap_ms, silent_ms;
	size_t n_asked, n_answered;
};

/* How often it is asked. */
#define DRILL_ASK_MS 10

/* Return: 0, with signals that would end us held back; a negative errno. */
int drill_watch_begin(const struct drill *drill, struct drill_watch *ret);
void drill_watch_end(struct drill_watch *watch);

/**
 * drill_watch_for() - ask it all the time
 * @watch: the counts begin anew
 *
 * Return: 0; -EINTR when a signal has come; another negative errno.
 */
int drill_watch_for(struct drill_watch *watch, int64_t ms);
