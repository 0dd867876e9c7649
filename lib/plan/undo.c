/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Derives the undo of a step from the journal. */
#include "lib/plan/undo.h"

#include <net/if.h>
#include <string.h>

#include "lib/model/bond-options.h"
#include "lib/plan/options.h"
#include "lib/plan/play.h"
#include "lib/plan/step-kinds.h"

/*
 * Usually one step is enough, but a link may lose thousands of routes: it doubles when
 * full.
 */
static struct plan_op *room_for_undo(struct planner *p, const struct plan_op *op)
{
	const size_t n = op->n_undo;
	struct plan_op *bigger;

	if (n & (n - 1))
		return op->undo;
	bigger = arena_alloc(p->plan->arena, (n ? 2 * n : 1) * sizeof(*bigger));
	if (n)
		memcpy(bigger, op->undo, n * sizeof(*bigger));
	return bigger;
}

/* The step's own name is shared if it is the same. */
static const char *keep_dev(struct planner *p, const struct plan_op *op, const char *dev)
{
	return op->dev && strcmp(op->dev, dev) == 0 ? op->dev : step_keep_text(p, dev);
}

void undo_add(struct undoing *u, struct plan_op step)
{
	struct planner *p = u->p;
	struct plan_op *undo = room_for_undo(p, u->op);

	if (step.dev)
		step.dev = keep_dev(p, u->op, step.dev);
	step_keep(p, &step);
	if (!undo)
		return;
	u->op->undo = undo;
	undo += u->op->n_undo++;
	*undo = step;
	if (u->is_played && step_kind(step.kind)->play)
		step_kind(step.kind)->play(p, undo,
					   step.dev ? planner_link(p, step.dev) : NULL);
}

/* ---- members of a link: before and now ---- */

/* -1, which would clear them, is no user to the kernel: TUNSETOWNER answers EINVAL. */
static bool users_last(const struct tun *was, const struct tun *now)
{
	return (now->has_owner && !was->has_owner) || (now->has_group && !was->has_group);
}

static void tun_back(struct undoing *u, const struct snap_link *was,
		     const struct snap_link *now)
{
	const struct tun *tun;

	if (!was->tun || !now->tun)
		return;
	if (users_last(was->tun, now->tun))
		u->op->lasts = true;
	if (tun_same_mode(was->tun, now->tun) && tun_same_users(was->tun, now->tun))
		return;
	tun = arena_memdup(u->p->plan->arena, was->tun, sizeof(*was->tun));
	UNDO_ADD(u, OP_TUN_SET, now, .tun = tun);
}

static void ipoib_mode_back(struct undoing *u, const struct snap_link *was,
			    const struct snap_link *now)
{
	const bool was_connected = was->ipoib && was->ipoib->is_connected;

	if (was_connected != (now->ipoib && now->ipoib->is_connected))
		UNDO_ADD(u, OP_IPOIB_MODE, now, .is_connected = was_connected);
}

static struct vlan *keep_vlan(struct planner *p, const struct vlan *vlan)
{
	struct vlan *copy = vlan_copy(vlan, p->plan->arena);

	return copy;
}

static void vlan_back(struct undoing *u, const struct snap_link *was,
		      const struct snap_link *now)
{
	if (was->vlan && now->vlan && !vlan_equal(was->vlan, now->vlan))
		UNDO_ADD(u, OP_VLAN_SET, now,
			 .vlan_change = { keep_vlan(u->p, was->vlan),
					  keep_vlan(u->p, now->vlan) });
}

static void set_fail_over_mac(struct undoing *u, const struct snap_link *bond,
			      int64_t num)
{
	const struct option_value value = { .is_set = true, .num = num };

	UNDO_ADD(u, OP_OPTIONS_SET, bond,
		 .options =
			 options_one(u->p, &bond_table, BOND_OPT_FAIL_OVER_MAC, &value));
}

/*
 * With fail_over_mac, the driver keeps a random address that it has given the bond, and says that
 * it has set the one of before.
 */
static void mac_of_ports_back(struct undoing *u, const struct snap_link *was,
			      const struct snap_link *now)
{
	const int64_t policy = snap_bond(now)->of[BOND_OPT_FAIL_OVER_MAC].num;

	if (planner_has_ports(u->p, now->ifindex))
		return;
	set_fail_over_mac(u, now, FAIL_OVER_MAC_NONE);
	UNDO_ADD(u, OP_LINK_MAC, now, .mac = was->mac);
	set_fail_over_mac(u, now, policy);
}

static void mac_back(struct undoing *u, const struct snap_link *was,
		     const struct snap_link *now)
{
	if (!was->mac.len || hwaddr_equal(&was->mac, &now->mac))
		return;
	if (snap_bond(now) && bond_values_ignore_mac(snap_bond(now)))
		mac_of_ports_back(u, was, now);
	else
		UNDO_ADD(u, OP_LINK_MAC, now, .mac = was->mac);
}

static void master_step(struct undoing *u, enum plan_op_kind kind,
			const struct snap_link *port, int master)
{
	const struct snap_link *link = snapshot_link_by_index(u->p->sim, master);

	if (link)
		UNDO_ADD(u, kind, port, .master = { link->name, master });
}

static void master_back(struct undoing *u, const struct snap_link *was,
			const struct snap_link *now)
{
	if (was->master == now->master)
		return;
	if (now->master)
		master_step(u, OP_PORT_REMOVE, now, now->master);
	if (was->master)
		master_step(u, OP_PORT_ADD, now, was->master);
}

static void mtu_back(struct undoing *u, const struct snap_link *was,
		     const struct snap_link *now)
{
	if (was->mtu && was->mtu != now->mtu)
		UNDO_ADD(u, OP_LINK_MTU, now, .mtu = was->mtu);
}

static void up_back(struct undoing *u, const struct snap_link *was,
		    const struct snap_link *now)
{
	if ((was->flags ^ now->flags) & IFF_UP)
		UNDO_ADD(u, was->flags & IFF_UP ? OP_LINK_UP : OP_LINK_DOWN, now);
}

static void flags_back(struct undoing *u, const struct snap_link *was,
		       const struct snap_link *now)
{
	const struct link_flag *flag;

	for (size_t i = 0; (flag = link_flag_nth(i)); i++)
		if ((was->flags ^ now->flags) & flag->bit)
			UNDO_ADD(u, OP_LINK_FLAG, now,
				 .flag = { flag, link_flag_is_on(flag, was->flags) });
}

static void token_back(struct undoing *u, const struct snap_link *was,
		       const struct snap_link *now)
{
	if (!ip_equal(&was->token, &now->token))
		UNDO_ADD(u, OP_LINK_TOKEN, now, .token = was->token);
}

/* As far as they are known. */
static void conf_back(struct undoing *u, const struct snap_link *was,
		      const struct snap_link *now)
{
	for (unsigned int id = 0; was->conf != now->conf && id < CONF_COUNT; id++) {
		const struct link_conf_value before = snap_link_conf(was, id);
		const struct link_conf_value after = snap_link_conf(now, id);

		if (before.is_set && !(after.is_set && after.num == before.num))
			UNDO_ADD(u, OP_CONF_SET, now,
				 .conf = { .id = id, .num = before.num });
	}
}

static void own_options_back(struct undoing *u, const struct snap_link *was,
			     const struct snap_link *now)
{
	if (now->options)
		options_back(u, was, now, now->options->table);
}

static void port_options_back(struct undoing *u, const struct snap_link *was,
			      const struct snap_link *now)
{
	options_back(u, was, now, &bond_port_table);
	options_back(u, was, now, &bridge_port_table);
}

/*
 * In the order of restoring. The MAC address precedes the ports, because a bond without
 * one takes that of its first port. A bridge adjusts its MTU by itself as ports leave.
 */
static void (*const bring_back[])(struct undoing *u, const struct snap_link *was,
				  const struct snap_link *now) = {
	tun_back, ipoib_mode_back, vlan_back,         own_options_back,
	mac_back, master_back,     port_options_back, mtu_back,
	up_back,  flags_back,      token_back,        conf_back,
};

/* ---- links that were created or removed ---- */

/* Others are not removed while they come up, but for good. */
static bool comes_back(const struct planner *p, const struct snap_link *link)
{
	return snap_link_is_stacked(link) || snap_link_has_hosts(link) ||
	       snap_link_peer(p->have, link);
}

/* The port of a bond must be down when it joins. */
static void link_back(struct undoing *u, const struct snap_link *was)
{
	struct planner *p = u->p;
	const struct snap_link *peer = snap_link_peer(p->have, was);
	const struct snap_link *parent =
		peer ? peer : snapshot_link_by_index(p->sim, was->parent);
	const bool is_stacked = snap_link_is_stacked(was);
	struct snap_link *back = arena_alloc(p->plan->arena, sizeof(*back));

	*back = (struct snap_link){
		.name = step_keep_text(p, was->name),
		.kind = step_keep_text(p, was->kind),
		.ifindex = was->ifindex,
		.parent = was->parent,
		.other = is_stacked || peer
				 ? step_keep_text(p, parent ? parent->name : "")
				 : NULL,
		.flags = was->port ? was->flags & ~(unsigned int)IFF_UP : was->flags,
		.mac = was->mac,
		.mtu = was->mtu,
	};
	snap_link_copy_kind(p->plan->arena, was, back);
	UNDO_ADD(u, OP_LINK_ADD, was, .link = back);
}

/* ---- addresses, routes and the like ---- */

/*
 * With promote_secondaries, the kernel has made one of the lost secondary addresses the primary
 * one: they have to go before the primary one comes back, or it would come back as secondary.
 */
static void clear_promoted(struct undoing *u, const struct snap_addr *primary,
			   const struct snap_link *link)
{
	const struct journal *journal = &u->p->journal;

	for (size_t i = 0; i < journal->n; i++) {
		const struct change *change = &journal->of[i];

		if (change->of == CHANGE_OF_ADDR && change->how == CHANGE_REMOVED &&
		    change->link->ifindex == link->ifindex &&
		    planner_is_secondary_of(change->addr, primary))
			UNDO_ADD(u, OP_ADDR_DEL, link, .addr = change->addr);
	}
}

/* The same address as it was before the step gave it another lifetime; NULL if it is new. */
static const struct snap_addr *replaced_by(const struct undoing *u,
					   const struct change *added)
{
	const struct journal *journal = &u->p->journal;

	for (size_t i = 0; i < journal->n; i++) {
		const struct change *change = &journal->of[i];

		if (change->of == CHANGE_OF_ADDR && change->how == CHANGE_REMOVED &&
		    change->link == added->link &&
		    change->addr->prefix_len == added->addr->prefix_len &&
		    ip_equal(&change->addr->addr, &added->addr->addr))
			return change->addr;
	}
	return NULL;
}

static void addr_back(struct undoing *u, const struct change *change,
		      const struct snap_link *link)
{
	const struct snap_addr *old =
		change->how == CHANGE_ADDED ? replaced_by(u, change) : NULL;
	const struct snap_addr *addr = change->addr;
	const bool is_there = snap_link_addr(link, &addr->addr, addr->prefix_len);

	if (old) {
		UNDO_ADD(u, OP_ADDR_ADD, link, .addr = old);
		return;
	}
	if (change->how == CHANGE_ADDED && (is_there || !u->is_played))
		UNDO_ADD(u, OP_ADDR_DEL, link, .addr = addr);
	if (change->how != CHANGE_REMOVED || is_there)
		return;
	clear_promoted(u, addr, link);
	UNDO_ADD(u, OP_ADDR_ADD, link, .addr = addr);
}

static void route_back(struct undoing *u, const struct change *change,
		       const struct snap_link *link)
{
	const struct route *now = snap_link_route(link, change->route);
	const bool was_added = change->how == CHANGE_ADDED;

	if (was_added || !now || !route_equal(now, change->route))
		UNDO_ADD(u, was_added ? OP_ROUTE_DEL : OP_ROUTE_ADD, link,
			 .route = change->route);
}

static void resolver_back(struct undoing *u, const struct change *change)
{
	struct plan_op step = journal_like(u->op, OP_RESOLV_SET);

	step.text = change->text;
	undo_add(u, step);
}

static void change_back(struct undoing *u, const struct change *change, enum change_of of)
{
	const struct snap_link *link = planner_link(u->p, change->link->name);

	if (change->of != of || change->by_itself || !link)
		return;
	switch (of) {
	case CHANGE_OF_ADDR:
		addr_back(u, change, link);
		break;
	case CHANGE_OF_ROUTE:
		route_back(u, change, link);
		break;
	case CHANGE_OF_RULE:
		UNDO_ADD(u, change->how == CHANGE_ADDED ? OP_RULE_DEL : OP_RULE_ADD, link,
			 .rule = change->rule);
		break;
	case CHANGE_OF_RESOLVER:
		resolver_back(u, change);
		break;
	case CHANGE_OF_OTHER:
		undo_add(u, *change->back);
		break;
	case CHANGE_OF_LINK:
	case CHANGE_OF_CLIENTS:
		break;
	}
}

/* ---- the undo as a whole ---- */

/* In the order of dependencies. */
static const enum change_of by_rank[] = { CHANGE_OF_OTHER, CHANGE_OF_ADDR,
					  CHANGE_OF_ROUTE, CHANGE_OF_RULE,
					  CHANGE_OF_RESOLVER };

/* The link before the step; NULL if it did not exist. */
static const struct snap_link *as_it_was(const struct change *change)
{
	return change->how == CHANGE_REMOVED ? change->link : change->was;
}

static void links_back(struct undoing *u, size_t from, size_t to)
{
	const struct journal *journal = &u->p->journal;

	for (size_t k = 0; k < ARRAY_SIZE(bring_back); k++)
		for (size_t i = from; i < to; i++) {
			const struct change *change = &journal->of[i];
			const struct snap_link *now =
				planner_link(u->p, change->link->name);

			if (change->of == CHANGE_OF_LINK && now)
				bring_back[k](u, as_it_was(change), now);
		}
}

/* Undoes the changes of the step itself. */
static void step_back(struct undoing *u, size_t n)
{
	const struct journal *journal = &u->p->journal;

	for (size_t i = 0; i < n; i++)
		if (journal->of[i].how == CHANGE_REMOVED &&
		    journal->of[i].of == CHANGE_OF_LINK &&
		    comes_back(u->p, journal->of[i].link) &&
		    !planner_link(u->p, journal->of[i].link->name))
			link_back(u, journal->of[i].link);
	links_back(u, 0, n);
	for (size_t k = 0; k < ARRAY_SIZE(by_rank); k++)
		for (size_t i = 0; i < n; i++)
			change_back(u, &journal->of[i], by_rank[k]);
}

/*
 * Whether the step, which made the first @n changes, changed or created what another
 * change belongs to.
 */
static bool is_of_step(const struct journal *journal, size_t n,
		       const struct change *change)
{
	for (size_t i = 0; i < n; i++) {
		const struct change *of_step = &journal->of[i];

		if (of_step->of != change->of)
			continue;
		if (change->of == CHANGE_OF_LINK && of_step->link == change->link)
			return true;
		if (change->of == CHANGE_OF_ADDR && of_step->addr == change->addr)
			return true;
		if (change->of == CHANGE_OF_ROUTE && of_step->route == change->route)
			return true;
	}
	return false;
}

/* Restores what the undo itself removes: the changes after the first @n. */
static void collateral_back(struct undoing *u, size_t n)
{
	const struct journal *journal = &u->p->journal;
	const size_t end = journal->n;

	u->is_played = false;
	for (size_t i = n; i < end; i++)
		if (journal->of[i].of == CHANGE_OF_LINK && !journal->of[i].how &&
		    !is_of_step(journal, n, &journal->of[i]))
			links_back(u, i, i + 1);
	for (size_t k = 0; k < ARRAY_SIZE(by_rank); k++)
		for (size_t i = n; i < end; i++)
			if (journal->of[i].how == CHANGE_REMOVED &&
			    !is_of_step(journal, n, &journal->of[i]))
				change_back(u, &journal->of[i], by_rank[k]);
}

/* Whether undoing the change may remove something else. */
static bool may_take_along(const struct change *change)
{
	return change->of == CHANGE_OF_LINK || change->of == CHANGE_OF_OTHER ||
	       (change->of == CHANGE_OF_ADDR && change->how == CHANGE_ADDED);
}

static bool is_gone_for_good(const struct planner *p, const struct plan_op *op,
			     const struct change *change)
{
	return change->of == CHANGE_OF_LINK && change->how == CHANGE_REMOVED &&
	       !comes_back(p, change->link) && strcmp(change->link->name, op->dev) == 0;
}

void undo_derive(struct planner *p, struct plan_op *op)
{
	struct journal *journal = &p->journal;
	struct undoing u = { .p = p, .op = op };
	const size_t n = journal->n;
	bool is_lost = false;

	for (size_t i = 0; i < n; i++) {
		u.is_played |= may_take_along(&journal->of[i]);
		is_lost |= is_gone_for_good(p, op, &journal->of[i]);
	}
	journal->phase++;
	if (n && journal->of[0].of == CHANGE_OF_LINK &&
	    journal->of[0].how == CHANGE_ADDED) {
		u.is_played = false;
		UNDO_ADD(&u, OP_LINK_DEL, journal->of[0].link);
	} else if (!is_lost) {
		step_back(&u, n);
		if (u.is_played)
			collateral_back(&u, n);
		journal_rewind(p, n);
	}
	journal->n = 0;
	journal->phase++;
}
