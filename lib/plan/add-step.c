/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Adds steps to a plan: each with its undo, and each played on a simulated kernel. */
#include <assert.h>
#include <net/if.h>

#include "lib/base/memory.h"
#include "lib/plan/order.h"
#include "lib/plan/planner.h"
#include "lib/plan/step-kinds.h"
#include "lib/plan/undo.h"

static void push_op(struct plan *plan, const struct plan_op *op)
{
	size_t cap = plan->cap ? plan->cap * 2 : 16;

	if (plan->n == plan->cap) {
		plan->ops = memory_resize(plan->ops, cap * sizeof(*plan->ops));
		plan->cap = cap;
	}
	plan->ops[plan->n++] = *op;
}

static enum failure_wish failure_of(const struct planner *p, const struct plan_op *op)
{
	uint8_t family = p->iface ? step_family(op) : AF_UNSPEC;

	if (family == AF_INET)
		return p->iface->ip4_failure;
	return family == AF_INET6 ? p->iface->ip6_failure : FAILURE_USUAL;
}

/*
 * VLANs follow their parent up, but from Linux 7.2 on a moment later: later steps may
 * need them up, so they are set up as well. With earlier kernels this changes nothing.
 */
static void bring_followers_up(struct planner *p, size_t step)
{
	const struct plan_op *op = &p->plan->ops[step];
	const struct pos pos = op->pos;
	const struct snap_link *link = planner_link(p, op->dev);

	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++) {
		const struct snap_link *follower = p->sim->links[i];

		if (planner_follows(follower, link) && !(follower->flags & IFF_UP))
			PLANNER_ADD(p, OP_LINK_UP, pos, follower, step);
	}
}

size_t planner_add(struct planner *p, struct plan_op op)
{
	struct plan *plan = p->plan;
	struct snap_link *link = op.dev ? planner_link(p, op.dev) : NULL;
	size_t step;

	op.owner = p->owner;
	if (!op.follows)
		op.follows = order_after(p, &op);
	p->deletes_addrs |= op.kind == OP_ADDR_DEL;
	assert(link || op.kind == OP_MODULE_LOAD || op.kind == OP_LINK_ADD ||
	       op.kind == OP_TUN_SET || op.kind == OP_RUN || op.kind == OP_RESOLV_SET);
	op.dev = op.dev ? step_keep_text(p, op.dev) : NULL;
	step_keep(p, &op);
	op.failure = failure_of(p, &op);
	if (step_kind(op.kind)->play)
		step_kind(op.kind)->play(p, &op, link);
	undo_derive(p, &op);
	push_op(plan, &op);
	step = plan->n - 1;
	if (op.kind == OP_LINK_UP)
		bring_followers_up(p, step);
	return step;
}

size_t planner_release(struct planner *p, struct pos pos, const struct snap_link *port,
		       size_t needs)
{
	const struct snap_link *master = snapshot_link_by_index(p->sim, port->master);

	return PLANNER_ADD(p, OP_PORT_REMOVE, pos, port, needs,
			   .master = { master ? master->name : "", port->master });
}

void planner_remove_route(struct planner *p, struct pos pos, const struct route *route)
{
	const struct snap_link *bearer = planner_bearer(p, route);
	const struct route *there = bearer ? snap_link_route(bearer, route) : NULL;

	if (there && route_equal(there, route))
		PLANNER_ADD(p, OP_ROUTE_DEL, pos, bearer, PLAN_NO_OP, .route = there);
}

void planner_remove_routes(struct planner *p, struct pos pos, const struct route *list,
			   bool (*is_to_go)(const struct route *route, const void *arg),
			   const void *arg)
{
	for (const struct route *route = list; route; route = route->next)
		if (route_has_router(route) && is_to_go(route, arg))
			planner_remove_route(p, pos, route);
	for (const struct route *route = list; route; route = route->next)
		if (!route_has_router(route) && is_to_go(route, arg))
			planner_remove_route(p, pos, route);
}

void planner_remove_rules(struct planner *p, struct pos pos, const struct rule *list)
{
	/* A rule without a priority matches any, so those that have one go first. */
	for (const struct rule *rule = list; rule; rule = rule->next)
		if (rule->has_priority)
			planner_remove_rule(p, pos, rule);
	for (const struct rule *rule = list; rule; rule = rule->next)
		if (!rule->has_priority)
			planner_remove_rule(p, pos, rule);
}

void planner_remove_rule(struct planner *p, struct pos pos, const struct rule *rule)
{
	const struct rule *there = snap_link_rule(p->sim->nowhere, rule);

	if (there)
		PLANNER_ADD(p, OP_RULE_DEL, pos, p->sim->nowhere, PLAN_NO_OP,
			    .rule = there);
}
