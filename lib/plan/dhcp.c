/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which DHCP client a link has, how it is started, and stopped, also when the link goes down. */
#include "lib/plan/dhcp.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/plan/up.h"

const struct snap_client *dhcp_started(const struct planner *p, const char *dev,
				       enum dhcp_family family)
{
	const struct snap_link *made = snapshot_link(p->plan->made, dev);

	return made ? snap_link_client(made, family) : NULL;
}

/* Whether it is the one that an earlier run started, as far as can be seen. */
static bool is_client_ours(const struct snap_client *running,
			   const struct snap_client *started)
{
	return running->id == started->id &&
	       (!running->argv || snap_same_words(running->argv, started->argv));
}

bool dhcp_running(const struct planner *p, const char *dev, enum dhcp_family family,
		  struct snap_client *ret)
{
	const struct snap_client *started = dhcp_started(p, dev, family);
	const struct snap_link *was = snapshot_link(p->have, dev);
	const struct snap_client *client = was ? snap_link_client(was, family) : NULL;

	if (!client)
		return false;
	*ret = started && is_client_ours(client, started) ? *started : *client;
	ret->pid = client->pid;
	return true;
}

static void list_leased(struct planner *p, const struct snap_link *link,
			struct dhcp_stop *stop)
{
	const struct snap_addr **list = NULL;
	size_t cap = 0;

	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next) {
		struct snap_addr *copy;

		if (!snap_addr_is_leased(addr, stop->family))
			continue;
		copy = arena_memdup(p->plan->arena, addr, sizeof(*addr));
		ARENA_PUSH(p->plan->arena, list, stop->n_leased, cap, copy);
		copy->label = ""; /* the label in the simulation is freed with it */
	}
	stop->leased = list;
}

void dhcp_stop(struct planner *p, struct pos pos, const struct snap_link *link,
	       enum dhcp_family family, bool release)
{
	struct snap_client client;
	struct dhcp_stop *stop;
	struct dhcp_start *undo;
	const char *dev;

	if (!snap_link_client(link, family) ||
	    !dhcp_running(p, link->name, family, &client))
		return;
	dev = arena_strdup(p->plan->arena, link->name); /* it outlives the simulation */
	stop = dhcp_stop_for(p, dev, &client, release);
	undo = dhcp_start_as_before(p, dev, &client);
	list_leased(p, link, stop);
	stop->undo = undo;
	PLANNER_ADD(p, OP_DHCP_STOP, pos, link, PLAN_NO_OP, .dhcp_stop = stop);
}

static bool is_behind_leased(const struct snap_link *link, const struct snap_addr *addr)
{
	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (snap_addr_is_leased(at, DHCP_IP4) &&
		    planner_is_secondary_of(addr, at))
			return !snap_addr_is_leased(addr, DHCP_IP4);
	return false;
}

void dhcp_remove_secondaries(struct planner *p, struct pos pos, struct snap_link *link)
{
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (is_behind_leased(link, addr))
			PLANNER_ADD(p, OP_ADDR_DEL, pos, link, PLAN_NO_OP, .addr = addr);
	}
}

void dhcp_remove_leased(struct planner *p, struct pos pos, struct snap_link *link,
			enum dhcp_family family)
{
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (!snap_addr_is_leased(addr, family))
			continue;
		PLANNER_ADD(p, OP_ADDR_DEL, pos, link, PLAN_NO_OP, .addr = addr);
		next = link->addrs; /* others may have gone with it */
	}
}

/* A client is ended if it is ours or that of the files; any other one is left alone. */
static bool is_to_end(const struct planner *p, const struct iface *iface,
		      enum dhcp_family family)
{
	return iface_dhcp(iface, family) || dhcp_started(p, iface->name, family);
}

void dhcp_down(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);

	for (unsigned int family = 0; link && family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(iface, family);
		struct pos pos = wish ? wish->pos : iface->pos;

		if (!is_to_end(p, iface, family))
			continue;
		dhcp_stop(p, pos, link, family, wish && iface->dhcp->releases);
		dhcp_remove_leased(p, pos, link, family);
	}
}

/* ---- up ---- */

int up_judge_dhcp(struct planner *p, const struct iface *iface)
{
	enum dhcp_client_id id;
	int r = 0;

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(iface, family);

		if (!wish || dhcp_choose(p->have, NULL, family, &id))
			continue;
		diag_error(p->diag, wish->pos, "%s, but no DHCP client is installed",
			   wish->value);
		diag_hint(p->diag, "install one of dhclient, dhcpcd and %s",
			  dhcp_clients[DHCP_UDHCPC].programs[family]);
		r = -ENOENT;
	}
	return r;
}

/* Like network-scripts: the short name, unless it is only a placeholder. */
static const char *short_name(struct planner *p)
{
	const char *name = p->have->host_name;

	if (!name || !*name || text_lists("localhost localhost.localdomain (none)", name))
		return NULL;
	return arena_strndup(p->plan->arena, name, strcspn(name, "."));
}

/*
 * A lease may change the host's name: that alone is not a reason to restart the client.
 */
static const char *default_name(struct planner *p, const char *dev,
				const struct snap_client *running)
{
	const struct snap_client *started = dhcp_started(p, dev, running->family);

	return running->pid && started ? started->host_name : short_name(p);
}

static bool is_same_client(const struct snap_client *running,
			   const struct snap_client *wanted)
{
	return running->id == wanted->id &&
	       snap_same_words(running->argv, wanted->argv) &&
	       snap_same_words(running->env, wanted->env) &&
	       (running->conf ? wanted->conf && strcmp(running->conf, wanted->conf) == 0
			      : !wanted->conf);
}

/* Its address was lost with the link, and the client would not notice. */
static bool has_lost_address(const struct planner *p, const struct iface *iface,
			     enum dhcp_family family)
{
	const struct snap_link *link = planner_link(p, iface->name);

	return family == DHCP_IP6 && link->was_reset;
}

/*
 * Whether the failure of a client to get a lease does not matter, whatever the other
 * does.
 */
static bool is_wish(const struct planner *p, const struct iface *iface,
		    enum dhcp_family family)
{
	const enum dhcp_family other = family == DHCP_IP4 ? DHCP_IP6 : DHCP_IP4;
	const struct snap_link *was = snapshot_link(p->have, iface->name);

	if (iface_dhcp(iface, family)->is_fatal)
		return false;
	return !iface_dhcp(iface, other) || (was && snap_link_client(was, other));
}

static const struct dhcp_stop *undo_of_start(struct planner *p, const struct iface *iface,
					     const struct dhcp_start *start)
{
	struct dhcp_stop *stop = dhcp_stop_for(p, iface->name, &start->client, false);

	if (start->client.family == DHCP_IP4)
		stop->before = snapshot_link(p->have, iface->name);
	return stop;
}

static void judge_wish(struct planner *p, const struct iface *iface,
		       enum dhcp_family family, struct up_dhcp *ret)
{
	struct snap_client running = { .family = family };
	/* Not if its link was removed, and it with that. */
	bool runs = snap_link_client(planner_link(p, iface->name), family) &&
		    dhcp_running(p, iface->name, family, &running);
	struct dhcp_start *start;
	enum dhcp_client_id id;

	if (!dhcp_choose(p->have, runs ? &running : NULL, family, &id))
		return;
	start = dhcp_start_as_wanted(p, iface, family, id,
				     default_name(p, iface->name, &running));
	if (runs && is_same_client(&running, &start->client) &&
	    !has_lost_address(p, iface, family)) {
		ret->keeps[family] = &start->client;
		return;
	}
	start->is_either =
		!iface_dhcp(iface, family)->is_fatal && !is_wish(p, iface, family);
	start->undo = undo_of_start(p, iface, start);
	ret->stops[family] = runs;
	ret->starts[family] = start;
}

struct up_dhcp up_judge_clients(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);
	struct up_dhcp dhcp = { 0 };

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(iface, family);

		if (!wish) {
			dhcp.stops[family] = dhcp_started(p, iface->name, family);
			continue;
		}
		if (!(link->flags & IFF_UP)) {
			diag_warning(p->diag, wish->pos, "%s ignored: %s stays down",
				     wish->value, iface->name);
			diag_hint(p->diag, "remove LINKSTATUS=down");
			continue;
		}
		judge_wish(p, iface, family, &dhcp);
		if (dhcp.starts[family] && dhcp.starts[family]->needs_link)
			dhcp.waits = true;
	}
	return dhcp;
}

/* The kernel keeps it as long as the link has any address. */
static bool is_route_in_vain(const struct snap_link *link, const struct route *route)
{
	bool has_other = false;

	if (route->family != AF_INET || !ip_is_set(&route->gateway) || route->onlink)
		return false;
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next) {
		if (addr->addr.family != AF_INET || snap_addr_is_leased(addr, DHCP_IP4))
			continue;
		has_other = true;
		if (ip_same_network(snap_addr_network(addr), &route->gateway,
				    addr->prefix_len))
			return false;
	}
	return has_other;
}

/* Routes that are useless without the address of the lease. */
static void remove_useless_routes(struct planner *p, struct pos pos,
				  const struct snap_link *link)
{
	for (const struct route *route = link->routes, *next; route; route = next) {
		next = route->next;
		if (is_route_in_vain(link, route))
			PLANNER_ADD(p, OP_ROUTE_DEL, pos, link, PLAN_NO_OP,
				    .route = route);
	}
}

void up_stop_clients(struct planner *p, const struct iface *iface,
		     const struct up_dhcp *dhcp)
{
	struct snap_link *link = planner_link(p, iface->name);

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(iface, family);
		struct pos pos = wish ? wish->pos : iface->pos;

		if (!dhcp->stops[family])
			continue;
		if (family == DHCP_IP4) {
			remove_useless_routes(p, pos, link);
			dhcp_remove_secondaries(p, pos, link);
		}
		dhcp_stop(p, pos, link, family, false);
		dhcp_remove_leased(p, pos, link, family);
	}
}

size_t up_start_clients(struct planner *p, const struct iface *iface, size_t needs,
			const struct up_dhcp *dhcp)
{
	const struct snap_link *link = planner_link(p, iface->name);
	size_t step = needs;

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		size_t start;

		if (!dhcp->starts[family])
			continue;
		start = PLANNER_ADD(p, OP_DHCP_START, iface_dhcp(iface, family)->pos,
				    link, needs, .is_wish = is_wish(p, iface, family),
				    .dhcp_start = dhcp->starts[family]);
		if (family == DHCP_IP4)
			step = start;
	}
	return step;
}

void up_remember_clients(struct planner *p, const struct iface *iface,
			 const struct up_dhcp *dhcp)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	struct snap_client now[DHCP_FAMILIES];
	size_t n = 0;

	if (!made)
		return;
	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		if (dhcp->starts[family])
			now[n++] = dhcp->starts[family]->client;
		else if (dhcp->keeps[family])
			now[n++] = *dhcp->keeps[family];
		else if (iface_dhcp(iface, family))
			n += dhcp_running(p, iface->name, family, &now[n]);
	}
	made->clients = NULL;
	for (size_t i = 0; i < n; i++) {
		now[i].pid = 0;
		snapshot_add_client(p->plan->made, made, &now[i]);
	}
}
