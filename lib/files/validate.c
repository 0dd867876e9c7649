/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks that need a bond and its ports together. */
#include <inttypes.h>
#include <string.h>

#include "lib/files/ipoib.h"
#include "lib/files/judge.h"
#include "lib/files/loader.h"

/* Of a new bond. */
#define DEFAULT_MTU 1500

/* By its own or an alternative name. */
static struct iface *port_called(const struct loader *loader, const struct iface *bond,
				 const char *called)
{
	const char *name = ifcfg_own_name(&loader->dir, called);

	return name ? iface_port(bond, name) : NULL;
}

static void tell_not_a_port(struct loader *loader, const struct iface *bond,
			    const char *option, const char *name, struct pos pos)
{
	const struct ifcfg *file = load_only_file(loader, name);

	diag_warning(loader->diag, pos, "%s=%s ignored: %s is not a port of %s", option,
		     name, name, bond->name);
	if (bond->n_ports)
		diag_hint(loader->diag, "its first port is %s", bond->ports[0]->name);
	else if (file && file->master)
		diag_hint(loader->diag, "%s has MASTER=%s", file->name, file->master);
	else if (!ifcfg_dir_find(&loader->dir, FIND_MASTER, bond->name).n)
		diag_hint(loader->diag, "no file has MASTER=%s", bond->name);
}

/* The driver would keep a primary that is not a port, and wait for it forever. */
static void check_names_port(struct loader *loader, struct iface *bond,
			     enum bond_option_id id)
{
	struct option_value *value = &bond->options->of[id];
	const struct iface *port;

	if (!value->is_set)
		return;
	port = port_called(loader, bond, value->ifname);
	if (port) {
		value->ifname = port->name;
		return;
	}
	tell_not_a_port(loader, bond, bond_table.rows[id].name, value->ifname,
			value->pos);
	value->is_set = false;
}

/* A port gets the MTU of its bond; files that say so in both places are common. */
static void check_mtu(struct loader *loader, const struct iface *bond,
		      const struct iface *port)
{
	uint32_t mtu = bond->has_mtu ? bond->mtu : DEFAULT_MTU;

	if (!port->has_mtu || port->mtu == mtu)
		return;
	diag_warning(loader->diag, port->mtu_pos,
		     "MTU has no effect on the port of a bond");
	diag_hint(loader->diag, "it belongs in the bond's file");
}

/* ---- options of single ports ---- */

/* The port's own file takes precedence over BONDING_OPTS. */
static void grant_wish(struct loader *loader, struct iface *port,
		       const struct bond_port_wish *wish)
{
	const struct option_row *option = &bond_port_table.rows[wish->id];
	struct option_value *value = &port->port_options->of[wish->id];

	if (!value->is_set) {
		*value = wish->value;
		return;
	}
	if (value->num == wish->value.num)
		return;
	diag_warning(loader->diag, wish->value.pos,
		     "%s=%s:%" PRId64 " ignored: the port's own file has %s=%" PRId64,
		     option->name, port->name, wish->value.num, option->key, value->num);
	diag_hint(loader->diag, "remove one of the two");
}

static void grant_wishes(struct loader *loader, const struct iface *bond)
{
	for (size_t i = 0; i < bond->port_wishes.n; i++) {
		const struct bond_port_wish *wish = &bond->port_wishes.list[i];
		struct iface *port = port_called(loader, bond, wish->port);

		if (!wish->value.is_set)
			continue;
		if (port)
			grant_wish(loader, port, wish);
		else
			tell_not_a_port(loader, bond, bond_port_table.rows[wish->id].name,
					wish->port, wish->value.pos);
	}
}

static void drop_foreign_of_port(struct loader *loader, const struct iface *bond,
				 struct iface *port)
{
	enum bond_mode mode = bond_values_mode(bond->options);

	for (size_t i = 0; i < PORT_OPT_COUNT; i++) {
		const struct option_row *option = &bond_port_table.rows[i];
		struct option_value *value = &port->port_options->of[i];
		_cleanup_strbuf_ struct strbuf modes = STRBUF_EMPTY;

		if (!value->is_set || option->modes & 1U << mode)
			continue;
		bond_modes_list(option->modes, &modes);
		diag_warning(loader->diag, value->pos,
			     "%s of port %s ignored: it needs mode %s, and mode is %s",
			     option->name, port->name, strbuf_text(&modes),
			     bond_mode_name(mode));
		diag_hint(loader->diag, "remove it, or set that mode");
		value->is_set = false;
	}
}

/* The driver refuses an id that another port has. */
static void check_queue_id(struct loader *loader, const struct iface *bond,
			   struct iface *port)
{
	struct option_value *value = &port->port_options->of[PORT_OPT_QUEUE_ID];

	for (size_t i = 0; bond->ports[i] != port; i++) {
		const struct option_value *other =
			&bond->ports[i]->port_options->of[PORT_OPT_QUEUE_ID];

		if (!value->is_set || !value->num || !other->is_set ||
		    other->num != value->num)
			continue;
		diag_warning(loader->diag, value->pos,
			     "queue_id of port %s ignored: port %s has %" PRId64
			     " already",
			     port->name, bond->ports[i]->name, value->num);
		diag_hint(loader->diag, "give each port a queue_id of its own");
		value->is_set = false;
	}
}

static void note_idle_prio(struct loader *loader, const struct iface *bond,
			   const struct iface *port)
{
	const struct option_value *prio = &port->port_options->of[PORT_OPT_PRIO];

	if (prio->is_set && bond->options->of[BOND_OPT_PRIMARY].is_set)
		diag_note(loader->diag, prio->pos,
			  "prio of port %s has no effect while there is a primary",
			  port->name);
}

/*
 * The driver accepts such ports in one mode only, and forces one fail_over_mac:
 * bond_enslave().
 */
static void check_infiniband(struct loader *loader, struct iface *bond,
			     const struct iface *port)
{
	struct option_value *mac = &bond->options->of[BOND_OPT_FAIL_OVER_MAC];
	enum bond_mode mode = bond_values_mode(bond->options);

	if (!port->ipoib.is_infiniband)
		return;
	if (mode != BOND_MODE_ACTIVE_BACKUP) {
		diag_error(loader->diag, port->master_pos,
			   "%s is InfiniBand, which cannot be a port in mode %s",
			   port->name, bond_mode_name(mode));
		diag_hint(loader->diag, "set mode=active-backup in BONDING_OPTS of %s",
			  bond->name);
		return;
	}
	if (bond->has_mtu)
		ipoib_judge_mtu(loader->diag, port, bond->mtu, bond->mtu_pos);
	if (!mac->is_set || mac->num == FAIL_OVER_MAC_ACTIVE)
		return;
	diag_warning(loader->diag, mac->pos,
		     "fail_over_mac is taken as active: port %s is InfiniBand",
		     port->name);
	diag_hint(loader->diag, "write fail_over_mac=active");
	mac->num = FAIL_OVER_MAC_ACTIVE;
}

void iface_validate(struct loader *loader, struct iface *iface)
{
	if (iface->options->is_wrong)
		return;
	check_names_port(loader, iface, BOND_OPT_PRIMARY);
	check_names_port(loader, iface, BOND_OPT_ACTIVE_SLAVE);
	grant_wishes(loader, iface);
	for (size_t i = 0; i < iface->n_ports; i++) {
		check_mtu(loader, iface, iface->ports[i]);
		check_infiniband(loader, iface, iface->ports[i]);
		drop_foreign_of_port(loader, iface, iface->ports[i]);
		check_queue_id(loader, iface, iface->ports[i]);
		note_idle_prio(loader, iface, iface->ports[i]);
	}
}
