/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* The parts of plan_down(). */

/**
 * down_gone() - take down what no file describes any more
 * @made: of the plan's .made; what it tells of, and no more, goes, and it is forgotten
 */
void down_gone(struct planner *p, struct snap_link *made);

/* What ifup brought in addresses and routes. */
void down_ip(struct planner *p, const struct iface *iface, struct snap_link *link);
/* The link itself, if it is up. */
void down_link(struct planner *p, const struct iface *iface,
	       const struct snap_link *link);
/* What ip(8) was run for. */
void down_ip_lines(struct planner *p, const struct iface *iface);
/* Out of the zone of firewalld that an earlier run put it into. */
void down_zone(struct planner *p, const struct iface *iface);
/* Rules, and routes that do not go through the link: those stay when it is deleted. */
void down_distant_routes(struct planner *p, const struct iface *iface);
/* Something that no file describes stands on the link and would go with it: told. */
bool down_carries_others(struct planner *p, const struct iface *iface,
			 const struct snap_link *link);

/* A bridge, of which the ports stay, but down. */
void down_bridge(struct planner *p, const struct iface *bridge);
/* A port leaves its bridge, if it is in the one that its file names. */
void down_bridge_port(struct planner *p, const struct iface *port);

/**
 * down_going() - which of the model's uppers cannot stay
 *
 * A VLAN goes with what it stands on. A bridge goes with its last port, if we made it.
 *
 * Return: a flag for each of @want->uppers; NULL when memory is short.
 */
const bool *down_going(struct planner *p, const struct model *want);

/* With --keep-upper: 0, or -EBUSY with a list of what stands on the target (told). */
int down_check_uppers(struct planner *p, const struct iface *target);
