/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

/**
 * struct child - a running program
 * @pidfd: becomes readable when it ends; -1 if the kernel has none
 * @limit_ms, @deadline_ms: how long it may take, and until when
 */
struct child {
	pid_t pid;
	int pidfd;
	uint32_t limit_ms;
	int64_t deadline_ms;
};

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

/**
 * program_begin() - the same without waiting, for several side by side
 * @ret: for program_is_over()
 *
 * Return: whether it runs; if not, @reply says why.
 */
bool program_begin(const struct program *program, struct child *ret,
		   struct rtnl_reply *reply);

/* Whether it has ended, or had to be stopped; @reply as for program_run(). */
bool program_is_over(struct child *child, struct rtnl_reply *reply);
