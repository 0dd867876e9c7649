/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

struct direct_env;
struct nl_msg;
struct step;
struct waits;

/**
 * struct step_way - how steps of a kind are performed; each has one of four ways
 * @type, @flags: of an rtnetlink request about the link
 * @change, @on: IFF_* in its header
 * @fill: adds what follows the header
 * @build: another rtnetlink request
 * @may_be_gone: it is not a failure if what a request removes does not exist
 * @run: at once; see direct_run()
 * @begin: by waiting; see waits_begin()
 *
 * Options are sent by RTM_NEWLINK even to an existing bond: RTM_SETLINK ignores them and
 * still reports success.
 */
struct step_way {
	uint16_t type, flags;
	unsigned int change, on;
	int (*fill)(struct nl_msg *msg, const struct plan_op *op);
	int (*build)(const struct plan_op *op, struct nl_msg **ret);
	bool may_be_gone;
	int (*run)(const struct direct_env *env, struct step *const *steps, size_t n);
	int (*begin)(struct waits *waits, struct step *step);
};

/* The row of a kind; the table is in ways.c, above all that it points to. */
const struct step_way *step_way(enum plan_op_kind kind);
