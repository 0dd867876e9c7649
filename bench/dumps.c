/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The netlink dumps that show all of the kernel's network state, read and thrown away: what
 * looking costs at least. With an argument, prints how long each took, and how large it was.
 */
#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/base/cleanup.h"
#include "lib/rtnl/rtnl.h"

/* struct size - of what the kernel answered */
struct size {
	size_t messages, bytes;
};

static const struct {
	const char *name;
	uint16_t type;
	unsigned char family;
	size_t header_len;
} dumps[] = {
	{ "links", RTM_GETLINK, AF_UNSPEC, sizeof(struct ifinfomsg) },
	{ "addresses", RTM_GETADDR, AF_UNSPEC, sizeof(struct ifaddrmsg) },
	{ "IPv4 routes", RTM_GETROUTE, AF_INET, sizeof(struct rtmsg) },
	{ "IPv6 routes", RTM_GETROUTE, AF_INET6, sizeof(struct rtmsg) },
	{ "rules", RTM_GETRULE, AF_UNSPEC, sizeof(struct rtmsg) },
};

static int count(const struct nlmsghdr *answer, void *arg)
{
	struct size *size = arg;

	size->messages++;
	size->bytes += answer->nlmsg_len;
	return 0;
}

static int dump(struct rtnl *rtnl, size_t which, struct size *ret)
{
	/* The family is the first byte of every one of these headers. */
	const unsigned char header[sizeof(struct ifinfomsg)] = { dumps[which].family };
	_cleanup_nl_msg_ struct nl_msg *request = rtnl_msg_new(
		dumps[which].type, NLM_F_DUMP, header, dumps[which].header_len);
	int r = 0;

	if (dumps[which].type == RTM_GETLINK)
		r = nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (r == 0)
		r = rtnl_dump(rtnl, request, count, ret);
	return r == -EINTR ? 0 : r;
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	int r = rtnl_open(&rtnl);

	(void)argv;
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(dumps); i++) {
		struct size size = { 0 };
		double began = now_ms();

		r = dump(rtnl, i, &size);
		if (argc > 1)
			printf("%-12s %7.2f ms, %7zu messages, %9zu bytes\n",
			       dumps[i].name, now_ms() - began, size.messages,
			       size.bytes);
	}
	if (r < 0)
		fprintf(stderr, "dumps: %s\n", strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
