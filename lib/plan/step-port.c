/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps for ports that join and leave. */
#include <net/if.h>

#include "lib/base/language.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

static void play_port_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);

	if (bond && snap_bridge(bond)) {
		play_join_bridge(p, link, bond);
		return;
	}
	journal_link(p, link);
	link->master = op->master.ifindex;
	members_add(&p->members, link->name, link->master);
	if (bond && bond->options && !snap_bond(bond))
		link->port_options =
			option_values_new(bond->options->table->beside, p->sim->arena);
	if (bond && !snap_bond(bond))
		return;
	link->flags |= IFF_UP;
	link->port = NULL;
	/* A port starts with the driver's defaults, whatever it had in a bond before. */
	snapshot_make_port(p->sim, link);
	link->port->options = option_values_defaults(&bond_port_table, p->sim->arena);
}

static void play_port_remove(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);

	if (bond && snap_bridge_port(link)) {
		play_leave_bridge(p, link, bond);
		return;
	}
	journal_link(p, link);
	link->master = 0;
	link->port = NULL;
	link->port_options = NULL;
	/* Teams and similar drivers leave the link up. */
	if (!bond || !snap_bond(bond))
		return;
	link->flags &= ~(unsigned int)IFF_UP;
	/* The driver gives a bond a random MAC when its last port leaves. */
	if (!planner_has_ports(p, bond->ifindex)) {
		journal_link(p, bond);
		bond->mac.len = 0;
	}
}

/* ---- printing ---- */

static void print_port_add(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	print_name(out, " master ", op->master.dev);
}

static void print_port_remove(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " nomaster");
}

/* ---- the rows ---- */

const struct step_kind step_port_add = {
	.payload = PAYLOAD_MASTER,
	.play = play_port_add,
	.print = print_port_add,
	.verb = N_("enslave"),
	.unsaid =
		N_("the kernel's log may show the reason; a port that cannot change its "
		   "MAC address needs mode=active-backup and fail_over_mac=active"),
};

const struct step_kind step_port_remove = {
	.payload = PAYLOAD_MASTER,
	.play = play_port_remove,
	.print = print_port_remove,
	.verb = N_("release"),
};
