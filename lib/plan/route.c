/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that brings the routes of an interface. */
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/hash-index.h"
#include "lib/plan/route-claims.h"
#include "lib/plan/up.h"
#include "lib/plan/zeroconf.h"

static struct route zeroconf_route(const struct iface *iface,
				   const struct snap_link *link)
{
	return (struct route){ .family = AF_INET,
			       .type = RTN_UNICAST,
			       .dst = ZEROCONF_NET,
			       .dst_len = ZEROCONF_LEN,
			       .metric = zeroconf_metric(link->ifindex),
			       .table = iface->table,
			       .scope = RT_SCOPE_LINK,
			       .protocol = RTPROT_BOOT,
			       .dev = link->name };
}

/* ---- wanted routes ---- */

/*
 * Whether it would replace a network that the host is in, for example by an address of a
 * lease, which is not in the files. Old kernels mark advertised default routes as their
 * own.
 */
static bool cuts_off_holder(const struct route *route, const struct route *held,
			    const struct snap_link *bearer,
			    const struct snap_link *holder)
{
	const bool is_direct = route->type == RTN_UNICAST && !route->n_hops &&
			       !ip_is_set(&route->gateway) && bearer == holder;

	return planner_route_is_kernels(held) && held->dst_len && !is_direct;
}

static bool would_cut_off(const struct planner *p, struct pos pos,
			  const struct route *route, const struct snap_link *bearer)
{
	struct snap_link *holder = NULL;
	const struct route *held = places_find(&p->places, p->sim, route, &holder);
	char text[IP_TEXT_MAX];

	if (!held || !cuts_off_holder(route, held, bearer, holder))
		return false;
	diag_warning(p->diag, pos, "route ignored: %s is the network of %s",
		     ip_format_prefix(&route->dst, route->dst_len, text), holder->name);
	diag_hint(p->diag, "remove the line: %s reaches the hosts there directly",
		  holder->name);
	return true;
}

static bool gateway_is_near(const struct snap_link *link, const struct route *route)
{
	if (!ip_is_set(&route->gateway) || route->onlink)
		return true;
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (ip_same_network(snap_addr_network(addr), &route->gateway,
				    addr->prefix_len))
			return true;
	return false;
}

static bool leads_to(const struct route *list, const struct ip *router)
{
	for (; list; list = list->next)
		if (!ip_is_set(&list->gateway) && list->type == RTN_UNICAST &&
		    ip_same_network(&list->dst, router, list->dst_len))
			return true;
	return false;
}

static bool is_leased(const struct iface *iface, const struct route *route)
{
	return iface && iface_dhcp(iface, route->family == AF_INET ? DHCP_IP4 : DHCP_IP6);
}

/* Whether the kernel would refuse it because nothing on the link leads to its router. */
static bool is_router_far(const struct iface *iface, const struct route *route,
			  const struct snap_link *bearer)
{
	const bool may_come_near = iface && iface_may_get_network(iface, route->family);

	return *bearer->name && !may_come_near && !ip_is_link_local(&route->gateway) &&
	       route->gateway.family == route->family &&
	       !gateway_is_near(bearer, route) &&
	       !leads_to(bearer->routes, &route->gateway);
}

/* The kernel accepts only one of its own addresses as a source; a lease may bring it. */
static bool is_source_missing(const struct planner *p, const struct iface *iface,
			      const struct route *route, const struct snap_link *bearer)
{
	if (!ip_is_set(&route->source) || is_leased(iface, route) ||
	    snap_link_has_addr(bearer, &route->source))
		return false;
	for (size_t i = 0; i < p->sim->n_links; i++)
		if (snap_link_has_addr(p->sim->links[i], &route->source))
			return false;
	return true;
}

/* Reports why the route cannot be set. Return: whether it can. */
static bool judge_route(struct planner *p, struct pos pos, const struct route *route,
			const struct snap_link *bearer)
{
	char text[IP_TEXT_MAX];

	if (!bearer)
		diag_warning(p->diag, pos,
			     "the route is skipped: there is no interface %s",
			     route->dev);
	else if (*bearer->name && !(bearer->flags & IFF_UP))
		diag_warning(p->diag, pos, "the route is skipped: %s is down",
			     bearer->name);
	else if (is_router_far(p->iface, route, bearer)) {
		diag_warning(p->diag, pos, ROUTER_IS_FAR,
			     ip_format(&route->gateway, text), bearer->name);
		diag_hint(p->diag, ROUTER_IS_FAR_HINT);
		return false;
	} else if (is_source_missing(p, p->iface, route, bearer))
		diag_warning(p->diag, pos,
			     "the route is skipped: no interface has the address %s",
			     ip_format(&route->source, text));
	else
		return true;
	diag_hint(p->diag, "it is tried again by the next ifup");
	return false;
}

/* Whether the kernel will have it: it exists, or is certain to be set. */
static bool will_be_set(const struct planner *p, const struct iface *iface,
			const struct route *route, const struct snap_link *bearer)
{
	const struct route *now = snap_link_route(bearer, route);

	return (now && route_equal(now, route)) ||
	       ((!*bearer->name || bearer->flags & IFF_UP) && !is_leased(iface, route) &&
		!is_router_far(iface, route, bearer) &&
		!is_source_missing(p, iface, route, bearer));
}

/*
 * If several interfaces have a route in one place, the last one gets it. Each waits for
 * its own link, so the order of their steps cannot decide it.
 */
static bool yields(const struct planner *p, const struct route *route,
		   const struct snap_link *bearer)
{
	const struct route_claim *claim = NULL;

	while ((claim = route_claims_next(p, route, claim))) {
		const struct snap_link *other = planner_bearer(p, claim->route);

		if (other && !(other == bearer && route_equal(claim->route, route)) &&
		    will_be_set(p, p->works[claim->work].iface, claim->route, other))
			return true;
	}
	return false;
}

static void add_route_step(struct planner *p, struct pos pos, const struct route *route,
			   size_t needs)
{
	const struct snap_link *bearer = planner_bearer(p, route);
	const struct route *now = bearer ? snap_link_route(bearer, route) : NULL;

	if ((now && route_equal(now, route)) || !judge_route(p, pos, route, bearer) ||
	    yields(p, route, bearer) || would_cut_off(p, pos, route, bearer))
		return;
	PLANNER_ADD(p, OP_ROUTE_ADD, pos, bearer, needs, .route = route);
}

void up_want_route(struct planner *p, const struct want_route *want, size_t needs)
{
	const struct snap_link *bearer = planner_bearer(p, &want->route);
	const bool can_be_set = bearer && (!*bearer->name || bearer->flags & IFF_UP);

	if (!want->is_asleep && (can_be_set || !want->is_elsewhere))
		add_route_step(p, want->pos, &want->route, needs);
}

void up_want_zeroconf(struct planner *p, const struct iface *iface, size_t needs)
{
	const struct snap_link *link = planner_link(p, iface->name);
	struct route route;

	if (!iface->zeroconf || !link || !(link->flags & IFF_UP))
		return;
	route = zeroconf_route(iface, link);
	add_route_step(p, iface->pos, &route, needs);
}

/* ---- routes that are no longer wanted ---- */

/* struct files - the routes that the files ask for, by their place; @families to look at */
struct files {
	const struct planner *p;
	const struct iface *iface;
	struct hash_index index;
	unsigned int families;
};

static bool is_route_wanted(const struct files *files, const struct route *route)
{
	const struct planner *p = files->p;
	const struct iface *iface = files->iface;
	const struct snap_link *link = planner_link(p, iface->name);
	const uint32_t hash = route_place_hash(route);
	size_t at = 0, number;
	struct route zeroconf;

	while (hash_index_next(&files->index, hash, &at, &number))
		if (route_equal(&iface->routes[number].route, route))
			return true;
	if (!iface->zeroconf || !link)
		return false;
	zeroconf = zeroconf_route(iface, link);
	return route_equal(&zeroconf, route);
}

static bool is_stale(const struct route *route, const void *arg)
{
	const struct files *files = arg;

	return up_is_about(files->families, route->family) &&
	       !is_route_wanted(files, route);
}

void up_remove_stale_routes(struct planner *p, const struct iface *iface,
			    unsigned int families)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	struct files files = { .p = p, .iface = iface, .families = families };

	if (!made || !made->routes)
		return;
	for (size_t i = 0; i < iface->n_routes; i++)
		hash_index_add(&files.index, p->plan->arena,
			       route_place_hash(&iface->routes[i].route), i);
	planner_remove_routes(p, iface->pos, made->routes, is_stale, &files);
}

/* ---- routes of others that a change of ours removed ---- */

static bool is_route_ours(const struct snap_link *made, const struct route *route)
{
	const struct route *ours = made ? snap_link_route(made, route) : NULL;

	return ours && route_equal(ours, route);
}

static bool contains(const struct snap_addr *addr, const struct ip *ip)
{
	return ip_same_network(snap_addr_network(addr), ip, addr->prefix_len);
}

/*
 * Routes that a lease brought look like those of others. If the lease has ended, its default
 * route is not to stay, nor anything that was reached through its network only.
 */
static bool is_of_former_lease(const struct snap_link *link, const struct snap_link *was,
			       const struct route *route)
{
	bool was_leased = false, was_fixed = false;

	for (const struct snap_addr *at = was->addrs; at; at = at->next) {
		const struct snap_addr *now =
			snap_link_addr(link, &at->addr, at->prefix_len);

		if (at->addr.family != AF_INET || !contains(at, &route->gateway))
			continue;
		if (!snap_addr_is_leased(at, DHCP_IP4))
			was_fixed = true;
		else if (!now || now->flags & IFA_F_PERMANENT)
			was_leased = true;
	}
	return was_leased && (!was_fixed || !route->dst_len);
}

/* Whether the kernel would still accept the route. */
static bool is_possible(const struct snap_link *link, const struct snap_link *was,
			const struct route *route)
{
	bool source_is_gone = snap_link_has_addr(was, &route->source) &&
			      !snap_link_has_addr(link, &route->source);

	return (route->gateway.family == AF_INET6 || gateway_is_near(link, route)) &&
	       !source_is_gone && !is_of_former_lease(link, was, route);
}

void up_restore_routes(struct planner *p, struct pos pos, const struct snap_link *link,
		       const struct snap_link *was, const struct snap_link *made,
		       unsigned int families)
{
	const struct snap_link *nowhere = p->sim->nowhere;

	families &= up_possible(link);
	for (const struct route *at = was->routes; at; at = at->next) {
		const struct route route = planner_moved_route(p, link, was, at);

		if (up_is_about(families, at->family) && !planner_route_is_kernels(at) &&
		    !snap_link_route(link, &route) && !is_route_ours(made, at) &&
		    is_possible(link, was, &route))
			PLANNER_ADD(p, OP_ROUTE_ADD, pos, link, PLAN_NO_OP,
				    .route = &route);
	}
	for (const struct route *route = p->have->nowhere->routes; route;
	     route = route->next)
		if (up_is_about(families, route->family) &&
		    route_goes_through(route, link->name) &&
		    !snap_link_route(nowhere, route) && !is_route_ours(made, route))
			PLANNER_ADD(p, OP_ROUTE_ADD, pos, nowhere, PLAN_NO_OP,
				    .route = route);
}

/* ---- what is ours ---- */

static bool is_route_among(const struct route *list, const struct route *route)
{
	while (list && !route_equal(list, route))
		list = list->next;
	return list;
}

void up_remember_routes(struct planner *p, const struct iface *iface,
			struct snap_link *made)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const struct route *was = made->routes;
	struct route zeroconf;

	snap_link_drop_routes(made);
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct want_route *want = &iface->routes[i];

		/* Routes of an alias that was brought up by itself stay ours. */
		if (!want->is_asleep || is_route_among(was, &want->route))
			snapshot_add_route(p->plan->made, made, &want->route);
	}
	if (!iface->zeroconf || !link)
		return;
	zeroconf = zeroconf_route(iface, link);
	snapshot_add_route(p->plan->made, made, &zeroconf);
}

void up_remember_alias_routes(struct planner *p, const struct iface *iface,
			      struct snap_link *made)
{
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct want_route *want = &iface->routes[i];

		if (!want->is_asleep && !is_route_among(made->routes, &want->route))
			snapshot_add_route(p->plan->made, made, &want->route);
	}
	for (size_t i = 0; i < iface->n_rules; i++) {
		const struct want_rule *want = &iface->rules[i];

		if (!want->is_asleep && !snap_link_rule(made, &want->rule))
			snapshot_add_rule(p->plan->made, made, &want->rule);
	}
}
