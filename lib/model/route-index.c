/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of the places of routes, for lists that may be long. */
#include "lib/model/route-index.h"

#include <errno.h>

/* struct route_slot - @number is counted from 1; 0 for a slot that is free */
struct route_slot {
	uint32_t hash;
	size_t number;
};

static void put(struct route_index *index, struct route_slot slot)
{
	size_t i = slot.hash & (index->cap - 1);

	while (index->slots[i].number)
		i = (i + 1) & (index->cap - 1);
	index->slots[i] = slot;
}

/* In powers of two. From a free slot on, so that those of one place keep their order. */
static int grow(struct route_index *index, struct arena *arena)
{
	const struct route_index old = *index;
	size_t first = 0;

	index->cap = old.cap ? 2 * old.cap : 64;
	index->slots = arena_alloc(arena, index->cap * sizeof(*index->slots));
	if (!index->slots)
		return -ENOMEM;
	while (first < old.cap && old.slots[first].number)
		first++;
	for (size_t i = 0; i < old.cap; i++) {
		const struct route_slot slot = old.slots[(first + i) & (old.cap - 1)];

		if (slot.number)
			put(index, slot);
	}
	return 0;
}

int route_index_add(struct route_index *index, struct arena *arena,
		    const struct route *route, size_t number)
{
	if (2 * index->n >= index->cap && grow(index, arena) < 0)
		return -ENOMEM;
	put(index, (struct route_slot){ route_place_hash(route), number + 1 });
	index->n++;
	return 0;
}

bool route_index_next(const struct route_index *index, const struct route *route,
		      size_t *at, size_t *ret_number)
{
	const uint32_t hash = route_place_hash(route);

	while (index->cap) {
		const struct route_slot *slot =
			&index->slots[(hash + *at) & (index->cap - 1)];

		if (!slot->number)
			return false;
		++*at;
		if (slot->hash != hash)
			continue;
		*ret_number = slot->number - 1;
		return true;
	}
	return false;
}
