/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From "what is there" to "what is wanted".
 *
 * Each function looks at the simulated state, and adds steps only for what differs. So
 * the plan for a system that is as wanted is empty, and one change leads to the next by
 * itself: a bond that has to go down loses its routes in the simulation, and the
 * function for routes, later, finds them missing and puts them back.
 */
#include <errno.h>
#include <net/if.h>

#include "lib/plan/up.h"

/* ---- what is ours afterwards ---- */

/* As the driver makes one by itself when it is loaded: empty, down, all default. */
static bool is_stray(const struct planner *p, const struct snap_link *bond)
{
	if (planner_had_ports(p, bond->ifindex))
		return false;
	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		if (bond->bond->of[i].num != bond_options[i].def &&
		    bond->bond->of[i].is_set)
			return false;
	return !(bond->flags & IFF_UP);
}

/* A bond is ours when we make it, made it, or adopt it as a stray one. */
static bool bond_is_ours(const struct planner *p, const struct snap_link *made,
			 const char *name)
{
	const struct snap_link *before = snapshot_link(p->have, name);

	return !before || (made && *made->kind) || is_stray(p, before);
}

static struct snap_link *remember_link(struct planner *p, const struct iface *iface)
{
	struct snapshot *made = p->plan->made;
	struct snap_link *link = snapshot_link(made, iface->name);
	bool ours = iface->kind == IFACE_BOND && bond_is_ours(p, link, iface->name);

	if (!link)
		link = snapshot_add_link(made, iface->name, 0);
	if (link && ours)
		link->kind = "bond";
	p->failed |= !link;
	return link;
}

/* ---- targets ---- */

static int up_bond(struct planner *p, const struct iface *bond)
{
	size_t created;
	int r = up_want_bond(p, bond, bond, &created);

	if (r < 0 || p->failed)
		return r;
	up_want_ports(p, bond, created);
	up_want_ip(p, bond, created);
	up_set_active_slave(p, bond, created);
	remember_link(p, bond);
	up_remember_options(p, bond);
	for (size_t i = 0; i < bond->n_ports; i++)
		up_remember_port(p, bond->ports[i]);
	up_remember_ip(p, bond);
	return 0;
}

static int missing(struct planner *p, const struct iface *iface)
{
	diag_error(p->diag, iface->pos, "there is no interface %s", iface->name);
	diag_hint(p->diag, "`ip link` lists the interfaces that the kernel knows");
	return -ENODEV;
}

/* As under network-scripts, a port brings its bond into being, but not up. */
static int up_port(struct planner *p, const struct iface *port)
{
	size_t created;
	int r;

	if (!planner_link(p, port->name))
		return missing(p, port);
	r = up_want_bond(p, port->bond, port, &created);
	if (r < 0 || p->failed)
		return r;
	up_want_port(p, port, created);
	up_keep_routes(p, port->bond);
	remember_link(p, port->bond);
	up_remember_options(p, port->bond);
	up_remember_port(p, port);
	return 0;
}

static int up_ethernet(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);
	struct plan_op op;

	if (!link)
		return missing(p, iface);
	if (iface->has_mac && !hwaddr_equal(&iface->mac, &link->mac)) {
		op = planner_step(OP_LINK_MAC, iface->mac_pos, link);
		op.mac = iface->mac;
		planner_add(p, op);
	}
	up_set_mtu(p, iface, link);
	up_want_ip(p, iface, PLAN_NO_OP);
	remember_link(p, iface);
	up_remember_ip(p, iface);
	return 0;
}

int plan_up(const struct model *want, const struct snapshot *have,
	    const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	const struct iface *target = want->target;
	const struct snap_link *before = snapshot_link(have, target->name);
	struct planner p;
	int r = planner_start(&p, have, made, diag);

	if (r < 0)
		return planner_finish(&p, r, ret_plan);
	p.plan->was_up = before && before->flags & IFF_UP;
	if (target->bond)
		r = up_port(&p, target);
	else if (target->kind == IFACE_BOND)
		r = up_bond(&p, target);
	else
		r = up_ethernet(&p, target);
	return planner_finish(&p, r, ret_plan);
}
