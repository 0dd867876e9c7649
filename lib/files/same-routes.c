/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Relations between the routes of interfaces: routes that two of them want although the
 * kernel has only one, routes that replace another one's network, and routers in such a
 * network.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/files/judge.h"
#include "lib/files/load-file.h"
#include "lib/files/loader.h"
#include "lib/files/source.h"

/**
 * struct claim - a route of an interface, or the one to the network of its address
 * @want: NULL for the latter, which is in @connected
 * @runs: the interface is brought up now, in the order of @seq
 */
struct claim {
	struct iface *iface;
	struct want_route *want;
	struct route connected;
	bool runs;
	size_t seq;
};

/**
 * struct claims - of all interfaces
 * @arena: only for this list
 * @needs_networks: a router is looked for, so all interfaces matter
 */
struct claims {
	struct loader *loader;
	struct arena *arena;
	bool needs_networks;
	struct claim *list;
	size_t n, cap;
};

static const struct route *route_of(const struct claim *claim)
{
	return claim->want ? &claim->want->route : &claim->connected;
}

/* ---- gathering ---- */

static void add_route_claim(struct claims *claims, struct claim claim)
{
	claim.seq = claims->n;
	ARENA_PUSH(claims->arena, claims->list, claims->n, claims->cap, claim);
}

static void claim_routes(struct claims *claims, struct iface *iface, bool runs)
{
	struct claim claim = { .iface = iface, .runs = runs };

	for (size_t i = 0; i < iface->n_routes; i++) {
		claim.want = &iface->routes[i];
		if (!claim.want->is_asleep)
			add_route_claim(claims, claim);
	}
	claim.want = NULL;
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface_connected_route(iface, &iface->addrs[i], &claim.connected))
			add_route_claim(claims, claim);
}

static bool is_ordered(const struct model *model, const char *device)
{
	for (size_t i = 0; i < model->n_order; i++)
		if (strcmp(model->order[i]->name, device) == 0)
			return true;
	return false;
}

/* Whether the file, or a related one, may want a route: others need not be read. */
static bool may_have_routes(const struct claims *claims, const struct ifcfg *file)
{
	static const char *const keys[] = { "GATEWAY", "GATEWAY0", "IPV6_DEFAULTGW",
					    "GATEWAYDEV" };
	static const char *const around[][2] = { { "route-", "" },
						 { "route6-", "" },
						 { "", ".route" } };
	const struct ifcfg_dir *dir = &claims->loader->dir;
	const char *names[IFCFG_CALLED_MAX];
	const size_t n = ifcfg_called(file, names);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (ifcfg_value(dir, file, keys[i]))
			return true;
	for (size_t i = 0; dir->n_companions && i < ARRAY_SIZE(around) * n; i++) {
		const char *const *at = around[i / n];
		const char *name =
			arena_printf(claims->arena, "%s%s%s", at[0], names[i % n], at[1]);

		if (ifcfg_dir_has_companion(dir, name))
			return true;
	}
	return false;
}

/* An interface that comes up at boot, and has routes of its own. */
static bool is_of_interest(const struct claims *claims, const struct ifcfg *file)
{
	const struct loader *loader = claims->loader;

	return file->device && !file->ignored && !file->master && !file->bridge &&
	       !file->real && !source_off_own(file, "ONBOOT") &&
	       load_only_file(loader, file->device) == file &&
	       !is_ordered(loader->model, file->device) &&
	       (claims->needs_networks || may_have_routes(claims, file));
}

/* Their own messages are reported when they are requested. */
static int add_others(struct claims *claims)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct loader *loader = claims->loader;
	struct diag *told = loader->diag;
	const bool met_errors = loader->met_errors;
	int r = 0;

	loader->diag = unheard;
	for (size_t i = 0; i < loader->dir.n && r == 0; i++) {
		const struct ifcfg *file = &loader->dir.files[i];
		struct iface *iface = NULL;

		if (!is_of_interest(claims, file))
			continue;
		r = load_file(loader, file, &iface);
		if (r == 0 && iface)
			claim_routes(claims, iface, false);
	}
	loader->diag = told;
	loader->met_errors = met_errors;
	return r;
}

/* ---- routers ---- */

/* The interface's own route that leads to the router; .n_routes for none. */
static size_t find_way(const struct iface *iface, const struct ip *router)
{
	size_t i = 0;

	for (; i < iface->n_routes; i++) {
		const struct route *route = &iface->routes[i].route;

		if (!ip_is_set(&route->gateway) && !route->n_hops &&
		    route->type == RTN_UNICAST &&
		    ip_same_network(&route->dst, router, route->dst_len))
			break;
	}
	return i;
}

/* The kernel needs the route to a router first, wherever it is in the files. */
static void put_ways_first(struct iface *iface)
{
	for (size_t i = 0; i < iface->n_routes; i++) {
		struct want_route *want = &iface->routes[i];
		size_t way = want->is_far ? find_way(iface, &want->route.gateway)
					  : iface->n_routes;

		if (way == iface->n_routes)
			continue;
		want->is_far = false;
		if (way > i)
			iface_move_route(iface, way, i);
	}
}

static bool any_far(const struct model *model)
{
	bool any = false;

	for (size_t i = 0; i < model->n_order; i++) {
		put_ways_first(model->order[i]);
		for (size_t k = 0; k < model->order[i]->n_routes; k++)
			any |= model->order[i]->routes[k].is_far;
	}
	return any;
}

/* The interface whose network contains the router; NULL for none. */
static const struct iface *find_router(const struct claims *claims,
				       const struct ip *router)
{
	for (size_t i = 0; i < claims->n; i++) {
		const struct claim *claim = &claims->list[i];

		if (!claim->want && ip_same_network(&claim->connected.dst, router,
						    claim->connected.dst_len))
			return claim->iface;
	}
	return NULL;
}

/*
 * If no device is given to ip(8), the kernel chooses the interface whose network contains
 * the router, so such lines worked in the file of any interface.
 */
static void judge_router(const struct claims *claims, struct iface *iface,
			 struct want_route *want)
{
	struct diag *diag = claims->loader->diag;
	const struct ip *router = &want->route.gateway;
	const struct iface *other = want->has_no_dev ? find_router(claims, router) : NULL;
	char text[IP_TEXT_MAX];

	want->is_far = false;
	diag_about(diag, iface->name);
	if (other) {
		want->route.dev = other->name;
		diag_warning(diag, want->pos,
			     "the router %s is in the network of %s, but this file is "
			     "for %s",
			     ip_format(router, text), other->name, iface->name);
		diag_hint(diag, "put the route into route-%s", other->name);
		return;
	}
	want->route.onlink = iface_is_alone(iface, router->family);
	/* If an address was refused, the router may be in its network. */
	if (want->route.onlink || iface_may_get_network(iface, router->family) ||
	    iface->lacks_addr)
		return;
	diag_warning(diag, want->pos, ROUTER_IS_FAR, ip_format(router, text),
		     iface->name);
	diag_hint(diag, ROUTER_IS_FAR_HINT);
}

static void judge_routers(const struct claims *claims)
{
	const struct model *model = claims->loader->model;

	for (size_t i = 0; i < model->n_order; i++)
		for (size_t k = 0; k < model->order[i]->n_routes; k++)
			if (model->order[i]->routes[k].is_far)
				judge_router(claims, model->order[i],
					     &model->order[i]->routes[k]);
}

/* ---- comparing ---- */

static int compare_numbers(const uint32_t *a, const uint32_t *b, size_t n)
{
	for (; n > 0; n--, a++, b++)
		if (*a != *b)
			return *a < *b ? -1 : 1;
	return 0;
}

static int compare_route_claims(const void *left, const void *right)
{
	const struct claim *x = left, *y = right;
	const struct route *a = route_of(x), *b = route_of(y);
	const uint32_t numbers[][6] = {
		{ a->family, a->table, a->metric, a->tos, a->dst_len, a->from_len },
		{ b->family, b->table, b->metric, b->tos, b->dst_len, b->from_len },
	};
	int r = compare_numbers(numbers[0], numbers[1], ARRAY_SIZE(numbers[0]));

	if (r == 0)
		r = memcmp(a->dst.bytes, b->dst.bytes, sizeof(a->dst.bytes));
	if (r == 0)
		r = memcmp(a->from.bytes, b->from.bytes, sizeof(a->from.bytes));
	return r ? r : (x->seq > y->seq) - (x->seq < y->seq);
}

/* ---- routes that replace a network ---- */

static bool has_network(const struct claim *group, size_t n, const struct iface *iface)
{
	for (size_t i = 0; i < n; i++)
		if (!group[i].want && group[i].iface == iface)
			return true;
	return false;
}

/* The interface whose network it would cut off; NULL for none. */
static const struct iface *cut_off_by(const struct claim *group, size_t n,
				      const struct claim *claim)
{
	for (size_t i = 0; i < n; i++)
		if (!group[i].want && group[i].iface != claim->iface)
			return has_network(group, n, claim->iface) ? NULL
								   : group[i].iface;
	return NULL;
}

static void judge_networks(const struct claims *claims, struct claim *group, size_t n)
{
	struct diag *diag = claims->loader->diag;
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < n; i++) {
		struct want_route *want = group[i].want;
		const struct iface *other =
			want && group[i].runs ? cut_off_by(group, n, &group[i]) : NULL;

		if (!other)
			continue;
		diag_about(diag, group[i].iface->name);
		diag_warning(diag, want->pos, "route ignored: %s is the network of %s",
			     ip_format_prefix(&want->route.dst, want->route.dst_len,
					      text),
			     other->name);
		diag_hint(diag, "remove the line: %s reaches the hosts there directly",
			  other->name);
		want->is_ignored = true;
	}
}

static void drop_ignored(struct iface *iface)
{
	for (size_t i = iface->n_routes; i-- > 0;)
		if (iface->routes[i].is_ignored)
			iface_drop_route(iface, i);
}

/* ---- several routes in one place ---- */

static bool is_route(const struct claim *claim)
{
	return claim->want && !claim->want->is_ignored;
}

/* The kernel can have both of them: they are the same. */
static bool is_same_claim(const struct claim *a, const struct claim *b)
{
	const char *x = a->want->route.dev, *y = b->want->route.dev;

	return route_equal(&a->want->route, &b->want->route) &&
	       (x && y ? strcmp(x, y) == 0 : x == y);
}

static void report_same_routes(const struct claims *claims, const struct claim *here,
			       const struct claim *there)
{
	struct diag *diag = claims->loader->diag;
	const struct route *route = &here->want->route;
	const bool is_default = !route->dst_len;
	char text[IP_TEXT_MAX];

	diag_about(diag, here->iface->name);
	diag_warning(diag, here->want->pos,
		     "%s also sets a route to %s (%s:%u): the one set last is in effect",
		     there->iface->name,
		     is_default ? "default"
				: ip_format_prefix(&route->dst, route->dst_len, text),
		     there->want->pos.file, there->want->pos.line);
	diag_hint(diag, "%s",
		  !is_default ? _("remove one of them, or give it another metric")
		  : route->family == AF_INET
			  ? _("give one of them a METRIC, set DEFROUTE=no for it, or set "
			      "GATEWAYDEV")
			  : _("give one of them an IPV6_ROUTE_METRIC, set "
			      "IPV6_DEFROUTE=no for it, or set IPV6_DEFAULTDEV"));
}

/*
 * The last one of those that are brought up now; among others, the first one is enough.
 */
static void judge_group(const struct claims *claims, struct claim *group, size_t n)
{
	const struct claim *winner = NULL, *other = NULL;

	for (size_t i = 0; i < n; i++) {
		if (is_route(&group[i]) && group[i].runs)
			winner = &group[i];
		else if (is_route(&group[i]) && !other)
			other = &group[i];
	}
	for (size_t i = 0; i < n && winner; i++)
		if (is_route(&group[i]) && group[i].runs &&
		    group[i].iface != winner->iface && !is_same_claim(&group[i], winner))
			report_same_routes(claims, &group[i], winner);
	if (winner && other && !is_same_claim(winner, other))
		report_same_routes(claims, winner, other);
}

static void judge_places(const struct claims *claims)
{
	for (size_t i = 0, n; i < claims->n; i += n) {
		struct claim *group = &claims->list[i];

		for (n = 1; i + n < claims->n &&
			    route_same_place(route_of(group), route_of(&group[n]));)
			n++;
		if (n < 2)
			continue;
		judge_networks(claims, group, n);
		judge_group(claims, group, n);
	}
}

int load_judge_routes(struct loader *loader)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct claims claims = { .loader = loader, .arena = arena };
	const struct model *model = loader->model;
	const char *about = diag_about(loader->diag, NULL);
	int r = 0;

	claims.needs_networks = any_far(model);
	for (size_t i = 0; i < model->n_order; i++)
		claim_routes(&claims, model->order[i], true);
	if (!loader->all && claims.n)
		r = add_others(&claims);
	if (r == 0)
		judge_routers(&claims);
	if (r == 0 && claims.n && loader->at_boot && !model->alias) {
		qsort(claims.list, claims.n, sizeof(*claims.list), compare_route_claims);
		judge_places(&claims);
	}
	for (size_t i = 0; i < model->n_order; i++)
		drop_ignored(model->order[i]);
	diag_about(loader->diag, about);
	return r;
}
