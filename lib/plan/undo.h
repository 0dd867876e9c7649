/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * undo_derive() - the steps that bring back what a step has changed
 * @op: gets them; it was just played on the simulation
 *
 * They are read off the journal. Then they are played, too, and what they take along comes
 * back behind them; in the end the simulation is as it was. The journal is empty afterwards.
 *
 * Of a step that removes a link which no step can make again, there is no undo at all.
 */
void undo_derive(struct planner *p, struct plan_op *op);

/**
 * struct undoing - the undo of a step, being worked out
 * @op: the step
 * @is_played: what is added is played on the simulation
 */
struct undoing {
	struct planner *p;
	struct plan_op *op;
	bool is_played;
};

/* One more step of it; what @step borrows is copied. */
void undo_add(struct undoing *u, struct plan_op step);
#define UNDO_ADD(U, KIND, LINK, ...) \
	undo_add((U), PLANNER_STEP(KIND, (U)->op->pos, LINK, PLAN_NO_OP, ##__VA_ARGS__))
