/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

/**
 * struct listed - one of the lists of a link: entries in order, with a hash table if it is long
 * @head, @tail: where its first entry and its struct snap_tail are in struct snap_link
 * @next: where an entry has the next one
 * @hash: the same for entries, and what is looked for, that may be the same
 */
struct listed {
	size_t head, tail, next;
	uint32_t (*hash)(const void *item);
};

/* Appends an entry. */
void listed_add(const struct listed *of, struct snapshot *snapshot,
		struct snap_link *link, void *item);
/* The first entry for which @is holds, among those with the hash of @like; or NULL. */
void *listed_find(const struct listed *of, const struct snap_link *link, const void *like,
		  bool (*is)(const void *item, const void *key), const void *key);
/* Takes an entry out. Return: the one before it. */
void *listed_drop(const struct listed *of, struct snap_link *link, const void *item);
void listed_clear(const struct listed *of, struct snap_link *link);
/* After entries were changed in place. */
void listed_again(const struct listed *of, struct snapshot *snapshot,
		  struct snap_link *link);
