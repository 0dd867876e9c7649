/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan in which ports join their bridge, each with its own options. */
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/plan/hwaddr.h"
#include "lib/plan/options.h"
#include "lib/plan/up.h"

/* The bridge of a port, if it exists by now. */
static const struct snap_link *bridge_of(const struct planner *p,
					 const struct iface *port)
{
	const struct snap_link *link = planner_link(p, port->master_name);

	return link && snap_bridge(link) ? link : NULL;
}

/* ---- joining ---- */

static bool nic_has_addrs(const struct snap_link *nic)
{
	for (const struct snap_addr *addr = nic->addrs; addr; addr = addr->next)
		if (!ip_is_link_local(&addr->addr))
			return nic->flags & IFF_UP;
	return false;
}

static size_t bridge_port_join(struct planner *p, struct pos pos, struct snap_link *nic,
			       const struct snap_link *bridge, size_t needs)
{
	/* If that fails, its index must not be used. */
	size_t own = planner_creation(p, nic->name);

	if (own != PLAN_NO_OP)
		needs = own;
	/* An address that moves to the bridge must not be lost on the way. */
	p->plan->owners[p->owner].was_up |= nic_has_addrs(nic);
	if (nic->master)
		planner_release(p, pos, nic, needs);
	up_strip(p, pos, nic, AF_INET, needs);
	up_strip(p, pos, nic, AF_INET6, needs);
	return up_enslave(p, pos, nic, bridge, needs);
}

/* ---- options ---- */

static struct option_subject bridge_port_subject(const struct iface *port,
						 const struct option_values *before)
{
	return (struct option_subject){ .iface = port,
					.want = port->port_options,
					.before = before,
					.pos = port->master_pos };
}

/*
 * Once a cost has been set, it no longer follows the link's speed until the port joins
 * again.
 */
static bool needs_rejoining(const struct planner *p, const struct iface *port)
{
	const size_t id = BRIDGE_PORT_OPT_PATH_COST;

	return options_made(p, port->name, &bridge_port_table, id) &&
	       !port->port_options->of[id].is_set;
}

/* Return: the step by which it is a port again. */
static size_t bridge_port_rejoin(struct planner *p, const struct iface *port,
				 struct snap_link *nic, const struct snap_link *bridge,
				 const struct option_values **ret_before)
{
	const struct pos pos = port->master_pos;

	*ret_before = snap_bridge_port(nic)
			      ? option_values_copy(snap_bridge_port(nic), p->plan->arena)
			      : NULL;
	diag_notice(p->diag, pos,
		    "%s leaves %s for a moment, because only so its path_cost follows "
		    "the link's speed again",
		    nic->name, bridge->name);
	planner_release(p, pos, nic, PLAN_NO_OP);
	return up_enslave(p, pos, nic, bridge, PLAN_NO_OP);
}

static void bridge_port_remember(struct planner *p, const struct iface *port)
{
	struct snap_link *link = planner_note_made(p, port->name);
	const struct option_subject subject = bridge_port_subject(port, NULL);

	options_remember(p, &subject, link);
	link->dns = NULL; /* from the time before it was a port */
}

static void finish_port(struct planner *p, const struct iface *port,
			struct snap_link *nic, const struct snap_link *bridge,
			size_t joined)
{
	const struct option_values *before = NULL, *change;
	struct option_subject subject;

	if (joined == PLAN_NO_OP && needs_rejoining(p, port))
		joined = bridge_port_rejoin(p, port, nic, bridge, &before);
	subject = bridge_port_subject(port, before);
	change = options_change(p, &subject);
	if (change)
		options_set(p, subject.pos, nic, change, joined);
	bridge_port_remember(p, port);
}

/* ---- one port, all ports ---- */

void up_join_bridge(struct planner *p, const struct iface *port, size_t created)
{
	const struct snap_link *bridge = bridge_of(p, port);
	struct snap_link *nic = planner_link(p, port->name);
	size_t joined = PLAN_NO_OP;

	if (!bridge || !nic)
		return;
	if (nic->master != bridge->ifindex)
		joined = bridge_port_join(p, port->master_pos, nic, bridge, created);
	finish_port(p, port, nic, bridge, joined);
}

/* A port that was requested by name is an error: see up_missing(). */
static void bridge_port_tell_missing(struct planner *p, const struct iface *port)
{
	if (port->is_target)
		return;
	diag_warning(p->diag, port->pos,
		     "there is no interface %s: %s comes up without it", port->name,
		     port->master_name);
	hwaddr_hint_missing(p, port,
			    _("`ip link` lists the interfaces; correct DEVICE, or remove "
			      "the file"));
}

/*
 * ONBOOT=no keeps a port out, unless it is a port already. Return: whether it is one
 * afterwards.
 */
static bool want_member(struct planner *p, const struct iface *port,
			const struct snap_link *bridge, size_t created,
			size_t *ret_joined)
{
	struct snap_link *nic = planner_link(p, port->name);
	bool is_in = nic && nic->master == bridge->ifindex;

	*ret_joined = PLAN_NO_OP;
	if (port->is_lost) {
		if (nic && !is_in && up_was_port(p, port->name, port->master_name))
			bridge_port_join(p, port->master_pos, nic, bridge, created);
		return false;
	}
	if (!port->onboot && !is_in)
		return false;
	if (!nic) {
		bridge_port_tell_missing(p, port);
		return false;
	}
	if (!hwaddr_fits_port(p, DIAG_WARNING, port, nic))
		return false;
	if (port->kind == IFACE_ETHERNET && port->order != IFACE_IN_ORDER) {
		up_set_mac(p, port, nic, PLAN_NO_OP);
		up_set_mtu(p, port, nic, PLAN_NO_OP);
		up_want_ip(p, port, PLAN_NO_OP);
	}
	if (!is_in)
		*ret_joined = bridge_port_join(p, port->master_pos, nic, bridge, created);
	return true;
}

static void bridge_port_leave(struct planner *p, struct pos pos, struct snap_link *nic)
{
	planner_release(p, pos, nic, PLAN_NO_OP);
	planner_made(p, nic->name)->port_options = NULL;
}

/* Ports from an earlier run that no file names any more. */
static void release_stale(struct planner *p, const struct iface *bridge,
			  const struct snap_link *link)
{
	for (size_t i = 0; i < p->sim->n_links; i++) {
		struct snap_link *nic = p->sim->links[i];
		const struct snap_link *made = planner_made(p, nic->name);

		if (nic->master == link->ifindex && made && snap_bridge_port(made) &&
		    !iface_port(bridge, nic->name))
			bridge_port_leave(p, bridge->pos, nic);
	}
}

/* Options are set when all have joined: one may refer to another. */
void up_want_bridge_ports(struct planner *p, const struct iface *bridge, size_t created)
{
	const struct snap_link *link = planner_link(p, bridge->name);
	size_t *joined =
		arena_alloc(p->plan->arena, (bridge->n_ports + 1) * sizeof(*joined));
	bool *is_in = arena_alloc(p->plan->arena, bridge->n_ports + 1);

	if (!link)
		return;
	release_stale(p, bridge, link);
	for (size_t i = 0; i < bridge->n_ports; i++)
		is_in[i] = want_member(p, bridge->ports[i], link, created, &joined[i]);
	for (size_t i = 0; i < bridge->n_ports; i++)
		if (is_in[i])
			finish_port(p, bridge->ports[i],
				    planner_link(p, bridge->ports[i]->name), link,
				    joined[i]);
}

void up_leave_bridge(struct planner *p, const struct iface *iface)
{
	struct snap_link *nic = planner_link(p, iface->name);
	const struct snap_link *made = planner_made(p, iface->name);

	if (!iface_is_bridge_port(iface) && nic && snap_bridge_port(nic) && made &&
	    snap_bridge_port(made))
		bridge_port_leave(p, iface->pos, nic);
}
