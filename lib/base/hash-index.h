/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"

/**
 * struct hash_index - numbers of things in a list, by a hash
 *
 * One of all zeros is empty. Numbers are never removed: whoever finds one looks whether it
 * still holds.
 */
struct hash_index {
	struct hash_slot *slots;
	size_t n, cap;
};

/* Return: 0, or -ENOMEM; @arena is to be the same each time. */
int hash_index_add(struct hash_index *index, struct arena *arena, uint32_t hash,
		   size_t number);

/**
 * hash_index_next() - the numbers of things that have this hash
 * @at: 0 at first; for the next call
 *
 * In the order in which they were added. Return: whether there is one more.
 */
bool hash_index_next(const struct hash_index *index, uint32_t hash, size_t *at,
		     size_t *ret_number);

/* What a hash begins with; the hash with @n more bytes, or a number, in it (FNV-1a). */
#define HASH_EMPTY 2166136261U
uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t n);

static inline uint32_t hash_number(uint32_t hash, uint32_t number)
{
	return (hash ^ number) * 16777619;
}
