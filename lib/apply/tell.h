/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/diag.h"
#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

/**
 * tell_failure() - report which step failed, why, and the command that does the same by
 * hand
 * @undoing: the step would have undone another one
 */
void tell_failure(const struct plan_op *op, const struct rtnl_reply *reply, bool undoing,
		  struct diag *diag);

/* Reports what the undo of the step, which has .lasts, could not bring back. */
void tell_lasts(const struct plan_op *op, struct diag *diag);
