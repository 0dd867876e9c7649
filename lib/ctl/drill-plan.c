/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Determines which failovers can be tried without cutting the host off. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/ctl/drill.h"
#include "lib/plan/plan.h"

/* struct planning - a drill being planned */
struct planning {
	struct drill drill;
	const char *name;
	struct arena *arena;
	struct diag *diag;
};

static int refuse_drill(struct planning *p, const char *why, const char *hint)
{
	diag_error(p->diag, (struct pos){ 0 }, "cannot drill %s: %s", p->name, why);
	diag_hint(p->diag, "%s", hint);
	return -EINVAL;
}

/* NULL if there is none. */
static const struct snap_link *active_of(const struct snapshot *have,
					 const struct snap_link *bond)
{
	const struct option_value *active = &snap_bond(bond)->of[BOND_OPT_ACTIVE_SLAVE];

	return active->is_set && *active->ifname ? snapshot_link(have, active->ifname)
						 : NULL;
}

static int find_bond(struct planning *p)
{
	const struct snap_link *bond = snapshot_link(p->drill.have, p->name);

	if (!bond || !snap_bond(bond)) {
		diag_error(p->diag, (struct pos){ 0 }, "%s is not a bond, or is not up",
			   p->name);
		diag_hint(p->diag, "ifcfgctl status lists what there is");
		return -ENODEV;
	}
	p->drill.bond = bond;
	if (bond_values_mode(snap_bond(bond)) != BOND_MODE_ACTIVE_BACKUP)
		return refuse_drill(
			p, _("its mode is not active-backup"),
			_("in other modes several ports carry frames at once: pull a "
			  "cable, and watch ifcfgctl status --watch"));
	p->drill.active = active_of(p->drill.have, bond);
	if (!(bond->flags & IFF_UP) || !p->drill.active)
		return refuse_drill(p, _("it has no active port"),
				    _("ifcfgctl status shows the reason"));
	return 0;
}

static bool is_usable_port(const struct snap_link *port)
{
	return port->flags & IFF_UP && port->carrier && port->port &&
	       port->port->mii_status == 0;
}

static void add_move(struct planning *p, const struct snap_link *port)
{
	ARENA_PUSH(p->arena, p->drill.moves, p->drill.n_moves, p->drill.moves_cap, port);
}

/* All ports that can carry frames, and back to the original one. */
static int find_moves(struct planning *p)
{
	size_t n_ports = 0;

	for (size_t i = 0; i < p->drill.have->n_links; i++) {
		const struct snap_link *port = p->drill.have->links[i];

		if (port->master != p->drill.bond->ifindex)
			continue;
		n_ports++;
		if (port == p->drill.active)
			continue;
		if (is_usable_port(port))
			add_move(p, port);
		else
			diag_warning(p->diag, (struct pos){ 0 },
				     "port %s is skipped: it has no link", port->name);
	}
	if (n_ports < 2)
		return refuse_drill(p, _("it has one port only"),
				    _("a second port is needed to fail over to"));
	if (!p->drill.n_moves)
		return refuse_drill(
			p, _("no other port has a link, and the host would be cut off"),
			_("look after the cables and the switch ports"));
	add_move(p, p->drill.active);
	return 0;
}

/* ---- the address to ask ---- */

static bool is_on_bond(const struct planning *p, const struct snap_link *link)
{
	while (link && link != p->drill.bond)
		link = link->parent && strcmp(link->kind, "vlan") == 0
			       ? snapshot_link_by_index(p->drill.have, link->parent)
			       : NULL;
	return link;
}

static const struct snap_addr *addr_beside(const struct snap_link *link,
					   const struct ip *target)
{
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (addr->addr.family == target->family &&
		    ip_same_network(snap_addr_network(addr), target, addr->prefix_len))
			return addr;
	return NULL;
}

static bool take_target(struct planning *p, const struct snap_link *link,
			const struct ip *target)
{
	const struct snap_addr *addr =
		target->family == AF_INET ? addr_beside(link, target) : NULL;

	if (!addr)
		return false;
	p->drill.through = link;
	p->drill.gateway = *target;
	p->drill.source = addr->addr;
	return true;
}

static bool take_link_gateway(struct planning *p, const struct snap_link *link)
{
	for (const struct route *route = link->routes; route; route = route->next)
		if (!route->dst_len && route->table == RT_TABLE_MAIN &&
		    take_target(p, link, &route->gateway))
			return true;
	return false;
}

static int find_gateway(struct planning *p, const struct ip *target)
{
	for (size_t i = 0; i < p->drill.have->n_links; i++) {
		const struct snap_link *link = p->drill.have->links[i];

		if (!is_on_bond(p, link))
			continue;
		if (target ? take_target(p, link, target) : take_link_gateway(p, link))
			return 0;
	}
	if (target)
		return refuse_drill(
			p, _("the target is in no network of it, nor of its VLANs"),
			_("--target takes the IPv4 address of a neighbour"));
	return refuse_drill(p, _("no IPv4 default gateway is reached through it"),
			    _("--target names another neighbour"));
}

int drill_plan(const struct snapshot *have, const char *name, const struct ip *target,
	       struct arena *arena, struct diag *diag, struct drill *ret)
{
	struct planning p = {
		.drill = { .have = have }, .name = name, .arena = arena, .diag = diag
	};
	int r = find_bond(&p);

	p.drill.move = option_values_new(&bond_table, arena);
	if (r == 0)
		r = find_moves(&p);
	if (r == 0)
		r = find_gateway(&p, target);
	if (r == 0)
		*ret = p.drill;
	return r;
}

struct plan_op drill_move(const struct drill *drill, const struct snap_link *port)
{
	drill->move->of[BOND_OPT_ACTIVE_SLAVE] = (struct option_value){
		.is_set = true, .num = port->ifindex, .ifname = port->name
	};
	return (struct plan_op){ .kind = OP_OPTIONS_SET,
				 .dev = drill->bond->name,
				 .ifindex = drill->bond->ifindex,
				 .needs = PLAN_NO_OP,
				 .options = drill->move };
}
