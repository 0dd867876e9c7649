/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits until links can carry frames, each at its own pace. */
#include "lib/apply/link-wait.h"

#include <errno.h>

#include "lib/apply/apply.h"
#include "lib/apply/clock.h"
#include "lib/apply/ready.h"
#include "lib/rtnl/ethtool.h"

/* Grace period before a progress line is printed. */
#define PATIENCE_MS 1000

int link_wait_begin(struct link_waits *waits, struct step *step)
{
	const struct link_wait wait = { .step = step };

	if (!waits->start_ms)
		waits->start_ms = clock_now_ms();
	return ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, wait);
}

/* struct ports - what was found out about the ports of a bond in mode 802.3ad */
struct ports {
	const struct plan_op *op;
	struct diag *diag;
	size_t n_fit, n_flawed;
};

static void tell_flaw(const char *port, const char *flaw, void *arg)
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

static void tell_unready(const struct plan_op *op, enum ready ready, struct diag *diag)
{
	diag_warning(diag, op->pos, "%s %s after %g s", op->dev, ready_words(ready),
		     op->wait_ms / 1000.0);
	diag_hint(diag, "%s", ready_hint(ready));
}

/* A flaw of all ports is the cause, and then it is not cables or the switch. */
static int conclude(const struct direct_env *env, const struct plan_op *op,
		    enum ready ready)
{
	struct ports ports = { .op = op, .diag = env->diag };
	int r;

	diag_about(env->diag, op->dev);
	r = ready_each_port(env->rtnl, op->ifindex, tell_flaw, &ports);
	if (ready != READY && (ports.n_fit || !ports.n_flawed))
		tell_unready(op, ready, env->diag);
	return r;
}

static void ask_patience(const struct direct_env *env, struct link_wait *wait,
			 enum ready ready)
{
	const struct apply_observer *observer = env->observer;

	wait->told = true;
	if (observer && observer->waiting)
		observer->waiting(wait->step->op, ready_words(ready), observer->arg);
}

static void look(const struct direct_env *env, struct link_wait *wait, int64_t waited_ms)
{
	const struct plan_op *op = wait->step->op;
	enum ready ready;
	int r = ready_ask(env->rtnl, op->ifindex, &ready);

	wait->step->is_over =
		r < 0 || ready == READY || waited_ms >= (int64_t)op->wait_ms;
	if (r == 0 && wait->step->is_over)
		r = conclude(env, op, ready);
	else if (r == 0 && !wait->told && waited_ms >= PATIENCE_MS)
		ask_patience(env, wait, ready);
	wait->step->reply.error = r;
}

int link_wait_look(const struct direct_env *env, struct link_waits *waits)
{
	const int64_t waited_ms = clock_now_ms() - waits->start_ms;
	size_t n = 0;

	for (size_t i = 0; i < waits->n; i++) {
		look(env, &waits->of[i], waited_ms);
		if (!waits->of[i].step->is_over)
			waits->of[n++] = waits->of[i];
	}
	waits->n = n;
	return 0;
}
