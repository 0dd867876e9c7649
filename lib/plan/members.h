/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/snapshot/snapshot.h"

struct member;

/**
 * struct members - which links are, or once were, ports of a master
 *
 * With thousands of links, searching them all for the ports of each bond would take too
 * long.
 */
struct members {
	struct arena *arena;
	struct member **chains; /* hashed by the index of the master */
	size_t n_chains;
};

/* Begins with the ports in @have; @arena is borrowed. */
void members_start(struct members *members, const struct snapshot *have,
		   struct arena *arena);

/* That link joins the master with the index @master; the name is borrowed. */
void members_add(struct members *members, const char *name, int master);

/* Whether the master has a port in @now, all of whose ports were added. */
bool members_any(const struct members *members, const struct snapshot *now, int master);
