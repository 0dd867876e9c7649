/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name of a link, by its index: names may be on the move. */
#include "lib/rtnl/rename.h"

#include <errno.h>
#include <sys/socket.h>

#include <linux/rtnetlink.h>
#include <netlink/attr.h>

#include "lib/rtnl/rtnl.h"

int rtnl_rename(struct rtnl *rtnl, int ifindex, const char *name)
{
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC, .ifi_index = ifindex };
	_cleanup_nl_msg_ struct nl_msg *msg =
		rtnl_msg_new(RTM_SETLINK, 0, &header, sizeof(header));
	struct rtnl_reply reply = { 0 };
	int r;

	if (nla_put_string(msg, IFLA_IFNAME, name) < 0)
		return -EMSGSIZE;
	r = rtnl_queue(rtnl, msg, &reply);
	if (r == 0)
		r = rtnl_flush(rtnl);
	if (r == 0)
		r = reply.error;
	rtnl_reply_release(&reply);
	return r;
}
