/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of the places of routes; entries are checked when found, never removed. */
#include "lib/plan/places.h"

#include <errno.h>

static void put_place(struct place *table, size_t cap, struct place place)
{
	size_t i = place.hash & (cap - 1);

	while (table[i].holder)
		i = (i + 1) & (cap - 1);
	table[i] = place;
}

/* At most half full, in powers of two. */
static void grow_places(struct places *places)
{
	size_t cap = places->cap ? places->cap * 2 : 64;
	struct place *table = arena_alloc(places->arena, cap * sizeof(*table));

	for (size_t i = 0; i < places->cap; i++)
		if (places->table[i].holder)
			put_place(table, cap, places->table[i]);
	places->table = table;
	places->cap = cap;
}

void places_add(struct places *places, const struct route *route,
		const struct snap_link *holder)
{
	if (places->n * 2 >= places->cap)
		grow_places(places);
	put_place(places->table, places->cap,
		  (struct place){ .hash = route_place_hash(route), .holder = holder });
	places->n++;
}

void places_add_link(struct places *places, const struct snap_link *link)
{
	for (const struct route *route = link->routes; route; route = route->next)
		places_add(places, route, link);
}

struct route *places_find(const struct places *places, const struct snapshot *snapshot,
			  const struct route *route, struct snap_link **ret_holder)
{
	uint32_t hash = route_place_hash(route);

	if (!places->cap)
		return NULL;
	for (size_t i = hash & (places->cap - 1); places->table[i].holder;
	     i = (i + 1) & (places->cap - 1)) {
		const struct place *place = &places->table[i];
		struct snap_link *holder = snapshot_link(snapshot, place->holder->name);
		struct route *found;

		if (place->hash != hash || holder != place->holder)
			continue;
		found = snap_link_route(holder, route);
		if (found) {
			*ret_holder = holder;
			return found;
		}
	}
	return NULL;
}
