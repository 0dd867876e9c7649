/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which options the running kernel's bonding driver has, and which of the requested ones
 * it lacks.
 */
#include "lib/plan/driver.h"

#include "lib/plan/options.h"

bool driver_is_older(const struct snap_kernel *kernel, const char *release)
{
	struct snap_kernel other = { 0 };

	snap_kernel_parse(release, &other);
	return kernel->major < other.major ||
	       (kernel->major == other.major && kernel->minor < other.minor);
}

void driver_tell_lacking(struct planner *p, struct pos pos,
			 const struct option_table *table, size_t id)
{
	const struct snap_kernel *kernel = &p->have->kernel;
	const struct option_row *row = &table->rows[id];
	const bool is_bridge = table == &bridge_table || table == &bridge_port_table;

	diag_warning(p->diag, pos, "this kernel's %s driver (%u.%u) has no option '%s'",
		     table->driver, kernel->major, kernel->minor, row->name);
	if (is_bridge)
		diag_hint(p->diag,
			  "it came with kernel %s, and a kernel can be built without it; "
			  "remove it",
			  row->since);
	else
		diag_hint(p->diag,
			  "it came with kernel %s; remove it, or use a newer kernel",
			  row->since);
}

/*
 * An empty list is not reported either, so whether the kernel lacks the option was tried.
 */
static bool lacks_list(const struct planner *p, const char *bond, size_t id)
{
	return options_made(p, bond, &bond_table, id) &&
	       driver_is_older(&p->have->kernel, bond_table.rows[id].since);
}

/* Whether the bond's mode keeps the option of a port from being reported. */
static bool is_idle(const struct planner *p, const struct snap_link *port,
		    const struct option_row *row)
{
	const struct snap_link *bond = snapshot_link_by_index(p->have, port->master);

	return !bond || !snap_bond(bond) ||
	       !option_has_mode(row, bond_values_mode(snap_bond(bond)));
}

/* A state without the kernel's release was written by hand, and may be incomplete. */
bool driver_lacks(const struct planner *p, const char *dev,
		  const struct option_table *table, size_t id)
{
	const struct snap_link *link = snapshot_link(p->have, dev);
	const struct option_values *had = snap_link_options(link, table);
	const struct option_row *row = &table->rows[id];

	if (!p->have->kernel.major || !had || had->of[id].is_set)
		return false;
	if (table == &bond_port_table && is_idle(p, link, row))
		return false;
	if (row->kind == OPT_IP_LIST)
		return lacks_list(p, dev, id);
	return !row->may_be_silent && !row->is_masked;
}

/* Newer drivers still have the option, but only one of its two values. */
static void drop_use_carrier(struct planner *p, struct option_value *use_carrier)
{
	if (!use_carrier->is_set || use_carrier->num ||
	    driver_is_older(&p->have->kernel, "6.18"))
		return;
	diag_warning(p->diag, use_carrier->pos,
		     "use_carrier=off ignored: kernels from 6.18 on refuse it");
	diag_hint(p->diag, "remove it: the driver always looks at the carrier now");
	use_carrier->is_set = false;
}

/* Whether an earlier run set it to that value. */
static bool was_set_earlier(const struct planner *p, const struct iface *bond, size_t id,
			    const struct option_value *value)
{
	const struct option_values *made =
		snap_link_options(snapshot_link(p->plan->made, bond->name), &bond_table);

	return made && option_value_equal(&bond_table.rows[id], &made->of[id], value);
}

/*
 * In active-backup, the driver sets it to active by itself if the first port cannot
 * change its MAC address. Insisting on another value would remove all ports on every run.
 */
static void drop_overruled(struct planner *p, const struct iface *bond,
			   struct option_value *fail_over_mac)
{
	const struct snap_link *link = snapshot_link(p->have, bond->name);
	const bool asked = fail_over_mac->is_set;

	if (!link || !snap_bond(link) || !planner_had_ports(p, link->ifindex) ||
	    bond_values_mode(snap_bond(link)) != BOND_MODE_ACTIVE_BACKUP ||
	    bond_values_mode(bond->options) != BOND_MODE_ACTIVE_BACKUP ||
	    snap_bond(link)->of[BOND_OPT_FAIL_OVER_MAC].num != FAIL_OVER_MAC_ACTIVE ||
	    (asked && fail_over_mac->num == FAIL_OVER_MAC_ACTIVE) ||
	    !was_set_earlier(p, bond, BOND_OPT_FAIL_OVER_MAC, fail_over_mac))
		return;
	diag_warning(
		p->diag, asked ? fail_over_mac->pos : bond->options_pos,
		"%s has fail_over_mac=active, which the files do not say: the driver "
		"sets it when a port cannot change its MAC address",
		bond->name);
	diag_hint(p->diag, "write fail_over_mac=active");
	fail_over_mac->is_set = false;
}

/* Requesting it again would take the bond down on every run. */
static void drop_refused(struct planner *p, const struct iface *bond,
			 struct option_values *options)
{
	const struct snap_link *made = snapshot_link(p->plan->made, bond->name);

	for (size_t id = 0; made && made->refused && id < BOND_OPT_COUNT; id++) {
		struct option_value *value = &options->of[id];

		if (!value->is_set || !made->refused->of[id].is_set ||
		    !option_value_equal(&bond_table.rows[id], value,
					&made->refused->of[id]))
			continue;
		option_tell_refused(&bond_table, id, value, p->diag);
		value->is_set = false;
	}
}

/* A primary that does not exist yet can be set once it does. */
static void drop_missing(struct planner *p, struct option_value *primary)
{
	if (!primary->is_set || !*primary->ifname || planner_link(p, primary->ifname))
		return;
	diag_warning(p->diag, primary->pos,
		     "primary %s ignored: there is no such interface", primary->ifname);
	primary->is_set = false;
}

void driver_judge_bond(struct planner *p, const struct iface *bond,
		       struct option_values *options)
{
	/* It must be a port with a carrier: see up_set_active_slave(). */
	options->of[BOND_OPT_ACTIVE_SLAVE].is_set = false;
	drop_missing(p, &options->of[BOND_OPT_PRIMARY]);
	drop_refused(p, bond, options);
	drop_use_carrier(p, &options->of[BOND_OPT_USE_CARRIER]);
	drop_overruled(p, bond, &options->of[BOND_OPT_FAIL_OVER_MAC]);
}
