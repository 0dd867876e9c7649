/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DHCP clients: starts them and waits, side by side, until they have a lease; stops them
 * and removes the addresses of their leases.
 */
#include "lib/apply/dhcp.h"

#include <errno.h>
#include <fcntl.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "lib/apply/clock.h"
#include "lib/apply/message.h"
#include "lib/apply/observer.h"
#include "lib/apply/program.h"
#include "lib/apply/ready.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/rtnl/rtnl.h"

#define POLL_MS 50
/* More clients do not run for us at the same time. */
#define AT_ONCE 32
/* After this long, a message appears; a lease usually takes some seconds. */
#define PATIENCE_MS 5000
/* How long an address that the kernel generates may take to become usable. */
#define LINK_LOCAL_MS 5000
/* How long the process that remains may take to write its process id. */
#define SETTLE_MS 2000
/* How long a client may take to end, including the release of its lease. */
#define END_MS 5000
/* How long one may take to send a release, its last message about the lease. */
#define RELEASE_MS 2000

/* ---- addresses ---- */

/* struct look - at the addresses of a link */
struct look {
	int ifindex;
	uint8_t family;
	struct snap_addr *addrs;
	size_t n, cap;
	struct arena *arena;
};

static int look_at_leased_addr(const struct nlmsghdr *answer, void *arg)
{
	const struct ifaddrmsg *header = nlmsg_data(answer);
	struct snap_addr addr = { .label = "" };
	struct nlattr *tb[IFA_MAX + 1];
	struct look *look = arg;
	const struct nlattr *own;

	if (!nlmsg_valid_hdr(answer, sizeof(*header)) ||
	    nla_parse(tb, IFA_MAX, nlmsg_attrdata(answer, sizeof(*header)),
		      nlmsg_attrlen(answer, sizeof(*header)), NULL) < 0)
		return -EBADMSG;
	addr.addr.family = header->ifa_family;
	own = tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS];
	if (tb[IFA_ADDRESS] && tb[IFA_ADDRESS] != own &&
	    nla_memcmp(own, nla_data(tb[IFA_ADDRESS]), nla_len(tb[IFA_ADDRESS])) != 0 &&
	    nla_len(tb[IFA_ADDRESS]) == (int)ip_len(&addr.addr)) {
		addr.peer.family = header->ifa_family;
		memcpy(addr.peer.bytes, nla_data(tb[IFA_ADDRESS]), ip_len(&addr.addr));
	}
	if ((int)header->ifa_index != look->ifindex ||
	    header->ifa_family != look->family || !own ||
	    nla_len(own) != (int)ip_len(&addr.addr))
		return 0;
	memcpy(addr.addr.bytes, nla_data(own), ip_len(&addr.addr));
	addr.prefix_len = header->ifa_prefixlen;
	addr.scope = header->ifa_scope;
	addr.flags = tb[IFA_FLAGS] ? nla_get_u32(tb[IFA_FLAGS]) : header->ifa_flags;
	ARENA_PUSH(look->arena, look->addrs, look->n, look->cap, addr);
	return 0;
}

static int look_for_lease(struct rtnl *rtnl, int ifindex, enum dhcp_family family,
			  struct arena *arena, struct look *ret)
{
	const struct ifaddrmsg header = { .ifa_family =
						  family == DHCP_IP6 ? AF_INET6 : AF_INET,
					  .ifa_index = (uint32_t)ifindex };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));
	int r;

	*ret = (struct look){ .ifindex = ifindex,
			      .family = header.ifa_family,
			      .arena = arena };
	r = rtnl_dump(rtnl, request, look_at_leased_addr, ret);
	return r == -EINTR ? 0 : r; /* a concurrent change: look again */
}

/* Whether a DHCPv6 client has an address to ask from. */
static int has_link_local(struct rtnl *rtnl, int ifindex, bool *ret)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct look look;
	int r = look_for_lease(rtnl, ifindex, DHCP_IP6, arena, &look);

	*ret = false;
	for (size_t i = 0; r == 0 && i < look.n; i++)
		*ret |= look.addrs[i].scope == RT_SCOPE_LINK &&
			!(look.addrs[i].flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED));
	return r;
}

static int remove_leased(struct rtnl *rtnl, const struct plan_op *op,
			 enum dhcp_family family)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct look look;
	int r = look_for_lease(rtnl, op->ifindex, family, arena, &look);

	for (size_t i = 0; r == 0 && i < look.n; i++) {
		const struct plan_op del = { .kind = OP_ADDR_DEL,
					     .dev = op->dev,
					     .ifindex = op->ifindex,
					     .addr = &look.addrs[i] };
		struct rtnl_reply reply;

		if (!snap_addr_is_leased(&look.addrs[i], family))
			continue;
		r = message_send(rtnl, &del, &reply);
		rtnl_reply_release(&reply);
	}
	return r;
}

/* ---- routes of a lease ---- */

/* Routing daemons give their routes other protocols. */
static bool is_brought(const struct plan_op *op, const struct route *route)
{
	return route->family == AF_INET &&
	       (route->protocol == RTPROT_BOOT || route->protocol == RTPROT_DHCP) &&
	       !snap_link_route(op->dhcp_stop->before, route);
}

/*
 * Clients other than dhcpcd leave them, and the kernel removes them only if the link has
 * no other address. Return: 0; a negative errno if the socket failed.
 */
static int remove_brought(const struct direct_env *env, const struct plan_op *op)
{
	_cleanup_snapshot_ struct snapshot *now = NULL;
	const struct snap_link *link;
	int r = snapshot_take(env->rtnl, env->diag, &now);

	link = r == 0 ? snapshot_link_by_index(now, op->ifindex) : NULL;
	for (const struct route *at = link ? link->routes : NULL; r == 0 && at;
	     at = at->next) {
		const struct plan_op del = { .kind = OP_ROUTE_DEL,
					     .dev = op->dev,
					     .ifindex = op->ifindex,
					     .route = at };
		struct rtnl_reply reply;

		if (!is_brought(op, at))
			continue;
		r = message_send(env->rtnl, &del, &reply);
		rtnl_reply_release(&reply);
	}
	return r;
}

/* ---- starting ---- */

static void reply_text(struct rtnl_reply *reply, int error, const char *text)
{
	reply->error = error;
	reply->text = memory_dup(text);
}

static void end_lease(const struct direct_env *env, struct lease *lease)
{
	const struct rtnl_reply *reply = &lease->step->reply;
	const char *why = NULL;

	lease->stage = STAGE_OVER;
	lease->is_got = reply->error == 0;
	if (reply->error < 0)
		why = reply->error == -ENETDOWN ? _("; no link present.  Check cable?")
						: ".";
	if (env->observer && env->observer->leased)
		env->observer->leased(lease->step->op, why, env->observer->arg);
	if (reply->error < 0)
		unlink(lease->step->op->dhcp_start->pid_file);
}

/* Return: whether it makes sense to start the client; if not, the reply says why. */
static bool has_link(const struct direct_env *env, struct lease *lease)
{
	const struct plan_op *op = lease->step->op;
	enum ready ready = READY_NO_CARRIER;
	_cleanup_free_ char *text = NULL;

	if (!op->dhcp_start->needs_link ||
	    (ready_ask(env->rtnl, op->ifindex, NULL, &ready) == 0 && ready == READY))
		return true;
	text = memory_printf(_("it %s"), ready_words(ready));
	reply_text(&lease->step->reply, -ENETDOWN, text);
	return false;
}

static void begin_lease(const struct direct_env *env, struct lease *lease)
{
	const struct dhcp_start *start = lease->step->op->dhcp_start;
	struct rtnl_reply *reply = &lease->step->reply;
	int r = 0;

	if (start->conf_file)
		r = file_replace(start->conf_file, start->conf);
	if (r < 0)
		reply_text(reply, r, language_error(-r));
	if (r < 0 || !has_link(env, lease) ||
	    !program_begin(start->program, &lease->child, reply))
		end_lease(env, lease);
	else
		lease->stage = STAGE_RUNS;
}

/* For IPv6, the kernel must have finished with the link's own address first. */
static int begin_in_time(const struct direct_env *env, struct lease *lease)
{
	const struct plan_op *op = lease->step->op;
	bool can = op->dhcp_start->client.family == DHCP_IP4;
	int r = can ? 0 : has_link_local(env->rtnl, op->ifindex, &can);

	if (can || clock_now_ms() - lease->since_ms > LINK_LOCAL_MS)
		begin_lease(env, lease);
	return r;
}

static void look_after(const struct direct_env *env, struct lease *lease)
{
	const struct apply_observer *observer = env->observer;
	const struct plan_op *op = lease->step->op;

	if (program_is_over(&lease->child, &lease->step->reply)) {
		lease->stage = STAGE_SETTLES;
		lease->ended_ms = clock_now_ms();
		return;
	}
	if (lease->asked_patience || clock_now_ms() - lease->since_ms < PATIENCE_MS)
		return;
	lease->asked_patience = true;
	if (observer && observer->waiting)
		observer->waiting(op, _("has no lease"), 0, observer->arg);
}

static void settle_lease(const struct direct_env *env, struct lease *lease)
{
	const struct plan_op *op = lease->step->op;
	const struct dhcp_start *start = op->dhcp_start;
	struct rtnl_reply *reply = &lease->step->reply;
	bool runs = snap_client_runs(start->client.id, start->client.family, op->dev,
				     snap_client_pid(start->pid_file));

	if (reply->error == 0 && !runs) {
		if (clock_now_ms() - lease->ended_ms < SETTLE_MS)
			return;
		reply_text(reply, -ECHILD, _("it succeeded, but no process is running"));
	}
	end_lease(env, lease);
}

static int go_on_with_leases(const struct direct_env *env, struct lease_waits *waits)
{
	int busy = 0, r = 0;

	for (size_t i = 0; i < waits->n && r == 0; i++) {
		struct lease *lease = &waits->of[i];

		if (lease->stage == STAGE_RUNS)
			look_after(env, lease);
		else if (lease->stage == STAGE_SETTLES)
			settle_lease(env, lease);
		else if (lease->stage == STAGE_WAITS && busy < AT_ONCE)
			r = begin_in_time(env, lease);
		busy += lease->stage != STAGE_OVER;
	}
	return r;
}

/* The lease of the other protocol for the same link, or NULL. */
static const struct lease *other_of(const struct lease_waits *waits,
				    const struct lease *lease)
{
	for (size_t i = 0; i < waits->n; i++)
		if (&waits->of[i] != lease && waits->of[i].ifindex == lease->ifindex)
			return &waits->of[i];
	return NULL;
}

/* With these files, a lease of one protocol is sufficient. */
static void forgive(const struct direct_env *env, struct step *failed)
{
	struct rtnl_reply *reply = &failed->reply;
	const struct plan_op *op = failed->op;

	diag_warning(env->diag, op->pos,
		     "cannot get a lease for %s: %s; the other protocol has one", op->dev,
		     reply->text ? reply->text : language_error(-reply->error));
	rtnl_reply_release(reply);
	*reply = (struct rtnl_reply){ 0 };
}

/* The meaning of a failure is known once the other protocol has ended, too. */
static void conclude_lease(const struct direct_env *env, const struct lease_waits *waits,
			   struct lease *lease)
{
	const struct lease *other = NULL;

	if (lease->stage != STAGE_OVER || lease->is_told)
		return;
	if (!lease->is_got && lease->step->op->dhcp_start->is_either)
		other = other_of(waits, lease);
	if (other && other->stage != STAGE_OVER)
		return;
	if (other && other->is_got)
		forgive(env, lease->step);
	lease->step->is_over = true;
	lease->is_told = true;
}

void lease_wait_begin(struct lease_waits *waits, struct step *step)
{
	const struct lease lease = { .step = step,
				     .ifindex = step->op->ifindex,
				     .since_ms = clock_now_ms() };

	waits->looked_ms = 0;
	ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, lease);
}

int lease_wait_look(const struct direct_env *env, struct lease_waits *waits)
{
	const int64_t now_ms = clock_now_ms();
	int r;

	if (now_ms - waits->looked_ms < POLL_MS)
		return 0;
	waits->looked_ms = now_ms;
	r = go_on_with_leases(env, waits);
	for (size_t i = 0; i < waits->n && r == 0; i++)
		conclude_lease(env, waits, &waits->of[i]);
	return r;
}

/* ---- stopping ---- */

static int process_of(const struct plan_op *op)
{
	const struct dhcp_stop *stop = op->dhcp_stop;
	int pid = snap_client_pid(stop->pid_file);

	return snap_client_runs(stop->client, stop->family, op->dev, pid) ? pid : 0;
}

/* The result of a helper program does not matter. */
static void run_helper(const struct direct_env *env, const struct plan_op *op,
		       const struct program *program)
{
	struct rtnl_reply reply = { 0 };

	program_run(program, &reply);
	if (reply.error < 0)
		diag_warning(env->diag, op->pos, "%s, run to stop DHCP on %s: %s",
			     program->argv[0], op->dev,
			     reply.text ? reply.text : language_error(-reply.error));
	rtnl_reply_release(&reply);
}

static bool ends_in_time(const struct plan_op *op, int pid, int64_t ms)
{
	const struct dhcp_stop *stop = op->dhcp_stop;
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int64_t deadline_ms = clock_now_ms() + ms;

	while (snap_client_runs(stop->client, stop->family, op->dev, pid)) {
		if (clock_now_ms() > deadline_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

static bool has_leased(struct rtnl *rtnl, const struct plan_op *op)
{
	enum dhcp_family family = op->dhcp_stop->family;
	_cleanup_arena_ struct arena *arena = arena_new();
	struct look look = { 0 };
	bool is_leased = false;

	if (look_for_lease(rtnl, op->ifindex, family, arena, &look) < 0)
		return false;
	for (size_t i = 0; i < look.n; i++)
		is_leased |= snap_addr_is_leased(&look.addrs[i], family);
	return is_leased;
}

/*
 * If two signals are sent at once, the kernel runs the handler of the second one first,
 * and the client would end before it has informed the server. It removes its address when
 * it has.
 */
static void release_lease(struct rtnl *rtnl, const struct plan_op *op, int pid)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int64_t deadline_ms = clock_now_ms() + RELEASE_MS;

	kill(pid, SIGUSR2);
	while (has_leased(rtnl, op) && clock_now_ms() < deadline_ms)
		nanosleep(&pause, NULL);
}

/* Return: whether it has ended. */
static bool end_process(struct rtnl *rtnl, const struct plan_op *op, int pid)
{
	if (op->dhcp_stop->releases)
		release_lease(rtnl, op, pid);
	kill(pid, SIGTERM);
	if (ends_in_time(op, pid, END_MS))
		return true;
	kill(pid, SIGKILL);
	return ends_in_time(op, pid, END_MS);
}

static int stop_client(const struct direct_env *env, struct step *step)
{
	const struct plan_op *op = step->op;
	const struct dhcp_stop *stop = op->dhcp_stop;
	int r, pid = process_of(op);

	if (pid && stop->asked)
		run_helper(env, op, stop->asked);
	/* It may have ended, and another process may have its number. */
	pid = process_of(op);
	if (pid && !end_process(env->rtnl, op, pid)) {
		reply_text(&step->reply, -EBUSY,
			   _("it does not end, not even when it is killed"));
		return 0;
	}
	if (stop->last)
		run_helper(env, op, stop->last);
	unlink(stop->pid_file);
	if (stop->conf_file)
		unlink(stop->conf_file);
	r = remove_leased(env->rtnl, op, stop->family);
	return r == 0 && stop->before ? remove_brought(env, op) : r;
}

int dhcp_stop_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++)
		if (steps[i]->state == STEP_STARTED)
			r = stop_client(env, steps[i]);
	return r;
}
