/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * undo_derive() - derive the steps that revert a step
 * @op: receives them; it was just played on the simulation
 *
 * They are derived from the journal. Then they are played as well, and what they remove
 * is restored after them; in the end the simulation is as it was before. The journal is
 * empty afterwards.
 *
 * A step that removes a link which no step can create again has no undo at all.
 */
void undo_derive(struct planner *p, struct plan_op *op);

/**
 * struct undoing - the undo of a step, while it is derived
 * @op: the step
 * @is_played: added steps are played on the simulation
 */
struct undoing {
	struct planner *p;
	struct plan_op *op;
	bool is_played;
};

/* Adds one more step; what @step borrows is copied. */
void undo_add(struct undoing *u, struct plan_op step);
#define UNDO_ADD(U, KIND, LINK, ...) \
	undo_add((U), PLANNER_STEP(KIND, (U)->op->pos, LINK, PLAN_NO_OP, ##__VA_ARGS__))
