/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The routes of a link. */
#include "lib/snapshot/listed.h"

static uint32_t hash_of_place(const void *item)
{
	return route_place_hash(item);
}

static bool is_in_place(const void *item, const void *key)
{
	return route_same_place(item, key);
}

static const struct listed routes = { offsetof(struct snap_link, routes),
				      offsetof(struct snap_link, route_tail),
				      offsetof(struct route, next), hash_of_place };

int snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link)
{
	return listed_again(&routes, snapshot, link);
}

struct route *snapshot_add_route(struct snapshot *snapshot, struct snap_link *link,
				 const struct route *route)
{
	struct route *copy = arena_alloc(snapshot->arena, sizeof(*copy));

	return copy && route_copy(route, snapshot->arena, copy) &&
			       listed_add(&routes, snapshot, link, copy) == 0
		       ? copy
		       : NULL;
}

struct route *snap_link_route(const struct snap_link *link, const struct route *route)
{
	return listed_find(&routes, link, route, is_in_place, route);
}

struct route *snap_link_drop_route(struct snap_link *link, const struct route *route)
{
	return listed_drop(&routes, link, route);
}

int snap_link_mend_route(struct snapshot *snapshot, struct snap_link *link,
			 struct route *route, struct route *before)
{
	return listed_mend(&routes, snapshot, link, route, before);
}

void snap_link_cut_route(struct snap_link *link, const struct route *route,
			 struct route *before)
{
	listed_cut(&routes, link, route, before);
}

void snap_link_drop_routes(struct snap_link *link)
{
	listed_clear(&routes, link);
}
