/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* One more step to the undo of @op, on the same link; NULL when memory ran out. */
struct plan_op *play_undo(struct planner *p, struct plan_op *op, enum plan_op_kind kind);

/* What steps do to bridges and their ports: the undo first, then the simulation. */
void play_bridge_set(struct planner *p, struct plan_op *op, struct snap_link *link);
void play_bridge_port_set(struct planner *p, struct plan_op *op, struct snap_link *link);
void play_join_bridge(struct planner *p, struct plan_op *op, struct snap_link *port,
		      struct snap_link *bridge);
void play_leave_bridge(struct planner *p, struct plan_op *op, struct snap_link *port);

/* To join it again, as it is: for a port that leaves, or is deleted. */
void play_undo_leaving(struct planner *p, struct plan_op *op,
		       const struct snap_link *port);
