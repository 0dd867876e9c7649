/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that makes a bond and its ports as wanted. */
#include "lib/plan/up.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

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
	/* It has to be a port with carrier: see up_set_active_slave(). */
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

void up_set_mtu(struct planner *p, const struct iface *iface,
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
int up_want_bond(struct planner *p, const struct iface *bond, const struct iface *target,
		 size_t *ret_created)
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
	up_set_mtu(p, bond, link);
	return 0;
}

/* Options that name a port wait until it has joined. */
void up_set_active_slave(struct planner *p, const struct iface *bond, size_t needs)
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

void up_want_port(struct planner *p, const struct iface *port, size_t created)
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

void up_want_ports(struct planner *p, const struct iface *bond, size_t created)
{
	if (!bond->n_ports) {
		diag_warning(p->diag, bond->pos, "%s has no ports", bond->name);
		diag_hint(p->diag,
			  "write MASTER=%s and SLAVE=yes into the files of its "
			  "network cards",
			  bond->name);
	}
	for (size_t i = 0; i < bond->n_ports; i++)
		up_want_port(p, bond->ports[i], created);
}
