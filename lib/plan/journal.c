/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes the simulated kernel, and writes down what there was before. */

#include "lib/plan/planner.h"

static void note(struct planner *p, struct change change)
{
	struct journal *journal = &p->journal;

	p->failed |= ARENA_PUSH(p->sim->arena, journal->of, journal->n, journal->cap,
				change) < 0;
}

/* ---- links ---- */

void journal_link(struct planner *p, struct snap_link *link)
{
	const struct snap_link *was;

	if (link->noted == p->journal.phase)
		return;
	was = arena_memdup(p->sim->arena, link, sizeof(*link));
	p->failed |= !was;
	link->noted = p->journal.phase;
	if (was)
		note(p,
		     (struct change){ .of = CHANGE_OF_LINK, .link = link, .was = was });
}

static struct option_values *own(struct planner *p, const struct option_values *values)
{
	struct option_values *copy =
		values ? option_values_copy(values, p->sim->arena) : NULL;

	p->failed |= values && !copy;
	return copy;
}

void journal_options(struct planner *p, struct snap_link *link)
{
	journal_link(p, link);
	link->bond = own(p, link->bond);
	link->bridge = own(p, link->bridge);
	link->bridge_port = own(p, link->bridge_port);
	if (!link->port)
		return;
	link->port = arena_memdup(p->sim->arena, link->port, sizeof(*link->port));
	p->failed |= !link->port;
	if (link->port)
		link->port->options = own(p, link->port->options);
}

struct snap_link *journal_add_link(struct planner *p, const char *name, int ifindex)
{
	struct snap_link *link = snapshot_add_link(p->sim, name, ifindex);

	p->failed |= !link;
	if (!link)
		return NULL;
	link->noted = p->journal.phase;
	note(p,
	     (struct change){ .of = CHANGE_OF_LINK, .how = CHANGE_ADDED, .link = link });
	return link;
}

void journal_remove_link(struct planner *p, struct snap_link *link)
{
	note(p, (struct change){
			.of = CHANGE_OF_LINK, .how = CHANGE_REMOVED, .link = link });
	snapshot_remove_link(p->sim, link);
}

/* ---- what they bear ---- */

void journal_add_addr(struct planner *p, struct snap_link *link,
		      const struct snap_addr *addr)
{
	struct snap_addr *copy = snapshot_add_addr(p->sim, link, addr);

	p->failed |= !copy;
	if (copy)
		note(p, (struct change){ .of = CHANGE_OF_ADDR,
					 .how = CHANGE_ADDED,
					 .link = link,
					 .addr = copy });
}

void journal_drop_addr(struct planner *p, struct snap_link *link, struct snap_addr *addr,
		       bool by_itself)
{
	struct snap_addr *before = snap_link_drop_addr(link, addr);

	note(p, (struct change){ .of = CHANGE_OF_ADDR,
				 .how = CHANGE_REMOVED,
				 .by_itself = by_itself,
				 .link = link,
				 .addr = addr,
				 .addr_before = before });
}

void journal_add_route(struct planner *p, struct snap_link *link,
		       const struct route *route, bool by_itself)
{
	struct route *before = link->route_tail.last;
	struct route *copy = snapshot_add_route(p->sim, link, route);

	p->failed |= !copy || places_add(&p->places, route, link) < 0;
	if (copy)
		note(p, (struct change){ .of = CHANGE_OF_ROUTE,
					 .how = CHANGE_ADDED,
					 .by_itself = by_itself,
					 .link = link,
					 .route = copy,
					 .route_before = before });
}

void journal_drop_route(struct planner *p, struct snap_link *link, struct route *route)
{
	struct route *before = snap_link_drop_route(link, route);

	note(p, (struct change){ .of = CHANGE_OF_ROUTE,
				 .how = CHANGE_REMOVED,
				 .by_itself = planner_route_is_kernels(route),
				 .link = link,
				 .route = route,
				 .route_before = before });
}

void journal_add_rule(struct planner *p, struct snap_link *link, const struct rule *rule)
{
	struct rule *copy = snapshot_add_rule(p->sim, link, rule);

	p->failed |= !copy;
	if (copy)
		note(p, (struct change){ .of = CHANGE_OF_RULE,
					 .how = CHANGE_ADDED,
					 .link = link,
					 .rule = copy });
}

void journal_drop_rule(struct planner *p, struct snap_link *link, struct rule *rule)
{
	struct rule *before = snap_link_drop_rule(link, rule);

	note(p, (struct change){ .of = CHANGE_OF_RULE,
				 .how = CHANGE_REMOVED,
				 .link = link,
				 .rule = rule,
				 .rule_before = before });
}

/* ---- the rest ---- */

/* There are two at most: another list of them is made. */
static void set_clients(struct planner *p, struct snap_link *link,
			enum dhcp_family without, const struct snap_client *with)
{
	struct snap_client *was = link->clients;

	note(p, (struct change){ .of = CHANGE_OF_CLIENTS, .link = link, .clients = was });
	link->clients = NULL;
	for (const struct snap_client *at = was; at; at = at->next)
		if (with || at->family != without)
			p->failed |= snapshot_add_client(p->sim, link, at) < 0;
	if (with)
		p->failed |= snapshot_add_client(p->sim, link, with) < 0;
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
	note(p, (struct change){ .of = CHANGE_OF_RESOLVER,
				 .link = p->sim->nowhere,
				 .text = p->sim->resolver.text });
	p->sim->resolver.text = text;
}

void journal_other(struct planner *p, struct plan_op back)
{
	const struct plan_op *copy = arena_memdup(p->sim->arena, &back, sizeof(back));

	p->failed |= !copy;
	note(p, (struct change){
			.of = CHANGE_OF_OTHER, .link = p->sim->nowhere, .back = copy });
}

struct plan_op journal_like(const struct plan_op *op, enum plan_op_kind kind)
{
	return (struct plan_op){ .kind = kind,
				 .pos = op->pos,
				 .dev = op->dev,
				 .ifindex = op->ifindex,
				 .needs = PLAN_NO_OP };
}

/* ---- back ---- */

/* The hash chains are those of now. */
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
	const bool was_added = change->how == CHANGE_ADDED;

	switch (change->of) {
	case CHANGE_OF_LINK:
		rewind_link(p, change);
		break;
	case CHANGE_OF_ADDR:
		if (was_added)
			snap_link_drop_addr(link, change->addr);
		else
			p->failed |= snap_link_mend_addr(p->sim, link, change->addr,
							 change->addr_before) < 0;
		break;
	case CHANGE_OF_ROUTE:
		if (was_added)
			snap_link_cut_route(link, change->route, change->route_before);
		else
			p->failed |= snap_link_mend_route(p->sim, link, change->route,
							  change->route_before) < 0;
		break;
	case CHANGE_OF_RULE:
		if (was_added)
			snap_link_drop_rule(link, change->rule);
		else
			p->failed |= snap_link_mend_rule(p->sim, link, change->rule,
							 change->rule_before) < 0;
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
	while (p->journal.n > n && !p->failed)
		rewind_one(p, &p->journal.of[--p->journal.n]);
}
