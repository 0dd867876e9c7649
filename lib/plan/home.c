/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links that join another one and keep their own addresses and routes: link_kinds[].has_hosts.
 *
 * The kernel takes a member that is up down for a moment when it joins or leaves, so that its
 * addresses and routes move to the other table: cycle_netdev() in Linux drivers/net/vrf.c. That
 * is done here in steps of their own: what is lost with it is planned as for any other link that
 * has to go down.
 */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/plan/down.h"
#include "lib/plan/up.h"

/* Where a link is a member now; NULL for a port, and for a link without a master. */
static const struct snap_link *home_now(const struct planner *p,
					const struct snap_link *link)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(p->sim, link->master) : NULL;

	return master && snap_link_has_hosts(master) ? master : NULL;
}

/* Whether an earlier run made it a member. */
static bool is_our_member(const struct snap_link *made)
{
	return made && made->port_options && !snap_bridge_port(made);
}

static void remember(struct planner *p, const struct snap_link *link)
{
	const struct snap_link *home = home_now(p, link);
	struct snap_link *made = planner_made(p, link->name);

	if (is_our_member(made))
		made->port_options = NULL;
	if (home)
		planner_note_made(p, link->name)->port_options = option_values_new(
			home->options->table->beside, p->plan->made->arena);
}

static void go_down_if_up(struct planner *p, struct pos pos, const struct snap_link *link,
			  size_t needs)
{
	if (link->flags & IFF_UP)
		PLANNER_ADD(p, OP_LINK_DOWN, pos, link, needs);
}

static void tell_interruption(struct planner *p, const struct iface *iface,
			      const struct snap_link *link, const struct snap_link *home)
{
	if (!(link->flags & IFF_UP))
		return;
	if (home)
		diag_notice(p->diag, iface->master_pos,
			    "%s goes down for a moment, because it joins %s", link->name,
			    home->name);
	else
		diag_notice(p->diag, iface->pos,
			    "%s goes down for a moment, because it leaves %s", link->name,
			    home_now(p, link)->name);
}

/* Its routes would go into the table of the file. */
int up_judge_home(struct planner *p, const struct iface *iface)
{
	const struct snap_link *home =
		iface_home(iface) ? planner_link(p, iface->master_name) : NULL;
	uint32_t table;

	if (!home || !snap_link_has_hosts(home))
		return 0;
	table = (uint32_t)home->options->of[0].num;
	if (table == iface->table)
		return 0;
	diag_error(p->diag, iface->master_pos,
		   "%s has the table %u, and in its file the table %u", home->name, table,
		   iface->table);
	diag_hint_words(p->diag, "run ifup %s", home->name);
	return -EBUSY;
}

size_t up_want_home(struct planner *p, const struct iface *iface, size_t created)
{
	const struct snap_link *link = planner_link(p, iface->name), *home, *now;
	const struct pos pos = iface_home(iface) ? iface->master_pos : iface->pos;
	const size_t own = planner_creation(p, iface->name);
	size_t needs = own;

	if (!link || iface_is_port(iface))
		return created;
	home = iface_home(iface) ? planner_link(p, iface->master_name) : NULL;
	now = home_now(p, link);
	if (now == home || (!home && !is_our_member(planner_made(p, iface->name))))
		return created;
	if (own == PLAN_NO_OP && home)
		needs = planner_creation(p, home->name);
	tell_interruption(p, iface, link, home);
	go_down_if_up(p, pos, link, needs);
	if (link->master)
		created = planner_release(p, pos, link, needs);
	if (home)
		created = up_enslave(p, pos, link, home, needs);
	remember(p, link);
	return created;
}

void up_remember_home(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	if (link && (iface_home(iface) || iface_is_port(iface)))
		remember(p, link);
}

/* ---- a link whose options cannot be changed ---- */

static void come_up(struct planner *p, struct pos pos, const struct snap_link *link)
{
	const struct snap_link *was = snapshot_link(p->have, link->name);
	const struct iface member = { .name = was->name, .pos = pos };

	if (!(was->flags & IFF_UP))
		return;
	PLANNER_ADD(p, OP_LINK_UP, pos, link, PLAN_NO_OP);
	up_restore_addrs(p, pos, link, was, NULL, UP_ALL);
	up_restore_routes(p, pos, link, was, NULL, UP_ALL);
	up_keep_uppers(p, &member);
}

/* All its members, also those that no file names: out of it, or into @to. */
static void move_members(struct planner *p, const struct iface *iface, int ifindex,
			 const struct snap_link *to)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];
		const struct snap_link *link = planner_link(p, was->name);

		if (was->master != ifindex || !link)
			continue;
		if (!to) {
			go_down_if_up(p, iface->pos, link, PLAN_NO_OP);
			planner_release(p, iface->pos, link, PLAN_NO_OP);
			continue;
		}
		up_enslave(p, iface->pos, link, to, planner_creation(p, to->name));
		come_up(p, iface->pos, link);
	}
}

void up_make_again(struct planner *p, const struct iface *iface, const char *what,
		   size_t (*make)(struct planner *p, const struct iface *iface),
		   size_t *created)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const int ifindex = link->ifindex;

	diag_notice(p->diag, iface->options_pos,
		    "%s is created again, because its %s cannot be changed", iface->name,
		    what);
	move_members(p, iface, ifindex, NULL);
	up_remove_for_now(p, iface->options_pos, link);
	*created = make(p, iface);
	move_members(p, iface, ifindex, planner_link(p, iface->name));
}

/* ---- down ---- */

void down_leave_home(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const struct snap_link *home = link ? home_now(p, link) : NULL;

	if (!home ||
	    (!is_our_member(planner_made(p, iface->name)) &&
	     !(iface->master_name && strcmp(iface->master_name, home->name) == 0)))
		return;
	planner_release(p, iface->pos, link, PLAN_NO_OP);
}

void down_free_member(struct planner *p, const struct iface *iface,
		      const struct snap_link *link)
{
	if (!is_our_member(planner_made(p, link->name)))
		return;
	go_down_if_up(p, iface->pos, link, PLAN_NO_OP);
	planner_release(p, iface->pos, link, PLAN_NO_OP);
	come_up(p, iface->pos, link);
}

/*
 * Of a link that no file describes any more: what earlier runs have put into it goes on without it.
 */
static void free_members(struct planner *p, const struct iface *iface, int ifindex)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *link = planner_link(p, p->have->links[i]->name);

		if (link && link->master == ifindex)
			down_free_member(p, iface, link);
	}
}

bool down_has_members(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	if (!link || !snap_link_has_hosts(link))
		return false;
	if (!p->iface)
		free_members(p, iface, link->ifindex);
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const char *name = p->sim->links[i]->name;

		if (p->sim->links[i]->master != link->ifindex)
			continue;
		diag_warning(p->diag, iface->pos,
			     "%s stays: %s, which no file describes, has joined it",
			     link->name, name);
		diag_hint_words(p->diag,
				"run ip link set dev %s nomaster, then ifdown %s", name,
				link->name);
		return true;
	}
	return false;
}
