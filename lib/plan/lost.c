/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses and routes that others have set, and that a plan takes along.
 *
 * What is lost shows at the end, where the simulated kernel no longer has it: whether a card
 * became a port, or a link is created again, makes no difference.
 */
#include "lib/plan/lost.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "lib/base/language.h"
#include "lib/plan/zeroconf.h"

/**
 * struct loss - what is lost of one link
 * @was: the link as it is; @made: what earlier runs made of it, or NULL; @now: what becomes of
 *       it, or NULL
 * @what: in words
 */
struct loss {
	const struct planner *p;
	const struct model *want;
	const struct snap_link *was, *made, *now;
	struct strbuf what;
};

static bool has_client(const struct loss *loss)
{
	return loss->made && loss->made->clients;
}

/* What a lease brought is as good from another one. */
static bool gets_lease(const struct loss *loss, uint8_t family)
{
	for (size_t i = 0; i < loss->want->n_order; i++)
		if (iface_dhcp(loss->want->order[i],
			       family == AF_INET ? DHCP_IP4 : DHCP_IP6))
			return true;
	return false;
}

/* An address may have moved, from a card to its bond for one. */
static bool is_somewhere(const struct snapshot *sim, const struct ip *ip)
{
	for (size_t i = 0; i < sim->n_links; i++)
		for (const struct snap_addr *addr = sim->links[i]->addrs; addr;
		     addr = addr->next)
			if (ip_equal(&addr->addr, ip))
				return true;
	return false;
}

/* What the kernel gives a link by itself, or a client of ours has brought, is no loss. */
static bool is_lost_addr(const struct loss *loss, const struct snap_addr *addr)
{
	if (loss->now && snap_link_addr(loss->now, &addr->addr, addr->prefix_len))
		return false;
	if (addr->scope == RT_SCOPE_LINK || addr->scope == RT_SCOPE_HOST)
		return false;
	if (!(addr->flags & IFA_F_PERMANENT) &&
	    (addr->addr.family == AF_INET6 || has_client(loss) ||
	     gets_lease(loss, AF_INET)))
		return false;
	if (loss->made && snap_link_addr(loss->made, &addr->addr, addr->prefix_len))
		return false;
	return !is_somewhere(loss->p->sim, &addr->addr);
}

static bool has_way(const struct snap_link *link, const struct route *route)
{
	for (const struct route *at = link->routes; at; at = at->next)
		if (at->family == route->family && at->table == route->table &&
		    at->dst_len == route->dst_len && ip_equal(&at->dst, &route->dst))
			return true;
	return false;
}

/* Through another link, or another router, it is the same way. */
static bool is_reached(const struct snapshot *sim, const struct route *route)
{
	for (size_t i = 0; i < sim->n_links; i++)
		if (has_way(sim->links[i], route))
			return true;
	return has_way(sim->nowhere, route);
}

static bool is_lost_route(const struct loss *loss, const struct route *route)
{
	const struct route moved =
		loss->now ? planner_moved_route(loss->p, loss->now, loss->was, route)
			  : *route;

	if (loss->now && snap_link_route(loss->now, &moved))
		return false;
	if (planner_route_is_kernels(route) || route->protocol == RTPROT_RA ||
	    has_client(loss) || ip_is_link_local(&route->dst) ||
	    zeroconf_is_of(route, loss->was->ifindex))
		return false;
	if (!route->dst_len && gets_lease(loss, route->family))
		return false;
	if (loss->made && snap_link_route(loss->made, route))
		return false;
	return !is_reached(loss->p->sim, &moved);
}

static void add_what(struct loss *loss)
{
	char text[SNAP_ADDR_TEXT_MAX];

	for (const struct snap_addr *addr = loss->was->addrs; addr; addr = addr->next)
		if (is_lost_addr(loss, addr))
			strbuf_addf(&loss->what, "%s%s", loss->what.len ? ", " : "",
				    snap_addr_format(addr, text));
	for (const struct route *at = loss->was->routes; at; at = at->next) {
		struct route route = *at;

		if (!is_lost_route(loss, at))
			continue;
		route.dev = NULL;
		strbuf_addf(&loss->what, "%s%s ", loss->what.len ? ", " : "",
			    _("the route"));
		route_format(&route, &loss->what);
	}
}

/* The line that makes it a port, or else its file; none of a link that has no file. */
static struct pos find_pos(const struct model *want, const char *name)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];
		const struct iface *port = iface_port(iface, name);

		if (port)
			return port->master_pos;
		if (strcmp(iface->name, name) == 0)
			return iface_is_port(iface) ? iface->master_pos : iface->pos;
	}
	return (struct pos){ 0 };
}

static void note_loss(struct planner *p, const struct loss *loss)
{
	struct arena *arena = p->plan->owner_arena;
	const struct snap_link *master =
		loss->now && loss->now->master
			? snapshot_link_by_index(p->sim, loss->now->master)
			: NULL;
	const bool is_port = master && !snap_link_has_hosts(master);
	const struct plan_lost lost = {
		.pos = find_pos(loss->want, loss->was->name),
		.dev = arena_strdup(arena, loss->was->name),
		.master = is_port ? arena_strdup(arena, master->name) : NULL,
		.what = arena_strdup(arena, strbuf_text(&loss->what)),
	};

	ARENA_PUSH(arena, p->plan->lost, p->plan->n_lost, p->plan->lost_cap, lost);
}

static void note_losses(struct planner *p, const struct model *want,
			const struct snap_link *was)
{
	struct loss loss = { .p = p,
			     .want = want,
			     .was = was,
			     .made = snapshot_link(p->was_made, was->name),
			     .now = planner_link(p, was->name),
			     .what = STRBUF_EMPTY };

	add_what(&loss);
	if (loss.what.len)
		note_loss(p, &loss);
	strbuf_release(&loss.what);
}

void lost_note(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < p->have->n_links && p->plan->n; i++)
		if (p->have->links[i]->addrs || p->have->links[i]->routes)
			note_losses(p, want, p->have->links[i]);
}

static void tell_loss(const struct plan_lost *lost, struct diag *diag)
{
	if (!lost->master) {
		diag_warning(diag, lost->pos, "%s loses %s, which no ifcfg file names",
			     lost->dev, lost->what);
		diag_hint(diag, "if it is needed, add it to an ifcfg file");
		return;
	}
	diag_warning(diag, lost->pos,
		     "%s loses %s, which no ifcfg file names, when it becomes a port of "
		     "%s",
		     lost->dev, lost->what, lost->master);
	diag_hint(diag,
		  "if it is needed, add it to the files of %s; a program that sets it, "
		  "such "
		  "as keepalived, has to use %s instead of %s",
		  lost->master, lost->master, lost->dev);
}

void plan_tell_lost(const struct plan *plan, struct diag *diag)
{
	for (size_t i = 0; i < plan->n_lost; i++) {
		diag_about(diag, plan->lost[i].dev);
		tell_loss(&plan->lost[i], diag);
	}
	diag_about(diag, NULL);
}
