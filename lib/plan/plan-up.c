/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plans the way from the present state to the configured one.
 *
 * Each function looks at the simulated state, and adds steps only for differences. So the
 * plan for a system that is as configured is empty, and one change leads to the next by
 * itself: a bond that has to go down loses its routes in the simulation, and the function
 * for routes, later, finds them missing and restores them.
 */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/dns.h"
#include "lib/plan/down.h"
#include "lib/plan/held.h"
#include "lib/plan/hwaddr.h"
#include "lib/plan/lost.h"
#include "lib/plan/options.h"
#include "lib/plan/order.h"
#include "lib/plan/up.h"

/* ---- what is ours afterwards ---- */

/* As the driver creates one by default when it is loaded: empty, down, all defaults. */
static bool is_stray(const struct planner *p, const struct iface *iface,
		     const struct snap_link *bond)
{
	if (planner_had_ports(p, bond->ifindex))
		return false;
	for (size_t i = 0; i < BOND_OPT_COUNT; i++) {
		const struct option_value *now = &snap_bond(bond)->of[i];
		const struct option_value *given = &iface->driver->of[i];

		if (now->is_set && now->num != bond_table.rows[i].def &&
		    !option_value_equal(&bond_table.rows[i], now, given))
			return false;
	}
	return !(bond->flags & IFF_UP);
}

/*
 * A link is ours if we create it, created it, or adopt it as the driver's default bond.
 */
static bool link_is_ours(const struct planner *p, const struct iface *iface,
			 const struct snap_link *made)
{
	const struct snap_link *before = snapshot_link(p->have, iface->name);

	return !before || (made && *made->kind) ||
	       (snap_bond(before) && is_stray(p, iface, before));
}

static void note_iface(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_made(p, iface->name);
	const struct snap_link *now = planner_link(p, iface->name);
	bool ours = iface->kind != IFACE_ETHERNET && now && link_is_ours(p, iface, link);

	link = planner_note_made(p, iface->name);
	link->down_with = NULL;
	if (ours)
		link->kind = arena_strdup(p->plan->made->arena, now->kind);
}

/* ---- targets ---- */

/* A bridge that is brought up as a whole handles its ports itself. */
static bool joins_by_itself(const struct iface *iface)
{
	return iface_is_bridge_port(iface) &&
	       !(iface->master && iface->master->is_target);
}

/* A VLAN that went down with its parent, say: its bond stayed up without it. */
static bool comes_back_to_bond(const struct iface *iface)
{
	return iface_is_bond_port(iface) && !iface->is_target &&
	       !(iface->master && iface->master->is_target);
}

/**
 * struct up_kind - what only links of one kind need
 * @want: the link itself; NULL for up_want_virtual()
 * @want_ports: its ports, or NULL
 */
struct up_kind {
	up_want_fn *want;
	void (*want_ports)(struct planner *p, const struct iface *iface, size_t created);
};

static const struct up_kind up_kinds[IFACE_KINDS] = {
	[IFACE_ETHERNET] = { up_want_card, NULL },
	[IFACE_BOND] = { up_want_bond, up_want_ports },
	[IFACE_VLAN] = { up_want_vlan, NULL },
	[IFACE_VETH] = { up_want_veth, NULL },
	[IFACE_TAP] = { up_want_tap, NULL },
	[IFACE_IPOIB] = { up_want_ipoib, NULL },
	[IFACE_BRIDGE] = { up_want_bridge, up_want_bridge_ports },
};

static int want_link(struct planner *p, const struct iface *iface,
		     const struct iface *target, size_t *ret_created)
{
	up_want_fn *want = up_kinds[iface->kind].want;

	*ret_created = PLAN_NO_OP;
	p->target = target;
	return want ? want(p, iface, ret_created)
		    : up_want_virtual(p, iface, ret_created);
}

/* Records the link itself. */
static void remember_link(struct planner *p, const struct iface *iface)
{
	const struct option_subject subject = options_subject(iface);

	note_iface(p, iface);
	if (iface->options && planner_link(p, iface->name))
		options_remember(p, &subject, planner_made(p, iface->name));
}

/*
 * What is done for a link of any kind. The port of a bond has nothing of its own, and may
 * join later, if the bond comes up, too.
 */
static int up_whole(struct planner *p, const struct iface *iface)
{
	const struct up_kind *kind = &up_kinds[iface->kind];
	size_t created;
	int r;

	r = up_judge_home(p, iface);
	if (r < 0)
		return r;
	up_leave_bridge(p, iface);
	if (iface->kind != IFACE_ETHERNET) /* a card may be another one: up_want_card() */
		up_leave_bond(p, iface);
	r = want_link(p, iface, iface, &created);
	if (r == 0)
		r = up_judge_dhcp(p, iface);
	if (r < 0)
		return r;
	created = up_want_home(p, iface, created);
	if (kind->want_ports)
		kind->want_ports(p, iface, created);
	if (!iface_is_bond_port(iface))
		up_want_ip(p, iface, created);
	if (joins_by_itself(iface) && !iface->is_target)
		up_join_bridge(p, iface, created);
	if (comes_back_to_bond(iface))
		up_want_port(p, iface, created);
	remember_link(p, iface);
	up_remember_home(p, iface);
	dns_remember(p, iface);
	return 0;
}

/*
 * Like network-scripts, bringing up a port creates its bond or bridge, but does not bring
 * it up.
 */
static int up_master_of(struct planner *p, const struct iface *port,
			const struct iface *master,
			void (*join)(struct planner *p, const struct iface *port,
				     size_t created))
{
	size_t created;
	int r = want_link(p, master, port, &created);

	if (r < 0)
		return r;
	join(p, port, created);
	if (planner_keeps(p, master, port))
		return 0;
	up_keep_routes(p, master);
	remember_link(p, master);
	return 0;
}

static int up_bond_of(struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = planner_link(p, port->name);

	if (!nic)
		return up_missing(p, port);
	if (!hwaddr_fits_port(p, DIAG_ERROR, port, nic))
		return -ENODEV;
	return up_master_of(p, port, port->master, up_want_port);
}

static bool is_up_now(const struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);

	return link && link->flags & IFF_UP;
}

static int up_target(struct planner *p, const struct iface *target)
{
	int r = 0;

	if (!iface_is_bond_port(target) || target->kind != IFACE_ETHERNET)
		r = up_whole(p, target);
	if (r == 0 && iface_is_bond_port(target))
		r = up_bond_of(p, target);
	return r == 0 && joins_by_itself(target)
		       ? up_master_of(p, target, target->master, up_join_bridge)
		       : r;
}

/* A port of an interface that comes up now matters even if it is up already. */
static bool is_part(const struct iface *iface)
{
	return iface->master && iface_is_port(iface);
}

/* Links below a target are brought up if they are down, and otherwise left alone. */
static int up_one(struct planner *p, const struct iface *iface)
{
	int r;

	if (snapshot_ran(p->have, iface->name) & SNAP_RAN_HELPER_FAILED)
		return -ECHILD; /* reported */
	if (iface->helper && !iface_is_port(iface))
		return 0;
	if (!iface->is_target && is_up_now(p, iface) && !is_part(iface) &&
	    !planner_is_unfinished(p, iface->name))
		return 0;
	r = held_judge_up(p, iface);
	if (r < 0)
		return r;
	return iface->is_target ? up_target(p, iface) : up_whole(p, iface);
}

static int up_all(struct planner *p, const struct model *want)
{
	int r = 0;

	p->works_cap = want->n_order;
	p->works = arena_alloc(p->plan->arena, p->works_cap * sizeof(*p->works));
	for (size_t i = 0; i < want->n_order && r == 0; i++) {
		planner_begin(p, want->order[i]);
		r = planner_end(p, up_one(p, want->order[i]), want->target);
	}
	return r;
}

/* Restores links stacked on a link that had to go down, other than targets. */
static void keep_uppers(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];
		const struct snap_link *link = planner_link(p, iface->name);

		if (!iface->is_target || !link || !link->was_reset)
			continue;
		planner_begin(p, iface);
		up_keep_uppers(p, iface);
	}
}

/*
 * Links that came back are no longer remembered as gone, and neither are those without a
 * file.
 */
static void forget_gone(struct planner *p, const struct model *want)
{
	struct snapshot *made = p->plan->made;

	for (size_t i = made->n_links; i-- > 0;)
		if (made->links[i]->down_with &&
		    model_has_target(want, made->links[i]->down_with))
			snapshot_remove_link(made, made->links[i]);
}

static int up_alias(struct planner *p, const struct iface *iface)
{
	planner_begin(p, iface);
	if (!snapshot_link(p->have, iface->name))
		return up_missing(p, iface);
	if (held_judge(p, iface) < 0)
		return -EBUSY;
	up_want_alias(p, iface);
	return 0;
}

/* Removes what earlier runs made and the files no longer describe. */
static void remove_undescribed(struct planner *p, const struct model *want)
{
	struct snapshot *made = p->plan->made;

	for (size_t i = made->n_links; i-- > 0;)
		if (!model_describes(want, made->links[i]->name))
			down_gone(p, made->links[i]);
}

/* The driver gives a bond a random MAC when its last port leaves, here for another link. */
static void restore_macs(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *bond = want->order[i];
		const struct snap_link *link = planner_link(p, bond->name);

		if (bond->kind != IFACE_BOND || !bond->is_target || !link ||
		    !snap_bond(link) || planner_has_ports(p, link->ifindex))
			continue;
		planner_begin(p, bond);
		up_set_mac(p, bond, link, PLAN_NO_OP);
	}
}

static uint32_t mac_hash(const struct hwaddr *mac)
{
	return hash_bytes(HASH_EMPTY, mac->bytes, mac->len);
}

/* The bonds that keep an address that no file gives them, by that. */
static struct hash_index bonds_by_mac(struct planner *p, const struct model *want)
{
	struct hash_index bonds = { 0 };

	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *bond = want->order[i];
		const struct snap_link *link = planner_link(p, bond->name);

		if (bond->kind == IFACE_BOND && bond->is_target && link &&
		    link->mac.len && bond->mac_wish != MAC_GIVEN)
			hash_index_add(&bonds, p->plan->arena, mac_hash(&link->mac), i);
	}
	return bonds;
}

/* Whether it is a card with its own address, which what it is a port of has, too. */
static bool has_own_mac(const struct planner *p, const struct snap_link *link)
{
	const struct snap_link *master;

	if (link->vlan || link->options || !(link->flags & IFF_UP) ||
	    !hwaddr_equal(&link->perm_mac, &link->mac))
		return false;
	master = snapshot_link_by_index(p->sim, link->master);
	return !master || hwaddr_equal(&master->mac, &link->mac);
}

static void judge_mac(struct planner *p, const struct iface *bond,
		      const struct snap_link *card)
{
	const struct snap_link *link = planner_link(p, bond->name);

	if (card == link || card->master == link->ifindex ||
	    !hwaddr_equal(&card->mac, &link->mac))
		return;
	diag_about(p->diag, bond->name);
	diag_warning(p->diag, bond->pos,
		     "%s keeps the MAC address of %s, which is no longer its "
		     "port: two interfaces have it",
		     bond->name, card->name);
	diag_hint(p->diag,
		  "run ifdown %s, then ifup: it gets that of one of its "
		  "ports; or set MACADDR",
		  bond->name);
}

/*
 * A bond has the address of a port. If that leaves, the bond keeps it, because others in
 * the network know it; but the card has it as well.
 */
static void judge_macs(struct planner *p, const struct model *want)
{
	const struct hash_index bonds = bonds_by_mac(p, want);

	for (size_t i = 0; bonds.n && i < p->sim->n_links; i++) {
		const struct snap_link *card = p->sim->links[i];
		size_t at = 0, number;

		if (!has_own_mac(p, card))
			continue;
		while (hash_index_next(&bonds, mac_hash(&card->mac), &at, &number))
			judge_mac(p, want->order[number], card);
	}
}

/*
 * First what nothing else needs, so that its ports and addresses are free; then, as
 * everything else is where the files want it, what a VLAN or a port has just left.
 */
static int up_all_and_remove(struct planner *p, const struct model *want)
{
	bool removes = !want->target && !want->is_partial;
	int r;

	if (removes) {
		p->removes_later = true;
		remove_undescribed(p, want);
		p->removes_later = false;
	}
	r = up_all(p, want);
	if (r == 0) {
		restore_macs(p, want);
		judge_macs(p, want);
	}
	if (r == 0 && removes)
		remove_undescribed(p, want);
	return r;
}

int planner_up(struct planner *p, const struct model *want)
{
	int r;

	if (want->alias)
		return up_alias(p, want->target);
	r = up_all_and_remove(p, want);
	if (r == 0)
		up_finish_ip(p);
	if (r == 0)
		keep_uppers(p, want);
	if (r == 0)
		dns_finish(p, want);
	if (r == 0)
		order_redo_after_leases(p, want);
	if (!want->n_failed) /* one with errors now comes back when they are fixed */
		forget_gone(p, want);
	return r;
}

int plan_up(const struct model *want, const struct snapshot *have,
	    const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	struct planner p;
	int r = 0;

	planner_start(&p, want, have, made, diag);
	r = planner_up(&p, want);
	if (r == 0)
		lost_note(&p, want);
	return planner_finish(&p, r, ret_plan);
}
