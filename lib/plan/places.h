/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

/* struct place - a link that bears, or once bore, a route of that hash */
struct place {
	uint32_t hash;
	const struct snap_link *holder;
};

/**
 * struct places - which link bears the route in a certain place
 *
 * The kernel holds one route in a place, on whatever link. With thousands of links, asking
 * each of them for every route that is added would take too long.
 */
struct places {
	struct arena *arena;
	struct place *table;
	size_t n, cap;
};

/* Return: 0, or -ENOMEM. */
int places_add(struct places *places, const struct route *route,
	       const struct snap_link *holder);
/* All routes of a link. Return: 0, or -ENOMEM. */
int places_add_link(struct places *places, const struct snap_link *link);

/**
 * places_find() - the route in the place of @route
 * @snapshot: where the links are; one that has gone is passed over
 * @ret_holder: the link that bears it
 *
 * Return: the route; NULL when there is none.
 */
struct route *places_find(const struct places *places, const struct snapshot *snapshot,
			  const struct route *route, struct snap_link **ret_holder);
