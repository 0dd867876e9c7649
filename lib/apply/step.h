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

/**
 * struct step - what has become of a step of the plan
 * @reply: how it ended, as the kernel or whoever did it said
 * @next: the one behind it among those waiting for the kernel's answer
 */
struct step {
	const struct plan_op *op;
	enum step_state state;
	struct rtnl_reply reply;
	struct step *next;
};
