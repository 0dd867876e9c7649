/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table for a long list. */
#include "lib/snapshot/listed.h"

#include <errno.h>

int snap_listed_add(struct snap_listed *listed, struct arena *arena, uint32_t hash,
		    void *item)
{
	int r = hash_index_add(&listed->index, arena, hash, listed->n);

	return r == 0 ? ARENA_PUSH(arena, listed->items, listed->n, listed->cap, item)
		      : r;
}

void **snap_listed_find(const struct snap_listed *listed, uint32_t hash,
			bool (*is)(const void *item, const void *key), const void *key)
{
	size_t at = 0, number;

	while (hash_index_next(&listed->index, hash, &at, &number))
		if (listed->items[number] && is(listed->items[number], key))
			return &listed->items[number];
	return NULL;
}

static bool is_itself(const void *item, const void *key)
{
	return item == key;
}

void snap_listed_drop(const struct snap_listed *listed, uint32_t hash, const void *item)
{
	void **found = snap_listed_find(listed, hash, is_itself, item);

	if (found)
		*found = NULL;
}
