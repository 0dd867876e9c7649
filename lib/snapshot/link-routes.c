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

const struct listed snap_routes = { offsetof(struct snap_link, routes),
				    offsetof(struct snap_link, route_tail),
				    offsetof(struct route, next), hash_of_place };

void snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link)
{
	listed_again(&snap_routes, snapshot, link);
}

struct route *snapshot_add_route(struct snapshot *snapshot, struct snap_link *link,
				 const struct route *route)
{
	struct route *copy = arena_alloc(snapshot->arena, sizeof(*copy));

	route_copy(route, snapshot->arena, copy);
	listed_add(&snap_routes, snapshot, link, copy);
	return copy;
}

struct route *snap_link_route(const struct snap_link *link, const struct route *route)
{
	return listed_find(&snap_routes, link, route, is_in_place, route);
}

struct route *snap_link_drop_route(struct snap_link *link, const struct route *route)
{
	return listed_drop(&snap_routes, link, route);
}

void snap_link_drop_routes(struct snap_link *link)
{
	listed_clear(&snap_routes, link);
}
