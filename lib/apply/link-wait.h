/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

#include "lib/apply/direct.h"
#include "lib/base/arena.h"

/* struct link_wait - a link that is waited for; @told: so was whoever watches */
struct link_wait {
	struct step *step;
	bool told;
};

/* struct link_waits - all of them have their time from the first one on */
struct link_waits {
	struct arena *arena;
	struct link_wait *of;
	size_t n, cap;
	int64_t start_ms;
};

/* OP_LINK_WAIT, until the link can carry frames; see waits_begin() and waits_look(). */
int link_wait_begin(struct link_waits *waits, struct step *step);
int link_wait_look(const struct direct_env *env, struct link_waits *waits);
