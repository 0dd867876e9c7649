/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waits for the kernel's duplicate address detection (RFC 4862), of all addresses of a run
 * side by side. It takes a second or so on a link that can carry frames, and never ends on
 * one that cannot: there nobody waits.
 */
#include "lib/apply/dad.h"

#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>
#include <time.h>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "lib/apply/clock.h"
#include "lib/apply/message.h"
#include "lib/apply/ready.h"
#include "lib/rtnl/rtnl.h"

#define POLL_MS 50
#define WAIT_MS 5000

enum dad { DAD_GONE, DAD_TENTATIVE, DAD_FAILED, DAD_DONE };

/* struct look - which address is looked for, and what was found */
struct look {
	int ifindex;
	const struct ip *addr;
	enum dad dad;
};

static const struct nlattr *find(const struct nlmsghdr *answer, int type)
{
	const int header = sizeof(struct ifaddrmsg);

	return nla_find(nlmsg_attrdata(answer, header), nlmsg_attrlen(answer, header),
			type);
}

static int look_at_addr(const struct nlmsghdr *answer, void *arg)
{
	const struct ifaddrmsg *header = nlmsg_data(answer);
	const struct nlattr *addr, *flags;
	struct look *look = arg;
	uint32_t bits;

	if (!nlmsg_valid_hdr(answer, sizeof(*header)) ||
	    (int)header->ifa_index != look->ifindex || header->ifa_family != AF_INET6)
		return 0;
	addr = find(answer, IFA_ADDRESS);
	flags = find(answer, IFA_FLAGS);
	if (!addr || nla_len(addr) != (int)ip_len(look->addr) ||
	    memcmp(nla_data(addr), look->addr->bytes, ip_len(look->addr)) != 0)
		return 0;
	bits = flags ? nla_get_u32(flags) : header->ifa_flags;
	if (bits & IFA_F_DADFAILED)
		look->dad = DAD_FAILED;
	else
		look->dad = bits & IFA_F_TENTATIVE ? DAD_TENTATIVE : DAD_DONE;
	return 0;
}

static int ask(struct rtnl *rtnl, const struct plan_op *op, enum dad *ret)
{
	const struct ifaddrmsg header = { .ifa_family = AF_INET6,
					  .ifa_index = (uint32_t)op->ifindex };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));
	struct look look = { .ifindex = op->ifindex, .addr = &op->addr->addr };
	int r = request ? rtnl_dump(rtnl, request, look_at_addr, &look) : -ENOMEM;

	*ret = look.dad;
	return r == -EINTR ? 0 : r;
}

/* The kernel leaves a duplicate on the link, out of use. */
static int take_away(struct rtnl *rtnl, const struct plan_op *op)
{
	const struct plan_op del = { .kind = OP_ADDR_DEL,
				     .dev = op->dev,
				     .ifindex = op->ifindex,
				     .addr = op->addr };
	struct rtnl_reply reply;
	int r = message_send(rtnl, &del, NULL, &reply);

	rtnl_reply_release(&reply);
	return r;
}

static int tell_duplicate(const struct direct_env *env, struct step *step)
{
	step->reply.error = -EADDRINUSE;
	step->reply.text = strdup("another host has it");
	return take_away(env->rtnl, step->op);
}

static int wait_for(const struct direct_env *env, struct step *step, int64_t start_ms)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	const struct plan_op *op = step->op;
	char text[IP_TEXT_MAX];
	enum ready ready;
	enum dad dad;
	int r = 0;

	for (;;) {
		r = ask(env->rtnl, op, &dad);
		if (r < 0 || dad == DAD_FAILED)
			return r < 0 ? r : tell_duplicate(env, step);
		if (dad != DAD_TENTATIVE ||
		    ready_ask(env->rtnl, op->ifindex, &ready) < 0 || ready != READY)
			return 0;
		if (clock_now_ms() - start_ms > WAIT_MS)
			break;
		nanosleep(&pause, NULL);
	}
	diag_warning(
		env->diag, op->pos,
		"whether another host has %s is not known yet: it is not in use so far",
		ip_format(&op->addr->addr, text));
	diag_hint(env->diag, "`ip -6 address show dev %s tentative` shows it", op->dev);
	return 0;
}

int dad_run(const struct direct_env *env, struct step *steps, size_t n)
{
	int64_t start_ms = clock_now_ms();
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++)
		if (steps[i].state == STEP_STARTED)
			r = wait_for(env, &steps[i], start_ms);
	return r;
}
