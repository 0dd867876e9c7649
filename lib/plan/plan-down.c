/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From "what is there" to "without this interface": what ifup brought, and no more. */
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/planner.h"

/* The addresses that the files name, and those that an earlier run made. */
static void remove_addrs(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, const struct snap_link *made,
			 bool secondary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		const struct want_addr *want = planner_wanted_addr(iface, addr);
		struct plan_op op =
			planner_step(OP_ADDR_DEL, want ? want->pos : iface->pos, link);

		next = addr->next;
		if (!(addr->flags & IFA_F_SECONDARY) == secondary)
			continue;
		if (!want &&
		    !(made && snap_link_addr(made, &addr->addr, addr->prefix_len)))
			continue;
		op.addr = addr;
		planner_add(p, op);
	}
}

static void remove_routes(struct planner *p, const struct iface *iface,
			  struct snap_link *link, const struct snap_link *made)
{
	for (const struct snap_route *old = made ? made->routes : NULL; old;
	     old = old->next) {
		struct plan_op op = planner_step(OP_ROUTE_DEL, iface->pos, link);

		op.route = snap_link_route(link, old);
		if (op.route && snap_route_equal(op.route, old))
			planner_add(p, op);
	}
}

static void remove_ip(struct planner *p, const struct iface *iface,
		      struct snap_link *link)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	remove_routes(p, iface, link, made);
	/* The kernel may or may not take secondary ones along with the primary one. */
	remove_addrs(p, iface, link, made, true);
	remove_addrs(p, iface, link, made, false);
}

static void down(struct planner *p, const struct iface *iface,
		 const struct snap_link *link)
{
	if (link->flags & IFF_UP)
		planner_add(p, planner_step(OP_LINK_DOWN, iface->pos, link));
}

/* Leaves its bond, which sets it down; a bond that is not the file's is no concern. */
static void down_port(struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = planner_link(p, port->name);
	const struct snap_link *bond = planner_link(p, port->bond->name);
	struct plan_op op;

	if (!nic)
		return;
	if (!bond || nic->master != bond->ifindex) {
		if (!nic->master)
			down(p, port, nic);
		return;
	}
	op = planner_step(OP_PORT_REMOVE, port->bond_pos, nic);
	op.master.dev = bond->name;
	op.master.ifindex = bond->ifindex;
	planner_add(p, op);
}

/* Deleting a bond releases its ports and sets them down, all in one step. */
static void down_bond(struct planner *p, const struct iface *bond)
{
	struct snap_link *link = planner_link(p, bond->name);
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	if (link && made && *made->kind && link->bond) {
		planner_add(p, planner_step(OP_LINK_DEL, bond->pos, link));
		return;
	}
	if (!link)
		return;
	remove_ip(p, bond, link);
	for (size_t i = 0; i < bond->n_ports; i++)
		down_port(p, bond->ports[i]);
	down(p, bond, link);
}

static void down_ethernet(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);

	if (!link)
		return;
	remove_ip(p, iface, link);
	down(p, iface, link);
}

static void forget(struct planner *p, const struct iface *iface)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	if (made)
		snapshot_remove_link(p->plan->made, made);
}

int plan_down(const struct model *want, const struct snapshot *have,
	      const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	const struct iface *target = want->target;
	struct planner p;
	int r = planner_start(&p, have, made, diag);

	if (r < 0)
		return planner_finish(&p, r, ret_plan);
	if (target->bond)
		down_port(&p, target);
	else if (target->kind == IFACE_BOND)
		down_bond(&p, target);
	else
		down_ethernet(&p, target);
	forget(&p, target);
	for (size_t i = 0; i < target->n_ports; i++)
		forget(&p, target->ports[i]);
	return planner_finish(&p, 0, ret_plan);
}
