/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps that are more than one rtnetlink change: the driver, waiting, ARP, programs. */
#include "lib/apply/direct.h"

#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include "lib/apply/announce.h"
#include "lib/apply/apply.h"
#include "lib/apply/arp.h"
#include "lib/apply/clock.h"
#include "lib/apply/conf.h"
#include "lib/apply/dad.h"
#include "lib/apply/dhcp.h"
#include "lib/apply/module.h"
#include "lib/apply/program.h"
#include "lib/apply/ready.h"
#include "lib/apply/resolv.h"

#define POLL_MS 20
/* So long nobody wonders why nothing happens. */
#define PATIENCE_MS 1000

/* Not the end: the kernel loads the driver itself when it is first asked for a bond. */
static int run_module_load(const struct direct_env *env, struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;
		int r = steps[i].state == STEP_STARTED ? module_load_bonding(&why) : 0;

		if (r == 0)
			continue;
		diag_warning(env->diag, steps[i].op->pos,
			     "cannot load the bonding driver: %s",
			     why ? why : strerror(-r));
		diag_hint(env->diag,
			  "is the package with this kernel's modules installed?");
	}
	return 0;
}

static void tell_unready(const struct plan_op *op, enum ready ready, struct diag *diag)
{
	diag_about(diag, op->dev);
	diag_warning(diag, op->pos, "%s %s after %g s", op->dev, ready_words(ready),
		     op->wait_ms / 1000.0);
	diag_hint(diag, "%s", ready_hint(ready));
}

static bool ask_patience(const struct direct_env *env, const struct plan_op *op,
			 enum ready ready)
{
	const struct apply_observer *observer = env->observer;

	if (observer && observer->waiting)
		observer->waiting(op, ready_words(ready), observer->arg);
	return true;
}

/* All links of a batch are given their time from @start_ms on. */
static int wait_for_link(const struct direct_env *env, const struct plan_op *op,
			 int64_t start_ms)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	enum ready ready;
	int r;

	for (bool told = false;;) {
		int64_t waited_ms;

		r = ready_ask(env->rtnl, op->ifindex, &ready);
		if (r < 0 || ready == READY)
			return r;
		waited_ms = clock_now_ms() - start_ms;
		if (waited_ms >= (int64_t)op->wait_ms)
			break;
		if (!told && waited_ms >= PATIENCE_MS)
			told = ask_patience(env, op, ready);
		nanosleep(&pause, NULL);
	}
	tell_unready(op, ready, env->diag);
	return 0;
}

static int run_link_wait(const struct direct_env *env, struct step *steps, size_t n)
{
	int64_t start_ms = clock_now_ms();

	for (size_t i = 0; i < n; i++)
		if (steps[i].state == STEP_STARTED)
			steps[i].reply.error = wait_for_link(env, steps[i].op, start_ms);
	return 0;
}

static struct arp_probe probe_of(const struct plan_op *op)
{
	return (struct arp_probe){
		.ifindex = op->ifindex,
		.addr = op->probe.addr,
		.wait_ms = op->probe.wait_ms,
		.tries = op->probe.tries,
	};
}

static void tell_unprobed(const struct plan_op *op, const char *why, struct diag *diag)
{
	char text[IP_TEXT_MAX];

	diag_about(diag, op->dev);
	diag_warning(diag, op->pos, "could not probe whether another host has %s: %s %s",
		     ip_format(&op->probe.addr, text), op->dev, why);
	diag_hint(diag, "the address is kept; arping -D asks again");
}

/* Whether the question can be put at all; if not, the address is taken as free. */
static bool can_probe(const struct direct_env *env, const struct plan_op *op)
{
	enum ready ready = READY_NO_CARRIER;

	if (ready_ask(env->rtnl, op->ifindex, &ready) == 0 && ready == READY)
		return true;
	tell_unprobed(op, ready_words(ready), env->diag);
	return false;
}

static void conclude_probe(const struct arp_probe *probe, struct step *step,
			   struct diag *diag)
{
	char owner[HWADDR_TEXT_MAX];

	if (probe->conflict) {
		step->reply.error = -EADDRINUSE;
		if (asprintf(&step->reply.text, "the host with MAC address %s has it",
			     hwaddr_format(&probe->owner, owner)) < 0)
			step->reply.text = NULL;
	} else if (probe->error < 0) {
		tell_unprobed(step->op, strerror(-probe->error), diag);
	}
}

static int run_addr_probe(const struct direct_env *env, struct step *steps, size_t n)
{
	_cleanup_free_ struct arp_probe *probes = calloc(n, sizeof(*probes));
	_cleanup_free_ struct step **asking = calloc(n, sizeof(struct step *));
	size_t asked = 0;
	int r;

	if (!probes || !asking)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		if (steps[i].state != STEP_STARTED || !can_probe(env, steps[i].op))
			continue;
		probes[asked] = probe_of(steps[i].op);
		asking[asked++] = &steps[i];
	}
	r = asked ? arp_probe_all(probes, asked) : 0;
	for (size_t i = 0; i < asked; i++) {
		if (r < 0)
			probes[i].error = r;
		conclude_probe(&probes[i], asking[i], env->diag);
	}
	return 0;
}

static int run_addr_announce(const struct direct_env *env, struct step *steps, size_t n)
{
	_cleanup_free_ struct announcement *list = calloc(n, sizeof(*list));
	size_t announced = 0;
	int r;

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (steps[i].state == STEP_STARTED)
			list[announced++] = (struct announcement){
				.ifindex = steps[i].op->ifindex,
				.addr = steps[i].op->probe.addr,
				.is_router = steps[i].op->probe.is_router,
			};
	r = announced ? announce_all(list, announced) : 0;
	if (r < 0)
		diag_warning(env->diag, steps->op->pos,
			     "could not announce the addresses of %s to the neighbours: "
			     "%s",
			     steps->op->dev, strerror(-r));
	return 0;
}

static int run_programs(const struct direct_env *env, struct step *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++)
		if (steps[i].state == STEP_STARTED)
			program_run(steps[i].op->program, &steps[i].reply);
	return 0;
}

static int (*const direct[OP_COUNT])(const struct direct_env *env, struct step *steps,
				     size_t n) = {
	[OP_MODULE_LOAD] = run_module_load,
	[OP_LINK_WAIT] = run_link_wait,
	[OP_ADDR_PROBE] = run_addr_probe,
	[OP_CONF_SET] = conf_run,
	[OP_DAD_WAIT] = dad_run,
	[OP_ADDR_ANNOUNCE] = run_addr_announce,
	[OP_RUN] = run_programs,
	[OP_RESOLV_SET] = resolv_run,
	[OP_DHCP_STOP] = dhcp_stop_run,
	[OP_DHCP_START] = dhcp_start_run,
};

int direct_run(const struct direct_env *env, struct step *steps, size_t n)
{
	return direct[steps->op->kind](env, steps, n);
}
