/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits until links can carry frames, each at its own pace. */
#include "lib/apply/link-wait.h"

#include <errno.h>
#include <stdio.h>

#include "lib/apply/clock.h"
#include "lib/apply/observer.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/rtnl/ethtool.h"

/* Grace period before a progress line is printed. */
#define PATIENCE_MS 1000

void link_wait_begin(struct link_waits *waits, struct step *step)
{
	const struct link_limits *limits = &step->op->wait;
	const int64_t now_ms = clock_now_ms();
	struct link_wait wait = { .step = step, .start_ms = now_ms };

	if (!waits->start_ms)
		waits->start_ms = now_ms;
	if (!limits->is_port)
		wait.start_ms = waits->start_ms;
	wait.end_ms = wait.start_ms + limits->link_ms;
	ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, wait);
}

/* struct ports - findings about the ports of a bond in mode 802.3ad */
struct ports {
	const struct plan_op *op;
	struct diag *diag;
	size_t n_fit, n_flawed;
};

static void tell_port_flaw(const char *port, const char *flaw, void *arg)
{
	struct ports *ports = arg;

	if (!flaw) {
		ports->n_fit++;
		return;
	}
	ports->n_flawed++;
	diag_warning(ports->diag, ports->op->pos,
		     "port %s of %s %s: the driver cannot aggregate it", port,
		     ports->op->dev, flaw);
	diag_hint(ports->diag, "%s", LINK_SPEED_HINT);
}

/* To a tenth of a second. */
static double waited_s(const struct link_wait *wait)
{
	const int64_t tenths = (wait->end_ms - wait->start_ms + 50) / 100;

	return (double)tenths / 10;
}

static void tell_unready(const struct link_wait *wait, enum ready ready,
			 struct diag *diag)
{
	const struct plan_op *op = wait->step->op;

	diag_warning(diag, op->pos, "%s %s after %g s", op->dev, ready_words(ready),
		     waited_s(wait));
	diag_hint(diag, "%s", ready_hint(ready));
}

/* Other steps that need this one continue only if the port is in use. */
static int fail(struct step *step, const struct link_wait *wait, enum ready ready)
{
	step->reply.text =
		memory_printf(_("it %s after %g s"), ready_words(ready), waited_s(wait));
	return -ETIMEDOUT;
}

/* If all ports have a flaw, that is the cause, and not cables or the switch. */
static int conclude_link_wait(const struct direct_env *env, const struct link_wait *wait,
			      enum ready ready)
{
	const struct plan_op *op = wait->step->op;
	struct ports ports = { .op = op, .diag = env->diag };
	int r;

	if (op->wait.is_port)
		return ready == READY ? 0 : fail(wait->step, wait, ready);
	diag_about(env->diag, op->dev);
	r = ready_each_port(env->rtnl, op->ifindex, tell_port_flaw, &ports);
	if (ready != READY && (ports.n_fit || !ports.n_flawed))
		tell_unready(wait, ready, env->diag);
	return r;
}

static void ask_patience(const struct direct_env *env, struct link_wait *wait,
			 enum ready ready)
{
	const struct apply_observer *observer = env->observer;

	wait->told = true;
	if (observer && observer->waiting)
		observer->waiting(wait->step->op, ready_words(ready),
				  wait->end_ms - wait->start_ms, observer->arg);
}

static void extend(struct link_wait *wait, int64_t end_ms)
{
	if (end_ms > wait->end_ms)
		wait->end_ms = end_ms;
}

/*
 * LACP is given its time from the first link on, and from the first answer on: once each.
 */
static void grant_time(struct link_wait *wait, const struct ready_lacp *lacp,
		       int64_t now_ms)
{
	const struct link_limits *limits = &wait->step->op->wait;

	if (lacp->has_link && !wait->lacp.has_link)
		extend(wait, now_ms + limits->lacp_ms);
	if (lacp->is_answered && !wait->lacp.is_answered)
		extend(wait, now_ms + limits->sync_ms);
	wait->lacp.has_link |= lacp->has_link;
	wait->lacp.is_answered |= lacp->is_answered;
}

static void look_at_link_wait(const struct direct_env *env, struct link_wait *wait,
			      int64_t now_ms)
{
	struct step *step = wait->step;
	struct ready_lacp lacp;
	enum ready ready;
	int r = ready_ask(env->rtnl, step->op->ifindex, &lacp, &ready);

	if (r < 0) {
		step->is_over = true;
		step->reply.error = r;
		return;
	}
	grant_time(wait, &lacp, now_ms);
	step->is_over = ready == READY || now_ms >= wait->end_ms;
	if (step->is_over)
		step->reply.error = conclude_link_wait(env, wait, ready);
	else if (!wait->told && now_ms - wait->start_ms >= PATIENCE_MS)
		ask_patience(env, wait, ready);
}

void link_wait_look(const struct direct_env *env, struct link_waits *waits)
{
	const int64_t now_ms = clock_now_ms();
	size_t n = 0;

	for (size_t i = 0; i < waits->n; i++) {
		look_at_link_wait(env, &waits->of[i], now_ms);
		if (!waits->of[i].step->is_over)
			waits->of[n++] = waits->of[i];
	}
	waits->n = n;
}
