/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/hash-index.h"

/*
 * struct snap_listed - what is in a long list, once more by a hash
 * @items: by number; NULL for one that was dropped since
 */
struct snap_listed {
	struct hash_index index;
	void **items;
	size_t n, cap;
};

/* As many are found as fast in the list itself. */
#define SNAP_LIST_FEW 16

/* Return: 0, or -ENOMEM. */
int snap_listed_add(struct snap_listed *listed, struct arena *arena, uint32_t hash,
		    void *item);

/* Where the item with that hash is for which @is holds; NULL for nowhere. */
void **snap_listed_find(const struct snap_listed *listed, uint32_t hash,
			bool (*is)(const void *item, const void *key), const void *key);

/* Drops an item that is listed; one that is not does no harm. */
void snap_listed_drop(const struct snap_listed *listed, uint32_t hash, const void *item);
