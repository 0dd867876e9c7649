/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of numbers, for lists that may be long. */
#include "lib/base/hash-index.h"

#include <string.h>

#include "lib/base/memory.h"

/* Most lists stay short: thousands of interfaces have two or three addresses each. */
#define FIRST_CAP 8

/* struct hash_slot - @number is counted from 1; 0 means that the slot is free */
struct hash_slot {
	uint32_t hash, number;
};

static void put_slot(struct hash_index *index, struct hash_slot slot)
{
	size_t i = slot.hash & (index->cap - 1);

	while (index->slots[i].number)
		i = (i + 1) & (index->cap - 1);
	index->slots[i] = slot;
}

/*
 * Sizes are powers of two. Copying starts at a free slot, so that entries with the same
 * hash keep their order.
 */
static void grow_slots(struct hash_index *index, struct arena *arena)
{
	const struct hash_index old = *index;
	size_t first = 0;

	index->cap = old.cap ? 2 * old.cap : FIRST_CAP;
	index->slots = arena_alloc(arena, index->cap * sizeof(*index->slots));
	while (first < old.cap && old.slots[first].number)
		first++;
	for (size_t i = 0; i < old.cap; i++) {
		const struct hash_slot slot = old.slots[(first + i) & (old.cap - 1)];

		if (slot.number)
			put_slot(index, slot);
	}
}

void hash_index_add(struct hash_index *index, struct arena *arena, uint32_t hash,
		    size_t number)
{
	if (2 * index->n >= index->cap)
		grow_slots(index, arena);
	if (number >= UINT32_MAX)
		memory_end();
	put_slot(index, (struct hash_slot){ hash, (uint32_t)number + 1 });
	index->n++;
}

bool hash_index_next(const struct hash_index *index, uint32_t hash, size_t *at,
		     size_t *ret_number)
{
	while (index->cap) {
		const struct hash_slot *slot =
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

uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t n)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < n; i++)
		hash = hash_number(hash, at[i]);
	return hash;
}

uint32_t hash_text(const char *text)
{
	return hash_bytes(HASH_EMPTY, text, strlen(text));
}
