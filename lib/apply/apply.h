/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/apply/observer.h"
#include "lib/base/diag.h"
#include "lib/plan/plan.h"

struct rtnl;

/* When a failure undoes the steps of its interface. */
enum apply_rollback {
	ROLLBACK_AUTO, /* if the interface was up before */
	ROLLBACK_ALWAYS,
	ROLLBACK_NEVER,
};

/* The outcome for an interface. */
enum apply_outcome {
	OUTCOME_DONE,
	OUTCOME_KEPT,   /* something failed, and what works is kept */
	OUTCOME_UNDONE, /* something failed here, or below, and it is as it was */
};

/**
 * struct apply_result - the outcome of a plan
 * @outcomes: one for each of its owners
 * @done: one for each of its steps: whether its undo has something to undo
 */
struct apply_result {
	enum apply_outcome *outcomes;
	bool *done;
};

void apply_result_release(struct apply_result *result);

/**
 * apply_run() - perform the steps of a plan, in order
 * @plan: borrowed; a link that it creates gets another index if its own is taken. Bonding
 *        options that the driver refuses are removed, and noted in its .made
 * @rtnl: borrowed
 * @observer: may be NULL
 * @diag: receives an error for each step that failed: the line that asked for it, what
 *        was tried, the kernel's own words, and the command that does the same. A step
 *        skipped because the one it needs failed is not reported again.
 * @ret: to be released, also after a failure
 *
 * Consecutive rtnetlink changes are sent together; addresses are probed side by side. If
 * a step fails and the interface was up before, no further step is done for it and for what
 * is stacked on it, and in the end those done are undone, the last one first; else the rest
 * goes on, and what works is kept.
 *
 * Return: 0 if every step was done; -EIO if one failed (reported in @diag); another
 * negative errno if the socket failed.
 */
int apply_run(struct plan *plan, struct rtnl *rtnl, enum apply_rollback rollback,
	      const struct apply_observer *observer, struct diag *diag,
	      struct apply_result *ret);

/**
 * apply_revert() - undo everything, the last step first
 * @result: of apply_run() for the same plan
 * @ret_lasts: set if something of it cannot be undone, which @diag tells
 *
 * Return: as for apply_run().
 */
int apply_revert(struct plan *plan, struct rtnl *rtnl,
		 const struct apply_observer *observer, struct diag *diag,
		 const struct apply_result *result, bool *ret_lasts);
