/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a plan that brings a bridge to its configured state, except for ports, see
 * up-bridge-port.c.
 */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/driver.h"
#include "lib/plan/options.h"
#include "lib/plan/up.h"

/* ---- a new bridge ---- */

/* The present or future address of a port. */
static struct hwaddr mac_of(const struct planner *p, const struct snap_link *link)
{
	while (link && !link->mac.len && link->vlan)
		link = snapshot_link_by_index(p->sim, link->parent);
	return link ? link->mac : (struct hwaddr){ 0 };
}

/*
 * The driver uses the lowest address of the ports, determined again whenever one joins or
 * leaves. So the bridge gets that address from the start, permanently; len 0 leaves it to
 * the driver.
 */
static struct hwaddr bridge_mac(const struct planner *p, const struct iface *iface)
{
	struct hwaddr lowest = { 0 };

	if (iface->mac_wish == MAC_GIVEN)
		return iface->mac;
	for (size_t i = 0; i < iface->n_ports; i++) {
		const struct iface *port = iface->ports[i];
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
 * From Linux 6.12 on, and in newer stable releases of older kernels, the driver refuses
 * to create a bridge with a bit that it does not know (br_boolopt_multi_toggle());
 * before, it ignored it.
 */
static bool may_be_unknown(const struct planner *p, const struct option_row *row)
{
	const struct snap_kernel *kernel = &p->have->kernel;

	return row->wire == WIRE_BIT && kernel->major &&
	       driver_is_older(kernel, row->since);
}

/* The rest is tried one by one: the look after the run reports what the driver lacks. */
static void try_unknown_options(struct planner *p, const struct iface *bridge,
				size_t created)
{
	for (size_t id = 0; id < bridge_table.n; id++) {
		const struct option_value *wanted = &bridge->options->of[id];

		if (wanted->is_set && may_be_unknown(p, &bridge_table.rows[id]))
			options_wish(p, planner_link(p, bridge->name), &bridge_table, id,
				     wanted, created);
	}
}

static size_t bridge_create(struct planner *p, const struct iface *bridge)
{
	struct snap_link *link = arena_alloc(p->plan->arena, sizeof(*link));
	struct option_values *known = option_values_copy(bridge->options, p->plan->arena);
	size_t created;

	link->name = bridge->name;
	link->ifindex = planner_free_index(p);
	link->kind = "bridge";
	link->mac = bridge_mac(p, bridge);
	for (size_t id = 0; id < bridge_table.n; id++)
		known->of[id].is_set &= !may_be_unknown(p, &bridge_table.rows[id]);
	link->options = known;
	created = planner_add(p, (struct plan_op){ .kind = OP_LINK_ADD,
						   .pos = bridge->options_pos,
						   .dev = bridge->name,
						   .ifindex = link->ifindex,
						   .needs = PLAN_NO_OP,
						   .link = link });
	try_unknown_options(p, bridge, created);
	/*
	 * A separate step makes it permanent: an MTU given at creation would follow the
	 * ports.
	 */
	up_set_mtu(p, bridge, planner_link(p, bridge->name), created);
	return created;
}

/* ---- an existing bridge ---- */

int up_want_bridge(struct planner *p, const struct iface *bridge, size_t *created)
{
	const struct option_subject subject = options_subject(bridge);
	const struct snap_link *link = planner_link(p, bridge->name);
	const struct option_values *change;

	if (!link) {
		*created = bridge_create(p, bridge);
		return 0;
	}
	if (!snap_bridge(link))
		return up_name_is_taken(p, bridge, "bridge", link);
	if (planner_keeps(p, bridge, p->target))
		return 0;
	change = options_change(p, &subject);
	if (change)
		options_set(p, subject.pos, link, change, PLAN_NO_OP);
	up_set_mac(p, bridge, link, PLAN_NO_OP);
	up_set_mtu(p, bridge, link, PLAN_NO_OP);
	return 0;
}
