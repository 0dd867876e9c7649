/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports that join and leave. */
#include <net/if.h>

#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

static void play_port_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);

	if (bond && bond->bridge) {
		play_join_bridge(p, op, link, bond);
		return;
	}
	play_undo_master(p, op, OP_PORT_REMOVE);
	/* As its last port leaves again, the driver makes up another one. */
	if (bond && bond->mac.len && !planner_has_ports(p, bond->ifindex))
		play_undo_mac(p, op, bond);
	link->master = op->master.ifindex;
	link->flags |= IFF_UP;
	/* A port begins with the driver's defaults, whatever it had in a bond before. */
	if (snapshot_make_port(p->sim, link))
		link->port->options =
			option_values_defaults(&bond_port_table, p->sim->arena);
	p->failed |= !link->port || !link->port->options;
}

static void play_port_remove(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);
	struct option_values *options = planner_port_options(p, link);
	struct plan_op *undo;

	if (bond && link->bridge_port) {
		play_leave_bridge(p, op, link);
		return;
	}
	link->master = 0;
	link->port = NULL;
	/* Teams and the like leave the link up. */
	if (bond && bond->bond)
		link->flags &= ~(unsigned int)IFF_UP;
	if (bond && bond->bond && !planner_has_ports(p, bond->ifindex)) {
		/* The driver gives a bond a random MAC when its last port leaves. */
		play_undo_mac(p, op, bond);
		bond->mac.len = 0;
	}
	play_undo_master(p, op, OP_PORT_ADD);
	undo = options ? play_undo(p, op, OP_OPTIONS_SET) : NULL;
	if (undo)
		undo->options = options;
}

/* ---- in words ---- */

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
	.verb = "enslave",
	.unsaid = "the kernel's log may show the reason; a port that cannot change its "
		  "MAC address needs mode=active-backup and fail_over_mac=active",
};

const struct step_kind step_port_remove = {
	.payload = PAYLOAD_MASTER,
	.play = play_port_remove,
	.print = print_port_remove,
	.verb = "release",
};
