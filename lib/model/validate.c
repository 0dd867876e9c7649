/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be judged only when a bond and its ports are known together. */
#include <string.h>

#include "lib/model/load.h"

static bool has_port(const struct iface *bond, const char *name)
{
	for (size_t i = 0; i < bond->n_ports; i++)
		if (strcmp(bond->ports[i]->name, name) == 0)
			return true;
	return false;
}

/* The driver would remember a primary that is no port, and wait for it in vain. */
static void check_names_port(struct loader *loader, struct iface *bond,
			     enum bond_option_id id)
{
	struct bond_value *value = &bond->options.of[id];

	if (!value->is_set || has_port(bond, value->ifname))
		return;
	diag_warning(loader->diag, value->pos, "%s=%s left out: %s is no port of %s",
		     bond_options[id].name, value->ifname, value->ifname, bond->name);
	if (bond->n_ports)
		diag_hint(loader->diag, "its first port is %s", bond->ports[0]->name);
	else
		diag_hint(loader->diag, "no file has MASTER=%s", bond->name);
	value->is_set = false;
}

void iface_validate(struct loader *loader, struct iface *iface)
{
	check_names_port(loader, iface, BOND_OPT_PRIMARY);
	check_names_port(loader, iface, BOND_OPT_ACTIVE_SLAVE);
}
