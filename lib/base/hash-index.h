/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"

/**
 * struct hash_index - numbers of list entries, found by a hash
 *
 * All zeros is a valid empty index. Numbers are never removed: callers check whether an
 * entry still applies.
 */
struct hash_index {
	struct hash_slot *slots;
	size_t n, cap;
};

void hash_index_add(struct hash_index *index, struct arena *arena, uint32_t hash,
		    size_t number);

/**
 * hash_index_next() - the numbers of entries with this hash
 * @at: 0 for the first call, then passed on to the next ones
 *
 * The order is that of adding. Return: whether there is another one.
 */
bool hash_index_next(const struct hash_index *index, uint32_t hash, size_t *at,
		     size_t *ret_number);

/*
 * The start value of a hash, and functions that add @n bytes or a number to it (FNV-1a).
 */
#define HASH_EMPTY 2166136261U
uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t n);
uint32_t hash_text(const char *text); /* from the start value on */

static inline uint32_t hash_number(uint32_t hash, uint32_t number)
{
	return (hash ^ number) * 16777619;
}
