/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a plan that changes the MTU of a bond that is in use.
 *
 * Many drivers reset their card for that, and a bond passes its MTU to all ports at once:
 * while their links are down, there is no traffic. So the MTU is set port by port, each
 * once the previous one is in use again, the active one last. The bond's own MTU then
 * changes nothing more in them: bond_change_mtu() in Linux bond_main.c, dev_set_mtu().
 */
#include <net/if.h>
#include <string.h>

#include "lib/plan/options.h"
#include "lib/plan/up.h"

/* After a reset, a card needs autonegotiation, and then LACP. */
#define PORT_LINK_MS 20000
#define PORT_LACP_MS 20000

/* Whether it can carry traffic: its link as the driver sees it and, in 802.3ad, LACP. */
static bool carries_traffic(const struct snap_link *port)
{
	const uint8_t both = LACP_COLLECTING | LACP_DISTRIBUTING;
	const struct snap_lacp_port *lacp = &port->port->lacp;

	if (!port->carrier || port->port->mii_status != 0)
		return false;
	return !port->port->has_lacp ||
	       (lacp->actor_state & lacp->partner_state & both) == both;
}

static bool is_active_port(const struct snap_link *bond, const struct snap_link *port)
{
	const struct option_value *active = &snap_bond(bond)->of[BOND_OPT_ACTIVE_SLAVE];

	return active->is_set && strcmp(active->ifname, port->name) == 0;
}

/* The link, if it is a port both before and now; NULL for other links. */
static const struct snap_link *port_at(const struct planner *p, size_t i,
				       const struct snap_link *bond)
{
	const struct snap_link *was = p->have->links[i];
	const struct snap_link *now = planner_link(p, was->name);

	return was->port && was->master == bond->ifindex && now &&
			       now->master == bond->ifindex && now->flags & IFF_UP
		       ? was
		       : NULL;
}

/* Ports that left for a moment have no link yet, and may be unusable in another mode. */
static bool is_disturbed(const struct planner *p, const struct snap_link *bond)
{
	for (size_t i = 0; i < p->plan->n; i++)
		if (p->plan->ops[i].kind == OP_PORT_REMOVE &&
		    p->plan->ops[i].master.ifindex == bond->ifindex)
			return true;
	return bond->was_reset || !(bond->flags & IFF_UP);
}

/* Whether going port by port helps: another port keeps working. */
static bool has_spare_port(const struct planner *p, const struct snap_link *bond)
{
	size_t n = 0;

	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *port = port_at(p, i, bond);

		n += port && carries_traffic(port);
	}
	return n > 1;
}

/*
 * struct mtu_walk - going from port to port
 * @needs: the step that the next one needs, or PLAN_NO_OP
 * @last: the previous port, if it was in use; NULL for none
 */
struct mtu_walk {
	const struct iface *bond;
	const struct snap_link *link;
	size_t needs;
	const struct snap_link *last;
};

static struct plan_op wait_for_last(const struct mtu_walk *walk)
{
	const uint32_t lacp_ms = walk->last->port->has_lacp ? PORT_LACP_MS : 0;

	return PLANNER_STEP(OP_LINK_WAIT, walk->bond->mtu_pos, walk->last, walk->needs,
			    .wait = { .link_ms = PORT_LINK_MS + lacp_ms,
				      .is_port = true });
}

static void set_port_mtu(struct planner *p, struct mtu_walk *walk,
			 const struct snap_link *port)
{
	if (planner_link(p, port->name)->mtu == walk->bond->mtu)
		return;
	if (walk->last)
		walk->needs = planner_add(p, wait_for_last(walk));
	walk->needs = PLANNER_ADD(p, OP_LINK_MTU, walk->bond->mtu_pos, port, walk->needs,
				  .mtu = walk->bond->mtu);
	if (carries_traffic(port))
		walk->last = port;
}

/* Optional: if it fails, the gap is longer, or another port stays active. */
static void set_active(struct planner *p, const struct mtu_walk *walk, const char *name,
		       size_t needs)
{
	const struct option_value wanted = { .is_set = true,
					     .pos = walk->bond->mtu_pos,
					     .ifname = name };
	options_wish(p, walk->link, &bond_table, BOND_OPT_ACTIVE_SLAVE, &wanted, needs);
}

/*
 * While a driver resets its card, the bonding driver cannot fail over. So another port is
 * made active meanwhile.
 */
static void set_active_mtu(struct planner *p, struct mtu_walk *walk,
			   const struct snap_link *port)
{
	struct plan_op op;

	if (planner_link(p, port->name)->mtu == walk->bond->mtu || !walk->last) {
		set_port_mtu(p, walk, port);
		return;
	}
	walk->needs = planner_add(p, wait_for_last(walk));
	set_active(p, walk, walk->last->name, walk->needs);
	walk->last = NULL;
	set_port_mtu(p, walk, port);
	walk->last = port;
	op = wait_for_last(walk);
	op.is_wish = true;
	set_active(p, walk, port->name, planner_add(p, op));
}

void up_set_bond_mtu(struct planner *p, const struct iface *bond,
		     const struct snap_link *link)
{
	struct mtu_walk walk = { .bond = bond, .link = link, .needs = PLAN_NO_OP };
	const struct snap_link *active = NULL;

	if (bond->has_mtu && bond->mtu != link->mtu && !is_disturbed(p, link) &&
	    bond->link_wait_ms && has_spare_port(p, link)) {
		for (size_t i = 0; i < p->have->n_links; i++) {
			const struct snap_link *port = port_at(p, i, link);

			if (port && is_active_port(link, port))
				active = port;
			else if (port)
				set_port_mtu(p, &walk, port);
		}
		if (active)
			set_active_mtu(p, &walk, active);
	}
	up_set_mtu(p, bond, link, walk.needs);
}
