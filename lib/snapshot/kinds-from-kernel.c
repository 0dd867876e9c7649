/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads tap and tun devices, and InfiniBand, from the kernel's messages. */
#include <errno.h>
#include <fcntl.h>
#include <netlink/attr.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/if_link.h>
#include <linux/if_tun.h>

#include "lib/base/cleanup.h"
#include "lib/rtnl/attr.h"
#include "lib/snapshot/from-kernel.h"

/* Attributes that are missing in the kernel headers of older distributions. */
enum { TUN_ATTR_OWNER = 1, TUN_ATTR_GROUP = 2, TUN_ATTR_TYPE = 3, TUN_ATTR_MAX = 9 };

int tun_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link)
{
	struct nlattr *tb[TUN_ATTR_MAX + 1];
	struct tun *tun = arena_alloc(arena, sizeof(*tun));

	if (nla_parse_nested(tb, TUN_ATTR_MAX, data, NULL) < 0 || !tb[TUN_ATTR_TYPE])
		return -EBADMSG;
	tun->is_tap = rtnl_attr_number(tb[TUN_ATTR_TYPE]) == IFF_TAP;
	tun->has_owner = tb[TUN_ATTR_OWNER];
	tun->has_group = tb[TUN_ATTR_GROUP];
	if (tun->has_owner)
		tun->owner = rtnl_attr_number(tb[TUN_ATTR_OWNER]);
	if (tun->has_group)
		tun->group = rtnl_attr_number(tb[TUN_ATTR_GROUP]);
	link->tun = tun;
	return 0;
}

int ipoib_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link)
{
	struct nlattr *tb[IFLA_IPOIB_MAX + 1];
	struct ipoib *ipoib = arena_alloc(arena, sizeof(*ipoib));

	if (nla_parse_nested(tb, IFLA_IPOIB_MAX, data, NULL) < 0)
		return -EBADMSG;
	ipoib->pkey = (uint16_t)rtnl_attr_number(tb[IFLA_IPOIB_PKEY]);
	ipoib->is_connected =
		rtnl_attr_number(tb[IFLA_IPOIB_MODE]) == IPOIB_MODE_CONNECTED;
	link->ipoib = ipoib;
	return 0;
}
