/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bridges and their ports as the kernel reports them. */
#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <string.h>

#include <linux/if_bridge.h>
#include <linux/if_link.h>

#include "lib/rtnl/attr.h"
#include "lib/snapshot/from-kernel.h"

/* struct br_boolopt_multi, which older headers do not have: all the kernel knows, in .mask */
struct bits {
	uint32_t on, mask;
};

static uint64_t read_mac(const struct nlattr *attr)
{
	const uint8_t *bytes = nla_data(attr);
	uint64_t num = 0;

	for (int i = 0; i < nla_len(attr) && i < 6; i++)
		num = num << 8 | bytes[i];
	return num;
}

static void read_bit(const struct nlattr *attr, unsigned int bit,
		     struct bridge_value *ret)
{
	const struct bits *bits = nla_data(attr);

	if (nla_len(attr) < (int)sizeof(*bits))
		return;
	ret->is_set = bits->mask >> bit & 1;
	ret->num = bits->on >> bit & 1;
}

static void read_value(const struct bridge_option *option, const struct nlattr *attr,
		       struct bridge_value *ret)
{
	ret->is_set = true;
	switch (option->wire) {
	case BRIDGE_U8:
	case BRIDGE_U16:
	case BRIDGE_U32:
	case BRIDGE_IFINDEX: /* gets its name when all links are known */
		ret->num = rtnl_attr_number(attr);
		break;
	case BRIDGE_U64:
		ret->num = nla_get_u64(attr);
		break;
	case BRIDGE_BE16:
		ret->num = ntohs((uint16_t)rtnl_attr_number(attr));
		break;
	case BRIDGE_BIT:
		ret->is_set = false;
		read_bit(attr, option->bit, ret);
		break;
	case BRIDGE_MAC:
		ret->num = read_mac(attr);
		break;
	}
	/* Of STP, 2 says that a program sees to it instead of the driver. */
	if (option->kind == BRIDGE_SWITCH)
		ret->num = ret->num != 0;
}

static struct bridge_value *read_values(const struct bridge_table *table,
					const struct nlattr *data, struct arena *arena)
{
	struct bridge_value *values = bridge_values_new(table, arena);

	for (size_t i = 0; values && i < table->n; i++) {
		const struct nlattr *attr =
			nla_find(nla_data(data), nla_len(data), table->rows[i].attr);

		if (attr)
			read_value(&table->rows[i], attr, &values[i]);
	}
	return values;
}

/* What the driver reports of these is not what it was told. */
static void hide_borrowed(const struct nlattr *data, struct bridge_value *values)
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
			values[i].is_set = false;
	if (rtnl_attr_number(changing))
		values[BRIDGE_OPT_AGEING_TIME].is_set = false;
}

int bridge_from_kernel(const struct nlattr *data, struct arena *arena,
		       struct snap_link *link)
{
	link->bridge = read_values(&bridge_table, data, arena);
	if (!link->bridge)
		return -ENOMEM;
	hide_borrowed(data, link->bridge);
	return 0;
}

int bridge_port_from_kernel(const struct nlattr *data, struct arena *arena,
			    struct snap_link *link)
{
	struct bridge_value *backup;

	link->bridge_port = read_values(&bridge_port_table, data, arena);
	if (!link->bridge_port)
		return -ENOMEM;
	/* Not reported as long as there is none. */
	backup = &link->bridge_port[BRIDGE_PORT_OPT_BACKUP_PORT];
	backup->is_set = true;
	backup->ifname = "";
	/* Likewise; kernels that have it report an option that is two releases older. */
	if (link->bridge_port[BRIDGE_PORT_OPT_NEIGH_VLAN_SUPPRESS].is_set)
		link->bridge_port[BRIDGE_PORT_OPT_BACKUP_NHID].is_set = true;
	return 0;
}

void bridge_port_name_backup(const struct snapshot *snapshot, struct snap_link *link)
{
	struct bridge_value *backup = &link->bridge_port[BRIDGE_PORT_OPT_BACKUP_PORT];
	const struct snap_link *port =
		backup->num ? snapshot_link_by_index(snapshot, (int)backup->num) : NULL;

	backup->ifname = port ? port->name : "";
}
