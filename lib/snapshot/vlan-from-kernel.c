/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a VLAN from the kernel's messages. */
#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <stdlib.h>

#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>

#include "lib/rtnl/attr.h"
#include "lib/snapshot/from-kernel.h"

static int read_map_attr(const struct nlattr *nest, struct arena *arena,
			 struct vlan_map **maps, size_t *n, size_t *cap)
{
	const struct nlattr *attr;
	int left;

	if (!nest)
		return 0;
	nla_for_each_nested (attr, nest, left) {
		const struct ifla_vlan_qos_mapping *pair = nla_data(attr);

		if (nla_len(attr) < (int)sizeof(*pair))
			return -EBADMSG;
		ARENA_PUSH(arena, *maps, *n, *cap,
			   ((struct vlan_map){ pair->from, pair->to }));
	}
	if (*n)
		qsort(*maps, *n, sizeof(**maps), vlan_map_by_from);
	return 0;
}

/* Those that files can name; others are left alone. */
#define FLAGS_OF_FILES                                                      \
	(VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP | VLAN_FLAG_LOOSE_BINDING | \
	 VLAN_FLAG_MVRP)

static uint32_t read_flags_attr(const struct nlattr *attr)
{
	const struct ifla_vlan_flags *flags = attr ? nla_data(attr) : NULL;

	return flags && nla_len(attr) >= (int)sizeof(*flags)
		       ? flags->flags & FLAGS_OF_FILES
		       : 0;
}

int vlan_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link)
{
	struct nlattr *tb[IFLA_VLAN_MAX + 1];
	struct vlan *vlan = arena_alloc(arena, sizeof(*vlan));
	int r;

	if (nla_parse_nested(tb, IFLA_VLAN_MAX, data, NULL) < 0 || !tb[IFLA_VLAN_ID])
		return -EBADMSG;
	vlan->id = (uint16_t)rtnl_attr_number(tb[IFLA_VLAN_ID]);
	vlan->protocol =
		tb[IFLA_VLAN_PROTOCOL]
			? ntohs((uint16_t)rtnl_attr_number(tb[IFLA_VLAN_PROTOCOL]))
			: ETH_P_8021Q;
	vlan->flags = read_flags_attr(tb[IFLA_VLAN_FLAGS]);
	r = read_map_attr(tb[IFLA_VLAN_EGRESS_QOS], arena, &vlan->egress, &vlan->n_egress,
			  &vlan->egress_cap);
	if (r == 0)
		r = read_map_attr(tb[IFLA_VLAN_INGRESS_QOS], arena, &vlan->ingress,
				  &vlan->n_ingress, &vlan->ingress_cap);
	link->vlan = vlan;
	return r;
}
