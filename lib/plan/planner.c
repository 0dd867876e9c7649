/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known while a plan is made: the simulated kernel, owners of steps, what is whose. */
#include "lib/plan/planner.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/memory.h"

static int highest_index(const struct snapshot *snapshot)
{
	int highest = 0;

	for (size_t i = 0; i < snapshot->n_links; i++)
		if (snapshot->links[i]->ifindex > highest)
			highest = snapshot->links[i]->ifindex;
	return highest;
}

/* So that not every link has to be examined whenever one goes up or down. */
void planner_note_vlan(struct planner *p, const struct snap_link *vlan)
{
	struct snap_link *below = snapshot_link_by_index(p->sim, vlan->parent);

	if (snap_link_is_stacked(vlan) && below)
		below->bears_vlans = true;
}

static void note_places(struct planner *p)
{
	p->places.arena = p->plan->arena;
	places_add_link(&p->places, p->sim->nowhere);
	for (size_t i = 0; i < p->sim->n_links; i++) {
		planner_note_vlan(p, p->sim->links[i]);
		places_add_link(&p->places, p->sim->links[i]);
	}
}

/* ---- owners of steps ---- */

bool planner_is_unfinished(const struct planner *p, const char *name)
{
	const struct snap_link *made = snapshot_link(p->was_made, name);

	return made && made->unfinished;
}

/* There is no point in returning to a link that a killed run brought up in part. */
static bool was_up(const struct planner *p, const char *name)
{
	const struct snap_link *before = snapshot_link(p->have, name);

	return before && before->flags & IFF_UP && !planner_is_unfinished(p, name);
}

static void forget_unfinished(struct planner *p, const char *name)
{
	struct snap_link *made = snapshot_link(p->plan->made, name);

	if (made)
		made->unfinished = made->hooks_due = false;
}

static struct plan_owner *add_owner(struct planner *p, const char *name)
{
	struct plan *plan = p->plan;
	const struct snap_link *made = snapshot_link(p->was_made, name);
	const struct plan_owner owner = { .name = name,
					  .was_up = was_up(p, name),
					  .hooks_due = made && made->hooks_due };

	ARENA_PUSH(plan->owner_arena, plan->owners, plan->n_owners, plan->owners_cap,
		   owner);
	forget_unfinished(p, name);
	return &plan->owners[plan->n_owners - 1];
}

static void add_below(struct plan_owner *owner, const struct iface *below)
{
	if (below && below->order == IFACE_IN_ORDER)
		owner->below[owner->n_below++] = below->place;
}

static size_t n_below(const struct iface *iface)
{
	return iface->n_ports + (iface->parent ? 1 : 0) + (iface_home(iface) ? 1 : 0);
}

/*
 * A link of its own is counted, while a network card that is a port is part of its bond.
 */
static void add_owners(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];
		struct plan_owner *owner = add_owner(p, iface->name);

		owner->below = arena_alloc(p->plan->owner_arena,
					   (n_below(iface) + 1) * sizeof(*owner->below));
		owner->is_target = iface->is_target;
		add_below(owner, iface->parent);
		add_below(owner, iface_home(iface));
		for (size_t k = 0; k < iface->n_ports; k++)
			add_below(owner, iface->ports[k]);
	}
}

void planner_undo_with(struct planner *p, const char *name)
{
	struct plan_owner *own = &p->plan->owners[p->owner];
	struct arena *arena = p->plan->owner_arena;
	size_t *below = arena_alloc(arena, (own->n_below + 1) * sizeof(*below));

	if (own->n_below)
		memcpy(below, own->below, own->n_below * sizeof(*below));
	own->below = below;
	for (size_t i = 0; i < p->plan->n_owners; i++)
		if (strcmp(p->plan->owners[i].name, name) == 0) {
			below[own->n_below++] = i;
			return;
		}
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
	if (result < 0 && !stops_others) {
		p->plan->owners[p->owner].has_failed = true;
		return 0;
	}
	return result;
}

void planner_start(struct planner *p, const struct model *want,
		   const struct snapshot *have, const struct snapshot *made,
		   struct diag *diag)
{
	*p = (struct planner){ .have = have,
			       .was_made = made,
			       .journal = { .phase = 1 },
			       .diag = diag,
			       .is_partial = want->is_partial };
	p->sim = snapshot_clone(have);
	p->plan = memory_zeroed(1, sizeof(*p->plan));
	p->plan->arena = arena_new();
	p->plan->owner_arena = arena_new();
	p->plan->have = have;
	members_start(&p->members, have, p->plan->arena);
	p->highest_index = highest_index(have);
	p->plan->made = snapshot_clone(made);
	add_owners(p, want);
	note_places(p);
}

int planner_finish(struct planner *p, int result, struct plan **ret_plan)
{
	snapshot_free(p->sim);
	diag_about(p->diag, NULL);
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

struct snap_link *planner_made(const struct planner *p, const char *name)
{
	return snapshot_link(p->plan->made, name);
}

struct snap_link *planner_note_made(struct planner *p, const char *name)
{
	struct snap_link *made = planner_made(p, name);

	if (!made)
		made = snapshot_add_link(p->plan->made, name, 0);
	return made;
}

bool planner_stands_on(const struct planner *p, const struct snap_link *upper,
		       const struct snap_link *below)
{
	while (upper && snap_link_is_stacked(upper) && upper->parent != below->ifindex)
		upper = snapshot_link_by_index(p->sim, upper->parent);
	return upper && snap_link_is_stacked(upper);
}

/* What hardware reports as its parent is not meant. */
bool planner_is_upper(const struct snap_link *link, int ifindex)
{
	return link->parent == ifindex && *link->kind;
}

const struct snap_link *planner_upper(const struct planner *p,
				      const struct snap_link *below)
{
	for (size_t i = 0; i < p->sim->n_links; i++)
		if (planner_is_upper(p->sim->links[i], below->ifindex))
			return p->sim->links[i];
	return NULL;
}

bool planner_has_ports(const struct planner *p, int ifindex)
{
	return members_any(&p->members, p->sim, ifindex);
}

bool planner_had_ports(const struct planner *p, int ifindex)
{
	return members_any(&p->members, p->have, ifindex);
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
	const struct want_addr *want;
	size_t at = 0;

	while ((want = iface_next_addr(iface, &addr->addr, &at)) &&
	       want->prefix_len != addr->prefix_len)
		;
	return want;
}

bool planner_route_is_kernels(const struct route *route)
{
	return route->protocol == RTPROT_KERNEL;
}

struct snap_link *planner_bearer(const struct planner *p, const struct route *route)
{
	return route_has_device(route) && route->dev ? planner_link(p, route->dev)
						     : p->sim->nowhere;
}

struct route planner_moved_route(const struct planner *p, const struct snap_link *link,
				 const struct snap_link *was, const struct route *route)
{
	struct route moved = *route;

	if (route->table == snap_link_table(p->have, was))
		moved.table = snap_link_table(p->sim, link);
	return moved;
}
