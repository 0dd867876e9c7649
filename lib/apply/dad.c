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
#include <stdbool.h>
#include <stdlib.h>
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

/* struct wait - an address that is waited for, and how it stood when it was looked at last */
struct wait {
	struct step *step;
	enum dad dad;
};

/* struct waits - sorted by link and address */
struct waits {
	struct wait *of;
	size_t n;
};

static int compare_places(int ifindex, const void *addr, const struct plan_op *op)
{
	if (ifindex != op->ifindex)
		return ifindex < op->ifindex ? -1 : 1;
	return memcmp(addr, op->addr->addr.bytes, ip_len(&op->addr->addr));
}

static int by_place(const void *a, const void *b)
{
	const struct plan_op *left = ((const struct wait *)a)->step->op;

	return compare_places(left->ifindex, left->addr->addr.bytes,
			      ((const struct wait *)b)->step->op);
}

static struct wait *find_wait(const struct waits *waits, int ifindex, const void *addr)
{
	size_t first = 0, end = waits->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		int r = compare_places(ifindex, addr, waits->of[middle].step->op);

		if (r == 0)
			return &waits->of[middle];
		if (r < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return NULL;
}

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
	struct wait *wait = NULL;
	uint32_t bits;

	if (!nlmsg_valid_hdr(answer, sizeof(*header)) || header->ifa_family != AF_INET6)
		return 0;
	addr = find(answer, IFA_ADDRESS);
	flags = find(answer, IFA_FLAGS);
	if (addr && nla_len(addr) == sizeof(struct in6_addr))
		wait = find_wait(arg, (int)header->ifa_index, nla_data(addr));
	if (!wait)
		return 0;
	bits = flags ? nla_get_u32(flags) : header->ifa_flags;
	if (bits & IFA_F_DADFAILED)
		wait->dad = DAD_FAILED;
	else
		wait->dad = bits & IFA_F_TENTATIVE ? DAD_TENTATIVE : DAD_DONE;
	return 0;
}

/* All at once: there may be thousands. */
static int look(struct rtnl *rtnl, struct waits *waits)
{
	const struct ifaddrmsg header = { .ifa_family = AF_INET6 };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));

	for (size_t i = 0; i < waits->n; i++)
		waits->of[i].dad = DAD_GONE;
	return request ? rtnl_dump(rtnl, request, look_at_addr, waits) : -ENOMEM;
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

static void tell_unknown(const struct direct_env *env, const struct plan_op *op)
{
	char text[IP_TEXT_MAX];

	diag_warning(
		env->diag, op->pos,
		"whether another host has %s is not known yet: it is not in use so far",
		ip_format(&op->addr->addr, text));
	diag_hint(env->diag, "`ip -6 address show dev %s tentative` shows it", op->dev);
}

static bool is_ready(const struct direct_env *env, const struct plan_op *op)
{
	enum ready ready;

	return ready_ask(env->rtnl, op->ifindex, &ready) == 0 && ready == READY;
}

/*
 * Keeps those that are worth waiting for. What cannot carry frames is sorted out the
 * first time; when a link loses its carrier later, its time runs out.
 */
static int settle(const struct direct_env *env, struct waits *waits, bool is_first)
{
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; i < waits->n && r == 0; i++) {
		struct wait *wait = &waits->of[i];

		if (wait->dad == DAD_FAILED)
			r = tell_duplicate(env, wait->step);
		else if (wait->dad == DAD_TENTATIVE &&
			 (!is_first || is_ready(env, wait->step->op)))
			waits->of[n++] = *wait;
	}
	waits->n = n;
	return r;
}

static int wait_for(const struct direct_env *env, struct waits *waits)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	const int64_t start_ms = clock_now_ms();
	bool is_first = true;
	int r;

	for (;;) {
		r = look(env->rtnl, waits);
		if (r == 0) {
			r = settle(env, waits, is_first);
			is_first = false;
		}
		if ((r < 0 && r != -EINTR) || !waits->n)
			return r;
		if (clock_now_ms() - start_ms > WAIT_MS)
			break;
		nanosleep(&pause, NULL);
	}
	for (size_t i = 0; i < waits->n; i++)
		tell_unknown(env, waits->of[i].step->op);
	return 0;
}

int dad_run(const struct direct_env *env, struct step *steps, size_t n)
{
	_cleanup_free_ struct wait *of = calloc(n + 1, sizeof(*of));
	struct waits waits = { .of = of };

	if (!of)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (steps[i].state == STEP_STARTED)
			of[waits.n++].step = &steps[i];
	qsort(of, waits.n, sizeof(*of), by_place);
	return waits.n ? wait_for(env, &waits) : 0;
}
