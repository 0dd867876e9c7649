/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which DHCP client is used for a link, and how it is stopped, also when the link goes
 * down.
 */
#include "lib/plan/dhcp.h"

#include <errno.h>
#include <string.h>

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
