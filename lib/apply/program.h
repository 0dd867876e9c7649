/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

/**
 * program_run() - run a program to its end
 * @reply: .error is 0 when it ended with status 0, else -ECHILD, -ETIMEDOUT, or why it
 *         could not be started; .text says it in words
 *
 * It has our output, no input but what the plan gives it, and our environment without what
 * could change what it runs (LD_*, BASH_ENV, IFS …). One that takes longer than its limit
 * is stopped, with all that it has started.
 */
void program_run(const struct program *program, struct rtnl_reply *reply);
