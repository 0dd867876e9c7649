/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which links a run is about, if there are many. */
#include <errno.h>
#include <string.h>

#include "lib/snapshot/from-kernel.h"

/* If there are fewer links, all addresses and routes take fewer requests than some. */
#define FEW_LINKS 64
/* The same if more than this number of links is meant. */
#define MANY_MEANT 16

static bool names_link(const struct snap_scope *scope, const struct snap_link *link)
{
	for (size_t i = 0; i < scope->n; i++)
		if (strcmp(scope->names[i], link->name) == 0)
			return true;
	return false;
}

/* A port of one that is free, or stacked on it. */
static bool is_above(const struct snapshot *snapshot, const struct snap_link *link)
{
	const struct snap_link *master, *parent;

	master = link->master ? snapshot_link_by_index(snapshot, link->master) : NULL;
	parent = link->parent && *link->kind
			 ? snapshot_link_by_index(snapshot, link->parent)
			 : NULL;
	return (master && master->is_free) || (parent && parent->is_free);
}

/* A link is usually listed after the ones that it is stacked on: then one round is enough. */
static void mark_above(struct snapshot *snapshot)
{
	for (bool any = true; any;) {
		any = false;
		for (size_t i = 0; i < snapshot->n_links; i++) {
			struct snap_link *link = snapshot->links[i];

			if (link->is_free || !is_above(snapshot, link))
				continue;
			link->is_free = any = true;
		}
	}
}

static void mark_index(const struct snapshot *snapshot, int ifindex, bool *meant)
{
	for (size_t i = 0; ifindex && i < snapshot->n_links; i++)
		meant[i] |= snapshot->links[i]->ifindex == ifindex;
}

static void mark_below(const struct snapshot *snapshot, bool *meant)
{
	for (size_t i = snapshot->n_links; i-- > 0;)
		if (meant[i]) {
			mark_index(snapshot, snapshot->links[i]->master, meant);
			mark_index(snapshot, snapshot->links[i]->parent, meant);
		}
}

int scope_mark(const struct snap_scope *scope, struct snapshot *snapshot,
	       bool **ret_meant)
{
	struct snap_link *target = snapshot_link(snapshot, scope->target);
	size_t n = 0;
	bool *meant;

	if (snapshot->n_links < FEW_LINKS)
		return 1;
	meant = arena_alloc(snapshot->arena, snapshot->n_links);
	if (target)
		target->is_free = true;
	mark_above(snapshot);
	for (size_t i = 0; i < snapshot->n_links; i++) {
		meant[i] = snapshot->links[i]->is_free ||
			   names_link(scope, snapshot->links[i]);
		n += meant[i];
	}
	if (n > MANY_MEANT)
		return 1;
	mark_below(snapshot, meant);
	*ret_meant = meant;
	return 0;
}
