/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a plan that bring a bridge up and down; of its ports, see bridge-port.c. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/down.h"
#include "lib/plan/driver.h"
#include "lib/plan/options.h"
#include "lib/plan/play.h"
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

/* ---- down ---- */

void down_bridge_port(struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = planner_link(p, port->name);
	const struct snap_link *bridge = planner_link(p, port->master_name);

	if (nic && bridge && snap_bridge_port(nic) && nic->master == bridge->ifindex)
		planner_release(p, port->master_pos, nic, PLAN_NO_OP);
}

/* An earlier run added it, and its file has been changed or removed since. */
static bool is_our_bridge_port(const struct planner *p, const char *name)
{
	const struct snap_link *made = snapshot_link(p->plan->made, name);

	return made && snap_bridge_port(made);
}

static void report_foreign_port(struct planner *p, const struct iface *bridge,
				const struct snap_link *port)
{
	if (p->iface)
		diag_warning(p->diag, bridge->pos,
			     "%s stays: %s, which no file describes, is a port of it",
			     bridge->name, port->name);
	else
		diag_warning(p->diag, bridge->pos,
			     "%s, which no file describes, stays: %s is a port of it",
			     bridge->name, port->name);
	diag_hint(p->diag, "it goes down with what is in it; ifup brings it back");
}

/* Virtual machines would lose their network for good if it were removed. */
static bool has_foreign_ports(struct planner *p, const struct iface *bridge,
			      const struct snap_link *link)
{
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *port = p->sim->links[i];

		if (port->master != link->ifindex || iface_port(bridge, port->name) ||
		    is_our_bridge_port(p, port->name))
			continue;
		if (!p->removes_later)
			report_foreign_port(p, bridge, port);
		return true;
	}
	return false;
}

static void forget_port(struct planner *p, const struct iface *port)
{
	struct snap_link *made = snapshot_link(p->plan->made, port->name);

	if (!made)
		return;
	made->port_options = NULL;
	if (port->kind == IFACE_ETHERNET && !made->addrs && !made->routes &&
	    !made->rules && !made->runs)
		snapshot_remove_link(p->plan->made, made);
}

/*
 * A port without its bridge would use the network by itself, at least by IPv6. But links
 * stacked on it, for example a VLAN, may be in use.
 */
static void release_ports(struct planner *p, const struct iface *bridge, int ifindex)
{
	for (size_t i = 0; i < bridge->n_ports; i++) {
		const struct iface *port = bridge->ports[i];
		const struct snap_link *was = snapshot_link(p->have, port->name);
		const struct snap_link *nic = planner_link(p, port->name);

		forget_port(p, port);
		if (!nic || !was || was->master != ifindex)
			continue;
		if (nic->master)
			planner_release(p, port->master_pos, nic, PLAN_NO_OP);
		if (!planner_upper(p, nic))
			down_link(p, port, nic);
	}
}

/* Former ports of a bridge that no file describes are handled as their files say now. */
static void release_others(struct planner *p, const struct iface *bridge, int ifindex)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];
		const struct snap_link *nic = planner_link(p, was->name);

		if (was->master != ifindex || iface_port(bridge, was->name) ||
		    !is_our_bridge_port(p, was->name))
			continue;
		snapshot_link(p->plan->made, was->name)->port_options = NULL;
		if (bridge->options && nic && !planner_upper(p, nic))
			down_link(p, bridge, nic);
	}
}

/* An earlier run removed the bridge, but could not take its ports down. */
static void take_left_ports_down(struct planner *p, const struct iface *bridge)
{
	for (size_t i = 0; i < bridge->n_ports; i++) {
		const struct iface *port = bridge->ports[i];
		const struct snap_link *made = snapshot_link(p->plan->made, port->name);
		const struct snap_link *nic = planner_link(p, port->name);

		if (!made || !snap_bridge_port(made))
			continue;
		forget_port(p, port);
		if (nic && !nic->master && !planner_upper(p, nic))
			down_link(p, port, nic);
	}
}

void down_bridge(struct planner *p, const struct iface *bridge)
{
	struct snap_link *link = planner_link(p, bridge->name);
	const struct snap_link *made = snapshot_link(p->plan->made, bridge->name);
	int ifindex;

	if (!link)
		take_left_ports_down(p, bridge);
	if (!link || !snap_bridge(link))
		return;
	ifindex = link->ifindex;
	if (made && *made->kind && !has_foreign_ports(p, bridge, link) &&
	    !down_carries_others(p, bridge, link)) {
		PLANNER_ADD(p, OP_LINK_DEL, bridge->pos, link, PLAN_NO_OP);
		release_ports(p, bridge, ifindex);
		release_others(p, bridge, ifindex);
		return;
	}
	down_ip(p, bridge, link);
	release_ports(p, bridge, ifindex);
	down_link(p, bridge, link);
}

/* ---- side effects on the simulated kernel ---- */

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
	const uint32_t mtu = least ? least : FRESH_MTU;

	/* It may be a port in turn, even of itself if the kernel is not to be believed. */
	if (bridge->mtu != mtu)
		play_mtu(p, bridge, mtu);
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
