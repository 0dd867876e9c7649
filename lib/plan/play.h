/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* One more step to the undo of @op, on the same link; NULL when memory ran out. */
struct plan_op *play_undo(struct planner *p, struct plan_op *op, enum plan_op_kind kind);

/* The same of one that is about something else than @op. */
void play_undo_addr(struct planner *p, struct plan_op *op, enum plan_op_kind kind,
		    const struct snap_link *link, const struct snap_addr *addr);
void play_undo_route(struct planner *p, struct plan_op *op, enum plan_op_kind kind,
		     const struct snap_link *link, const struct route *route);
void play_undo_mac(struct planner *p, struct plan_op *op, const struct snap_link *link);
void play_undo_master(struct planner *p, struct plan_op *op, enum plan_op_kind kind);
const char *play_keep_dev(struct planner *p, const struct plan_op *op, const char *dev);

/* Routes that go with the link, or with its last IPv4 address, come back with the undo. */
void play_lose_routes(struct planner *p, struct plan_op *op, struct snap_link *link,
		      int family);
/* Of several ways, the kernel drops those through a link that goes down. */
void play_lose_ways(struct planner *p, struct plan_op *op, const struct snap_link *link);

/* Routes that have the address as their source go with it. */
void play_lose_routes_from(struct planner *p, struct plan_op *op, struct snap_link *link,
			   const struct ip *source);
/* Secondary addresses of the network of @primary. */
void play_lose_secondaries(struct planner *p, struct plan_op *op, struct snap_link *link,
			   const struct snap_addr *primary);
bool play_has_ip4(const struct snap_link *link);
void play_lose_ip6_addrs(struct planner *p, struct plan_op *op, struct snap_link *link);

/* The MTU of IPv6 follows that of the link; what @op undoes makes it follow once more. */
void play_follow_mtu(struct planner *p, struct snap_link *link);
void play_undo_ip6_mtu(struct planner *p, struct plan_op *op,
		       const struct snap_link *link);

/* Ports that join bridges and leave them: the undo first, then the simulation. */
void play_join_bridge(struct planner *p, struct plan_op *op, struct snap_link *port,
		      struct snap_link *bridge);
void play_leave_bridge(struct planner *p, struct plan_op *op, struct snap_link *port);

/* To join it again, as it is: for a port that leaves, or is deleted. */
void play_undo_leaving(struct planner *p, struct plan_op *op,
		       const struct snap_link *port);
