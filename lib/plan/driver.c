/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the bonding driver of the running kernel has, and what of the wishes it has not. */
#include "lib/plan/driver.h"

#define FOLLOWS_ACTIVE 1 /* fail_over_mac=active */

void driver_tell_lacking(struct planner *p, struct pos pos, const char *option,
			 const char *since)
{
	const struct snap_kernel *kernel = &p->have->kernel;

	diag_warning(p->diag, pos,
		     "this kernel's bonding driver (%u.%u) has no option '%s'",
		     kernel->major, kernel->minor, option);
	diag_hint(p->diag, "it came with kernel %s; remove it, or use a newer kernel",
		  since);
}

bool driver_is_older(const struct snap_kernel *kernel, const char *release)
{
	struct snap_kernel other = { 0 };

	snap_kernel_parse(release, &other);
	return kernel->major < other.major ||
	       (kernel->major == other.major && kernel->minor < other.minor);
}

/* An empty list is not reported either: a kernel without the option has been tried. */
static bool lacks_list(const struct planner *p, const struct iface *bond,
		       enum bond_option_id id)
{
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	return made && made->bond && made->bond->of[id].is_set &&
	       driver_is_older(&p->have->kernel, bond_options[id].since);
}

/* A state without the kernel's release is told by hand, and need not tell everything. */
bool driver_lacks_option(const struct planner *p, const struct iface *bond,
			 enum bond_option_id id)
{
	const struct snap_link *link = snapshot_link(p->have, bond->name);

	if (!p->have->kernel.major || !link || !link->bond || id == BOND_OPT_MODE ||
	    link->bond->of[id].is_set)
		return false;
	if (bond_options[id].kind == OPT_IP_LIST)
		return lacks_list(p, bond, id);
	return !bond_options[id].may_be_silent;
}

bool driver_lacks_port_option(const struct planner *p, const struct iface *port,
			      enum bond_port_option_id id)
{
	const struct snap_link *nic = snapshot_link(p->have, port->name);
	const struct snap_link *bond = snapshot_link(p->have, port->bond->name);

	return p->have->kernel.major && nic && bond && bond->bond &&
	       nic->master == bond->ifindex &&
	       bond_port_options[id].modes & 1U << bond_values_mode(bond->bond) &&
	       !snap_port_option(nic->port, id).is_set;
}

/* Newer drivers have the option left, but of its two values only one. */
static void drop_use_carrier(struct planner *p, struct bond_value *use_carrier)
{
	if (!use_carrier->is_set || use_carrier->num ||
	    driver_is_older(&p->have->kernel, "6.18"))
		return;
	diag_warning(p->diag, use_carrier->pos,
		     "use_carrier=off left out: kernels from 6.18 on refuse it");
	diag_hint(p->diag, "remove it: the driver always looks at the carrier now");
	use_carrier->is_set = false;
}

/* Whether an earlier run set it to that. */
static bool was_set(const struct planner *p, const struct iface *bond,
		    enum bond_option_id id, const struct bond_value *value)
{
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	return made && made->bond &&
	       bond_value_equal(&bond_options[id], &made->bond->of[id], value);
}

/*
 * In active-backup, the driver makes it active by itself when the first port cannot change
 * its MAC address. Insisting on another value would take all ports out on every run.
 */
static void drop_overruled(struct planner *p, const struct iface *bond,
			   struct bond_value *fail_over_mac)
{
	const struct snap_link *link = snapshot_link(p->have, bond->name);
	const bool asked = fail_over_mac->is_set;

	if (!link || !link->bond || !planner_had_ports(p, link->ifindex) ||
	    bond_values_mode(link->bond) != BOND_MODE_ACTIVE_BACKUP ||
	    bond_values_mode(bond->options) != BOND_MODE_ACTIVE_BACKUP ||
	    link->bond->of[BOND_OPT_FAIL_OVER_MAC].num != FOLLOWS_ACTIVE ||
	    (asked && fail_over_mac->num == FOLLOWS_ACTIVE) ||
	    !was_set(p, bond, BOND_OPT_FAIL_OVER_MAC, fail_over_mac))
		return;
	diag_warning(
		p->diag, asked ? fail_over_mac->pos : bond->options_pos,
		"%s has fail_over_mac=active, which the files do not say: the driver "
		"sets it when a port cannot change its MAC address",
		bond->name);
	diag_hint(p->diag, "write fail_over_mac=active");
	fail_over_mac->is_set = false;
}

/* Asking for it again would take the bond down at every run. */
static void drop_refused(struct planner *p, const struct iface *bond,
			 struct bond_values *options)
{
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	for (unsigned int id = 0; made && made->refused && id < BOND_OPT_COUNT; id++) {
		struct bond_value *value = &options->of[id];

		if (!value->is_set || !made->refused->of[id].is_set ||
		    !bond_value_equal(&bond_options[id], value, &made->refused->of[id]))
			continue;
		bond_value_tell_refused(&bond_options[id], value, p->diag);
		value->is_set = false;
	}
}

void driver_drop_lacking(struct planner *p, const struct iface *bond,
			 struct bond_values *options)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		struct bond_value *value = &options->of[id];

		if (!value->is_set || !driver_lacks_option(p, bond, id))
			continue;
		driver_tell_lacking(p, value->pos, bond_options[id].name,
				    bond_options[id].since);
		value->is_set = false;
	}
	drop_refused(p, bond, options);
	drop_use_carrier(p, &options->of[BOND_OPT_USE_CARRIER]);
	drop_overruled(p, bond, &options->of[BOND_OPT_FAIL_OVER_MAC]);
}
