/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/hash-index.h"

/*
 * struct snap_listed - the entries of a long list, indexed by a hash
 * @items: by number; NULL for an entry that was dropped
 */
struct snap_listed {
	struct hash_index index;
	void **items;
	size_t n, cap;
};

/* Up to this many entries, the list itself is as fast. */
#define SNAP_LIST_FEW 16

/* Return: 0, or -ENOMEM. */
int snap_listed_add(struct snap_listed *listed, struct arena *arena, uint32_t hash,
		    void *item);

/* The place of the entry with that hash for which @is holds; NULL if there is none. */
void **snap_listed_find(const struct snap_listed *listed, uint32_t hash,
			bool (*is)(const void *item, const void *key), const void *key);

/* Drops an entry; one that is not listed is ignored. */
void snap_listed_drop(const struct snap_listed *listed, uint32_t hash, const void *item);
