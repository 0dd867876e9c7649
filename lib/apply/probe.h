/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/arp.h"
#include "lib/apply/direct.h"
#include "lib/base/arena.h"

/* struct probe_wait - an answer that is waited for; @number: of the probe */
struct probe_wait {
	struct step *step;
	size_t number;
};

struct probe_waits {
	struct arena *arena;
	struct probe_wait *of;
	size_t n, cap;
	struct arp_prober *prober; /* NULL until there is something to ask */
};

/* OP_ADDR_PROBE, which looks for another owner; see waits_begin() and waits_look(). */
void probe_wait_begin(const struct direct_env *env, struct probe_waits *waits,
		      struct step *step);
void probe_wait_look(const struct direct_env *env, struct probe_waits *waits);
