/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan in which ports join their bond, each with its own options. */
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>

#include "lib/base/language.h"
#include "lib/plan/dhcp.h"
#include "lib/plan/down.h"
#include "lib/plan/hwaddr.h"
#include "lib/plan/options.h"
#include "lib/plan/up.h"

size_t up_enslave(struct planner *p, struct pos pos, const struct snap_link *nic,
		  const struct snap_link *bond, size_t needs)
{
	return PLANNER_ADD(p, OP_PORT_ADD, pos, nic, needs,
			   .master = { bond->name, bond->ifindex });
}

static void strip_addrs(struct planner *p, struct pos pos, struct snap_link *nic,
			int family, size_t needs, unsigned int flag)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = nic->addrs; addr; addr = next) {
		next = addr->next;
		if (addr->addr.family == family &&
		    (addr->flags & IFA_F_SECONDARY) == flag &&
		    (family == AF_INET || !ip_is_link_local(&addr->addr)))
			PLANNER_ADD(p, OP_ADDR_DEL, pos, nic, needs, .addr = addr);
	}
}

/*
 * A port has no addresses of its own: they would be answered in addition to the bond's.
 * Secondary ones are removed first, because the kernel may or may not remove them with
 * the primary one.
 */
void up_strip(struct planner *p, struct pos pos, struct snap_link *nic, int family,
	      size_t needs)
{
	strip_addrs(p, pos, nic, family, needs, IFA_F_SECONDARY);
	strip_addrs(p, pos, nic, family, needs, 0);
}

/* Without the bond, the network card is better left as it is. */
static size_t port_join(struct planner *p, const struct iface *port,
			struct snap_link *nic, size_t created, size_t *ret_tried)
{
	const struct snap_link *bond = planner_link(p, port->master_name);

	if (nic->master)
		planner_release(p, port->master_pos, nic, created);
	up_strip(p, port->master_pos, nic, AF_INET, created);
	if (nic->flags & IFF_UP)
		PLANNER_ADD(p, OP_LINK_DOWN, port->master_pos, nic, created);
	*ret_tried = up_try_speed(p, port, nic, created);
	return up_enslave(p, port->master_pos, nic, bond, created);
}

static struct option_subject port_subject(const struct planner *p,
					  const struct iface *port)
{
	/* A bond that keeps its mode may have another one in its file already. */
	const bool keeps = planner_keeps(p, port->master, port);
	const struct snap_link *bond = planner_link(p, port->master_name);

	return (struct option_subject){
		.iface = port,
		.want = port->port_options,
		.pos = port->master_pos,
		.mode = bond_values_mode(keeps ? snap_bond(bond) : port->master->options),
	};
}

/* No two ports have the same queue, not even while two of them swap. */
static void free_queue(struct planner *p, const struct snap_link *nic,
		       const struct option_value *queue_id)
{
	const struct option_value none = { .is_set = true };
	const struct option_values *options =
		options_one(p, &bond_port_table, PORT_OPT_QUEUE_ID, &none);

	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *other = p->sim->links[i];

		if (other != nic && other->master == nic->master && other->port &&
		    other->port->options->of[PORT_OPT_QUEUE_ID].num == queue_id->num)
			options_set(p, queue_id->pos, other, options, PLAN_NO_OP);
	}
}

/* @joined: the step by which it became a port, or PLAN_NO_OP. */
static void want_port_options(struct planner *p, const struct iface *port,
			      const struct snap_link *nic, size_t joined)
{
	const struct option_subject subject = port_subject(p, port);
	const struct option_values *change = options_change(p, &subject);
	const struct option_value *queue_id =
		change ? &change->of[PORT_OPT_QUEUE_ID] : NULL;

	if (queue_id && queue_id->is_set && queue_id->num)
		free_queue(p, nic, queue_id);
	if (change)
		options_set(p, port->master_pos, nic, change, joined);
}

/* Whether nothing is recorded for it. */
static bool made_is_blank(const struct snap_link *made)
{
	return !*made->kind && !made->down_with && !made->options && !made->addrs &&
	       !made->routes && !made->rules && !made->runs;
}

/* What earlier runs did with it as a port. */
static void port_forget(struct planner *p, const struct iface *port)
{
	struct snap_link *made = planner_made(p, port->name);

	if (!made)
		return;
	made->port = NULL;
	if (made_is_blank(made))
		snapshot_remove_link(p->plan->made, made);
}

/* Even if all its options are defaults: the fact that it joined is ours. */
static void port_remember(struct planner *p, const struct iface *port)
{
	struct option_subject subject;
	struct snap_link *link;

	if (!planner_link(p, port->name)) {
		port_forget(p, port);
		return;
	}
	link = planner_note_made(p, port->name);
	link->port = NULL;
	snapshot_make_port(p->plan->made, link);
	subject = port_subject(p, port);
	options_remember(p, &subject, link);
}

bool up_was_port(const struct planner *p, const char *port, const char *owner)
{
	const struct snap_link *nic = snapshot_link(p->have, port);
	const struct snap_link *link = snapshot_link(p->have, owner);

	return nic && link && nic->master == link->ifindex;
}

/* A port with errors in its file continues as before, whatever changes in the bond. */
static void keep_lost(struct planner *p, const struct iface *port, struct snap_link *nic,
		      const struct snap_link *bond, size_t created)
{
	size_t tried;

	if (nic && nic->master != bond->ifindex &&
	    up_was_port(p, port->name, port->master_name))
		port_join(p, port, nic, created, &tried);
}

/*
 * Ends what the card had before it became a port, apart from addresses: a DHCP client
 * would set one again. Only once it has joined, because without the bond it is better
 * left as it is.
 */
static void end_own_life(struct planner *p, const struct iface *port, size_t joined)
{
	struct snap_link *made = snapshot_link(p->plan->made, port->name);
	const size_t first = p->plan->n;

	if (!made)
		return;
	dhcp_down(p, port);
	down_distant_routes(p, port);
	down_zone(p, port);
	for (size_t i = first; i < p->plan->n; i++)
		p->plan->ops[i].needs = joined;
	made->clients = NULL;
	snap_link_drop_addrs(made);
	snap_link_drop_routes(made);
	snap_link_drop_rules(made);
	made->dns = NULL;
	made->zone = NULL;
}

void up_join_by_hand(struct planner *p, const struct iface *port)
{
	const struct snap_link *bond = planner_link(p, port->master_name);
	struct snap_link *nic = planner_link(p, port->name);
	size_t tried;

	if (nic->master == bond->ifindex)
		return;
	end_own_life(p, port, port_join(p, port, nic, PLAN_NO_OP, &tried));
	port_forget(p, port);
}

void up_leave_by_hand(struct planner *p, const struct iface *port)
{
	if (planner_link(p, port->name)->master)
		planner_release(p, port->pos, planner_link(p, port->name), PLAN_NO_OP);
	port_forget(p, port);
}

void up_want_port(struct planner *p, const struct iface *port, size_t created)
{
	const struct snap_link *bond = planner_link(p, port->master_name);
	struct snap_link *nic = planner_link(p, port->name);
	size_t joined = PLAN_NO_OP, tried = 0;

	if (!bond)
		return;
	if (port->is_lost) {
		keep_lost(p, port, nic, bond, created);
		return;
	}
	if (!nic) {
		diag_warning(p->diag, port->pos,
			     "there is no interface %s: %s comes up without it",
			     port->name, port->master_name);
		hwaddr_hint_missing(
			p, port,
			_("`ip link` lists the interfaces; correct DEVICE, or "
			  "remove the file"));
		port_remember(p, port);
		return;
	}
	if (!hwaddr_fits_port(p, DIAG_WARNING, port, nic))
		return;
	/* Before the bond gives it an MTU that only one of the modes allows. */
	created = up_set_ipoib_mode(p, port, nic, created);
	if (nic->master != bond->ifindex)
		joined = port_join(p, port, nic, created, &tried);
	else if (!(nic->flags & IFF_UP))
		PLANNER_ADD(p, OP_LINK_UP, port->master_pos, nic, PLAN_NO_OP);
	end_own_life(p, port, joined);
	want_port_options(p, port, nic, joined);
	up_want_ethtool(p, port, nic, joined, tried);
	port_remember(p, port);
}

void up_want_ports(struct planner *p, const struct iface *bond, size_t created)
{
	if (!bond->n_ports) {
		diag_warning(p->diag, bond->pos, "%s has no ports", bond->name);
		diag_hint(p->diag,
			  "write MASTER=%s and SLAVE=yes into the files of its "
			  "network cards",
			  bond->name);
	}
	for (size_t i = 0; i < bond->n_ports; i++)
		up_want_port(p, bond->ports[i], created);
}
