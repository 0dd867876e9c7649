/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waits for the kernel's duplicate address detection (RFC 4862) of all addresses of a run
 * side by side. It takes a second or so on a link that can carry frames, and never ends
 * on one that cannot: such links are not waited for.
 */
#include "lib/apply/dad.h"

#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "lib/apply/clock.h"
#include "lib/apply/holder.h"
#include "lib/apply/message.h"
#include "lib/apply/ready.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/rtnl/rtnl.h"

#define POLL_MS 50
#define WAIT_MS 5000

static int compare_places(int ifindex, const void *addr, const struct plan_op *op)
{
	if (ifindex != op->ifindex)
		return ifindex < op->ifindex ? -1 : 1;
	return memcmp(addr, op->addr->addr.bytes, ip_len(&op->addr->addr));
}

static int by_link_and_addr(const void *a, const void *b)
{
	const struct plan_op *left = ((const struct dad_wait *)a)->step->op;

	return compare_places(left->ifindex, left->addr->addr.bytes,
			      ((const struct dad_wait *)b)->step->op);
}

static struct dad_wait *find_wait(const struct dad_waits *waits, int ifindex,
				  const void *addr)
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

static const struct nlattr *find_addr_attr(const struct nlmsghdr *answer, int type)
{
	const int header = sizeof(struct ifaddrmsg);

	return nla_find(nlmsg_attrdata(answer, header), nlmsg_attrlen(answer, header),
			type);
}

/* Excludes an address that is not in use because another host has it. */
static bool is_tentative(uint32_t bits)
{
	return bits & IFA_F_TENTATIVE && !(bits & IFA_F_DADFAILED);
}

/*
 * The kernel also checks the address that it generates for a link, after a random delay
 * of up to a second: the link is ready when all of its addresses are.
 */
static void mark_link(struct dad_waits *waits, int ifindex)
{
	size_t first = 0, end = waits->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (waits->of[middle].step->op->ifindex < ifindex)
			first = middle + 1;
		else
			end = middle;
	}
	for (; first < waits->n && waits->of[first].step->op->ifindex == ifindex; first++)
		waits->of[first].is_link_tentative = true;
}

static int look_at_dad_addr(const struct nlmsghdr *answer, void *arg)
{
	const struct ifaddrmsg *header = nlmsg_data(answer);
	const struct nlattr *addr, *flags;
	struct dad_wait *wait = NULL;
	uint32_t bits;

	if (!nlmsg_valid_hdr(answer, sizeof(*header)) || header->ifa_family != AF_INET6)
		return 0;
	addr = find_addr_attr(answer, IFA_ADDRESS);
	flags = find_addr_attr(answer, IFA_FLAGS);
	bits = flags ? nla_get_u32(flags) : header->ifa_flags;
	if (addr && nla_len(addr) == sizeof(struct in6_addr))
		wait = find_wait(arg, (int)header->ifa_index, nla_data(addr));
	if (!wait && header->ifa_scope == RT_SCOPE_LINK && is_tentative(bits))
		mark_link(arg, (int)header->ifa_index);
	if (!wait)
		return 0;
	if (bits & IFA_F_DADFAILED)
		wait->dad = DAD_FAILED;
	else
		wait->dad = bits & IFA_F_TENTATIVE ? DAD_TENTATIVE : DAD_DONE;
	return 0;
}

/* All in one request: there may be thousands. */
static int ask_for_addrs(struct rtnl *rtnl, struct dad_waits *waits)
{
	const struct ifaddrmsg header = { .ifa_family = AF_INET6 };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));

	int r;

	for (size_t i = 0; i < waits->n; i++) {
		waits->of[i].dad = DAD_GONE;
		waits->of[i].is_link_tentative = false;
	}
	r = rtnl_dump(rtnl, request, look_at_dad_addr, waits);
	if (r != -EINTR)
		return r;
	/* A concurrent change: what is missing in the dump may exist. */
	for (size_t i = 0; i < waits->n; i++)
		if (waits->of[i].dad == DAD_GONE)
			waits->of[i].dad = DAD_TENTATIVE;
	return 0;
}

/* The kernel leaves a duplicate address on the link, unused. */
static int remove_duplicate(struct rtnl *rtnl, const struct plan_op *op)
{
	const struct plan_op del = { .kind = OP_ADDR_DEL,
				     .dev = op->dev,
				     .ifindex = op->ifindex,
				     .addr = op->addr };
	struct rtnl_reply reply;
	int r = message_send(rtnl, &del, &reply);

	rtnl_reply_release(&reply);
	return r;
}

static int tell_duplicate(const struct direct_env *env, struct step *step)
{
	struct rtnl_reply *reply = &step->reply;

	reply->error = -EADDRINUSE;
	reply->holder = holder_find(&step->op->addr->addr, step->op->ifindex, NULL);
	/* The kernel does not say who answered. */
	reply->text = reply->holder
			      ? memory_printf(_("another host has it, or %s of this one"),
					      reply->holder)
			      : memory_dup(_("another host has it"));
	return remove_duplicate(env->rtnl, step->op);
}

static void tell_dad_unknown(const struct direct_env *env, const struct plan_op *op)
{
	char text[IP_TEXT_MAX];

	diag_warning(
		env->diag, op->pos,
		"whether another host has %s is not known yet: it is not in use so far",
		ip_format(&op->addr->addr, text));
	diag_hint_words(env->diag, "`ip -6 address show dev %s tentative` shows it",
			op->dev);
}

static bool is_ready(const struct direct_env *env, const struct plan_op *op)
{
	enum ready ready;

	return ready_ask(env->rtnl, op->ifindex, NULL, &ready) == 0 && ready == READY;
}

/*
 * Whether there is nothing more to wait for. A link that cannot carry frames is excluded
 * at first; for one that loses its carrier later, the time runs out.
 */
static int judge_dad_wait(const struct direct_env *env, struct dad_wait *wait,
			  int64_t now_ms)
{
	const bool was_seen = wait->was_seen;

	wait->was_seen = true;
	wait->step->is_over = true;
	if (wait->dad == DAD_FAILED)
		return tell_duplicate(env, wait->step);
	if (wait->dad == DAD_GONE ||
	    (wait->dad == DAD_DONE && !wait->is_link_tentative) ||
	    (!was_seen && !is_ready(env, wait->step->op)))
		return 0;
	if (now_ms - wait->since_ms <= WAIT_MS)
		wait->step->is_over = false;
	else if (wait->dad == DAD_TENTATIVE)
		tell_dad_unknown(env, wait->step->op);
	return 0;
}

void dad_wait_begin(struct dad_waits *waits, struct step *step)
{
	const struct dad_wait wait = { .step = step, .since_ms = clock_now_ms() };

	waits->is_sorted = false;
	ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, wait);
}

static int look_at_dad_waits(const struct direct_env *env, struct dad_waits *waits,
			     int64_t now_ms)
{
	size_t n = 0;
	int r;

	if (!waits->is_sorted)
		qsort(waits->of, waits->n, sizeof(*waits->of), by_link_and_addr);
	waits->is_sorted = true;
	r = ask_for_addrs(env->rtnl, waits);
	for (size_t i = 0; i < waits->n && r == 0; i++) {
		r = judge_dad_wait(env, &waits->of[i], now_ms);
		if (!waits->of[i].step->is_over)
			waits->of[n++] = waits->of[i];
	}
	waits->n = n;
	return r;
}

int dad_wait_look(const struct direct_env *env, struct dad_waits *waits)
{
	const int64_t now_ms = clock_now_ms();

	if (!waits->n || (waits->is_sorted && now_ms - waits->looked_ms < POLL_MS))
		return 0;
	waits->looked_ms = now_ms;
	return look_at_dad_waits(env, waits, now_ms);
}
