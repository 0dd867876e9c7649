/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The routes of a link: a list, and a table of it when there are many. */
#include <errno.h>

#include "lib/model/route-index.h"
#include "lib/snapshot/snapshot.h"

/* As many are found as fast without a table. */
#define FEW 16

/* struct snap_route_list - routes by number; NULL for one that was dropped since */
struct snap_route_list {
	struct route_index index;
	struct route **routes;
	size_t n, cap;
};

static int list_one(struct snapshot *snapshot, struct snap_route_list *list,
		    struct route *route)
{
	int r = route_index_add(&list->index, snapshot->arena, route, list->n);

	return r == 0 ? ARENA_PUSH(snapshot->arena, list->routes, list->n, list->cap,
				   route)
		      : r;
}

int snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link)
{
	size_t n = 0;
	int r = 0;

	link->listed = NULL;
	for (const struct route *at = link->routes; at && n < FEW; at = at->next)
		n++;
	if (n < FEW)
		return 0;
	link->listed = arena_alloc(snapshot->arena, sizeof(*link->listed));
	if (!link->listed)
		return -ENOMEM;
	for (struct route *at = link->routes; at && r == 0; at = at->next)
		r = list_one(snapshot, link->listed, at);
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
	r = link->listed ? list_one(snapshot, link->listed, copy)
			 : snap_link_list_routes(snapshot, link);
	return r == 0 ? copy : NULL;
}

/* Where the table has it; NULL for nowhere. */
static struct route **find_listed(const struct snap_route_list *list,
				  const struct route *route, bool is_itself)
{
	size_t at = 0, number;

	while (route_index_next(&list->index, route, &at, &number)) {
		struct route **found = &list->routes[number];

		if (*found &&
		    (is_itself ? *found == route : route_same_place(*found, route)))
			return found;
	}
	return NULL;
}

struct route *snap_link_route(const struct snap_link *link, const struct route *route)
{
	struct route *at = link->routes, **found;

	if (at && link->listed) {
		found = find_listed(link->listed, route, false);
		return found ? *found : NULL;
	}
	while (at && !route_same_place(at, route))
		at = at->next;
	return at;
}

void snap_link_drop_route(struct snap_link *link, const struct route *route)
{
	struct route **at = &link->routes, *before = NULL, **listed;

	while (*at && *at != route) {
		before = *at;
		at = &(*at)->next;
	}
	if (!*at)
		return;
	listed = link->listed ? find_listed(link->listed, route, true) : NULL;
	if (listed)
		*listed = NULL;
	if (link->last_route == *at)
		link->last_route = before;
	*at = route->next;
}

void snap_link_drop_routes(struct snap_link *link)
{
	link->routes = link->last_route = NULL;
	link->listed = NULL;
}
