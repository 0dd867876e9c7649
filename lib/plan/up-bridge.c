/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that makes a bridge as wanted, ports left to up-bridge-port.c. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/bridge-step.h"
#include "lib/plan/driver.h"
#include "lib/plan/up.h"

/* ---- a new one ---- */

/* The address that a port has, or will have. */
static struct hwaddr mac_of(const struct planner *p, const struct snap_link *link)
{
	while (link && !link->mac.len && link->vlan)
		link = snapshot_link_by_index(p->sim, link->parent);
	return link ? link->mac : (struct hwaddr){ 0 };
}

/*
 * Of its ports, the driver takes the lowest address, anew with each that joins or leaves.
 * So it gets that one from its first moment on, and for good; len 0 leaves it to the
 * driver.
 */
static struct hwaddr bridge_mac(const struct planner *p, const struct iface *iface)
{
	struct hwaddr lowest = { 0 };

	if (iface->mac_wish == MAC_GIVEN)
		return iface->mac;
	for (size_t i = 0; i < iface->bridge->n_ports; i++) {
		const struct iface *port = iface->bridge->ports[i];
		struct hwaddr mac = port->mac_wish == MAC_GIVEN
					    ? port->mac
					    : mac_of(p, planner_link(p, port->name));

		if (port->onboot && mac.len == 6 && hwaddr_is_unicast(&mac) &&
		    (!lowest.len || memcmp(mac.bytes, lowest.bytes, mac.len) < 0))
			lowest = mac;
	}
	return lowest;
}

/*
 * From Linux 6.12 on, and in newer releases of older ones, the driver refuses to create a bridge
 * with one of the bits that it does not know (br_boolopt_multi_toggle()); before, it ignored it.
 */
static bool may_be_unknown(const struct planner *p, const struct bridge_option *row)
{
	const struct snap_kernel *kernel = &p->have->kernel;

	return row->wire == BRIDGE_BIT && kernel->major &&
	       driver_is_older(kernel, row->since);
}

/* What the driver knows for sure. */
static struct bridge_value *known_options(struct planner *p, const struct iface *bridge)
{
	struct bridge_value *known = bridge_values_new(&bridge_table, p->plan->arena);

	p->failed |= !known;
	for (size_t id = 0; known && id < bridge_table.n; id++)
		if (!may_be_unknown(p, &bridge_table.rows[id]))
			known[id] = bridge->bridge->options[id];
	return known;
}

/* The rest is tried one by one: the look after the run reports what the driver has not got. */
static void try_unknown_options(struct planner *p, const struct iface *bridge,
				size_t created)
{
	for (size_t id = 0; id < bridge_table.n && !p->failed; id++) {
		const struct bridge_value *wanted = &bridge->bridge->options[id];
		struct plan_op op;
		struct bridge_value *one;

		if (!wanted->is_set || !may_be_unknown(p, &bridge_table.rows[id]))
			continue;
		one = bridge_values_new(&bridge_table, p->plan->arena);
		p->failed |= !one;
		if (!one)
			return;
		one[id] = *wanted;
		op = planner_step(OP_BRIDGE_SET, wanted->pos,
				  planner_link(p, bridge->name));
		op.bridge_options = one;
		op.needs = created;
		op.is_wish = true;
		planner_add(p, op);
	}
}

static size_t add_bridge(struct planner *p, const struct iface *bridge)
{
	struct snap_link *link = arena_alloc(p->plan->arena, sizeof(*link));
	size_t created;

	if (!link) {
		p->failed = true;
		return PLAN_NO_OP;
	}
	link->name = bridge->name;
	link->ifindex = planner_free_index(p);
	link->kind = "bridge";
	link->mac = bridge_mac(p, bridge);
	link->bridge = known_options(p, bridge);
	created = planner_add(p, (struct plan_op){ .kind = OP_LINK_ADD,
						   .pos = bridge->pos,
						   .dev = bridge->name,
						   .ifindex = link->ifindex,
						   .needs = PLAN_NO_OP,
						   .link = link });
	try_unknown_options(p, bridge, created);
	/* As a step of its own, it lasts: given at creation, it would be that of the ports. */
	if (!p->failed)
		up_set_mtu(p, bridge, planner_link(p, bridge->name), created);
	return created;
}

/* ---- options of one that is there ---- */

/* What is not reported at times, because the driver reports something else there. */
static bool may_be_hidden(size_t id)
{
	return bridge_table.rows[id].follows_root || id == BRIDGE_OPT_AGEING_TIME;
}

static const struct bridge_value *ours(const struct planner *p,
				       const struct iface *bridge, size_t id)
{
	const struct snap_link *made = snapshot_link(p->plan->made, bridge->name);

	return made && made->bridge && made->bridge[id].is_set ? &made->bridge[id] : NULL;
}

static bool is_ours(const struct planner *p, const struct iface *bridge, size_t id,
		    const struct bridge_value *wanted)
{
	const struct bridge_value *made = ours(p, bridge, id);

	return made && bridge_value_equal(&bridge_table.rows[id], made, wanted);
}

static bool differs(const struct planner *p, const struct iface *bridge, size_t id,
		    const struct bridge_value *wanted, const struct bridge_value *now)
{
	const struct bridge_option *row = &bridge_table.rows[id];

	if (!wanted->is_set || (now->is_set && bridge_value_equal(row, wanted, now)))
		return false;
	if (!now->is_set)
		return !may_be_hidden(id) || !is_ours(p, bridge, id, wanted);
	return !row->is_centiseconds || now->num + 1 != wanted->num ||
	       !is_ours(p, bridge, id, wanted);
}

/* A state without the kernel's release is told by hand, and need not tell everything. */
static bool driver_lacks(const struct planner *p, const struct iface *bridge, size_t id)
{
	const struct snap_link *link = snapshot_link(p->have, bridge->name);

	return p->have->kernel.major && link && link->bridge &&
	       !link->bridge[id].is_set && !may_be_hidden(id);
}

static void tell_needs_no_ports(struct planner *p, const struct iface *bridge, size_t id)
{
	diag_warning(
		p->diag, bridge->bridge->options_pos,
		"%s of %s stays as it is: it cannot be changed while there are ports",
		bridge_table.rows[id].name, bridge->name);
	diag_hint_words(p->diag, "run ifdown %s, then ifup", bridge->name);
}

/* What is to be set of one option; unset if there is nothing to do. */
static struct bridge_value change_of(struct planner *p, const struct iface *bridge,
				     const struct snap_link *link, size_t id)
{
	const struct bridge_option *row = &bridge_table.rows[id];
	struct bridge_value value = bridge->bridge->options[id];
	bool asked = value.is_set;

	/* What an earlier run set and the files no longer name. */
	if (!asked && ours(p, bridge, id))
		value = bridge_value_default(row);
	if (value.is_set && driver_lacks(p, bridge, id)) {
		if (asked)
			up_tell_bridge_lacks(p, value.pos, row);
		value.is_set = false;
	}
	value.is_set = differs(p, bridge, id, &value, &link->bridge[id]);
	if (value.is_set && row->needs_no_ports && planner_has_ports(p, link->ifindex)) {
		tell_needs_no_ports(p, bridge, id);
		value.is_set = false;
	}
	return value;
}

static void change_options(struct planner *p, const struct iface *bridge,
			   const struct snap_link *link)
{
	struct bridge_value *change = bridge_values_new(&bridge_table, p->plan->arena);
	const struct bridge_value *parts[BRIDGE_PARTS];
	bool any = false;
	size_t n;

	for (size_t id = 0; change && id < bridge_table.n; id++) {
		change[id] = change_of(p, bridge, link, id);
		any |= change[id].is_set;
	}
	n = change ? bridge_split(change, p->plan->arena, parts) : 0;
	p->failed |= !n;
	for (size_t i = 0; any && i < n; i++) {
		struct plan_op op =
			planner_step(OP_BRIDGE_SET, bridge->bridge->options_pos, link);

		op.bridge_options = parts[i];
		planner_add(p, op);
	}
}

int up_want_bridge(struct planner *p, const struct iface *bridge,
		   const struct iface *target, size_t *ret_created)
{
	const struct snap_link *link = planner_link(p, bridge->name);

	*ret_created = PLAN_NO_OP;
	if (!link) {
		*ret_created = add_bridge(p, bridge);
		return 0;
	}
	if (!link->bridge)
		return up_name_is_taken(p, bridge, "bridge", link);
	if (planner_keeps(p, bridge, target))
		return 0;
	change_options(p, bridge, link);
	up_set_mac(p, bridge, link, PLAN_NO_OP);
	up_set_mtu(p, bridge, link, PLAN_NO_OP);
	return 0;
}

/* ---- what is ours afterwards ---- */

/* What could not be reset is not forgotten. */
static bool is_reset(const struct snap_link *link, size_t id)
{
	const struct bridge_option *row = &bridge_table.rows[id];
	const struct bridge_value def = bridge_value_default(row);

	return !row->needs_no_ports || bridge_value_equal(row, &link->bridge[id], &def);
}

void up_remember_bridge(struct planner *p, const struct iface *bridge)
{
	const struct snap_link *link = planner_link(p, bridge->name);
	struct snapshot *made = p->plan->made;
	struct snap_link *ours = snapshot_link(made, bridge->name);

	if (!link || !link->bridge || !ours)
		return;
	if (!ours->bridge)
		ours->bridge = bridge_values_new(&bridge_table, made->arena);
	p->failed |= !ours->bridge;
	for (size_t id = 0; ours->bridge && id < bridge_table.n; id++) {
		if (bridge->bridge->options[id].is_set)
			ours->bridge[id] = bridge->bridge->options[id];
		else if (is_reset(link, id))
			ours->bridge[id].is_set = false;
	}
}
