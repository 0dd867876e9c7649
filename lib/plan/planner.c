/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Adds steps to a plan: each with its undo, each played through on a simulated kernel. */
#include "lib/plan/play.h"

#include <assert.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "lib/plan/order.h"

static int highest_index(const struct snapshot *snapshot)
{
	int highest = 0;

	for (size_t i = 0; i < snapshot->n_links; i++)
		if (snapshot->links[i]->ifindex > highest)
			highest = snapshot->links[i]->ifindex;
	return highest;
}

/* So that not every link has to be looked at whenever one goes up or down. */
static void note_vlan(struct planner *p, const struct snap_link *vlan)
{
	struct snap_link *below = snapshot_link_by_index(p->sim, vlan->parent);

	if (snap_link_is_stacked(vlan) && below)
		below->bears_vlans = true;
}

static int note_places(struct planner *p)
{
	int r;

	p->places.arena = p->plan->arena;
	r = places_add_link(&p->places, p->sim->nowhere);
	for (size_t i = 0; i < p->sim->n_links && r == 0; i++) {
		note_vlan(p, p->sim->links[i]);
		r = places_add_link(&p->places, p->sim->links[i]);
	}
	return r;
}

/* ---- who steps are done for ---- */

/* A link that a killed run brought up in part is not worth going back to. */
static bool was_up(const struct planner *p, const char *name)
{
	const struct snap_link *before = snapshot_link(p->have, name);
	const struct snap_link *made = snapshot_link(p->was_made, name);

	return before && before->flags & IFF_UP && !(made && made->unfinished);
}

static void forget_unfinished(struct planner *p, const char *name)
{
	struct snap_link *made = snapshot_link(p->plan->made, name);

	if (made)
		made->unfinished = false;
}

static struct plan_owner *add_owner(struct planner *p, const char *name)
{
	struct plan *plan = p->plan;
	const struct plan_owner owner = { .name = name, .was_up = was_up(p, name) };

	if (ARENA_PUSH(plan->owner_arena, plan->owners, plan->n_owners, plan->owners_cap,
		       owner) < 0)
		p->failed = true;
	forget_unfinished(p, name);
	return p->failed ? NULL : &plan->owners[plan->n_owners - 1];
}

static void add_below(struct plan_owner *owner, const struct iface *below)
{
	if (below && below->order == IFACE_IN_ORDER)
		owner->below[owner->n_below++] = below->place;
}

static size_t n_below(const struct iface *iface)
{
	return iface_ports(iface).n + (iface->parent ? 1 : 0);
}

/* A link of its own counts, a network card that is a port is its bond's affair. */
static int add_owners(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];
		const struct iface_ports ports = iface_ports(iface);
		struct plan_owner *owner = add_owner(p, iface->name);

		if (owner)
			owner->below =
				arena_alloc(p->plan->owner_arena,
					    (n_below(iface) + 1) * sizeof(*owner->below));
		if (!owner || !owner->below)
			return -ENOMEM;
		owner->is_target = iface->is_target;
		add_below(owner, iface->parent);
		for (size_t k = 0; k < ports.n; k++)
			add_below(owner, ports.of[k]);
	}
	return 0;
}

void planner_begin(struct planner *p, const struct iface *iface)
{
	p->owner = iface->place;
	diag_about(p->diag, iface->name);
	p->iface = iface;
}

void planner_begin_gone(struct planner *p, const char *name)
{
	p->owner = p->plan->n_owners;
	p->iface = NULL;
	add_owner(p, name);
	diag_about(p->diag, name);
}

int planner_end(struct planner *p, int result, bool stops_others)
{
	if (result < 0 && result != -ENOMEM && !stops_others) {
		p->plan->owners[p->owner].has_failed = true;
		return 0;
	}
	return result;
}

int planner_start(struct planner *p, const struct model *want,
		  const struct snapshot *have, const struct snapshot *made,
		  struct diag *diag)
{
	*p = (struct planner){ .have = have,
			       .was_made = made,
			       .diag = diag,
			       .is_partial = want->is_partial };
	p->sim = snapshot_clone(have);
	p->plan = calloc(1, sizeof(*p->plan));
	if (!p->plan || !p->sim)
		return -ENOMEM;
	p->plan->arena = arena_new();
	p->plan->owner_arena = arena_new();
	if (!p->plan->arena || !p->plan->owner_arena)
		return -ENOMEM;
	p->plan->have = have;
	p->highest_index = highest_index(have);
	p->plan->made = snapshot_clone(made);
	if (!p->plan->made || add_owners(p, want) < 0)
		return -ENOMEM;
	return note_places(p);
}

int planner_finish(struct planner *p, int result, struct plan **ret_plan)
{
	snapshot_free(p->sim);
	diag_about(p->diag, NULL);
	if (result == 0 && p->failed)
		result = -ENOMEM;
	if (result == 0)
		*ret_plan = p->plan;
	else
		plan_free(p->plan);
	return result;
}

void plan_drop_steps(struct plan *plan)
{
	free(plan->ops);
	arena_free(plan->arena);
	plan->ops = NULL;
	plan->arena = NULL;
	plan->n = plan->cap = 0;
	plan->have = NULL;
}

void plan_keep_steps(struct plan *plan, bool (*keep)(const struct plan_op *op, void *arg),
		     void *arg)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n; i++) {
		if (!keep(&plan->ops[i], arg))
			continue;
		plan->ops[n] = plan->ops[i];
		plan->ops[n].needs = PLAN_NO_OP;
		plan->ops[n].unless = 0;
		plan->ops[n++].follows = 0;
	}
	plan->n = n;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	snapshot_free(plan->made);
	plan_drop_steps(plan);
	arena_free(plan->owner_arena);
	free(plan);
}

struct snap_link *planner_link(const struct planner *p, const char *name)
{
	return snapshot_link(p->sim, name);
}

struct plan_op planner_step(enum plan_op_kind kind, struct pos pos,
			    const struct snap_link *link)
{
	return (struct plan_op){ .kind = kind,
				 .pos = pos,
				 .dev = link->name,
				 .ifindex = link->ifindex,
				 .needs = PLAN_NO_OP };
}

bool planner_stands_on(const struct planner *p, const struct snap_link *upper,
		       const struct snap_link *below)
{
	while (upper && snap_link_is_stacked(upper) && upper->parent != below->ifindex)
		upper = snapshot_link_by_index(p->sim, upper->parent);
	return upper && snap_link_is_stacked(upper);
}

/* What hardware reports as its parent is another matter. */
static bool is_upper(const struct snap_link *link, int ifindex)
{
	return link->parent == ifindex && *link->kind;
}

const struct snap_link *planner_upper(const struct planner *p,
				      const struct snap_link *below)
{
	for (size_t i = 0; i < p->sim->n_links; i++)
		if (is_upper(p->sim->links[i], below->ifindex))
			return p->sim->links[i];
	return NULL;
}

static bool any_port(const struct snapshot *snapshot, int ifindex)
{
	for (size_t i = 0; i < snapshot->n_links; i++)
		if (snapshot->links[i]->master == ifindex)
			return true;
	return false;
}

bool planner_has_ports(const struct planner *p, int ifindex)
{
	return any_port(p->sim, ifindex);
}

bool planner_had_ports(const struct planner *p, int ifindex)
{
	return any_port(p->have, ifindex);
}

size_t planner_creation(const struct planner *p, const char *name)
{
	for (size_t i = p->plan->n; i-- > 0;) {
		const struct plan_op *op = &p->plan->ops[i];

		if ((op->kind == OP_LINK_ADD ||
		     (op->kind == OP_TUN_SET && !snapshot_link(p->have, name))) &&
		    strcmp(op->dev, name) == 0)
			return i;
	}
	return PLAN_NO_OP;
}

int planner_free_index(struct planner *p)
{
	return ++p->highest_index;
}

bool planner_is_secondary_of(const struct snap_addr *addr,
			     const struct snap_addr *primary)
{
	return addr->addr.family == AF_INET && primary->addr.family == AF_INET &&
	       addr->flags & IFA_F_SECONDARY && !(primary->flags & IFA_F_SECONDARY) &&
	       addr->prefix_len == primary->prefix_len &&
	       ip_same_network(snap_addr_network(addr), snap_addr_network(primary),
			       addr->prefix_len);
}

const struct want_addr *planner_wanted_addr(const struct iface *iface,
					    const struct snap_addr *addr)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface->addrs[i].prefix_len == addr->prefix_len &&
		    ip_equal(&iface->addrs[i].addr, &addr->addr))
			return &iface->addrs[i];
	return NULL;
}

bool planner_route_is_kernels(const struct route *route)
{
	return route->protocol == RTPROT_KERNEL;
}

/* ---- data that a step points to, copied into the plan's arena ---- */

static const struct snap_addr *keep_addr(struct planner *p, const struct snap_addr *addr)
{
	struct snap_addr *copy = arena_memdup(p->plan->arena, addr, sizeof(*addr));

	if (copy)
		copy->label =
			arena_strdup(p->plan->arena, addr->label ? addr->label : "");
	p->failed |= !copy || !copy->label;
	return copy;
}

/* Devices of several ways are sent by index. */
static void find_hops(struct planner *p, struct route *route)
{
	struct route_hop *hops =
		arena_memdup(p->plan->arena, route->hops, route->n_hops * sizeof(*hops));

	p->failed |= !hops;
	for (size_t i = 0; hops && i < route->n_hops; i++) {
		const struct snap_link *link =
			hops[i].dev ? planner_link(p, hops[i].dev) : NULL;

		hops[i].ifindex = link ? link->ifindex : 0;
	}
	route->hops = hops;
}

static const struct route *keep_route(struct planner *p, const struct route *route)
{
	struct route *copy = arena_alloc(p->plan->arena, sizeof(*copy));

	if (!copy || !route_copy(route, p->plan->arena, copy)) {
		p->failed = true;
		return NULL;
	}
	if (copy->n_hops)
		find_hops(p, copy);
	return copy;
}

static const struct rule *keep_rule(struct planner *p, const struct rule *rule)
{
	struct rule *copy = arena_alloc(p->plan->arena, sizeof(*copy));

	p->failed |= !copy || !rule_copy(rule, p->plan->arena, copy);
	return copy;
}

static const char *keep_text(struct planner *p, const char *text)
{
	const char *copy = arena_strdup(p->plan->arena, text);

	p->failed |= !copy;
	return copy;
}

/* With all that it points to; NULL stays NULL. */
static const char *const *keep_words(struct planner *p, const char *const *words)
{
	const char **copy = NULL;
	size_t n = 0, cap = 0;

	for (; words && *words && !p->failed; words++)
		p->failed |= ARENA_PUSH(p->plan->arena, copy, n, cap,
					keep_text(p, *words)) < 0;
	if (words && !p->failed)
		p->failed |= ARENA_PUSH(p->plan->arena, copy, n, cap, NULL) < 0;
	return copy;
}

static const struct program *keep_program(struct planner *p, const struct program *from)
{
	struct program *copy =
		from ? arena_memdup(p->plan->arena, from, sizeof(*from)) : NULL;

	p->failed |= from && !copy;
	if (!copy)
		return NULL;
	copy->argv = keep_words(p, from->argv);
	copy->env = keep_words(p, from->env);
	copy->input = from->input ? keep_text(p, from->input) : NULL;
	copy->directory = from->directory ? keep_text(p, from->directory) : NULL;
	copy->undo = keep_program(p, from->undo);
	return copy;
}

/* ---- undo ---- */

/* Mostly it is one, but a link may lose thousands of routes: it doubles when full. */
static struct plan_op *room_for_undo(struct planner *p, const struct plan_op *op)
{
	const size_t n = op->n_undo;
	struct plan_op *bigger;

	if (n & (n - 1))
		return op->undo;
	bigger = arena_alloc(p->plan->arena, (n ? 2 * n : 1) * sizeof(*bigger));
	if (bigger && n)
		memcpy(bigger, op->undo, n * sizeof(*bigger));
	return bigger;
}

/* The same name as the step's own is there already. */
static const char *keep_dev(struct planner *p, const struct plan_op *op, const char *dev)
{
	return op->dev && strcmp(op->dev, dev) == 0 ? op->dev : keep_text(p, dev);
}

/* One more step to the undo of @op, aimed at the same link unless changed after. */
static struct plan_op *undo_with(struct planner *p, struct plan_op *op,
				 enum plan_op_kind kind)
{
	struct plan_op *undo = room_for_undo(p, op);

	if (!undo) {
		p->failed = true;
		return NULL;
	}
	undo[op->n_undo] = (struct plan_op){
		.kind = kind,
		.pos = op->pos,
		.dev = op->dev,
		.ifindex = op->ifindex,
		.needs = PLAN_NO_OP,
	};
	op->undo = undo;
	return &undo[op->n_undo++];
}

struct plan_op *play_undo(struct planner *p, struct plan_op *op, enum plan_op_kind kind)
{
	return undo_with(p, op, kind);
}

static void undo_addr(struct planner *p, struct plan_op *op, enum plan_op_kind kind,
		      const struct snap_link *link, const struct snap_addr *addr)
{
	struct plan_op *undo = undo_with(p, op, kind);

	if (!undo)
		return;
	undo->dev = keep_dev(p, op, link->name);
	undo->ifindex = link->ifindex;
	undo->addr = addr == op->addr ? addr : keep_addr(p, addr);
}

static void undo_route(struct planner *p, struct plan_op *op, enum plan_op_kind kind,
		       const struct snap_link *link, const struct route *route)
{
	struct plan_op *undo = undo_with(p, op, kind);

	if (!undo)
		return;
	undo->dev = keep_dev(p, op, link->name);
	undo->ifindex = link->ifindex;
	undo->route = route == op->route ? route : keep_route(p, route);
}

static void undo_master(struct planner *p, struct plan_op *op, enum plan_op_kind kind)
{
	struct plan_op *undo = undo_with(p, op, kind);

	if (undo)
		undo->master = op->master;
}

/* ---- one function a step: its undo first, then its effect on the simulation ---- */

static void play_tun_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, link ? OP_TUN_SET : OP_LINK_DEL);
	struct tun *now = arena_memdup(p->sim->arena, op->tun, sizeof(*now));

	if (link && link->tun && undo)
		undo->tun = arena_memdup(p->plan->arena, link->tun, sizeof(*link->tun));
	if (!link) {
		link = snapshot_add_link(p->sim, op->dev, op->ifindex);
		p->failed |=
			!link || snapshot_set_conf(p->sim, link, &p->sim->new_conf) < 0;
		if (p->failed)
			return;
		link->kind = link_kinds[IFACE_TAP].driver;
		link->was_reset = true;
		link->flags = op->tun->is_tap ? 0 : IFF_NOARP;
	}
	p->failed |= !now || (undo && undo->kind == OP_TUN_SET && !undo->tun);
	link->tun = now;
}

/* The driver sets an MTU that the mode can have; which one depends on card and network. */
static void play_ipoib_mode(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_IPOIB_MODE);
	struct ipoib now = link->ipoib ? *link->ipoib : (struct ipoib){ 0 };

	if (undo)
		undo->is_connected = now.is_connected;
	undo = link->mtu ? undo_with(p, op, OP_LINK_MTU) : NULL;
	if (undo)
		undo->mtu = link->mtu;
	link->mtu = 0;
	now.is_connected = op->is_connected;
	link->ipoib = arena_memdup(p->sim->arena, &now, sizeof(now));
	p->failed |= !link->ipoib;
}

static void play_module_load(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	(void)op;
	(void)link;
	p->sim->has_bonding = true;
}

/* What only links of its kind have, copied from the one to be made. */
static void simulate_kind(struct planner *p, const struct snap_link *from,
			  struct snap_link *link)
{
	if (from->bond) {
		link->bond = arena_memdup(p->sim->arena, from->bond, sizeof(*link->bond));
		p->failed |= !link->bond;
	}
	if (from->vlan) {
		link->vlan = arena_alloc(p->sim->arena, sizeof(*link->vlan));
		p->failed |=
			!link->vlan || !vlan_copy(from->vlan, p->sim->arena, link->vlan);
	}
	if (from->ipoib) {
		link->ipoib =
			arena_memdup(p->sim->arena, from->ipoib, sizeof(*link->ipoib));
		p->failed |= !link->ipoib;
	}
	if (from->bridge) {
		link->bridge =
			bridge_values_copy(&bridge_table, from->bridge, p->sim->arena);
		p->failed |= !link->bridge;
	}
}

/* The other end of a veth pair comes with it. */
static void simulate_peer(struct planner *p, const struct snap_link *link)
{
	struct snap_link *peer = snapshot_add_link(p->sim, link->other, link->parent);

	p->failed |= !peer;
	if (!peer)
		return;
	peer->kind = link->kind;
	peer->parent = link->ifindex;
}

/* A dummy answers no ARP, nor does a VLAN on what does not. */
static unsigned int first_flags(const struct planner *p, const struct snap_link *from)
{
	const struct snap_link *parent =
		from->vlan ? snapshot_link_by_index(p->sim, from->parent) : NULL;

	if (strcmp(from->kind, "dummy") == 0)
		return IFF_NOARP;
	return parent ? parent->flags & IFF_NOARP : 0;
}

static void play_link_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct snap_link *from = op->link;

	undo_with(p, op, OP_LINK_DEL);
	link = snapshot_add_link(p->sim, op->dev, op->ifindex);
	if (!link) {
		p->failed = true;
		return;
	}
	if (from->other && !snap_link_is_stacked(from))
		simulate_peer(p, from);
	link->was_reset = true;
	link->kind = from->kind;
	link->flags = from->flags;
	link->mtu = from->mtu;
	link->parent = from->parent;
	link->flags |= first_flags(p, from);
	p->failed |= snapshot_set_conf(p->sim, link, &p->sim->new_conf) < 0;
	link->mac = link->perm_mac = from->mac;
	simulate_kind(p, from, link);
	note_vlan(p, link);
}

/*
 * What an option was before, copied from the simulation, which does not live as long as
 * the plan; one that was not reported had no value.
 */
static struct bond_value old_value(struct planner *p, const struct bond_value *old)
{
	struct bond_value value = *old;

	value.is_set = true;
	value.ifname = keep_text(p, old->ifname ? old->ifname : "");
	if (old->n)
		value.list = arena_memdup(p->plan->arena, old->list,
					  old->n * sizeof(*old->list));
	p->failed |= old->n && !value.list;
	return value;
}

/* What the driver does not report, it has not got, and cannot change. */
static void reset(struct bond_values *now, enum bond_option_id id, uint32_t num)
{
	if (now->of[id].is_set)
		now->of[id].num = num;
}

static void follow_mode(struct bond_values *now)
{
	bool needs_mii = bond_values_mode(now) >= BOND_MODE_802_3AD;

	reset(now, BOND_OPT_ARP_VALIDATE, 0);
	reset(now, BOND_OPT_BROADCAST_NEIGHBOR, 0);
	if (needs_mii)
		reset(now, BOND_OPT_ARP_INTERVAL, 0);
	if (needs_mii && !now->of[BOND_OPT_MIIMON].num)
		reset(now, BOND_OPT_MIIMON, 100);
	if (bond_values_mode(now) == BOND_MODE_BALANCE_ALB)
		reset(now, BOND_OPT_TLB_DYNAMIC_LB, 1);
}

/* The driver keeps delays as multiples of miimon. */
static void scale_delays(struct bond_values *now, uint32_t old_miimon)
{
	uint32_t miimon = now->of[BOND_OPT_MIIMON].num;

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (bond_options[id].multiple_of_miimon)
			reset(now, id,
			      old_miimon ? now->of[id].num / old_miimon * miimon : 0);
}

/* Of the two link monitors, setting one ends the other. */
static void follow_monitor(struct bond_values *now, enum bond_option_id set)
{
	if (!now->of[set].num)
		return;
	if (set == BOND_OPT_MIIMON) {
		reset(now, BOND_OPT_ARP_INTERVAL, 0);
		reset(now, BOND_OPT_ARP_VALIDATE, 0);
	} else {
		reset(now, BOND_OPT_MIIMON, 0);
	}
}

/* Sets options in the driver's order, with what that does to others. */
static void play_options(struct bond_values *now, const struct bond_values *set)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		uint32_t miimon = now->of[BOND_OPT_MIIMON].num;

		if (!set->of[id].is_set)
			continue;
		now->of[id] = set->of[id];
		now->of[id].is_set = !bond_value_is_none(&bond_options[id], &set->of[id]);
		if (id == BOND_OPT_MODE)
			follow_mode(now);
		else if (id == BOND_OPT_MIIMON || id == BOND_OPT_ARP_INTERVAL)
			follow_monitor(now, id);
		if (now->of[BOND_OPT_MIIMON].num != miimon)
			scale_delays(now, miimon);
	}
}

/* Whether @undo has to set the option back to what it was. */
static bool was_other(const struct plan_op *op, const struct bond_values *before,
		      const struct bond_values *now, enum bond_option_id id)
{
	return op->options->of[id].is_set ||
	       !bond_value_equal(&bond_options[id], &before->of[id], &now->of[id]);
}

static bool has_mode_of(const struct bond_values *values, enum bond_option_id id)
{
	return bond_options[id].modes & 1U << bond_values_mode(values);
}

/* One step back: options that the old mode has, or those that only the new one has. */
static void undo_options(struct planner *p, struct plan_op *op,
			 const struct bond_values *before, const struct bond_values *now,
			 bool of_old_mode)
{
	struct bond_values *back = arena_alloc(p->plan->arena, sizeof(*back));
	struct plan_op *undo;
	bool any = false;

	p->failed |= !back;
	for (unsigned int id = 0; back && id < BOND_OPT_COUNT; id++) {
		bool is_idle = bond_options[id].multiple_of_miimon &&
			       !before->of[BOND_OPT_MIIMON].num;

		if (has_mode_of(before, id) != of_old_mode || is_idle ||
		    !was_other(op, before, now, id))
			continue;
		back->of[id] = old_value(p, &before->of[id]);
		any = true;
	}
	undo = any ? undo_with(p, op, OP_BOND_SET) : NULL;
	if (undo)
		undo->options = back;
}

static void play_bond_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct bond_values before = *link->bond;

	play_options(link->bond, op->options);
	undo_options(p, op, &before, link->bond, false);
	undo_options(p, op, &before, link->bond, true);
}

static void play_vlan_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_VLAN_SET);

	if (undo) {
		undo->vlan_change.want = op->vlan_change.now;
		undo->vlan_change.now = op->vlan_change.want;
	}
	p->failed |= !vlan_copy(op->vlan_change.want, p->sim->arena, link->vlan);
}

/* Routes that go with the link, or with its last IPv4 address, come back with the undo. */
static void lose_routes(struct planner *p, struct plan_op *op, struct snap_link *link,
			int family)
{
	struct route *next;

	for (struct route *route = link->routes; route; route = next) {
		next = route->next;
		if (family != AF_UNSPEC && route->family != family)
			continue;
		if (!planner_route_is_kernels(route))
			undo_route(p, op, OP_ROUTE_ADD, link, route);
		snap_link_drop_route(link, route);
	}
}

/* Of several ways, the kernel drops those through a link that goes down. */
static void lose_ways(struct planner *p, struct plan_op *op, const struct snap_link *link)
{
	struct snap_link *nowhere = p->sim->nowhere;
	struct route *next;

	for (struct route *route = nowhere->routes; route; route = next) {
		next = route->next;
		if (!route_goes_through(route, link->name))
			continue;
		undo_route(p, op, OP_ROUTE_ADD, nowhere, route);
		snap_link_drop_route(nowhere, route);
	}
}

/* The kernel drops IPv6 addresses, and makes the link-local one anew by itself. */
static void lose_ip6_addrs(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		next = addr->next;
		if (addr->addr.family != AF_INET6)
			continue;
		if (!ip_is_link_local(&addr->addr))
			undo_addr(p, op, OP_ADDR_ADD, link, addr);
		snap_link_drop_addr(link, addr);
	}
}

/* ---- the MTU of IPv6 follows that of the link: addrconf_notify() ---- */

/* What @op undoes makes it follow once more. */
static void undo_ip6_mtu(struct planner *p, struct plan_op *op,
			 const struct snap_link *link)
{
	const struct link_conf_value now = snap_link_conf(link, CONF_IP6_MTU);
	struct plan_op *undo;

	if (!now.is_set || !link->mtu || now.num == (int32_t)link->mtu)
		return;
	undo = undo_with(p, op, OP_CONF_SET);
	if (!undo)
		return;
	undo->dev = keep_dev(p, op, link->name);
	undo->ifindex = link->ifindex;
	undo->conf.id = CONF_IP6_MTU;
	undo->conf.num = now.num;
}

static void follow_mtu(struct planner *p, struct snap_link *link)
{
	struct link_conf_values conf;

	if (!link->mtu || !snap_link_conf(link, CONF_IP6_MTU).is_set)
		return;
	conf = *link->conf;
	conf.of[CONF_IP6_MTU].num = (int32_t)link->mtu;
	p->failed |= snapshot_set_conf(p->sim, link, &conf) < 0;
}

/* VLANs follow their parent, unless they are told not to: vlan_device_event(). */
static bool follows(const struct snap_link *link, const struct snap_link *parent)
{
	return snap_link_is_stacked(link) && link->parent == parent->ifindex &&
	       !(link->vlan && link->vlan->flags & VLAN_FLAG_LOOSE_BINDING);
}

static void go_down(struct planner *p, struct plan_op *op, struct snap_link *link);

/* Its routes need it up again, which the kernel may put off: see bring_followers_up(). */
static void follow_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_LINK_UP);

	if (undo) {
		undo->dev = keep_dev(p, op, link->name);
		undo->ifindex = link->ifindex;
	}
	go_down(p, op, link);
}

static void go_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	undo_ip6_mtu(p, op, link);
	lose_ip6_addrs(p, op, link);
	lose_routes(p, op, link, AF_UNSPEC);
	lose_ways(p, op, link);
	link->flags &= ~(unsigned int)IFF_UP;
	link->was_reset = true;
	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++)
		if (follows(p->sim->links[i], link) && p->sim->links[i]->flags & IFF_UP)
			follow_down(p, op, p->sim->links[i]);
}

static void play_link_up(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	undo_with(p, op, OP_LINK_DOWN);
	undo_ip6_mtu(p, op, link);
	follow_mtu(p, link);
	link->flags |= IFF_UP;
}

static void play_link_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	undo_with(p, op, OP_LINK_UP);
	go_down(p, op, link);
}

/* Settings that a new link does not begin with, as far as is known. */
static void undo_conf(struct planner *p, struct plan_op *op, const struct snap_link *link)
{
	for (unsigned int id = 0; id < CONF_COUNT; id++) {
		const struct link_conf_value fresh = p->sim->new_conf.of[id];
		const struct link_conf_value now = snap_link_conf(link, id);
		struct plan_op *undo;

		if (!now.is_set || (fresh.is_set && now.num == fresh.num))
			continue;
		undo = undo_with(p, op, OP_CONF_SET);
		if (!undo)
			return;
		undo->conf.id = id;
		undo->conf.num = now.num;
	}
}

static void keep_kind(struct planner *p, const struct snap_link *link,
		      struct snap_link *back)
{
	if (link->ipoib) {
		back->ipoib =
			arena_memdup(p->plan->arena, link->ipoib, sizeof(*link->ipoib));
		p->failed |= !back->ipoib;
		return;
	}
	back->vlan = arena_alloc(p->plan->arena, sizeof(*back->vlan));
	p->failed |= !back->vlan || !vlan_copy(link->vlan, p->plan->arena, back->vlan);
}

/* A VLAN or child interface that has to be made again can be brought back; others are not deleted halfway. */
static void undo_stacked_del(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	const struct snap_link *parent = snapshot_link_by_index(p->sim, link->parent);
	struct snap_link *back = arena_alloc(p->plan->arena, sizeof(*back));
	struct plan_op *undo = back ? undo_with(p, op, OP_LINK_ADD) : NULL;

	if (!undo) {
		p->failed = true;
		return;
	}
	*back = (struct snap_link){ .name = op->dev,
				    .kind = link->vlan ? "vlan" : "ipoib",
				    .ifindex = link->ifindex,
				    .parent = link->parent,
				    .other = keep_text(p, parent ? parent->name : ""),
				    .flags = link->flags,
				    .mac = link->mac,
				    .mtu = link->mtu };
	keep_kind(p, link, back);
	undo->link = back;
	if (link->bridge_port)
		play_undo_leaving(p, op, link);
	undo_conf(p, op, link);
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (!ip_is_link_local(&addr->addr))
			undo_addr(p, op, OP_ADDR_ADD, link, addr);
	lose_routes(p, op, link, AF_UNSPEC);
	lose_ways(p, op, link);
}

/* A link goes, and with it all that stands on it; its ports are on their own. */
static void remove_link(struct planner *p, struct snap_link *link)
{
	const int ifindex = link->ifindex;

	snapshot_remove_link(p->sim, link);
	for (size_t i = p->sim->n_links; i-- > 0;) {
		struct snap_link *other = p->sim->links[i];

		if (other->master == ifindex) {
			other->master = 0;
			/* Those of a bridge stay up. */
			if (!other->bridge_port)
				other->flags &= ~(unsigned int)IFF_UP;
			other->port = NULL;
			other->bridge_port = NULL;
		}
		if (is_upper(other, ifindex)) {
			remove_link(p, other);
			i = p->sim->n_links;
		}
	}
}

static void play_link_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	if (snap_link_is_stacked(link))
		undo_stacked_del(p, op, link);
	remove_link(p, link);
}

static void play_link_mtu(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_LINK_MTU);

	if (undo)
		undo->mtu = link->mtu;
	undo_ip6_mtu(p, op, link);
	link->mtu = op->mtu;
	follow_mtu(p, link);
}

static void undo_mac(struct planner *p, struct plan_op *op, const struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_LINK_MAC);

	if (!undo)
		return;
	undo->dev = keep_dev(p, op, link->name);
	undo->ifindex = link->ifindex;
	undo->mac = link->mac;
}

static void play_link_mac(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	if (link->mac.len)
		undo_mac(p, op, link);
	link->mac = op->mac;
}

static void play_link_arp(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_LINK_ARP);

	if (undo)
		undo->arp = !(link->flags & IFF_NOARP);
	link->flags &= ~(unsigned int)IFF_NOARP;
	link->flags |= op->arp ? 0 : IFF_NOARP;
}

static void play_link_token(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_LINK_TOKEN);

	if (undo)
		undo->token = link->token;
	link->token = op->token;
}

/* What the options of a port were, as far as the driver reports them and has them now. */
static struct bond_port_values *old_port_options(struct planner *p,
						 const struct snap_link *port,
						 const struct bond_port_values *changed)
{
	struct bond_port_values *old = arena_alloc(p->plan->arena, sizeof(*old));

	p->failed |= !old;
	for (unsigned int id = 0; old && id < PORT_OPT_COUNT; id++) {
		old->of[id] = snap_port_option(port->port, id);
		old->of[id].is_set &= changed->of[id].is_set;
	}
	return old;
}

static void play_port_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = undo_with(p, op, OP_PORT_SET);

	if (undo)
		undo->port_options = old_port_options(p, link, op->port_options);
	for (unsigned int id = 0; id < PORT_OPT_COUNT; id++)
		if (link->port && op->port_options->of[id].is_set)
			snap_port_set_option(link->port, id, &op->port_options->of[id]);
}

/* A port begins with the driver's defaults, whatever it had in a bond before. */
static void reset_port(struct snap_port *port)
{
	for (unsigned int id = 0; id < PORT_OPT_COUNT; id++) {
		const struct bond_port_value fresh = { .is_set = true,
						       .num = bond_port_options[id].def };

		snap_port_set_option(port, id, &fresh);
	}
}

bool planner_port_has_options(const struct planner *p, const struct snap_link *port,
			      struct bond_port_values *ret)
{
	const struct snap_link *bond = snapshot_link_by_index(p->sim, port->master);
	bool any = false;

	*ret = (struct bond_port_values){ 0 };
	for (unsigned int id = 0; bond && bond->bond && id < PORT_OPT_COUNT; id++) {
		const struct bond_port_option *option = &bond_port_options[id];
		struct bond_port_value value = snap_port_option(port->port, id);

		if (!value.is_set || value.num == option->def ||
		    !(option->modes & 1U << bond_values_mode(bond->bond)))
			continue;
		ret->of[id] = value;
		any = true;
	}
	return any;
}

static void play_port_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);

	if (bond && bond->bridge) {
		play_join_bridge(p, op, link, bond);
		return;
	}
	undo_master(p, op, OP_PORT_REMOVE);
	/* As its last port leaves again, the driver makes up another one. */
	if (bond && bond->mac.len && !planner_has_ports(p, bond->ifindex))
		undo_mac(p, op, bond);
	link->master = op->master.ifindex;
	link->flags |= IFF_UP;
	if (snapshot_make_port(p->sim, link))
		reset_port(link->port);
	else
		p->failed = true;
}

static void play_port_remove(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	struct snap_link *bond = planner_link(p, op->master.dev);
	struct bond_port_values options;
	bool has_options = planner_port_has_options(p, link, &options);
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
		undo_mac(p, op, bond);
		bond->mac.len = 0;
	}
	undo_master(p, op, OP_PORT_ADD);
	undo = has_options ? undo_with(p, op, OP_PORT_SET) : NULL;
	if (undo)
		undo->port_options =
			arena_memdup(p->plan->arena, &options, sizeof(options));
	p->failed |= undo && !undo->port_options;
}

static bool has_ip4(const struct snap_link *link)
{
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (addr->addr.family == AF_INET)
			return true;
	return false;
}

/* The kernel drops them when the undo removes what is the only address again. */
static void keep_routes(struct planner *p, struct plan_op *op,
			const struct snap_link *link)
{
	for (const struct route *route = link->routes; route; route = route->next)
		if (route->family == AF_INET && !planner_route_is_kernels(route))
			undo_route(p, op, OP_ROUTE_ADD, link, route);
}

static void play_addr_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_addr *now =
		snap_link_addr(link, &op->addr->addr, op->addr->prefix_len);

	/* One that is there already is made to stay, and nothing else. */
	op->replaces = now;
	if (now) {
		now->flags |= IFA_F_PERMANENT;
		return;
	}
	undo_addr(p, op, OP_ADDR_DEL, link, op->addr);
	if (op->addr->addr.family == AF_INET && !has_ip4(link))
		keep_routes(p, op, link);
	p->failed |= !snapshot_add_addr(p->sim, link, op->addr);
}

/*
 * Unless promote_secondaries is set, the kernel removes with a primary address all
 * secondary ones of its network. They count as lost here; adding one that was not is
 * harmless.
 */
static void lose_secondaries(struct planner *p, struct plan_op *op,
			     struct snap_link *link, const struct snap_addr *primary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		next = addr->next;
		if (!planner_is_secondary_of(addr, primary))
			continue;
		undo_addr(p, op, OP_ADDR_ADD, link, addr);
		snap_link_drop_addr(link, addr);
	}
}

/* Routes that have the address as their source go with it. */
static void lose_routes_from(struct planner *p, struct plan_op *op,
			     struct snap_link *link, const struct ip *source)
{
	for (struct route *route = link->routes, *next; route; route = next) {
		next = route->next;
		if (!ip_equal(&route->source, source))
			continue;
		undo_route(p, op, OP_ROUTE_ADD, link, route);
		snap_link_drop_route(link, route);
	}
}

static void play_addr_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct snap_addr *old =
		snap_link_addr(link, &op->addr->addr, op->addr->prefix_len);

	if (!old)
		return;
	undo_addr(p, op, OP_ADDR_ADD, link, old);
	snap_link_drop_addr(link, old);
	lose_routes_from(p, op, link, &old->addr);
	lose_secondaries(p, op, link, old);
	if (old->addr.family == AF_INET && !has_ip4(link))
		lose_routes(p, op, link, AF_INET);
}

/* Replaces the route in its place, on whatever link. */
static void play_route_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_link *holder = NULL;
	const struct route *old = places_find(&p->places, p->sim, op->route, &holder);

	if (old) {
		undo_route(p, op, OP_ROUTE_ADD, holder, old);
		snap_link_drop_route(holder, old);
	} else {
		undo_route(p, op, OP_ROUTE_DEL, link, op->route);
	}
	p->failed |= !snapshot_add_route(p->sim, link, op->route) ||
		     places_add(&p->places, op->route, link) < 0;
}

static void play_route_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct route *old = snap_link_route(link, op->route);

	undo_route(p, op, OP_ROUTE_ADD, link, old ? old : op->route);
	if (old)
		snap_link_drop_route(link, old);
}

/* Without IPv6, as if the link were down; with it again, as if it came up. */
static void play_ip6_disable(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	undo_ip6_mtu(p, op, link);
	if (op->conf.num) {
		lose_ip6_addrs(p, op, link);
		lose_routes(p, op, link, AF_INET6);
	} else {
		follow_mtu(p, link);
	}
}

static void play_conf_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const enum link_conf_id id = op->conf.id;
	struct link_conf_values conf = { 0 };
	struct plan_op *undo = NULL;

	if (link->conf)
		conf = *link->conf;
	if (conf.of[id].is_set)
		undo = undo_with(p, op, OP_CONF_SET);
	if (undo) {
		undo->conf.id = id;
		undo->conf.num = conf.of[id].num;
	}
	conf.of[id].is_set = true;
	conf.of[id].num = op->conf.num;
	p->failed |= snapshot_set_conf(p->sim, link, &conf) < 0;
	if (id == CONF_IP6_DISABLE)
		play_ip6_disable(p, op, link);
}

static void undo_rule(struct planner *p, struct plan_op *op, enum plan_op_kind kind,
		      const struct rule *rule)
{
	struct plan_op *undo = undo_with(p, op, kind);

	if (undo)
		undo->rule = rule == op->rule ? rule : keep_rule(p, rule);
}

static void play_rule_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	undo_rule(p, op, OP_RULE_DEL, op->rule);
	p->failed |= !snapshot_add_rule(p->sim, link, op->rule);
}

static void play_rule_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct rule *old = snap_link_rule(link, op->rule);

	undo_rule(p, op, OP_RULE_ADD, old ? old : op->rule);
	if (old)
		snap_link_drop_rule(link, old);
}

static void play_run(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = op->program->undo ? undo_with(p, op, OP_RUN) : NULL;

	(void)link;
	if (undo)
		undo->program = op->program->undo;
}

static void play_resolv_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const char *now = p->sim->resolver.text;
	struct plan_op *undo = undo_with(p, op, OP_RESOLV_SET);

	(void)link;
	if (undo)
		undo->text = now ? keep_text(p, now) : NULL;
	p->sim->resolver.text = op->text;
}

/* The client brings them back, when it is started again: there is no other undo. */
static void lose_lease(struct planner *p, struct plan_op *op, struct snap_link *link,
		       enum dhcp_family family)
{
	bool any = false;

	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (!snap_addr_is_leased(addr, family))
			continue;
		any = true;
		snap_link_drop_addr(link, addr);
		lose_routes_from(p, op, link, &addr->addr);
		lose_secondaries(p, op, link, addr);
		next = link->addrs; /* the next one may be among the lost */
	}
	if (any && family == DHCP_IP4 && !has_ip4(link))
		lose_routes(p, op, link, AF_INET);
}

/* As the script of dhclient begins, addresses of IPv6 that other programs set go. */
static bool is_lost_to_dhclient(const struct dhcp_start *start,
				const struct snap_addr *addr)
{
	return start->client.id == DHCP_DHCLIENT && start->client.family == DHCP_IP6 &&
	       addr->addr.family == AF_INET6 && addr->scope == RT_SCOPE_UNIVERSE &&
	       addr->flags & IFA_F_PERMANENT;
}

static void lose_fixed_ip6(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (!is_lost_to_dhclient(op->dhcp_start, addr))
			continue;
		undo_addr(p, op, OP_ADDR_ADD, link, addr);
		snap_link_drop_addr(link, addr);
	}
}

/* When the client is started to undo its end, they are back already. */
static void keep_fixed_ip6(struct planner *p, struct plan_op *op,
			   const struct snap_link *link)
{
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (is_lost_to_dhclient(op->dhcp_stop->undo, addr))
			undo_addr(p, op, OP_ADDR_ADD, link, addr);
}

static void play_dhcp_stop(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	enum dhcp_family family = op->dhcp_stop->family;
	struct plan_op *undo =
		op->dhcp_stop->undo ? undo_with(p, op, OP_DHCP_START) : NULL;

	if (undo) {
		undo->dhcp_start = op->dhcp_stop->undo;
		keep_fixed_ip6(p, op, link);
	}
	snap_link_drop_client(link, snap_link_client(link, family));
	lose_lease(p, op, link, family);
}

static void play_dhcp_start(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct dhcp_start *start = op->dhcp_start;
	struct plan_op *undo = start->undo ? undo_with(p, op, OP_DHCP_STOP) : NULL;

	if (undo)
		undo->dhcp_stop = start->undo;
	lose_fixed_ip6(p, op, link);
	p->failed |= snapshot_add_client(p->sim, link, &start->client) < 0;
}

static void play_nothing(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	(void)p;
	(void)op;
	(void)link;
}

static void (*const play[])(struct planner *p, struct plan_op *op,
			    struct snap_link *link) = {
	[OP_MODULE_LOAD] = play_module_load, [OP_LINK_ADD] = play_link_add,
	[OP_BOND_SET] = play_bond_set,       [OP_VLAN_SET] = play_vlan_set,
	[OP_LINK_DEL] = play_link_del,       [OP_LINK_UP] = play_link_up,
	[OP_LINK_DOWN] = play_link_down,     [OP_LINK_MTU] = play_link_mtu,
	[OP_LINK_MAC] = play_link_mac,       [OP_LINK_ARP] = play_link_arp,
	[OP_LINK_TOKEN] = play_link_token,   [OP_PORT_ADD] = play_port_add,
	[OP_PORT_REMOVE] = play_port_remove, [OP_PORT_SET] = play_port_set,
	[OP_LINK_WAIT] = play_nothing,       [OP_ADDR_PROBE] = play_nothing,
	[OP_ADDR_ADD] = play_addr_add,       [OP_ADDR_DEL] = play_addr_del,
	[OP_ROUTE_ADD] = play_route_add,     [OP_ROUTE_DEL] = play_route_del,
	[OP_ADDR_ANNOUNCE] = play_nothing,   [OP_CONF_SET] = play_conf_set,
	[OP_DAD_WAIT] = play_nothing,        [OP_RULE_ADD] = play_rule_add,
	[OP_RULE_DEL] = play_rule_del,       [OP_RUN] = play_run,
	[OP_BRIDGE_SET] = play_bridge_set,   [OP_BR_PORT_SET] = play_bridge_port_set,
	[OP_RESOLV_SET] = play_resolv_set,   [OP_DHCP_STOP] = play_dhcp_stop,
	[OP_DHCP_START] = play_dhcp_start,   [OP_TUN_SET] = play_tun_set,
	[OP_IPOIB_MODE] = play_ipoib_mode,
};
_Static_assert(ARRAY_SIZE(play) == OP_COUNT, "every kind of step has its effect");

/* Replaces what @op borrows by copies of its own. */
static void keep_payload(struct planner *p, struct plan_op *op)
{
	op->dev = op->dev ? keep_text(p, op->dev) : NULL;
	if (op->kind == OP_ADDR_ADD || op->kind == OP_ADDR_DEL || op->kind == OP_DAD_WAIT)
		op->addr = keep_addr(p, op->addr);
	if (op->kind == OP_ROUTE_ADD || op->kind == OP_ROUTE_DEL)
		op->route = keep_route(p, op->route);
	if (op->kind == OP_RULE_ADD || op->kind == OP_RULE_DEL)
		op->rule = keep_rule(p, op->rule);
	if (op->kind == OP_RUN)
		op->program = keep_program(p, op->program);
	if (op->kind == OP_RESOLV_SET)
		op->text = op->text ? keep_text(p, op->text) : NULL;
	if (op->kind == OP_PORT_ADD || op->kind == OP_PORT_REMOVE)
		op->master.dev = keep_text(p, op->master.dev);
}

static int push_op(struct plan *plan, const struct plan_op *op)
{
	size_t cap = plan->cap ? plan->cap * 2 : 16;
	struct plan_op *ops = plan->ops;

	if (plan->n == plan->cap) {
		ops = reallocarray(ops, cap, sizeof(*ops));
		if (!ops)
			return -ENOMEM;
		plan->ops = ops;
		plan->cap = cap;
	}
	ops[plan->n++] = *op;
	return 0;
}

static uint8_t family_of(const struct plan_op *op)
{
	switch (op->kind) {
	case OP_ADDR_PROBE:
	case OP_ADDR_ANNOUNCE:
		return op->probe.addr.family;
	case OP_ADDR_ADD:
	case OP_ADDR_DEL:
	case OP_DAD_WAIT:
		return op->addr->addr.family;
	case OP_ROUTE_ADD:
	case OP_ROUTE_DEL:
		return op->route->family;
	case OP_RULE_ADD:
	case OP_RULE_DEL:
		return op->rule->family;
	case OP_LINK_TOKEN:
		return AF_INET6;
	case OP_DHCP_STOP:
		return op->dhcp_stop->family == DHCP_IP6 ? AF_INET6 : AF_INET;
	case OP_DHCP_START:
		return op->dhcp_start->client.family == DHCP_IP6 ? AF_INET6 : AF_INET;
	case OP_CONF_SET:
		return strcmp(link_confs[op->conf.id].family, "ipv6") == 0 ? AF_INET6
									   : AF_INET;
	case OP_MODULE_LOAD:
	case OP_LINK_ADD:
	case OP_BOND_SET:
	case OP_BRIDGE_SET:
	case OP_BR_PORT_SET:
	case OP_VLAN_SET:
	case OP_TUN_SET:
	case OP_IPOIB_MODE:
	case OP_LINK_DEL:
	case OP_LINK_UP:
	case OP_LINK_DOWN:
	case OP_LINK_MTU:
	case OP_LINK_MAC:
	case OP_LINK_ARP:
	case OP_PORT_ADD:
	case OP_PORT_REMOVE:
	case OP_PORT_SET:
	case OP_LINK_WAIT:
	case OP_RUN:
	case OP_RESOLV_SET:
	case OP_COUNT:
		break;
	}
	return AF_UNSPEC;
}

static enum failure_wish failure_of(const struct planner *p, const struct plan_op *op)
{
	uint8_t family = p->iface ? family_of(op) : AF_UNSPEC;

	if (family == AF_INET)
		return p->iface->ip4_failure;
	return family == AF_INET6 ? p->iface->ip6_failure : FAILURE_USUAL;
}

/*
 * VLANs follow their parent up, but Linux 7.2 does that a moment later: what comes next may
 * need them up, so they are set up as well. Earlier kernels have nothing to do then.
 */
static void bring_followers_up(struct planner *p, size_t step)
{
	const struct plan_op *op = &p->plan->ops[step];
	const struct pos pos = op->pos;
	const struct snap_link *link = planner_link(p, op->dev);

	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++) {
		const struct snap_link *follower = p->sim->links[i];
		struct plan_op up;

		if (!follows(follower, link) || follower->flags & IFF_UP)
			continue;
		up = planner_step(OP_LINK_UP, pos, follower);
		up.needs = step;
		planner_add(p, up);
	}
}

size_t planner_add(struct planner *p, struct plan_op op)
{
	struct plan *plan = p->plan;
	struct snap_link *link = op.dev ? planner_link(p, op.dev) : NULL;
	size_t step;

	op.owner = p->owner;
	if (!op.follows)
		op.follows = order_after(p, &op);
	p->deletes_addrs |= op.kind == OP_ADDR_DEL;
	assert(link || op.kind == OP_MODULE_LOAD || op.kind == OP_LINK_ADD ||
	       op.kind == OP_TUN_SET || op.kind == OP_RUN || op.kind == OP_RESOLV_SET);
	keep_payload(p, &op);
	if (!p->failed)
		op.failure = failure_of(p, &op);
	if (!p->failed)
		play[op.kind](p, &op, link);
	if (p->failed || push_op(plan, &op) < 0) {
		p->failed = true;
		return PLAN_NO_OP;
	}
	step = plan->n - 1;
	if (op.kind == OP_LINK_UP)
		bring_followers_up(p, step);
	return step;
}

struct snap_link *planner_bearer(const struct planner *p, const struct route *route)
{
	return route_has_device(route) && route->dev ? planner_link(p, route->dev)
						     : p->sim->nowhere;
}

void planner_remove_route(struct planner *p, struct pos pos, const struct route *route)
{
	const struct snap_link *bearer = planner_bearer(p, route);
	struct plan_op op;

	if (!bearer)
		return;
	op = planner_step(OP_ROUTE_DEL, pos, bearer);
	op.route = snap_link_route(bearer, route);
	if (op.route && route_equal(op.route, route))
		planner_add(p, op);
}

void planner_remove_rules(struct planner *p, struct pos pos, const struct rule *list)
{
	/* Without a priority, it is any; so those go first that have one. */
	for (const struct rule *rule = list; rule; rule = rule->next)
		if (rule->has_priority)
			planner_remove_rule(p, pos, rule);
	for (const struct rule *rule = list; rule; rule = rule->next)
		if (!rule->has_priority)
			planner_remove_rule(p, pos, rule);
}

void planner_remove_rule(struct planner *p, struct pos pos, const struct rule *rule)
{
	struct plan_op op = planner_step(OP_RULE_DEL, pos, p->sim->nowhere);

	op.rule = snap_link_rule(p->sim->nowhere, rule);
	if (op.rule)
		planner_add(p, op);
}
