/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The routes of a link: a list, with a hash table if it is long. */
#include <errno.h>

#include "lib/snapshot/listed.h"
#include "lib/snapshot/snapshot.h"

static int list_one(struct snapshot *snapshot, struct snap_listed *list,
		    struct route *route)
{
	return snap_listed_add(list, snapshot->arena, route_place_hash(route), route);
}

int snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link)
{
	size_t n = 0;
	int r = 0;

	link->listed_routes = NULL;
	for (const struct route *at = link->routes; at && n < SNAP_LIST_FEW;
	     at = at->next)
		n++;
	if (n < SNAP_LIST_FEW)
		return 0;
	link->listed_routes = arena_alloc(snapshot->arena, sizeof(*link->listed_routes));
	if (!link->listed_routes)
		return -ENOMEM;
	for (struct route *at = link->routes; at && r == 0; at = at->next)
		r = list_one(snapshot, link->listed_routes, at);
	return r;
}

struct route *snapshot_add_route(struct snapshot *snapshot, struct snap_link *link,
				 const struct route *route)
{
	struct route *copy = arena_alloc(snapshot->arena, sizeof(*copy));
	int r;

	if (!copy || !route_copy(route, snapshot->arena, copy))
		return NULL;
	if (!link->routes)
		link->routes = copy;
	else
		link->last_route->next = copy;
	link->last_route = copy;
	r = link->listed_routes ? list_one(snapshot, link->listed_routes, copy)
				: snap_link_list_routes(snapshot, link);
	return r == 0 ? copy : NULL;
}

static bool is_in_place(const void *item, const void *key)
{
	return route_same_place(item, key);
}

struct route *snap_link_route(const struct snap_link *link, const struct route *route)
{
	struct route *at = link->routes;
	void **found;

	if (at && link->listed_routes) {
		found = snap_listed_find(link->listed_routes, route_place_hash(route),
					 is_in_place, route);
		return found ? *found : NULL;
	}
	while (at && !route_same_place(at, route))
		at = at->next;
	return at;
}

struct route *snap_link_drop_route(struct snap_link *link, const struct route *route)
{
	struct route **at = &link->routes, *before = NULL;

	while (*at && *at != route) {
		before = *at;
		at = &(*at)->next;
	}
	if (!*at)
		return NULL;
	if (link->listed_routes)
		snap_listed_drop(link->listed_routes, route_place_hash(route), route);
	if (link->last_route == *at)
		link->last_route = before;
	*at = route->next;
	return before;
}

int snap_link_mend_route(struct snapshot *snapshot, struct snap_link *link,
			 struct route *route, struct route *before)
{
	struct route **at = before ? &before->next : &link->routes;

	route->next = *at;
	*at = route;
	if (!route->next)
		link->last_route = route;
	return link->listed_routes ? snap_listed_add(link->listed_routes, snapshot->arena,
						     route_place_hash(route), route)
				   : 0;
}

void snap_link_cut_route(struct snap_link *link, const struct route *route,
			 struct route *before)
{
	if (link->listed_routes)
		snap_listed_drop(link->listed_routes, route_place_hash(route), route);
	*(before ? &before->next : &link->routes) = NULL;
	link->last_route = before;
}

void snap_link_drop_routes(struct snap_link *link)
{
	link->routes = link->last_route = NULL;
	link->listed_routes = NULL;
}
