/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/undo.h"

/* Side effects of steps, on the simulated kernel. */

void play_lose_addrs(struct planner *p, struct snap_link *link, int family);
/* Removes an address, and what goes with it. @by_itself: as in struct change */
void play_lose_addr(struct planner *p, struct snap_link *link, struct snap_addr *addr,
		    bool by_itself);
bool play_has_ip4(const struct snap_link *link);
/*
 * Removes routes that go with the link, or with its last IPv4 address; AF_UNSPEC for all.
 */
void play_lose_routes(struct planner *p, struct snap_link *link, int family);
/*
 * The kernel removes the next hops through a link that goes down from multipath routes.
 */
void play_lose_ways(struct planner *p, const struct snap_link *link);

/* The MTU of IPv6 follows that of the link. */
void play_follow_mtu(struct planner *p, struct snap_link *link);
void play_mtu(struct planner *p, struct snap_link *link, uint32_t mtu);
bool play_follows_ports(const struct planner *p, const struct snap_link *bridge);
void play_follow_ports(struct planner *p, struct snap_link *bridge);

void play_join_bridge(struct planner *p, struct snap_link *port,
		      struct snap_link *bridge);
void play_leave_bridge(struct planner *p, struct snap_link *port,
		       struct snap_link *bridge);

/* For undo.c: restores options of that table. */
void options_back(struct undoing *u, const struct snap_link *was,
		  const struct snap_link *link, const struct option_table *table);
