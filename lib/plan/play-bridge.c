/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps on bridges and their ports, played through on the simulated kernel. */
#include <net/if.h>
#include <string.h>

#include "lib/plan/bridge-step.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

/* ---- options of the bridge ---- */

/* What the driver does on top of what it is told. */
static void follow(struct bridge_value *now)
{
	uint64_t delay = now[BRIDGE_OPT_FORWARD_DELAY].num;

	if (now[BRIDGE_OPT_STP_STATE].num && now[BRIDGE_OPT_FORWARD_DELAY].is_set)
		now[BRIDGE_OPT_FORWARD_DELAY].num = bridge_bound_delay(delay);
	if (!now[BRIDGE_OPT_VLAN_FILTERING].num)
		now[BRIDGE_OPT_MCAST_VLAN_SNOOPING].num = 0;
}

/*
 * What an option was. Of one that the driver does not report now, what an earlier run
 * set, or what it begins with.
 */
static struct bridge_value old_value(const struct planner *p, const char *name,
				     const struct bridge_value *before, size_t id)
{
	const struct snap_link *made = snapshot_link(p->plan->made, name);

	if (before[id].is_set)
		return before[id];
	if (made && made->bridge && made->bridge[id].is_set)
		return made->bridge[id];
	return bridge_value_default(&bridge_table.rows[id]);
}

static void undo_options(struct planner *p, struct plan_op *op,
			 const struct bridge_value *before,
			 const struct bridge_value *now)
{
	struct bridge_value *back = bridge_values_new(&bridge_table, p->plan->arena);
	const struct bridge_value *parts[BRIDGE_PARTS];
	size_t n;

	p->failed |= !back;
	for (size_t id = 0; back && id < bridge_table.n; id++)
		if (op->bridge_options[id].is_set ||
		    !bridge_value_equal(&bridge_table.rows[id], &before[id], &now[id]))
			back[id] = old_value(p, op->dev, before, id);
	n = back ? bridge_split(back, p->plan->arena, parts) : 0;
	p->failed |= !n;
	for (size_t i = 0; i < n; i++) {
		struct plan_op *undo = play_undo(p, op, OP_BRIDGE_SET);

		if (undo)
			undo->bridge_options = parts[i];
	}
}

static void play_bridge_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct bridge_value *before =
		link->bridge
			? bridge_values_copy(&bridge_table, link->bridge, p->plan->arena)
			: bridge_values_new(&bridge_table, p->plan->arena);

	if (!link->bridge)
		link->bridge = bridge_values_new(&bridge_table, p->sim->arena);
	if (!before || !link->bridge) {
		p->failed = true;
		return;
	}
	for (size_t id = 0; id < bridge_table.n; id++)
		if (op->bridge_options[id].is_set)
			link->bridge[id] = op->bridge_options[id];
	follow(link->bridge);
	undo_options(p, op, before, link->bridge);
}

/* ---- options of a port ---- */

/* Of @values, those that @changed sets; NULL: that a new port does not begin with. */
static const struct bridge_value *to_bring_back(struct planner *p,
						const struct bridge_value *values,
						const struct bridge_value *changed,
						bool *ret_any)
{
	struct bridge_value *back =
		values ? bridge_values_copy(&bridge_port_table, values, p->plan->arena)
		       : bridge_values_new(&bridge_port_table, p->plan->arena);

	*ret_any = false;
	p->failed |= !back;
	for (size_t id = 0; back && id < bridge_port_table.n; id++) {
		const struct bridge_option *row = &bridge_port_table.rows[id];
		const struct bridge_value def = bridge_value_default(row);

		if (changed && changed[id].is_set && !back[id].is_set)
			back[id] = def;
		back[id].is_set &= changed ? changed[id].is_set
					   : !bridge_value_equal(row, &back[id], &def);
		*ret_any |= back[id].is_set;
	}
	return back;
}

static void play_bridge_port_set(struct planner *p, struct plan_op *op,
				 struct snap_link *link)
{
	struct plan_op *undo = play_undo(p, op, OP_BR_PORT_SET);
	bool any;

	if (undo)
		undo->bridge_options =
			to_bring_back(p, link->bridge_port, op->bridge_options, &any);
	for (size_t id = 0; link->bridge_port && id < bridge_port_table.n; id++)
		if (op->bridge_options[id].is_set)
			link->bridge_port[id] = op->bridge_options[id];
}

/* ---- joining and leaving ---- */

/* All as the driver begins, but for what depends on the link's speed. */
static struct bridge_value *new_port(struct arena *arena)
{
	struct bridge_value *values = bridge_values_new(&bridge_port_table, arena);

	for (size_t id = 0; values && id < bridge_port_table.n; id++)
		values[id] = bridge_value_default(&bridge_port_table.rows[id]);
	if (values)
		values[BRIDGE_PORT_OPT_PATH_COST].is_set = false;
	return values;
}

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
static bool follows_ports(const struct planner *p, const struct snap_link *bridge)
{
	uint32_t least = least_mtu(p, bridge);

	return !bridge->mtu || (least ? bridge->mtu == least : bridge->mtu == 1500);
}

void play_join_bridge(struct planner *p, struct plan_op *op, struct snap_link *port,
		      struct snap_link *bridge)
{
	struct plan_op *undo = play_undo(p, op, OP_PORT_REMOVE);
	bool follows = follows_ports(p, bridge);

	if (undo)
		undo->master = op->master;
	port->master = op->master.ifindex;
	port->bridge_port = new_port(p->sim->arena);
	p->failed |= !port->bridge_port;
	if (follows && port->mtu)
		bridge->mtu = least_mtu(p, bridge);
}

void play_undo_leaving(struct planner *p, struct plan_op *op,
		       const struct snap_link *port)
{
	const struct snap_link *bridge = snapshot_link_by_index(p->sim, port->master);
	struct plan_op *undo = play_undo(p, op, OP_PORT_ADD);
	const struct bridge_value *options;
	bool any;

	if (!undo || !bridge) {
		p->failed = true;
		return;
	}
	undo->master.ifindex = bridge->ifindex;
	undo->master.dev = arena_strdup(p->plan->arena, bridge->name);
	p->failed |= !undo->master.dev;
	options = to_bring_back(p, port->bridge_port, NULL, &any);
	undo = any ? play_undo(p, op, OP_BR_PORT_SET) : NULL;
	if (undo)
		undo->bridge_options = options;
}

void play_leave_bridge(struct planner *p, struct plan_op *op, struct snap_link *port)
{
	play_undo_leaving(p, op, port);
	port->master = 0;
	port->bridge_port = NULL;
}

const struct step_kind step_bridge_set = {
	.play = play_bridge_set,
	.print = print_bridge_set,
	.verb = "change the options of",
};

const struct step_kind step_bridge_port_set = {
	.play = play_bridge_port_set,
	.print = print_bridge_port_set,
	.verb = "change the options of port",
};
