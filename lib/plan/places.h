/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

/* struct place - a link that has, or once had, a route with that hash */
struct place {
	uint32_t hash;
	const struct snap_link *holder;
};

/**
 * struct places - the links with a route in a certain place
 *
 * The kernel has one route in a place, on whatever link. With thousands of links,
 * searching each of them for every new route would take too long.
 */
struct places {
	struct arena *arena;
	struct place *table;
	size_t n, cap;
};

void places_add(struct places *places, const struct route *route,
		const struct snap_link *holder);
/* Adds all routes of a link. */
void places_add_link(struct places *places, const struct snap_link *link);

/**
 * places_find() - find the route in the place of @route
 * @snapshot: contains the links; a link that is gone is skipped
 * @ret_holder: the link of that route
 *
 * Return: the route; NULL if there is none.
 */
struct route *places_find(const struct places *places, const struct snapshot *snapshot,
			  const struct route *route, struct snap_link **ret_holder);
