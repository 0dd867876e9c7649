/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plans the way from the present state to one without an interface: removes what ifup
 * brought, and nothing else.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/dhcp.h"
#include "lib/plan/dns.h"
#include "lib/plan/down.h"
#include "lib/plan/held.h"
#include "lib/plan/helpers.h"
#include "lib/plan/hwaddr.h"
#include "lib/plan/ip-lines.h"
#include "lib/plan/up.h"

/* Removes the addresses in the files, and those that an earlier run made. */
static void remove_addrs(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, const struct snap_link *made,
			 bool secondary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		const struct want_addr *want = planner_wanted_addr(iface, addr);

		next = addr->next;
		if (!(addr->flags & IFA_F_SECONDARY) == secondary)
			continue;
		if (want || (made && snap_link_addr(made, &addr->addr, addr->prefix_len)))
			PLANNER_ADD(p, OP_ADDR_DEL, want ? want->pos : iface->pos, link,
				    PLAN_NO_OP, .addr = addr);
	}
}

/* Than the link of that name; NULL for any route. */
static bool is_through_other(const struct route *route, const void *name)
{
	return !name || !route->dev || strcmp(route->dev, name) != 0;
}

/* All of them; with @but, only those that are not through the link of that name. */
static void remove_own_routes(struct planner *p, const struct iface *iface,
			      const char *but)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	planner_remove_routes(p, iface->pos, made ? made->routes : NULL, is_through_other,
			      but);
}

void down_distant_routes(struct planner *p, const struct iface *iface)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	remove_own_routes(p, iface, iface->name);
	planner_remove_rules(p, iface->pos, made ? made->rules : NULL);
	down_ip_lines(p, iface);
}

void down_ip(struct planner *p, const struct iface *iface, struct snap_link *link)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	remove_own_routes(p, iface, NULL);
	/* The kernel may or may not remove secondary addresses with the primary one. */
	remove_addrs(p, iface, link, made, true);
	remove_addrs(p, iface, link, made, false);
}

void down_link(struct planner *p, const struct iface *iface, const struct snap_link *link)
{
	if (link->flags & IFF_UP)
		PLANNER_ADD(p, OP_LINK_DOWN, iface->pos, link, PLAN_NO_OP);
}

/*
 * Removes it from its bond, which sets it down; a bond other than the file's is ignored.
 */
static void down_port(struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = planner_link(p, port->name);
	const struct snap_link *bond = planner_link(p, port->master_name);

	if (nic && bond && nic->master == bond->ifindex)
		planner_release(p, port->master_pos, nic, PLAN_NO_OP);
	else if (nic && !nic->master)
		down_link(p, port, nic);
}

bool down_carries_others(struct planner *p, const struct iface *iface,
			 const struct snap_link *link)
{
	const struct snap_link *upper = planner_upper(p, link);

	if (!upper || p->removes_later)
		return upper;
	if (p->iface)
		diag_warning(p->diag, iface->pos,
			     "%s stays: %s, which no file describes, is stacked on it",
			     link->name, upper->name);
	else
		diag_warning(p->diag, iface->pos,
			     "%s, which no file describes, stays: %s is stacked on it",
			     link->name, upper->name);
	return upper;
}

/* Deleting a bond releases its ports and sets them down, all in one step. */
static void down_bond(struct planner *p, const struct iface *bond)
{
	struct snap_link *link = planner_link(p, bond->name);
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	if (link && made && *made->kind && snap_bond(link) &&
	    !down_carries_others(p, bond, link)) {
		PLANNER_ADD(p, OP_LINK_DEL, bond->pos, link, PLAN_NO_OP);
		return;
	}
	if (!link)
		return;
	down_ip(p, bond, link);
	for (size_t i = 0; i < bond->n_ports; i++)
		down_port(p, bond->ports[i]);
	down_link(p, bond, link);
}

static void down_card(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);

	if (!link)
		return;
	down_ip(p, iface, link);
	down_link(p, iface, link);
}

/* For these kinds, network-scripts removed the link itself. */
static void down_virtual(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	if (link)
		PLANNER_ADD(p, OP_LINK_DEL, iface->pos, link, PLAN_NO_OP);
}

/* A tap device that a program has open, for example a virtual machine. */
static bool is_tap_open(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	if (!link || !link->tun || !link->carrier)
		return false;
	diag_warning(p->diag, iface->pos, "%s stays: a program uses it", iface->name);
	diag_hint(p->diag, "end that program, then run ifdown again");
	return true;
}

/* A link that existed before is not ours to remove. */
static void down_made(struct planner *p, const struct iface *iface)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	if (made && *made->kind && !is_tap_open(p, iface) && !down_has_members(p, iface))
		down_virtual(p, iface);
	else
		down_card(p, iface);
}

static void down_by_kind(struct planner *p, const struct iface *iface)
{
	static void (*const down[IFACE_KINDS])(struct planner * p,
					       const struct iface *iface) = {
		[IFACE_ETHERNET] = down_card, [IFACE_BOND] = down_bond,
		[IFACE_VLAN] = down_virtual,  [IFACE_VETH] = down_virtual,
		[IFACE_BRIDGE] = down_bridge, [IFACE_IPOIB] = down_virtual,
	};

	(down[iface->kind] ? down[iface->kind] : down_made)(p, iface);
}

static void forget_iface(struct planner *p, const struct iface *iface)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const struct snap_link *left = planner_link(p, iface->name);
	const char *kind = made ? made->kind : "";

	if (made)
		snapshot_remove_link(p->plan->made, made);
	/*
	 * It must still be removed once the program that has a tap open has ended, or once
	 * nothing is stacked on it.
	 */
	if (!*kind || !left || strcmp(left->kind, kind) != 0)
		return;
	made = planner_note_made(p, iface->name);
	made->kind = kind;
	if (snap_bridge(left)) /* as one is that is read again */
		made->options = option_values_new(&bridge_table, p->plan->made->arena);
}

/*
 * What is done for a link of any kind; @link_down decides about the link itself.
 * Afterwards nothing of it is ours, so dns_finish() removes its name servers.
 */
static void down_whole(struct planner *p, const struct iface *iface,
		       void (*link_down)(struct planner *p, const struct iface *iface))
{
	dhcp_down(p, iface);
	down_distant_routes(p, iface);
	link_down(p, iface);
	down_leave_home(p, iface);
	down_zone(p, iface);
	forget_iface(p, iface);
	for (size_t i = 0; iface->kind == IFACE_BOND && i < iface->n_ports; i++)
		forget_iface(p, iface->ports[i]);
}

/* An earlier run put it into a bond or bridge, and its file says so no more. */
static void leave_former_master(struct planner *p, struct pos pos,
				const struct snap_link *link,
				const struct snap_link *made)
{
	const struct snap_link *master = snapshot_link_by_index(p->sim, link->master);

	if ((made->port || snap_bridge_port(made)) && master &&
	    (snap_bond(master) || snap_bridge(master)))
		planner_release(p, pos, link, PLAN_NO_OP);
}

/* It leaves the bond or bridge first. */
static void down_with_masters(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const struct snap_link *made = planner_made(p, iface->name);

	if (iface_is_bond_port(iface))
		down_port(p, iface);
	if (iface_is_bridge_port(iface))
		down_bridge_port(p, iface);
	if (!iface_is_port(iface) && link && made)
		leave_former_master(p, iface->pos, link, made);
	if (!iface_is_bond_port(iface) || iface->kind != IFACE_ETHERNET)
		down_by_kind(p, iface);
}

/* ---- what is stacked on the target ---- */

/* So that ifup of the one brings the other back. */
static void remember_down_with(struct planner *p, const struct iface *upper,
			       const struct iface *target)
{
	struct snap_link *made = planner_note_made(p, upper->name);

	made->down_with = arena_strdup(p->plan->made->arena, target->name);
}

/* Return: 0; -EBUSY if one of them is not ours to take down (reported). */
static int down_uppers(struct planner *p, const struct model *want)
{
	const bool *goes = down_going(p, want);

	for (size_t i = want->n_uppers; i-- > 0;) {
		const struct iface *upper = want->uppers[i];
		const struct snap_link *link = planner_link(p, upper->name);
		bool was_up = link && link->flags & IFF_UP;

		if (!link || !goes[i])
			continue;
		if (held_judge(p, upper) < 0)
			return -EBUSY;
		/* The ports of a bridge are handled separately. */
		down_whole(p, upper,
			   upper->kind == IFACE_BRIDGE ? down_virtual : down_by_kind);
		if (was_up)
			remember_down_with(p, upper, want->target);
	}
	return 0;
}

static void down_alias_rule(struct planner *p, struct snap_link *made,
			    const struct want_rule *want, bool has_priority)
{
	const struct rule *ours = made ? snap_link_rule(made, &want->rule) : NULL;

	if (want->is_asleep || want->rule.has_priority != has_priority)
		return;
	planner_remove_rule(p, want->pos, &want->rule);
	if (ours)
		snap_link_drop_rule(made, ours);
}

static void down_alias_route(struct planner *p, struct snap_link *made,
			     const struct want_route *want, bool has_router)
{
	const struct route *ours = made ? snap_link_route(made, &want->route) : NULL;

	if (want->is_asleep || route_has_router(&want->route) != has_router)
		return;
	planner_remove_route(p, want->pos, &want->route);
	if (ours)
		snap_link_drop_route(made, ours);
}

/* Removes routes and rules of an alias. */
static void down_alias_routes(struct planner *p, const struct iface *iface)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const char *const **argvs = ip_lines_argv(p, iface);

	for (size_t i = 0; i < iface->n_rules; i++)
		down_alias_rule(p, made, &iface->rules[i], true);
	for (size_t i = 0; i < iface->n_rules; i++)
		down_alias_rule(p, made, &iface->rules[i], false);
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		if (!iface->ip_lines[i].is_asleep)
			ip_line_take_back(p, iface, argvs[i]);
	for (size_t i = 0; i < iface->n_routes; i++)
		down_alias_route(p, made, &iface->routes[i], true);
	for (size_t i = 0; i < iface->n_routes; i++)
		down_alias_route(p, made, &iface->routes[i], false);
}

/* Removes the addresses of an alias; its link, and everything else on it, stays. */
static void down_alias(struct planner *p, const struct iface *iface, bool secondary)
{
	struct snap_link *link = planner_link(p, iface->name);
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	for (size_t i = 0; link && i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];
		const struct snap_addr *addr =
			snap_link_addr(link, &want->addr, want->prefix_len);
		const struct snap_addr *ours =
			made ? snap_link_addr(made, &want->addr, want->prefix_len) : NULL;

		if (want->is_asleep)
			continue;
		if (ours)
			snap_link_drop_addr(made, ours);
		if (addr && !(addr->flags & IFA_F_SECONDARY) != secondary)
			PLANNER_ADD(p, OP_ADDR_DEL, want->pos, link, PLAN_NO_OP,
				    .addr = addr);
	}
}

/* ---- what no file describes ---- */

/* Other than link-local ones, which the kernel makes itself. */
static bool has_addrs(const struct snap_link *link)
{
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (!ip_is_link_local(&addr->addr))
			return true;
	return false;
}

/* A card that still has something of others, or is a port of theirs, stays up. */
static void down_left(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);
	const struct snap_link *was = snapshot_link(p->have, iface->name);
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name), *master;

	if (!link)
		return;
	leave_former_master(p, (struct pos){ 0 }, link, made);
	master = snapshot_link_by_index(p->sim, link->master);
	if (master && snap_link_has_hosts(master))
		down_free_member(p, iface, link);
	down_ip(p, iface, link);
	if (was)
		up_restore_addrs(p, iface->pos, link, was, made, UP_ALL);
	if (!has_addrs(link) && !link->master && !planner_upper(p, link))
		down_link(p, iface, link);
}

void down_gone(struct planner *p, struct snap_link *made)
{
	/*
	 * A link that no earlier run made, like a card, had addresses and routes from us.
	 */
	const struct iface iface = { .name = made->name,
				     .kind = link_kind_of(made->kind) };
	const struct snap_link *link = snapshot_link(p->have, made->name);

	planner_begin_gone(p, iface.name);
	if (link && link->nm_managed) {
		/* given away since, with all that is on it */
		snapshot_remove_link(p->plan->made, made);
		return;
	}
	down_whole(p, &iface, iface.kind == IFACE_ETHERNET ? down_left : down_by_kind);
}

/* ---- targets ---- */

/* A card that got the name since belongs to others. */
static bool is_other_card(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	if (!link || iface_is_bond_port(iface) || iface->kind != IFACE_ETHERNET ||
	    hwaddr_fits(iface, link))
		return false;
	hwaddr_tell_misfit(p, DIAG_ERROR, iface, link);
	return true;
}

/* Whether its helper still has to take it down. */
static bool is_left_to_helper(const struct planner *p, const struct model *want,
			      const char *name)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (strcmp(want->order[i]->name, name) == 0)
			return plan_helper_is_due(want, p->have, p->plan->made,
						  want->order[i], false);
	return false;
}

/* Return: 0, or -ENODEV. */
static int down_target(struct planner *p, const struct model *want,
		       const struct iface *target)
{
	if (plan_helper_is_due(want, p->have, p->plan->made, target, false))
		return 0;
	if (is_other_card(p, target))
		return -ENODEV;
	if (held_judge(p, target) < 0)
		return -EBUSY;
	down_whole(p, target, down_with_masters);
	return 0;
}

/* Whether the interface, or a port of it, stays as it is, which is reported. */
static bool is_left(const struct planner *p, const struct model *want, const char *name)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];

		if (!p->plan->owners[iface->place].has_failed)
			continue;
		if (strcmp(iface->name, name) == 0 || iface_port(iface, name))
			return true;
	}
	return false;
}

/* Local services rely on the loopback, which is not part of the network. */
static void down_all(struct planner *p, const struct model *want)
{
	struct snapshot *made = p->plan->made;

	for (size_t i = want->n_order; i-- > 0;)
		if (want->order[i]->is_target &&
		    strcmp(want->order[i]->name, "lo") != 0) {
			planner_begin(p, want->order[i]);
			planner_end(p, down_target(p, want, want->order[i]), false);
		}
	for (size_t i = made->n_links; i-- > 0;)
		if (strcmp(made->links[i]->name, "lo") != 0 &&
		    !is_left(p, want, made->links[i]->name) &&
		    !is_left_to_helper(p, want, made->links[i]->name))
			down_gone(p, made->links[i]);
}

static int down_requested(struct planner *p, const struct model *want)
{
	planner_begin(p, want->target);
	if (want->alias && held_judge(p, want->target) < 0)
		return -EBUSY;
	if (want->alias) {
		down_alias_routes(p, want->target);
		down_alias(p, want->target, true);
		down_alias(p, want->target, false);
		return 0;
	}
	if (want->step == STEP_ROUTES) {
		down_distant_routes(p, want->target);
		remove_own_routes(p, want->target, NULL);
		return 0;
	}
	if (want->keep_uppers && down_check_uppers(p, want->target) < 0)
		return -EBUSY;
	if (down_uppers(p, want) < 0)
		return -EBUSY;
	return down_target(p, want, want->target);
}

int planner_down(struct planner *p, const struct model *want)
{
	int r = 0;

	if (want->target)
		r = down_requested(p, want);
	else
		down_all(p, want);
	if (r == 0)
		dns_finish(p, want);
	return r;
}

int plan_down(const struct model *want, const struct snapshot *have,
	      const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	struct planner p;
	int r = 0;

	planner_start(&p, want, have, made, diag);
	r = planner_down(&p, want);
	return planner_finish(&p, r, ret_plan);
}
