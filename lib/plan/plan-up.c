/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From "what is there" to "what is wanted".
 *
 * Each function looks at the simulated state, and adds steps only for what differs. So
 * the plan for a system that is as wanted is empty, and one change leads to the next by
 * itself: a bond that has to go down loses its routes in the simulation, and the
 * function for routes, later, finds them missing and puts them back.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/planner.h"

/* RFC 3927's network, and where network-scripts begin to count its metric. */
static const struct ip zeroconf_net = { .family = AF_INET, .bytes = { 169, 254 } };
#define ZEROCONF_LEN    16
#define ZEROCONF_METRIC 1000

/* ---- bond ---- */

/* The MAC that the bond has from its first moment on; len 0 leaves it to the driver. */
static struct hwaddr bond_mac(const struct planner *p, const struct iface *bond)
{
	if (bond->has_mac)
		return bond->mac;
	for (size_t i = 0; i < bond->n_ports; i++) {
		const struct snap_link *nic =
			snapshot_link(p->have, bond->ports[i]->name);

		if (nic && hwaddr_is_unicast(&nic->perm_mac))
			return nic->perm_mac;
	}
	return (struct hwaddr){ 0 };
}

/* Whether the driver can be told to use @name as an interface now. */
static bool names_existing(const struct planner *p, const struct bond_value *value)
{
	return !*value->ifname || planner_link(p, value->ifname);
}

/* The wanted options that can be sent at this moment. */
static struct bond_values *sendable_options(struct planner *p, const struct iface *bond)
{
	struct bond_values *options =
		arena_memdup(p->plan->arena, &bond->options, sizeof(bond->options));
	struct bond_value *primary;

	if (!options) {
		p->failed = true;
		return NULL;
	}
	/* It has to be a port with carrier: see set_active_slave(). */
	options->of[BOND_OPT_ACTIVE_SLAVE].is_set = false;
	primary = &options->of[BOND_OPT_PRIMARY];
	if (primary->is_set && !names_existing(p, primary)) {
		diag_warning(p->diag, primary->pos,
			     "primary %s left out: there is no such interface",
			     primary->ifname);
		primary->is_set = false;
	}
	return options;
}

static size_t add_bond(struct planner *p, const struct iface *bond, bool up)
{
	struct snap_link *link = arena_alloc(p->plan->arena, sizeof(*link));
	struct bond_values *options = sendable_options(p, bond);

	if (!link || !options) {
		p->failed = true;
		return PLAN_NO_OP;
	}
	link->name = bond->name;
	link->ifindex = planner_free_index(p);
	link->kind = "bond";
	link->mac = bond_mac(p, bond);
	link->mtu = bond->has_mtu ? bond->mtu : 0;
	link->flags = up ? IFF_UP : 0;
	link->bond = options;
	if (!p->sim->has_bonding)
		planner_add(p, (struct plan_op){ .kind = OP_MODULE_LOAD,
						 .pos = bond->pos,
						 .needs = PLAN_NO_OP });
	return planner_add(p, (struct plan_op){ .kind = OP_BOND_ADD,
						.pos = bond->pos,
						.dev = bond->name,
						.ifindex = link->ifindex,
						.needs = PLAN_NO_OP,
						.link = link });
}

/* Whether @name is a port of @bond, or this run makes it one. */
static bool will_be_port(const struct planner *p, const struct iface *bond,
			 const struct iface *target, const char *name)
{
	const struct snap_link *nic = planner_link(p, name);
	const struct snap_link *link = planner_link(p, bond->name);

	if (!nic)
		return false;
	if (nic->master == link->ifindex)
		return true;
	for (size_t i = 0; i < bond->n_ports; i++)
		if (strcmp(bond->ports[i]->name, name) == 0)
			return target == bond || target == bond->ports[i];
	return false;
}

/*
 * The driver reports a primary only while it is a port. One that is to join now is told
 * before it does, so that joining it obeys primary_reselect; one that stays away is
 * remembered by the driver, and telling it again on every run would be noise.
 */
static bool primary_differs(const struct planner *p, const struct iface *bond,
			    const struct iface *target, const struct bond_value *wanted,
			    const struct bond_value *now)
{
	if (now->is_set)
		return strcmp(now->ifname, wanted->ifname) != 0;
	return will_be_port(p, bond, target, wanted->ifname);
}

static bool differs(const struct planner *p, const struct iface *bond,
		    const struct iface *target, enum bond_option_id id,
		    const struct bond_value *wanted, const struct bond_value *now)
{
	if (!wanted->is_set)
		return false;
	if (id == BOND_OPT_PRIMARY)
		return primary_differs(p, bond, target, wanted, now);
	return !bond_value_equal(&bond_options[id], wanted, now);
}

/* A new mode resets other options, and a new miimon rescales the delays. */
static bool is_upset(enum bond_option_id id, bool mode_differs, bool miimon_differs)
{
	return mode_differs || (miimon_differs && bond_options[id].multiple_of_miimon);
}

/*
 * Leaves in @options only what differs from the driver's report, or would once the rest
 * is set. Return: whether there is anything.
 */
static bool keep_differences(const struct planner *p, const struct iface *bond,
			     const struct iface *target, struct bond_values *options)
{
	const struct bond_value *now = planner_link(p, bond->name)->bond->of;
	bool change[BOND_OPT_COUNT], any = false;

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		change[id] = differs(p, bond, target, id, &options->of[id], &now[id]);
		any |= change[id];
	}
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		options->of[id].is_set &=
			change[id] ||
			is_upset(id, change[BOND_OPT_MODE], change[BOND_OPT_MIIMON]);
	return any;
}

static bool any_needs(const struct bond_values *options, enum bond_when when)
{
	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		if (options->of[i].is_set && (bond_options[i].when == when ||
					      bond_options[i].when == WHEN_EMPTY_DOWN))
			return true;
	return false;
}

static void enslave(struct planner *p, struct pos pos, const struct snap_link *nic,
		    const struct snap_link *bond, size_t needs)
{
	struct plan_op op = planner_step(OP_PORT_ADD, pos, nic);

	op.needs = needs;
	op.master.dev = bond->name;
	op.master.ifindex = bond->ifindex;
	planner_add(p, op);
}

static void release(struct planner *p, struct pos pos, const struct snap_link *nic,
		    size_t needs)
{
	const struct snap_link *master = snapshot_link_by_index(p->sim, nic->master);
	struct plan_op op = planner_step(OP_PORT_REMOVE, pos, nic);

	op.needs = needs;
	op.master.dev = master ? master->name : "";
	op.master.ifindex = nic->master;
	planner_add(p, op);
}

/* Takes all ports out; they come back behind the change, in the same order. */
static void release_all(struct planner *p, struct pos pos, const struct snap_link *bond)
{
	for (size_t i = 0; i < p->sim->n_links; i++)
		if (p->sim->links[i]->master == bond->ifindex)
			release(p, pos, p->sim->links[i], PLAN_NO_OP);
}

static void set_mac(struct planner *p, const struct iface *bond,
		    const struct snap_link *link)
{
	struct hwaddr mac = bond_mac(p, bond);
	struct plan_op op = planner_step(OP_LINK_MAC,
					 bond->has_mac ? bond->mac_pos : bond->pos, link);
	bool follows_port = bond_values_mode(link->bond) == BOND_MODE_ACTIVE_BACKUP &&
			    link->bond->of[BOND_OPT_FAIL_OVER_MAC].num != 0;

	/* With ports, only an address somebody asked for is worth changing it live. */
	if (!mac.len || hwaddr_equal(&mac, &link->mac) || follows_port ||
	    (!bond->has_mac && planner_has_ports(p, link->ifindex)))
		return;
	op.mac = mac;
	planner_add(p, op);
}

static void set_mtu(struct planner *p, const struct iface *iface,
		    const struct snap_link *link)
{
	struct plan_op op = planner_step(OP_LINK_MTU, iface->mtu_pos, link);

	if (!iface->has_mtu || iface->mtu == link->mtu)
		return;
	op.mtu = iface->mtu;
	planner_add(p, op);
}

/* Puts back the ports that had to leave, the ones that no file names among them. */
static void rejoin(struct planner *p, struct pos pos, const struct snap_link *bond)
{
	for (size_t i = 0; i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];

		if (was->master == bond->ifindex)
			enslave(p, pos, planner_link(p, was->name), bond, PLAN_NO_OP);
	}
}

static void change_options(struct planner *p, const struct iface *bond,
			   const struct iface *target)
{
	const struct snap_link *link = planner_link(p, bond->name);
	struct bond_values *options = sendable_options(p, bond);
	struct plan_op op = planner_step(OP_BOND_SET, bond->options_pos, link);
	bool empty_it, was_up = link->flags & IFF_UP;

	if (!options || !keep_differences(p, bond, target, options))
		return;
	empty_it = any_needs(options, WHEN_BOND_EMPTY) &&
		   planner_has_ports(p, link->ifindex);
	if (empty_it)
		release_all(p, bond->options_pos, link);
	if (was_up && any_needs(options, WHEN_BOND_DOWN))
		planner_add(p, planner_step(OP_LINK_DOWN, bond->options_pos, link));
	op.options = options;
	planner_add(p, op);
	set_mac(p, bond, link);
	if (was_up && !(link->flags & IFF_UP))
		planner_add(p, planner_step(OP_LINK_UP, bond->options_pos, link));
	if (empty_it)
		rejoin(p, bond->options_pos, link);
}

/* The bond exists as wanted, but for its ports. Return: 0, or -EBUSY. */
static int want_bond(struct planner *p, const struct iface *bond,
		     const struct iface *target, size_t *ret_created)
{
	const struct snap_link *link = planner_link(p, bond->name);

	*ret_created = PLAN_NO_OP;
	if (!link) {
		*ret_created = add_bond(p, bond, target == bond);
		return 0;
	}
	if (!link->bond) {
		diag_error(p->diag, bond->pos, "%s exists and is not a bond but %s%s",
			   bond->name, *link->kind ? "of kind " : "a network card",
			   link->kind);
		diag_hint(p->diag, "give the bond another name, or remove %s first",
			  bond->name);
		return -EBUSY;
	}
	change_options(p, bond, target);
	set_mac(p, bond, link);
	set_mtu(p, bond, link);
	return 0;
}

/* Options that name a port wait until it has joined. */
static void set_active_slave(struct planner *p, const struct iface *bond, size_t needs)
{
	const struct bond_value *wanted = &bond->options.of[BOND_OPT_ACTIVE_SLAVE];
	const struct snap_link *link = planner_link(p, bond->name);
	const struct snap_link *nic =
		wanted->is_set ? planner_link(p, wanted->ifname) : NULL;
	struct bond_values *options;
	struct plan_op op;

	if (!nic || nic->master != link->ifindex ||
	    bond_value_equal(&bond_options[BOND_OPT_ACTIVE_SLAVE], wanted,
			     &link->bond->of[BOND_OPT_ACTIVE_SLAVE]))
		return;
	options = arena_alloc(p->plan->arena, sizeof(*options));
	if (!options) {
		p->failed = true;
		return;
	}
	options->of[BOND_OPT_ACTIVE_SLAVE] = *wanted;
	op = planner_step(OP_BOND_SET, wanted->pos, link);
	op.needs = needs;
	op.options = options;
	planner_add(p, op);
}

/* ---- ports ---- */

static void strip(struct planner *p, struct pos pos, struct snap_link *nic, size_t needs,
		  bool secondary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = nic->addrs; addr; addr = next) {
		struct plan_op op = planner_step(OP_ADDR_DEL, pos, nic);

		next = addr->next;
		if (addr->addr.family != AF_INET ||
		    !(addr->flags & IFA_F_SECONDARY) == secondary)
			continue;
		op.needs = needs;
		op.addr = addr;
		planner_add(p, op);
	}
}

/*
 * A port carries no addresses of its own: they would answer beside the bond's. Secondary
 * ones go first, because the kernel may or may not take them along with the primary one.
 */
static void strip_ip4(struct planner *p, struct pos pos, struct snap_link *nic,
		      size_t needs)
{
	strip(p, pos, nic, needs, true);
	strip(p, pos, nic, needs, false);
}

/* Without the bond, the network card had better stay as it is. */
static void join(struct planner *p, const struct iface *port, struct snap_link *nic,
		 size_t created)
{
	const struct snap_link *bond = planner_link(p, port->bond->name);
	struct plan_op down = planner_step(OP_LINK_DOWN, port->bond_pos, nic);

	if (nic->master)
		release(p, port->bond_pos, nic, created);
	strip_ip4(p, port->bond_pos, nic, created);
	down.needs = created;
	if (nic->flags & IFF_UP)
		planner_add(p, down);
	enslave(p, port->bond_pos, nic, bond, created);
}

static void want_port(struct planner *p, const struct iface *port, size_t created)
{
	const struct snap_link *bond = planner_link(p, port->bond->name);
	struct snap_link *nic = planner_link(p, port->name);

	if (!bond)
		return;
	if (!nic) {
		diag_warning(p->diag, port->pos,
			     "there is no interface %s: %s comes up without it",
			     port->name, port->bond->name);
		diag_hint(p->diag, "`ip link` lists the interfaces; correct DEVICE, or "
				   "remove the file");
		return;
	}
	if (nic->master != bond->ifindex)
		join(p, port, nic, created);
	else if (!(nic->flags & IFF_UP))
		planner_add(p, planner_step(OP_LINK_UP, port->bond_pos, nic));
}

static void want_ports(struct planner *p, const struct iface *bond, size_t created)
{
	if (!bond->n_ports) {
		diag_warning(p->diag, bond->pos, "%s has no ports", bond->name);
		diag_hint(p->diag,
			  "write MASTER=%s and SLAVE=yes into the files of its "
			  "network cards",
			  bond->name);
	}
	for (size_t i = 0; i < bond->n_ports; i++)
		want_port(p, bond->ports[i], created);
}

/* ---- addresses ---- */

static struct snap_addr as_snap_addr(const struct want_addr *want)
{
	return (struct snap_addr){ .addr = want->addr,
				   .prefix_len = want->prefix_len,
				   .broadcast = want->broadcast,
				   .label = want->label,
				   .scope = want->scope };
}

static void delete_addr(struct planner *p, struct pos pos, const struct snap_link *link,
			const struct snap_addr *addr)
{
	struct plan_op op = planner_step(OP_ADDR_DEL, pos, link);

	op.addr = addr;
	planner_add(p, op);
}

/* With its secondary ones, which the kernel would take along or promote. */
static void remove_addr(struct planner *p, struct pos pos, const struct snap_link *link,
			const struct snap_addr *addr)
{
	const struct snap_addr *next;

	for (const struct snap_addr *at = link->addrs; at; at = next) {
		next = at->next;
		if (planner_is_secondary_of(at, addr))
			delete_addr(p, pos, link, at);
	}
	delete_addr(p, pos, link, addr);
}

/*
 * Addresses that an earlier run made and the files no longer name, and those that are
 * wanted with another broadcast, scope or label.
 */
static void remove_wrong_addrs(struct planner *p, const struct iface *iface,
			       const struct snap_link *link, const struct snap_link *made,
			       bool secondary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		const struct want_addr *want = planner_wanted_addr(iface, addr);
		struct snap_addr wanted;

		next = addr->next;
		if (!(addr->flags & IFA_F_SECONDARY) == secondary)
			continue;
		if (want)
			wanted = as_snap_addr(want);
		if (want && !snap_addr_equal(addr, &wanted))
			remove_addr(p, want->pos, link, addr);
		if (!want && made && snap_link_addr(made, &addr->addr, addr->prefix_len))
			remove_addr(p, iface->pos, link, addr);
	}
}

/* Whether the link comes by the address only now, so that others may still have it. */
static bool addr_is_new(const struct planner *p, const struct snap_link *link,
			const struct want_addr *want)
{
	const struct snap_link *was = snapshot_link(p->have, link->name);

	return !was || !snap_link_addr(was, &want->addr, want->prefix_len);
}

static size_t add_probe(struct planner *p, const struct iface *iface,
			const struct snap_link *link, const struct want_addr *want,
			size_t needs)
{
	struct plan_op op = planner_step(OP_ADDR_PROBE, want->pos, link);

	op.needs = needs;
	op.probe.addr = want->addr;
	op.probe.wait_ms = iface->arp_wait_ms;
	op.probe.tries = iface->arp_tries;
	return planner_add(p, op);
}

static size_t add_addr(struct planner *p, const struct snap_link *link,
		       const struct want_addr *want, size_t needs)
{
	struct snap_addr addr = as_snap_addr(want);
	struct plan_op op = planner_step(OP_ADDR_ADD, want->pos, link);

	op.needs = needs;
	op.addr = &addr;
	return planner_add(p, op);
}

/* What the steps of one address came to. */
struct addr_steps {
	bool missing, is_new;
	size_t probe, add;
};

static void add_wait(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs)
{
	struct plan_op op = planner_step(OP_LINK_WAIT, iface->pos, link);

	if (!iface->link_wait_ms)
		return;
	op.needs = needs;
	op.wait_ms = iface->link_wait_ms;
	planner_add(p, op);
}

/* All addresses are probed before any is added, so that the probes share one wait. */
static void probe_addrs(struct planner *p, const struct iface *iface,
			const struct snap_link *link, size_t created,
			struct addr_steps *steps)
{
	bool waited = false;

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];
		struct addr_steps *s = &steps[i];

		s->missing = !snap_link_addr(link, &want->addr, want->prefix_len);
		s->is_new = addr_is_new(p, link, want);
		s->probe = s->add = created;
		if (!s->is_new || (!want->check && !want->announce))
			continue;
		if (!waited)
			add_wait(p, iface, link, created);
		waited = true;
		if (want->check)
			s->probe = add_probe(p, iface, link, want, created);
	}
}

static void announce_addrs(struct planner *p, const struct iface *iface,
			   const struct snap_link *link, const struct addr_steps *steps)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		struct plan_op op =
			planner_step(OP_ADDR_ANNOUNCE, iface->addrs[i].pos, link);

		if (!steps[i].is_new || !iface->addrs[i].announce)
			continue;
		op.needs = steps[i].add;
		op.probe.addr = iface->addrs[i].addr;
		planner_add(p, op);
	}
}

/* ---- routes ---- */

/* The step that brings the network of the gateway, which has to work first. */
static size_t step_of_network(const struct iface *iface, const struct addr_steps *steps,
			      size_t created)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_same_network(&iface->addrs[i].addr, &iface->gateway,
				    iface->addrs[i].prefix_len))
			return steps[i].add;
	return created;
}

static struct snap_route default_route(const struct iface *iface)
{
	return (struct snap_route){ .dst = { .family = AF_INET },
				    .gateway = iface->gateway,
				    .metric = iface->metric,
				    .table = RT_TABLE_MAIN,
				    .scope = RT_SCOPE_UNIVERSE,
				    .protocol = RTPROT_BOOT };
}

static struct snap_route zeroconf_route(const struct snap_link *link)
{
	return (struct snap_route){ .dst = zeroconf_net,
				    .dst_len = ZEROCONF_LEN,
				    .metric = ZEROCONF_METRIC + (uint32_t)link->ifindex,
				    .table = RT_TABLE_MAIN,
				    .scope = RT_SCOPE_LINK,
				    .protocol = RTPROT_BOOT };
}

static void want_route(struct planner *p, struct pos pos, const struct snap_link *link,
		       const struct snap_route *route, size_t needs)
{
	const struct snap_route *now = snap_link_route(link, route);
	struct plan_op op = planner_step(OP_ROUTE_ADD, pos, link);

	if (now && snap_route_equal(now, route))
		return;
	op.needs = needs;
	op.route = route;
	planner_add(p, op);
}

static bool route_is_wanted(const struct iface *iface, const struct snap_link *link,
			    const struct snap_route *route)
{
	struct snap_route zeroconf = zeroconf_route(link), wanted = default_route(iface);

	if (ip_is_set(&iface->gateway) && snap_route_equal(route, &wanted))
		return true;
	return iface->zeroconf && snap_route_equal(route, &zeroconf);
}

static void remove_stale_routes(struct planner *p, const struct iface *iface,
				const struct snap_link *link,
				const struct snap_link *made)
{
	for (const struct snap_route *old = made ? made->routes : NULL; old;
	     old = old->next) {
		const struct snap_route *now = snap_link_route(link, old);
		struct plan_op op = planner_step(OP_ROUTE_DEL, iface->pos, link);

		if (!now || !snap_route_equal(now, old) ||
		    route_is_wanted(iface, link, old))
			continue;
		op.route = now;
		planner_add(p, op);
	}
}

static void want_routes(struct planner *p, const struct iface *iface,
			const struct snap_link *link, const struct addr_steps *steps,
			size_t created)
{
	struct snap_route route;

	if (ip_is_set(&iface->gateway)) {
		route = default_route(iface);
		want_route(p, iface->gateway_pos, link, &route,
			   step_of_network(iface, steps, created));
	}
	if (iface->zeroconf) {
		route = zeroconf_route(link);
		want_route(p, iface->pos, link, &route, created);
	}
}

/* ---- what others set, and a change of ours took along ---- */

static bool is_ours(const struct snap_link *made, const struct snap_route *route)
{
	const struct snap_route *ours = made ? snap_link_route(made, route) : NULL;

	return ours && snap_route_equal(ours, route);
}

static bool gateway_is_near(const struct snap_link *link, const struct snap_route *route)
{
	if (!ip_is_set(&route->gateway))
		return true;
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (ip_same_network(&addr->addr, &route->gateway, addr->prefix_len))
			return true;
	return false;
}

static bool has_address(const struct snap_link *link, const struct ip *addr)
{
	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (ip_equal(&at->addr, addr))
			return true;
	return false;
}

/* Whether the kernel would still take the route. */
static bool route_is_possible(const struct snap_link *link, const struct snap_link *was,
			      const struct snap_route *route)
{
	bool source_is_gone =
		has_address(was, &route->source) && !has_address(link, &route->source);

	return gateway_is_near(link, route) && !source_is_gone;
}

static void restore_addrs(struct planner *p, const struct iface *iface,
			  const struct snap_link *link, const struct snap_link *was,
			  const struct snap_link *made)
{
	for (const struct snap_addr *addr = was->addrs; addr; addr = addr->next) {
		struct plan_op op = planner_step(OP_ADDR_ADD, iface->pos, link);

		if (addr->addr.family != AF_INET ||
		    snap_link_addr(link, &addr->addr, addr->prefix_len) ||
		    (made && snap_link_addr(made, &addr->addr, addr->prefix_len)))
			continue;
		op.addr = addr;
		planner_add(p, op);
	}
}

static void restore_routes(struct planner *p, const struct iface *iface,
			   const struct snap_link *link, const struct snap_link *was,
			   const struct snap_link *made)
{
	for (const struct snap_route *route = was->routes; route; route = route->next) {
		struct plan_op op = planner_step(OP_ROUTE_ADD, iface->pos, link);

		if (planner_route_is_kernels(route) || snap_link_route(link, route) ||
		    is_ours(made, route) || !route_is_possible(link, was, route))
			continue;
		op.route = route;
		planner_add(p, op);
	}
}

/* Addresses and routes, in the order in which each can rely on the one before. */
static void want_ip(struct planner *p, const struct iface *iface, size_t created)
{
	struct snap_link *link = planner_link(p, iface->name);
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const struct snap_link *was = snapshot_link(p->have, iface->name);
	struct addr_steps *steps =
		arena_alloc(p->plan->arena, (iface->n_addrs + 1) * sizeof(*steps));

	if (!steps || !link) {
		p->failed = true;
		return;
	}
	if (!(link->flags & IFF_UP))
		planner_add(p, planner_step(OP_LINK_UP, iface->pos, link));
	remove_stale_routes(p, iface, link, made);
	/* As with a port's: see strip_ip4(). */
	remove_wrong_addrs(p, iface, link, made, true);
	remove_wrong_addrs(p, iface, link, made, false);
	probe_addrs(p, iface, link, created, steps);
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (steps[i].missing)
			steps[i].add =
				add_addr(p, link, &iface->addrs[i], steps[i].probe);
	if (was)
		restore_addrs(p, iface, link, was, made);
	want_routes(p, iface, link, steps, created);
	if (was)
		restore_routes(p, iface, link, was, made);
	announce_addrs(p, iface, link, steps);
}

/* ---- what is ours afterwards ---- */

/* As the driver makes one by itself when it is loaded: empty, down, all default. */
static bool is_stray(const struct planner *p, const struct snap_link *bond)
{
	for (size_t i = 0; i < p->have->n_links; i++)
		if (p->have->links[i]->master == bond->ifindex)
			return false;
	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		if (bond->bond->of[i].num != bond_options[i].def &&
		    bond->bond->of[i].is_set)
			return false;
	return !(bond->flags & IFF_UP);
}

/* A bond is ours when we make it, made it, or adopt it as a stray one. */
static bool bond_is_ours(const struct planner *p, const struct snap_link *made,
			 const char *name)
{
	const struct snap_link *before = snapshot_link(p->have, name);

	return !before || (made && *made->kind) || is_stray(p, before);
}

static struct snap_link *remember_link(struct planner *p, const struct iface *iface)
{
	struct snapshot *made = p->plan->made;
	struct snap_link *link = snapshot_link(made, iface->name);
	bool ours = iface->kind == IFACE_BOND && bond_is_ours(p, link, iface->name);

	if (!link)
		link = snapshot_add_link(made, iface->name, 0);
	if (link && ours)
		link->kind = "bond";
	p->failed |= !link;
	return link;
}

static void remember_ip(struct planner *p, const struct iface *iface)
{
	struct snapshot *made = p->plan->made;
	struct snap_link *link = snapshot_link(made, iface->name);
	const struct snap_link *now = planner_link(p, iface->name);

	if (p->failed || !link || !now)
		return;
	link->addrs = NULL;
	link->routes = NULL;
	for (size_t i = 0; i < iface->n_addrs; i++) {
		struct snap_addr addr = as_snap_addr(&iface->addrs[i]);

		p->failed |= !snapshot_add_addr(made, link, &addr);
	}
	for (const struct snap_route *route = now->routes; route; route = route->next)
		if (route_is_wanted(iface, now, route))
			p->failed |= !snapshot_add_route(made, link, route);
}

/* ---- targets ---- */

static int up_bond(struct planner *p, const struct iface *bond)
{
	size_t created;
	int r = want_bond(p, bond, bond, &created);

	if (r < 0 || p->failed)
		return r;
	want_ports(p, bond, created);
	set_active_slave(p, bond, created);
	want_ip(p, bond, created);
	remember_link(p, bond);
	remember_ip(p, bond);
	return 0;
}

static int missing(struct planner *p, const struct iface *iface)
{
	diag_error(p->diag, iface->pos, "there is no interface %s", iface->name);
	diag_hint(p->diag, "`ip link` lists the interfaces that the kernel knows");
	return -ENODEV;
}

/* As under network-scripts, a port brings its bond into being, but not up. */
static int up_port(struct planner *p, const struct iface *port)
{
	const struct snap_link *was = snapshot_link(p->have, port->bond->name);
	size_t created;
	int r;

	if (!planner_link(p, port->name))
		return missing(p, port);
	r = want_bond(p, port->bond, port, &created);
	if (r < 0 || p->failed)
		return r;
	want_port(p, port, created);
	if (was)
		restore_routes(p, port->bond, planner_link(p, was->name), was, NULL);
	remember_link(p, port->bond);
	return 0;
}

static int up_ethernet(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);
	struct plan_op op;

	if (!link)
		return missing(p, iface);
	if (iface->has_mac && !hwaddr_equal(&iface->mac, &link->mac)) {
		op = planner_step(OP_LINK_MAC, iface->mac_pos, link);
		op.mac = iface->mac;
		planner_add(p, op);
	}
	set_mtu(p, iface, link);
	want_ip(p, iface, PLAN_NO_OP);
	remember_link(p, iface);
	remember_ip(p, iface);
	return 0;
}

int plan_up(const struct model *want, const struct snapshot *have,
	    const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	const struct iface *target = want->target;
	const struct snap_link *before = snapshot_link(have, target->name);
	struct planner p;
	int r = planner_start(&p, have, made, diag);

	if (r < 0)
		return planner_finish(&p, r, ret_plan);
	p.plan->was_up = before && before->flags & IFF_UP;
	if (target->bond)
		r = up_port(&p, target);
	else if (target->kind == IFACE_BOND)
		r = up_bond(&p, target);
	else
		r = up_ethernet(&p, target);
	return planner_finish(&p, r, ret_plan);
}
