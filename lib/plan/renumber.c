/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gives a new link another index than the plan has chosen for it. */
#include "lib/plan/renumber.h"

#include <errno.h>

#include "lib/base/cleanup.h"
#include "lib/plan/zeroconf.h"

/*
 * struct change - the change of an index; @arena: for copies of what the steps point to
 */
struct change {
	struct arena *arena;
	int from, to;
};

static bool has_index(const struct route *route, int ifindex)
{
	for (size_t i = 0; i < route->n_hops; i++)
		if (route->hops[i].ifindex == ifindex)
			return true;
	return false;
}

static void change_hops(const struct change *change, struct route *route)
{
	struct route_hop *hops =
		arena_memdup(change->arena, route->hops, route->n_hops * sizeof(*hops));

	for (size_t i = 0; i < route->n_hops; i++)
		if (hops[i].ifindex == change->from)
			hops[i].ifindex = change->to;
	route->hops = hops;
}

/* @on: the index of the route's link */
static void change_route(const struct change *change, int on, struct plan_op *op)
{
	const bool is_zeroconf =
		on == change->from && zeroconf_is_of(op->route, change->from);
	struct route *copy;

	if (!is_zeroconf && !has_index(op->route, change->from))
		return;
	copy = arena_memdup(change->arena, op->route, sizeof(*copy));
	if (is_zeroconf)
		copy->metric = zeroconf_metric(change->to);
	op->route = copy;
	if (copy->n_hops)
		change_hops(change, copy);
}

/* Other links that options refer to. */
static void change_options(const struct change *change,
			   const struct option_values **options)
{
	struct option_values *copy = option_values_copy(*options, change->arena);

	for (size_t id = 0; id < copy->table->n; id++)
		if (copy->table->rows[id].kind == OPT_IFNAME && copy->of[id].is_set &&
		    copy->of[id].num == change->from)
			copy->of[id].num = change->to;
	*options = copy;
}

/* The parent of a VLAN, or the other end of a pair. */
static void change_parent(const struct change *change, struct plan_op *op)
{
	struct snap_link *copy;

	if (op->link->parent != change->from)
		return;
	copy = arena_memdup(change->arena, op->link, sizeof(*copy));
	copy->parent = change->to;
	op->link = copy;
}

/* Steps that contain an index besides that of the link they act on. */
static void change_values(const struct change *change, int on, struct plan_op *op)
{
	if (op->kind == OP_LINK_ADD) {
		change_parent(change, op);
		return;
	}
	if ((op->kind == OP_PORT_ADD || op->kind == OP_PORT_REMOVE) &&
	    op->master.ifindex == change->from)
		op->master.ifindex = change->to;
	if (op->kind == OP_OPTIONS_SET) {
		change_options(change, &op->options);
		return;
	}
	if (op->kind == OP_ROUTE_ADD || op->kind == OP_ROUTE_DEL) {
		change_route(change, on, op);
		return;
	}
}

static void change_op(const struct change *change, struct plan_op *op)
{
	const int on = op->ifindex;
	change_values(change, on, op);

	if (on == change->from)
		op->ifindex = change->to;
	for (size_t i = 0; i < op->n_undo; i++)
		change_op(change, &op->undo[i]);
}

/* In what is ours, only the metric depends on the index. */
static void change_made(const struct change *change, struct snapshot *made,
			const char *dev)
{
	struct snap_link *link = made && dev ? snapshot_link(made, dev) : NULL;

	for (struct route *route = link ? link->routes : NULL; route; route = route->next)
		if (zeroconf_is_of(route, change->from))
			route->metric = zeroconf_metric(change->to);
	if (link)
		snap_link_list_routes(made, link);
}

void plan_renumber(struct plan *plan, int from, int to)
{
	const struct change change = { plan->arena, from, to };

	for (size_t i = 0; i < plan->n; i++) {
		if (plan->ops[i].ifindex == from)
			change_made(&change, plan->made, plan->ops[i].dev);
		change_op(&change, &plan->ops[i]);
	}
}

static int highest_of(const struct plan_op *op, int highest)
{
	if (op->ifindex > highest)
		highest = op->ifindex;
	if (op->kind == OP_LINK_ADD && op->link->parent > highest)
		highest = op->link->parent;
	for (size_t i = 0; i < op->n_undo; i++)
		highest = highest_of(&op->undo[i], highest);
	return highest;
}

int plan_highest_index(const struct plan *plan)
{
	int highest = 0;

	for (size_t i = 0; i < plan->n; i++)
		highest = highest_of(&plan->ops[i], highest);
	return highest;
}
