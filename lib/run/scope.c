/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run for one interface of many: which addresses and routes it needs to know. */
#include "lib/run/scope.h"

#include <netinet/in.h>
#include <string.h>

/* struct needs - what was found to matter */
struct needs {
	struct arena *arena;
	struct snap_scope *scope;
	const char **names;
	size_t n, cap;
};

static void need_name(struct needs *needs, const char *name)
{
	ARENA_PUSH(needs->arena, needs->names, needs->n, needs->cap, name);
}

/*
 * Another link may have a route in the same place. One that leads elsewhere, or comes from
 * another link's address, is rare enough to look at everything.
 */
static void need_route(struct needs *needs, const struct iface *iface,
		       const struct route *route)
{
	needs->scope->routes[route->family == AF_INET6] = true;
	if (!route_has_device(route) || ip_is_set(&route->source) ||
	    (route->dev && strcmp(route->dev, iface->name) != 0))
		needs->scope->everything = true;
}

static void need_iface(struct needs *needs, const struct iface *iface,
		       const struct snapshot *made)
{
	const struct snap_link *ours = snapshot_link(made, iface->name);

	need_name(needs, iface->name);
	needs->scope->rules |= iface->n_rules || iface->n_ip_lines;
	for (size_t i = 0; i < iface->n_routes; i++)
		need_route(needs, iface, &iface->routes[i].route);
	for (const struct route *at = ours ? ours->routes : NULL; at; at = at->next)
		need_route(needs, iface, at);
	for (size_t i = 0; i < iface->n_ports; i++)
		need_iface(needs, iface->ports[i], made);
}

static bool made_rules(const struct snapshot *made)
{
	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->rules)
			return true;
	return made->nowhere->rules;
}

const struct snap_scope *scope_of(const struct model *want, const struct snapshot *made,
				  struct arena *arena)
{
	struct needs needs = { .arena = arena };

	needs.scope = arena_alloc(arena, sizeof(*needs.scope));
	needs.scope->everything = !want->target;
	needs.scope->rules = made_rules(made);
	for (size_t i = 0; i < want->n_order; i++)
		need_iface(&needs, want->order[i], made);
	for (size_t i = 0; i < want->n_uppers; i++)
		need_iface(&needs, want->uppers[i], made);
	needs.scope->target = want->target ? want->target->name : NULL;
	needs.scope->names = needs.names;
	needs.scope->n = needs.n;
	return needs.scope;
}

bool scope_holds(const struct plan *plan, const struct snapshot *have)
{
	for (size_t i = 0; have->is_part && i < plan->n; i++) {
		const char *dev = plan->ops[i].dev;
		const struct snap_link *link = dev ? snapshot_link(have, dev) : NULL;

		if (link && *link->name && !link->is_free)
			return false;
	}
	return true;
}
