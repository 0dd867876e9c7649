/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

#include "lib/apply/direct.h"
#include "lib/apply/ready.h"
#include "lib/base/arena.h"

/**
 * struct link_wait - a link that is waited for
 * @end_ms: by the same clock as @start_ms; extended as LACP makes progress
 * @lacp: its progress
 * @told: the observer knows that it is waited for
 */
struct link_wait {
	struct step *step;
	int64_t start_ms, end_ms;
	struct ready_lacp lacp;
	bool told;
};

/* struct link_waits - for all but ports, the time counts from the first one on */
struct link_waits {
	struct arena *arena;
	struct link_wait *of;
	size_t n, cap;
	int64_t start_ms;
};

/* OP_LINK_WAIT, until the link can carry frames; see waits_begin() and waits_look(). */
void link_wait_begin(struct link_waits *waits, struct step *step);
void link_wait_look(const struct direct_env *env, struct link_waits *waits);
