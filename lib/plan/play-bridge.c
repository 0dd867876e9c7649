/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports that join and leave bridges, on the simulated kernel. */

#include "lib/plan/play.h"

/* The MTU of a bridge without ports. */
#define FRESH_MTU 1500

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
 * A bridge has the lowest MTU of its ports unless it was given one, which the driver does
 * not report: it is assumed to follow them if the MTU fits.
 */
bool play_follows_ports(const struct planner *p, const struct snap_link *bridge)
{
	uint32_t least = least_mtu(p, bridge);

	return !bridge->mtu || (least ? bridge->mtu == least : bridge->mtu == FRESH_MTU);
}

void play_follow_ports(struct planner *p, struct snap_link *bridge)
{
	const uint32_t least = least_mtu(p, bridge);

	play_mtu(p, bridge, least ? least : FRESH_MTU);
}

void play_join_bridge(struct planner *p, struct snap_link *port, struct snap_link *bridge)
{
	const bool follows = play_follows_ports(p, bridge);

	journal_link(p, port);
	port->master = bridge->ifindex;
	members_add(&p->members, port->name, port->master);
	port->port_options = option_values_defaults(&bridge_port_table, p->sim->arena);
	if (follows && port->mtu)
		play_follow_ports(p, bridge);
}

void play_leave_bridge(struct planner *p, struct snap_link *port,
		       struct snap_link *bridge)
{
	const bool follows = bridge->mtu && play_follows_ports(p, bridge);

	journal_link(p, port);
	port->master = 0;
	port->port_options = NULL;
	if (follows)
		play_follow_ports(p, bridge);
}
