/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The question for a single link. */
#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/base/compat.h"
#include "lib/rtnl/rtnl.h"

int rtnl_ask_link(struct rtnl *rtnl, const char *name,
		  int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg)
{
	const int type = strlen(name) < IFNAMSIZ ? IFLA_IFNAME : LINK_ATTR_ALT_IFNAME;
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, 0, &header, sizeof(header));

	if (nla_put_string(request, type, name) < 0 ||
	    nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -EMSGSIZE;
	return rtnl_dump(rtnl, request, fn, arg);
}
