/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

enum step_state {
	STEP_WAITING,
	STEP_LEFT_OUT, /* the step it needs failed */
	STEP_STARTED,
	STEP_FAILED,
	STEP_DONE,
};

/* struct narrowed - a step from which options were removed, and what it points to */
struct narrowed {
	struct plan_op op;
	struct snap_link link;
	struct option_values options;
};

/**
 * struct step - the progress of a step of the plan
 * @reply: its result, as reported by the kernel or the code that did it
 * @is_over: for a step that waits: it has ended
 * @narrowed: what @op points to once the driver has refused some of its options; owned
 * @next: the next one waiting for the kernel's answer
 */
struct step {
	const struct plan_op *op;
	enum step_state state;
	struct rtnl_reply reply;
	bool is_over;
	struct narrowed *narrowed;
	struct step *next;
};
