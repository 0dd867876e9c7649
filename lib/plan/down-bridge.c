/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that takes bridges down. */
#include <net/if.h>
#include <string.h>

#include "lib/plan/down.h"

void down_bridge_port(struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = planner_link(p, port->name);
	const struct snap_link *bridge = planner_link(p, port->master_name);

	if (nic && bridge && snap_bridge_port(nic) && nic->master == bridge->ifindex)
		planner_release(p, port->master_pos, nic, PLAN_NO_OP);
}

/* An earlier run added it, and its file has been changed or removed since. */
static bool is_our_bridge_port(const struct planner *p, const char *name)
{
	const struct snap_link *made = snapshot_link(p->plan->made, name);

	return made && snap_bridge_port(made);
}

static void report_foreign_port(struct planner *p, const struct iface *bridge,
				const struct snap_link *port)
{
	if (p->iface)
		diag_warning(p->diag, bridge->pos,
			     "%s stays: %s, which no file describes, is a port of it",
			     bridge->name, port->name);
	else
		diag_warning(p->diag, bridge->pos,
			     "%s, which no file describes, stays: %s is a port of it",
			     bridge->name, port->name);
	diag_hint(p->diag, "it goes down with what is in it; ifup brings it back");
}

/* Virtual machines would lose their network for good if it were removed. */
static bool has_foreign_ports(struct planner *p, const struct iface *bridge,
			      const struct snap_link *link)
{
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *port = p->sim->links[i];

		if (port->master != link->ifindex || iface_port(bridge, port->name) ||
		    is_our_bridge_port(p, port->name))
			continue;
		if (!p->removes_later)
			report_foreign_port(p, bridge, port);
		return true;
	}
	return false;
}

static void forget_port(struct planner *p, const struct iface *port)
{
	struct snap_link *made = snapshot_link(p->plan->made, port->name);

	if (!made)
		return;
	made->port_options = NULL;
	if (port->kind == IFACE_ETHERNET && !made->addrs && !made->routes &&
	    !made->rules && !made->runs)
		snapshot_remove_link(p->plan->made, made);
}

/*
 * A port without its bridge would use the network by itself, at least by IPv6. But links
 * stacked on it, for example a VLAN, may be in use.
 */
static void release_ports(struct planner *p, const struct iface *bridge, int ifindex)
{
	for (size_t i = 0; i < bridge->n_ports; i++) {
		const struct iface *port = bridge->ports[i];
		const struct snap_link *was = snapshot_link(p->have, port->name);
		const struct snap_link *nic = planner_link(p, port->name);

		forget_port(p, port);
		if (!nic || !was || was->master != ifindex)
			continue;
		if (nic->master)
			planner_release(p, port->master_pos, nic, PLAN_NO_OP);
		if (!planner_upper(p, nic))
			down_link(p, port, nic);
	}
}

/* Former ports of a bridge that no file describes are handled as their files say now. */
static void release_others(struct planner *p, const struct iface *bridge, int ifindex)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];
		const struct snap_link *nic = planner_link(p, was->name);

		if (was->master != ifindex || iface_port(bridge, was->name) ||
		    !is_our_bridge_port(p, was->name))
			continue;
		snapshot_link(p->plan->made, was->name)->port_options = NULL;
		if (bridge->options && nic && !planner_upper(p, nic))
			down_link(p, bridge, nic);
	}
}

/* An earlier run removed the bridge, but could not take its ports down. */
static void take_left_ports_down(struct planner *p, const struct iface *bridge)
{
	for (size_t i = 0; i < bridge->n_ports; i++) {
		const struct iface *port = bridge->ports[i];
		const struct snap_link *made = snapshot_link(p->plan->made, port->name);
		const struct snap_link *nic = planner_link(p, port->name);

		if (!made || !snap_bridge_port(made))
			continue;
		forget_port(p, port);
		if (nic && !nic->master && !planner_upper(p, nic))
			down_link(p, port, nic);
	}
}

void down_bridge(struct planner *p, const struct iface *bridge)
{
	struct snap_link *link = planner_link(p, bridge->name);
	const struct snap_link *made = snapshot_link(p->plan->made, bridge->name);
	int ifindex;

	if (!link)
		take_left_ports_down(p, bridge);
	if (!link || !snap_bridge(link))
		return;
	ifindex = link->ifindex;
	if (made && *made->kind && !has_foreign_ports(p, bridge, link) &&
	    !down_carries_others(p, bridge, link)) {
		PLANNER_ADD(p, OP_LINK_DEL, bridge->pos, link, PLAN_NO_OP);
		release_ports(p, bridge, ifindex);
		release_others(p, bridge, ifindex);
		return;
	}
	down_ip(p, bridge, link);
	release_ports(p, bridge, ifindex);
	down_link(p, bridge, link);
}
