/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* The parts of plan_down(). */

/**
 * down_gone() - take down what no file describes any more
 * @made: from the plan's .made; what it lists, and nothing else, is removed and forgotten
 */
void down_gone(struct planner *p, struct snap_link *made);

/* Removes the addresses and routes that ifup brought. */
void down_ip(struct planner *p, const struct iface *iface, struct snap_link *link);
/* Sets the link down, if it is up. */
void down_link(struct planner *p, const struct iface *iface,
	       const struct snap_link *link);
/* Reverts the lines for which ip(8) was run. */
void down_ip_lines(struct planner *p, const struct iface *iface);
/* Removes it from the firewalld zone that an earlier run put it into. */
void down_zone(struct planner *p, const struct iface *iface);
/* Removes rules, and routes that do not use the link: these stay when it is deleted. */
void down_distant_routes(struct planner *p, const struct iface *iface);
/*
 * Whether something that no file describes is stacked on the link and would go with it,
 * which is reported.
 */
bool down_carries_others(struct planner *p, const struct iface *iface,
			 const struct snap_link *link);

/* A link that is down leaves what it has joined by the files, or by an earlier run. */
void down_leave_home(struct planner *p, const struct iface *iface);
/* What an earlier run has put there leaves what it has joined, and goes on without it. */
void down_free_member(struct planner *p, const struct iface *iface,
		      const struct snap_link *link);
/*
 * Whether something that no file describes has joined it, which is reported. Members of ours leave
 * a link that no file describes any more.
 */
bool down_has_members(struct planner *p, const struct iface *iface);

/* Takes down a bridge; its ports stay, but down. */
void down_bridge(struct planner *p, const struct iface *bridge);
/* Removes a port from its bridge, if that is the one in its file. */
void down_bridge_port(struct planner *p, const struct iface *port);

/**
 * down_going() - which of the model's upper links cannot stay
 *
 * A VLAN goes with its parent. A bridge goes with its last port, if we made it.
 *
 * Return: a flag for each of @want->uppers.
 */
const bool *down_going(struct planner *p, const struct model *want);

/*
 * With --keep-upper: 0, or -EBUSY with a list of what is stacked on the target
 * (reported).
 */
int down_check_uppers(struct planner *p, const struct iface *target);
