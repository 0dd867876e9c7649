/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports that join bridges and leave them, played through on the simulated kernel. */
#include <net/if.h>
#include <string.h>

#include "lib/plan/play.h"

static uint32_t least_mtu(const struct planner *p, const struct snap_link *bridge)
{
	uint32_t least = 0;

	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *port = p->sim->links[i];

		if (port->master == bridge->ifindex && (!least || port->mtu < least))
			least = port->mtu;
	}
	return least;
}

/*
 * A bridge has the least MTU of its ports unless it was given one, which the driver does
 * not tell: it is taken to be so if it fits.
 */
static bool mtu_follows_ports(const struct planner *p, const struct snap_link *bridge)
{
	uint32_t least = least_mtu(p, bridge);

	return !bridge->mtu || (least ? bridge->mtu == least : bridge->mtu == 1500);
}

void play_join_bridge(struct planner *p, struct plan_op *op, struct snap_link *port,
		      struct snap_link *bridge)
{
	struct plan_op *undo = play_undo(p, op, OP_PORT_REMOVE);
	bool follows = mtu_follows_ports(p, bridge);

	if (undo)
		undo->master = op->master;
	port->master = op->master.ifindex;
	port->bridge_port = option_values_defaults(&bridge_port_table, p->sim->arena);
	p->failed |= !port->bridge_port;
	if (follows && port->mtu)
		bridge->mtu = least_mtu(p, bridge);
}

void play_undo_leaving(struct planner *p, struct plan_op *op,
		       const struct snap_link *port)
{
	const struct snap_link *bridge = snapshot_link_by_index(p->sim, port->master);
	struct plan_op *undo = play_undo(p, op, OP_PORT_ADD);
	const struct option_values *options;

	if (!undo || !bridge) {
		p->failed = true;
		return;
	}
	undo->master.ifindex = bridge->ifindex;
	undo->master.dev = arena_strdup(p->plan->arena, bridge->name);
	p->failed |= !undo->master.dev;
	options = planner_port_options(p, port);
	undo = options ? play_undo(p, op, OP_OPTIONS_SET) : NULL;
	if (undo)
		undo->options = options;
}

void play_leave_bridge(struct planner *p, struct plan_op *op, struct snap_link *port)
{
	play_undo_leaving(p, op, port);
	port->master = 0;
	port->bridge_port = NULL;
}
