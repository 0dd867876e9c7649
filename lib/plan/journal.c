/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes the simulated kernel, and records its former state. */

#include "lib/plan/planner.h"

static void note_change(struct planner *p, struct change change)
{
	struct journal *journal = &p->journal;

	ARENA_PUSH(p->sim->arena, journal->of, journal->n, journal->cap, change);
}

/* ---- links ---- */

void journal_link(struct planner *p, struct snap_link *link)
{
	const struct snap_link *was;

	if (link->noted == p->journal.phase)
		return;
	was = arena_memdup(p->sim->arena, link, sizeof(*link));
	link->noted = p->journal.phase;
	note_change(p, (struct change){ .of = CHANGE_OF_LINK, .link = link, .was = was });
}

static struct option_values *own(struct planner *p, const struct option_values *values)
{
	struct option_values *copy =
		values ? option_values_copy(values, p->sim->arena) : NULL;

	return copy;
}

void journal_options(struct planner *p, struct snap_link *link)
{
	journal_link(p, link);
	link->options = own(p, link->options);
	link->port_options = own(p, link->port_options);
	if (!link->port)
		return;
	link->port = arena_memdup(p->sim->arena, link->port, sizeof(*link->port));
	link->port->options = own(p, link->port->options);
}

struct snap_link *journal_add_link(struct planner *p, const char *name, int ifindex)
{
	struct snap_link *link = snapshot_add_link(p->sim, name, ifindex);

	link->noted = p->journal.phase;
	note_change(p, (struct change){
			       .of = CHANGE_OF_LINK, .how = CHANGE_ADDED, .link = link });
	return link;
}

void journal_remove_link(struct planner *p, struct snap_link *link)
{
	note_change(p, (struct change){ .of = CHANGE_OF_LINK,
					.how = CHANGE_REMOVED,
					.link = link });
	snapshot_remove_link(p->sim, link);
}

/* ---- what belongs to links ---- */

static const struct listed *const lists[] = {
	[CHANGE_OF_ADDR] = &snap_addrs,
	[CHANGE_OF_ROUTE] = &snap_routes,
	[CHANGE_OF_RULE] = &snap_rules,
};

/* @kind: what it is, whether it came or went, and whether by itself */
static void note_item(struct planner *p, struct change kind, struct snap_link *link,
		      void *item, void *before)
{
	kind.link = link;
	kind.item = item;
	kind.before = before;
	if (item)
		note_change(p, kind);
}

void journal_add_addr(struct planner *p, struct snap_link *link,
		      const struct snap_addr *addr)
{
	const struct change kind = { CHANGE_OF_ADDR, .how = CHANGE_ADDED };
	void *before = link->addr_tail.last;

	note_item(p, kind, link, snapshot_add_addr(p->sim, link, addr), before);
}

void journal_drop_addr(struct planner *p, struct snap_link *link, struct snap_addr *addr,
		       bool by_itself)
{
	const struct change kind = { CHANGE_OF_ADDR, CHANGE_REMOVED,
				     .by_itself = by_itself };

	note_item(p, kind, link, addr, snap_link_drop_addr(link, addr));
}

void journal_add_route(struct planner *p, struct snap_link *link,
		       const struct route *route, bool by_itself)
{
	const struct change kind = { CHANGE_OF_ROUTE, CHANGE_ADDED,
				     .by_itself = by_itself };
	void *before = link->route_tail.last;

	note_item(p, kind, link, snapshot_add_route(p->sim, link, route), before);
	places_add(&p->places, route, link);
}

void journal_drop_route(struct planner *p, struct snap_link *link, struct route *route)
{
	const struct change kind = { CHANGE_OF_ROUTE, CHANGE_REMOVED,
				     .by_itself = planner_route_is_kernels(route) };

	note_item(p, kind, link, route, snap_link_drop_route(link, route));
}

void journal_add_rule(struct planner *p, struct snap_link *link, const struct rule *rule)
{
	const struct change kind = { CHANGE_OF_RULE, .how = CHANGE_ADDED };
	void *before = link->rule_tail.last;

	note_item(p, kind, link, snapshot_add_rule(p->sim, link, rule), before);
}

void journal_drop_rule(struct planner *p, struct snap_link *link, struct rule *rule)
{
	const struct change kind = { CHANGE_OF_RULE, .how = CHANGE_REMOVED };

	note_item(p, kind, link, rule, snap_link_drop_rule(link, rule));
}

/* ---- others ---- */

/* There are two at most, so the list is made again. */
static void set_clients(struct planner *p, struct snap_link *link,
			enum dhcp_family without, const struct snap_client *with)
{
	struct snap_client *was = link->clients;

	note_change(p, (struct change){
			       .of = CHANGE_OF_CLIENTS, .link = link, .clients = was });
	link->clients = NULL;
	for (const struct snap_client *at = was; at; at = at->next)
		if (with || at->family != without)
			snapshot_add_client(p->sim, link, at);
	if (with)
		snapshot_add_client(p->sim, link, with);
}

void journal_add_client(struct planner *p, struct snap_link *link,
			const struct snap_client *client)
{
	set_clients(p, link, client->family, client);
}

void journal_drop_client(struct planner *p, struct snap_link *link,
			 enum dhcp_family family)
{
	set_clients(p, link, family, NULL);
}

void journal_set_resolver(struct planner *p, const char *text)
{
	note_change(p, (struct change){ .of = CHANGE_OF_RESOLVER,
					.link = p->sim->nowhere,
					.text = p->sim->resolver.text });
	p->sim->resolver.text = text;
}

void journal_other(struct planner *p, struct plan_op back)
{
	const struct plan_op *copy = arena_memdup(p->sim->arena, &back, sizeof(back));

	note_change(p, (struct change){ .of = CHANGE_OF_OTHER,
					.link = p->sim->nowhere,
					.back = copy });
}

struct plan_op journal_like(const struct plan_op *op, enum plan_op_kind kind)
{
	return (struct plan_op){ .kind = kind,
				 .pos = op->pos,
				 .dev = op->dev,
				 .ifindex = op->ifindex,
				 .needs = PLAN_NO_OP };
}

/* ---- rewinding ---- */

/* Its place in the hash chains is the present one. */
static void rewind_link(struct planner *p, const struct change *change)
{
	struct snap_link *link = change->link, *of_name = link->next_of_name,
			 *of_index = link->next_of_index;

	if (change->how == CHANGE_ADDED) {
		snapshot_remove_link(p->sim, link);
		return;
	}
	*link = *change->was;
	link->next_of_name = of_name;
	link->next_of_index = of_index;
}

static void rewind_one(struct planner *p, const struct change *change)
{
	struct snap_link *link = change->link;

	switch (change->of) {
	case CHANGE_OF_LINK:
		rewind_link(p, change);
		break;
	case CHANGE_OF_ADDR:
	case CHANGE_OF_ROUTE:
	case CHANGE_OF_RULE:
		if (change->how == CHANGE_ADDED)
			listed_cut(lists[change->of], link, change->item, change->before);
		else
			listed_mend(lists[change->of], p->sim, link, change->item,
				    change->before);
		break;
	case CHANGE_OF_CLIENTS:
		link->clients = change->clients;
		break;
	case CHANGE_OF_RESOLVER:
		p->sim->resolver.text = change->text;
		break;
	case CHANGE_OF_OTHER:
		break;
	}
}

void journal_rewind(struct planner *p, size_t n)
{
	while (p->journal.n > n)
		rewind_one(p, &p->journal.of[--p->journal.n]);
}
