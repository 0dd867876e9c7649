/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lists of a link, each with a hash table if it is long. */
#include "lib/snapshot/listed.h"

#include <errno.h>
#include <string.h>

#include "lib/base/hash-index.h"

/* Up to this many entries, the list itself is as fast. */
#define FEW 16

/* struct snap_listed - @items: by number; NULL for an entry that was dropped */
struct snap_listed {
	struct hash_index index;
	void **items;
	size_t n, cap;
};

static void *get_pointer(const void *of, size_t offset)
{
	void *at;

	memcpy(&at, (const char *)of + offset, sizeof(at));
	return at;
}

static void put_pointer(void *of, size_t offset, const void *at)
{
	memcpy((char *)of + offset, &at, sizeof(at));
}

static struct snap_tail *tail_of(const struct listed *of, struct snap_link *link)
{
	return (void *)((char *)link + of->tail);
}

static void enter_item(const struct listed *of, struct arena *arena,
		       struct snap_listed *table, void *item)
{
	hash_index_add(&table->index, arena, of->hash(item), table->n);

	ARENA_PUSH(arena, table->items, table->n, table->cap, item);
}

/* The place of an entry in the table; NULL if it is not there. */
static void **find_listed(const struct snap_listed *table, uint32_t hash,
			  bool (*is)(const void *item, const void *key), const void *key)
{
	size_t at = 0, number;

	while (hash_index_next(&table->index, hash, &at, &number))
		if (table->items[number] && is(table->items[number], key))
			return &table->items[number];
	return NULL;
}

static bool is_itself(const void *item, const void *key)
{
	return item == key;
}

static void leave_table(const struct listed *of, const struct snap_tail *tail,
			const void *item)
{
	void **found =
		tail->listed ? find_listed(tail->listed, of->hash(item), is_itself, item)
			     : NULL;

	if (found)
		*found = NULL;
}

void listed_again(const struct listed *of, struct snapshot *snapshot,
		  struct snap_link *link)
{
	struct snap_tail *tail = tail_of(of, link);
	size_t n = 0;

	tail->listed = NULL;
	for (void *at = get_pointer(link, of->head); at && n < FEW;
	     at = get_pointer(at, of->next))
		n++;
	if (n < FEW)
		return;
	tail->listed = arena_alloc(snapshot->arena, sizeof(*tail->listed));
	for (void *at = get_pointer(link, of->head); at; at = get_pointer(at, of->next))
		enter_item(of, snapshot->arena, tail->listed, at);
}

void listed_add(const struct listed *of, struct snapshot *snapshot,
		struct snap_link *link, void *item)
{
	struct snap_tail *tail = tail_of(of, link);

	put_pointer(item, of->next, NULL);
	if (get_pointer(link, of->head))
		put_pointer(tail->last, of->next, item);
	else
		put_pointer(link, of->head, item);
	tail->last = item;
	if (tail->listed)
		enter_item(of, snapshot->arena, tail->listed, item);
	else
		listed_again(of, snapshot, link);
}

void *listed_find(const struct listed *of, const struct snap_link *link, const void *like,
		  bool (*is)(const void *item, const void *key), const void *key)
{
	const struct snap_tail *tail = (const void *)((const char *)link + of->tail);
	void *at = get_pointer(link, of->head), **found;

	if (at && tail->listed) {
		found = find_listed(tail->listed, of->hash(like), is, key);
		return found ? *found : NULL;
	}
	while (at && !is(at, key))
		at = get_pointer(at, of->next);
	return at;
}

/* Makes @next what comes after @before, which is NULL for the beginning. */
static void join(const struct listed *of, struct snap_link *link, void *before,
		 const void *next)
{
	if (before)
		put_pointer(before, of->next, next);
	else
		put_pointer(link, of->head, next);
}

void *listed_drop(const struct listed *of, struct snap_link *link, const void *item)
{
	struct snap_tail *tail = tail_of(of, link);
	void *at = get_pointer(link, of->head), *before = NULL;

	for (; at && at != item; at = get_pointer(at, of->next))
		before = at;
	if (!at)
		return NULL;
	leave_table(of, tail, item);
	if (tail->last == at)
		tail->last = before;
	join(of, link, before, get_pointer(item, of->next));
	return before;
}

void listed_cut(const struct listed *of, struct snap_link *link, const void *item,
		void *before)
{
	struct snap_tail *tail = tail_of(of, link);

	leave_table(of, tail, item);
	join(of, link, before, NULL);
	tail->last = before;
}

void listed_mend(const struct listed *of, struct snapshot *snapshot,
		 struct snap_link *link, void *item, void *before)
{
	struct snap_tail *tail = tail_of(of, link);

	put_pointer(item, of->next,
		    before ? get_pointer(before, of->next) : get_pointer(link, of->head));
	join(of, link, before, item);
	if (!get_pointer(item, of->next))
		tail->last = item;
	if (tail->listed)
		enter_item(of, snapshot->arena, tail->listed, item);
}

void listed_clear(const struct listed *of, struct snap_link *link)
{
	put_pointer(link, of->head, NULL);
	*tail_of(of, link) = (struct snap_tail){ 0 };
}
