/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads bridges and their ports from the kernel's messages. */
#include <errno.h>
#include <netlink/attr.h>
#include <string.h>

#include <linux/if_link.h>

#include "lib/model/bridge-options.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/options.h"
#include "lib/snapshot/from-kernel.h"

/* For some options the driver does not report the values that were set. */
void bridge_from_kernel(const struct nlattr *data, struct option_values *values)
{
	const struct nlattr *root =
		nla_find(nla_data(data), nla_len(data), IFLA_BR_ROOT_ID);
	const struct nlattr *own =
		nla_find(nla_data(data), nla_len(data), IFLA_BR_BRIDGE_ID);
	const struct nlattr *changing =
		nla_find(nla_data(data), nla_len(data), IFLA_BR_TOPOLOGY_CHANGE);
	bool is_root = !root || !own || nla_len(root) != nla_len(own) ||
		       memcmp(nla_data(root), nla_data(own), (size_t)nla_len(own)) == 0;

	for (size_t i = 0; i < bridge_table.n; i++)
		if (bridge_table.rows[i].follows_root && !is_root)
			values->of[i].is_set = false;
	if (rtnl_attr_number(changing))
		values->of[BRIDGE_OPT_AGEING_TIME].is_set = false;
}

void bridge_port_from_kernel(struct option_values *values)
{
	struct option_value *of = values->of;

	/* Not reported while there is none. */
	of[BRIDGE_PORT_OPT_BACKUP_PORT].is_set = true;
	/*
	 * The same; kernels that have this option also report one that is two releases
	 * older.
	 */
	if (of[BRIDGE_PORT_OPT_NEIGH_VLAN_SUPPRESS].is_set)
		of[BRIDGE_PORT_OPT_BACKUP_NHID].is_set = true;
}
