/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Builds requests, for which no socket is needed. */
#include <netlink/msg.h>
#include <string.h>

#include "lib/base/memory.h"
#include "lib/rtnl/rtnl.h"

struct nl_msg *rtnl_msg_new(uint16_t type, uint16_t flags, const void *header, size_t len)
{
	struct nl_msg *msg = MEMORY_TRY(nlmsg_alloc_simple(type, flags));

	if (!msg)
		memory_end();
	/* A new message has a page for its attributes, so there is room for the header. */
	memcpy(nlmsg_reserve(msg, len, NLMSG_ALIGNTO), header, len);
	return msg;
}

void rtnl_msg_freep(struct nl_msg **msg)
{
	nlmsg_free(*msg);
	*msg = NULL;
}
