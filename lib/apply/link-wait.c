/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits until links can carry frames, each at its own pace. */
#include "lib/apply/link-wait.h"

#include <errno.h>

#include "lib/apply/apply.h"
#include "lib/apply/clock.h"
#include "lib/apply/ready.h"

/* Grace period before a progress line is printed. */
#define PATIENCE_MS 1000

int link_wait_begin(struct link_waits *waits, struct step *step)
{
	const struct link_wait wait = { .step = step };

	if (!waits->start_ms)
		waits->start_ms = clock_now_ms();
	return ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, wait);
}

static void tell_unready(const struct plan_op *op, enum ready ready, struct diag *diag)
{
	diag_about(diag, op->dev);
	diag_warning(diag, op->pos, "%s %s after %g s", op->dev, ready_words(ready),
		     op->wait_ms / 1000.0);
	diag_hint(diag, "%s", ready_hint(ready));
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
	if (r < 0)
		wait->step->reply.error = r;
	else if (ready == READY)
		return;
	else if (wait->step->is_over)
		tell_unready(op, ready, env->diag);
	else if (!wait->told && waited_ms >= PATIENCE_MS)
		ask_patience(env, wait, ready);
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
