/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a plan that brings a bond to its configured state, except for ports, see
 * port.c.
 */
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/hwaddr.h"
#include "lib/plan/options.h"
#include "lib/plan/up.h"

/* A bond is Ethernet until a port of InfiniBand joins, which brings its own address. */
static bool is_for_bond(const struct hwaddr *mac)
{
	return mac->len == ETH_ALEN && hwaddr_is_unicast(mac);
}

/* The MAC of the bond from its first moment on; len 0 leaves it to the driver. */
static struct hwaddr bond_mac(const struct planner *p, const struct iface *bond)
{
	if (bond->mac_wish == MAC_GIVEN)
		return bond->mac;
	for (size_t i = 0; i < bond->n_ports; i++) {
		const struct snap_link *nic =
			snapshot_link(p->have, bond->ports[i]->name);

		if (nic && !bond->ports[i]->is_lost && is_for_bond(&nic->perm_mac) &&
		    (hwaddr_fits(bond->ports[i], nic) ||
		     hwaddr_swapped_with(p, bond->ports[i], nic)))
			return nic->perm_mac;
	}
	return (struct hwaddr){ 0 };
}

static bool asks_for_mac(const struct iface *bond)
{
	return bond->mac_wish == MAC_GIVEN || bond->mac_wish == MAC_PERMANENT;
}

/* An address that would be lost when ports leave for a change is kept. */
static struct hwaddr lasting_mac(const struct planner *p, const struct iface *bond,
				 const struct snap_link *link)
{
	const struct snap_link *was = snapshot_link(p->have, link->name);

	if (!asks_for_mac(bond) && was && planner_had_ports(p, was->ifindex) &&
	    is_for_bond(&was->mac))
		return was->mac;
	return bond_mac(p, bond);
}

static size_t bond_create(struct planner *p, const struct iface *bond, bool up)
{
	struct snap_link *link = arena_alloc(p->plan->arena, sizeof(*link));
	const struct option_subject subject = options_subject(bond);
	struct option_values *options = options_wanted(p, &subject);

	link->name = bond->name;
	link->ifindex = planner_free_index(p);
	link->kind = "bond";
	link->mac = bond_mac(p, bond);
	link->mtu = bond->has_mtu ? bond->mtu : 0;
	link->flags = up && !up_starts_down(p, bond) ? IFF_UP : 0;
	link->options = planner_keep_options(p, options);
	if (!p->sim->has_bonding)
		planner_add(p, (struct plan_op){ .kind = OP_MODULE_LOAD,
						 .pos = bond->pos,
						 .needs = PLAN_NO_OP });
	return planner_add(p, (struct plan_op){ .kind = OP_LINK_ADD,
						.pos = bond->options_pos,
						.dev = bond->name,
						.ifindex = link->ifindex,
						.needs = PLAN_NO_OP,
						.link = link });
}

/* The first option that needs the bond down, or empty; NULL if none does. */
static const char *name_of_needing(const struct option_values *options,
				   enum option_when when)
{
	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		if (options->of[i].is_set && (bond_table.rows[i].when == when ||
					      bond_table.rows[i].when == WHEN_EMPTY_DOWN))
			return bond_table.rows[i].name;
	return NULL;
}

/* Removes all ports; they come back after the change, in the same order. */
static void release_all(struct planner *p, struct pos pos, const struct snap_link *bond)
{
	for (size_t i = 0; i < p->sim->n_links; i++)
		if (p->sim->links[i]->master == bond->ifindex)
			planner_release(p, pos, p->sim->links[i], PLAN_NO_OP);
}

static void bond_set_mac(struct planner *p, const struct iface *bond,
			 const struct snap_link *link)
{
	struct hwaddr mac = lasting_mac(p, bond, link);

	/* While it has ports, the address is changed only if somebody asked for it. */
	if (bond->mac_wish == MAC_PRESERVED && !planner_had_ports(p, link->ifindex))
		return;
	if (!mac.len || hwaddr_equal(&mac, &link->mac) ||
	    bond_values_ignore_mac(snap_bond(link)) ||
	    (!asks_for_mac(bond) && planner_has_ports(p, link->ifindex)))
		return;
	PLANNER_ADD(p, OP_LINK_MAC, asks_for_mac(bond) ? bond->mac_pos : bond->pos, link,
		    PLAN_NO_OP, .mac = mac);
}

/* Puts back the ports that had to leave, including those that no file names. */
static void bond_rejoin_ports(struct planner *p, struct pos pos,
			      const struct snap_link *bond)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];
		const struct snap_link *nic = planner_link(p, was->name);
		const struct option_values *options;
		size_t joined;

		if (was->master != bond->ifindex)
			continue;
		joined = up_enslave(p, pos, nic, bond, PLAN_NO_OP);
		options = planner_port_options(p, was);
		if (options)
			options_set(p, pos, nic, options, joined);
	}
}

static void note_interruption(struct planner *p, const struct iface *bond,
			      const char *needs_empty, const char *needs_down)
{
	if (needs_empty)
		diag_notice(p->diag, bond->options_pos,
			    "%s: the ports leave for a moment, because %s cannot be "
			    "changed while there are any",
			    bond->name, needs_empty);
	if (needs_down)
		diag_notice(p->diag, bond->options_pos,
			    "%s goes down for a moment, because %s cannot be changed "
			    "while it is up",
			    bond->name, needs_down);
}

static void bond_change_options(struct planner *p, const struct iface *bond)
{
	const struct option_subject subject = options_subject(bond);
	const struct snap_link *link = planner_link(p, bond->name);
	const struct option_values *options = options_change(p, &subject);
	const char *empty_it = NULL, *down_it = NULL;

	if (!options)
		return;
	if (planner_has_ports(p, link->ifindex))
		empty_it = name_of_needing(options, WHEN_BOND_EMPTY);
	if (link->flags & IFF_UP)
		down_it = name_of_needing(options, WHEN_BOND_DOWN);
	note_interruption(p, bond, empty_it, down_it);
	if (empty_it)
		release_all(p, bond->options_pos, link);
	if (down_it)
		PLANNER_ADD(p, OP_LINK_DOWN, bond->options_pos, link, PLAN_NO_OP);
	/* With fail_over_mac, the driver accepts an address only before or after. */
	bond_set_mac(p, bond, link);
	options_set(p, bond->options_pos, link, options, PLAN_NO_OP);
	bond_set_mac(p, bond, link);
	/* In this order for the reason given at ports_first(). */
	if (empty_it)
		bond_rejoin_ports(p, bond->options_pos, link);
	if (down_it && !bond->stays_down)
		PLANNER_ADD(p, OP_LINK_UP, bond->options_pos, link, PLAN_NO_OP);
}

/*
 * In 802.3ad the driver delays its choice of an aggregator: by eight seconds when the
 * first port joins, by a moment when the bond comes up.
 */
static bool ports_first(const struct iface *bond)
{
	return bond_values_mode(bond->options) == BOND_MODE_802_3AD;
}

/* Sets a primary that was not set while its card was missing. */
static void take_up_primary(struct planner *p, const struct iface *bond,
			    const struct iface *port, const struct snap_link *link)
{
	const struct option_value *wanted = &bond->options->of[BOND_OPT_PRIMARY];
	struct option_values *options;
	struct snap_link *made;

	if (!wanted->is_set || strcmp(wanted->ifname, port->name) != 0 ||
	    !option_has_mode(&bond_table.rows[BOND_OPT_PRIMARY],
			     bond_values_mode(snap_bond(link))) ||
	    snap_bond(link)->of[BOND_OPT_PRIMARY].is_set)
		return;
	options = options_one(p, &bond_table, BOND_OPT_PRIMARY, wanted);
	made = planner_note_made(p, bond->name);
	snapshot_set_option(p->plan->made, made, BOND_OPT_PRIMARY, wanted);
	options_set(p, bond->options_pos, link, options, PLAN_NO_OP);
}

/*
 * A bond that a card joins as it appears carries traffic: changes in its file wait for an
 * ifup. The driver gave the bond another address when the last port left.
 */
static void prepare_for_port(struct planner *p, const struct iface *bond,
			     const struct iface *port, const struct snap_link *link)
{
	if (!planner_has_ports(p, link->ifindex))
		bond_set_mac(p, bond, link);
	take_up_primary(p, bond, port, link);
}

/* Brings the bond to its configured state, except for its ports. Return: 0, or -EBUSY. */
int up_want_bond(struct planner *p, const struct iface *bond, size_t *created)
{
	const struct snap_link *link = planner_link(p, bond->name);

	if (!link) {
		*created = bond_create(p, bond,
				       p->target == bond && !bond->stays_down &&
					       !ports_first(bond));
		return 0;
	}
	if (!snap_bond(link))
		return up_name_is_taken(p, bond, "bond", link);
	if (planner_keeps(p, bond, p->target)) {
		prepare_for_port(p, bond, p->target, link);
		return 0;
	}
	bond_change_options(p, bond);
	bond_set_mac(p, bond, link);
	up_set_bond_mtu(p, bond, link);
	return 0;
}

/*
 * Whether the driver would accept it as the active port; for one that joins, this is not
 * known.
 */
static bool can_be_active(const struct planner *p, const struct snap_link *nic)
{
	const struct snap_link *was = snapshot_link(p->have, nic->name);

	return was->master != nic->master ||
	       (was->carrier && !(was->port && was->port->mii_status));
}

/*
 * The active port is a momentary state, and only a port with a link can be active: a
 * refusal by the driver is not a failure. Waiting for the link, if anything does, comes
 * before.
 */
void up_set_active_slave(struct planner *p, const struct iface *bond, size_t needs)
{
	const struct option_value *wanted = &bond->options->of[BOND_OPT_ACTIVE_SLAVE];
	const struct snap_link *link = planner_link(p, bond->name);
	const struct snap_link *nic =
		wanted->is_set ? planner_link(p, wanted->ifname) : NULL;

	if (!nic || nic->master != link->ifindex ||
	    option_value_equal(&bond_table.rows[BOND_OPT_ACTIVE_SLAVE], wanted,
			       &snap_bond(link)->of[BOND_OPT_ACTIVE_SLAVE]))
		return;
	if (!can_be_active(p, nic)) {
		diag_warning(p->diag, wanted->pos,
			     "active_slave %s ignored: its link is not up", nic->name);
		diag_hint(p->diag, "primary=%s makes it active whenever it works",
			  nic->name);
		return;
	}
	options_wish(p, link, &bond_table, BOND_OPT_ACTIVE_SLAVE, wanted, needs);
}
