/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifup while another program never rests: a link comes or goes before each answer of the
 * kernel is read, as if containers started all the time. With MEDDLE="N LINK ADDRESS" in the
 * environment, it is that IPv4 address of the link which goes whenever it is there, N times.
 *
 *     meddle [OPTION of ifup-bond]... NAME|-a
 */
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/rtnl/rtnl.h"
#include "lib/run/service.h"
#include "lib/run/stages.h"

#define LINK_NAME "meddled"

static struct nl_msg *make_request(bool is_there)
{
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	struct nl_msg *msg = rtnl_msg_new(is_there ? RTM_DELLINK : RTM_NEWLINK,
					  is_there ? 0 : NLM_F_CREATE | NLM_F_EXCL,
					  &header, sizeof(header));
	struct nlattr *info;

	if (nla_put_string(msg, IFLA_IFNAME, LINK_NAME) < 0)
		return NULL;
	info = nla_nest_start(msg, IFLA_LINKINFO);
	if (!info || nla_put_string(msg, IFLA_INFO_KIND, "dummy") < 0)
		return NULL;
	nla_nest_end(msg, info);
	return msg;
}

/* Return: whether the kernel has done it. */
static bool ask(struct nl_msg *msg)
{
	static struct rtnl *rtnl;
	struct rtnl_reply reply;
	bool is_done;

	if (!msg || (!rtnl && rtnl_open(&rtnl) < 0))
		return false;
	is_done = rtnl_queue(rtnl, msg, &reply) == 0 && rtnl_flush(rtnl) == 0 &&
		  reply.error == 0;
	rtnl_reply_release(&reply);
	return is_done;
}

static void change_a_link(void)
{
	static bool is_there;
	_cleanup_nl_msg_ struct nl_msg *msg = make_request(is_there);

	is_there ^= ask(msg);
}

static void take_an_address(const char *what)
{
	static int n;
	char link[IFNAMSIZ], text[INET_ADDRSTRLEN];
	struct ifaddrmsg header = { .ifa_family = AF_INET };
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;
	struct in_addr addr;
	int max;

	if (sscanf(what, "%d %15s %15s", &max, link, text) != 3 || n >= max ||
	    inet_pton(AF_INET, text, &addr) != 1)
		return;
	header.ifa_index = if_nametoindex(link);
	msg = header.ifa_index ? rtnl_msg_new(RTM_DELADDR, 0, &header, sizeof(header))
			       : NULL;
	if (msg && nla_put(msg, IFA_LOCAL, sizeof(addr), &addr) == 0)
		n += ask(msg);
}

/* Instead of the C library's, for the whole program. */
int recvmmsg(int fd, struct mmsghdr *msgs, unsigned int n, int flags,
	     struct timespec *timeout)
{
	static bool is_busy;

	if (!is_busy) {
		const char *what = getenv("MEDDLE");

		is_busy = true;
		if (what)
			take_an_address(what);
		else
			change_a_link();
		is_busy = false;
	}
	(void)timeout; /* which is none */
	return (int)syscall(SYS_recvmmsg, fd, msgs, n, flags, NULL);
}

int main(int argc, char **argv)
{
	struct run run = { .what = "Bring an interface up.",
			   .make_plan = plan_up,
			   .brings_back = true,
			   .bringing = "Bringing up" };

	if (run_start(&run, argc, argv) == 0 && run_load(&run) == 0 &&
	    run_look(&run) == 0 && run_plan(&run) == 0) {
		run_apply(&run);
		run_settle(&run);
	}
	return run_finish(&run);
}
