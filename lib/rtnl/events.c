/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits for the kernel's notifications of changes. */
#include "lib/rtnl/events.h"

#include <errno.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <linux/rtnetlink.h>

#include "lib/base/cleanup.h"
#include "lib/base/memory.h"

struct rtnl_events {
	struct nl_sock *socket;
};

void rtnl_events_close(struct rtnl_events *events)
{
	if (!events)
		return;
	nl_socket_free(events->socket);
	free(events);
}

int rtnl_events_open(struct rtnl_events **ret)
{
	struct rtnl_events *events = memory_zeroed(1, sizeof(*events));
	int r = -ENOBUFS;

	events->socket = MEMORY_TRY(nl_socket_alloc());
	if (events->socket && nl_connect(events->socket, NETLINK_ROUTE) == 0) {
		r = nl_socket_add_memberships(events->socket, RTNLGRP_LINK,
					      RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR,
					      RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, 0);
		r = r < 0 ? -EPERM : 0;
	}
	if (r == 0)
		*ret = events;
	else
		rtnl_events_close(events);
	return r;
}

/* Discards everything that has arrived. Return: 0; a negative errno. */
static int drain(int fd)
{
	char block[16384];

	while (recv(fd, block, sizeof(block), MSG_DONTWAIT) > 0)
		continue;
	return errno == EAGAIN || errno == ENOBUFS ? 0 : -errno;
}

int rtnl_events_wait(struct rtnl_events *events, int settle_ms)
{
	struct pollfd wait = { .fd = nl_socket_get_fd(events->socket), .events = POLLIN };
	int timeout = -1, n, r = 0;

	while (r == 0 && (n = poll(&wait, 1, timeout)) != 0) {
		r = n < 0 ? -errno : drain(wait.fd);
		timeout = settle_ms;
	}
	return r;
}

bool rtnl_events_none(const struct rtnl_events *events)
{
	char byte;

	return recv(nl_socket_get_fd(events->socket), &byte, sizeof(byte),
		    MSG_DONTWAIT | MSG_PEEK) < 0 &&
	       errno == EAGAIN;
}
