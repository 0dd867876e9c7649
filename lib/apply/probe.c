/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks whether other hosts own the addresses that are to be set. */
#include "lib/apply/probe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib/apply/holder.h"
#include "lib/apply/ready.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/rtnl/rtnl.h"

static void tell_unprobed(const struct plan_op *op, const char *why, struct diag *diag)
{
	char text[IP_TEXT_MAX];

	diag_about(diag, op->dev);
	diag_warning(diag, op->pos, "could not probe whether another host has %s: %s %s",
		     ip_format(&op->probe.addr, text), op->dev, why);
	diag_hint(diag, "the address is kept; arping -D asks again");
}

/* Whether the address can be probed at all; if not, it counts as free. */
static bool can_probe(const struct direct_env *env, const struct plan_op *op)
{
	enum ready ready = READY_NO_CARRIER;

	if (ready_ask(env->rtnl, op->ifindex, NULL, &ready) == 0 && ready == READY)
		return true;
	tell_unprobed(op, ready_words(ready), env->diag);
	return false;
}

static int ask_with_probe(struct probe_waits *waits, struct step *step)
{
	const struct plan_op *op = step->op;
	const struct arp_probe probe = { .ifindex = op->ifindex,
					 .addr = op->probe.addr,
					 .wait_ms = op->probe.wait_ms,
					 .tries = op->probe.tries };
	struct probe_wait wait = { .step = step };
	int r = waits->prober ? 0 : arp_prober_new(waits->arena, &waits->prober);

	if (r == 0)
		arp_prober_add(waits->prober, &probe, &wait.number);
	if (r == 0)
		ARENA_PUSH(waits->arena, waits->of, waits->n, waits->cap, wait);
	return r;
}

void probe_wait_begin(const struct direct_env *env, struct probe_waits *waits,
		      struct step *step)
{
	int r;

	if (!can_probe(env, step->op)) {
		step->is_over = true;
		return;
	}
	r = ask_with_probe(waits, step);
	if (r < 0) {
		step->is_over = true;
		tell_unprobed(step->op, language_error(-r), env->diag);
	}
}

static void tell_probe_conflict(struct step *step, const struct arp_probe *probe)
{
	struct rtnl_reply *reply = &step->reply;
	char owner[HWADDR_TEXT_MAX];

	reply->error = -EADDRINUSE;
	reply->holder = holder_find(&probe->addr, probe->ifindex, &probe->owner);
	if (reply->holder)
		reply->text = memory_printf(_("%s of this host has it"), reply->holder);
	else
		reply->text = memory_printf(_("the host with MAC address %s has it"),
					    hwaddr_format(&probe->owner, owner));
}

static void conclude_probe(const struct direct_env *env, struct step *step,
			   const struct arp_probe *probe)
{
	step->is_over = true;
	if (probe->conflict)
		tell_probe_conflict(step, probe);
	else if (probe->error < 0)
		tell_unprobed(step->op, language_error(-probe->error), env->diag);
}

void probe_wait_look(const struct direct_env *env, struct probe_waits *waits)
{
	size_t n = 0;

	if (waits->n)
		arp_prober_look(waits->prober);
	for (size_t i = 0; i < waits->n; i++) {
		struct arp_probe probe;

		if (arp_prober_is_over(waits->prober, waits->of[i].number, &probe))
			conclude_probe(env, waits->of[i].step, &probe);
		else
			waits->of[n++] = waits->of[i];
	}
	waits->n = n;
}
