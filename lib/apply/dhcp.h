/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

#include "lib/apply/direct.h"
#include "lib/apply/program.h"
#include "lib/base/arena.h"

/* After a program has succeeded, the process that it leaves has to settle. */
enum lease_stage { STAGE_WAITS, STAGE_RUNS, STAGE_SETTLES, STAGE_OVER };

/*
 * struct lease - a lease that is waited for
 * @is_got: at STAGE_OVER, whether it was obtained
 * @is_told: the outcome has been passed to the step, which may have been freed
 */
struct lease {
	struct step *step;
	int ifindex;
	enum lease_stage stage;
	struct child child;
	int64_t since_ms, ended_ms;
	bool asked_patience, is_got, is_told;
};

/* struct lease_waits - those that are over stay, for the other protocol of their link */
struct lease_waits {
	struct arena *arena;
	struct lease *of;
	size_t n, cap;
	int64_t looked_ms;
};

/* OP_DHCP_START, until there is a lease; see waits_begin() and waits_look(). */
void lease_wait_begin(struct lease_waits *waits, struct step *step);
int lease_wait_look(const struct direct_env *env, struct lease_waits *waits);

/* Like direct_run(): stops clients. */
int dhcp_stop_run(const struct direct_env *env, struct step *const *steps, size_t n);
