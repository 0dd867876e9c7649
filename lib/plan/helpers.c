/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which helpers a plan calls for, and whether before its steps or behind them. */
#include "lib/plan/helpers.h"

#include <errno.h>
#include <net/if.h>

/* ---- whether ---- */

static bool is_up(const struct snapshot *have, const struct iface *iface)
{
	const struct snap_link *link = snapshot_link(have, iface->name);

	return link && link->flags & IFF_UP;
}

bool plan_helper_is_due(const struct model *want, const struct snapshot *have,
			const struct iface *iface, bool goes_up)
{
	const struct helper *helper = iface->helper;

	if (!helper || helper->is_run || want->alias)
		return false;
	if (!goes_up && (!helper->down || !iface->is_target))
		return false;
	return iface == want->target || is_up(have, iface) != goes_up;
}

/* ---- when ---- */

/* What is in the order, and was not asked for, is there for another one. */
static bool is_stood_on(const struct model *want, const struct iface *iface)
{
	if (!iface->is_target || iface_is_port(iface))
		return true;
	for (size_t i = iface->place + 1; i < want->n_order; i++)
		if (want->order[i]->parent == iface)
			return true;
	return false;
}

static int add(struct plan *plan, const struct model *want, const struct iface *iface,
	       bool goes_up, bool at_boot)
{
	struct arena *arena = plan->owner_arena;
	const struct helper *helper = iface->helper;
	struct plan_list *list =
		goes_up && is_stood_on(want, iface) ? &plan->before : &plan->after;
	const char *const words[] = { goes_up ? helper->up : helper->down, iface->file,
				      at_boot && iface->is_target ? "boot" : NULL, NULL };
	struct program program = { .directory = want->directory,
				   .limit_ms = helper->limit_ms };
	struct plan_op op = { .kind = OP_RUN,
			      .pos = helper->pos,
			      .dev = iface->name,
			      .needs = PLAN_NO_OP,
			      .owner = iface->place };

	program.argv = arena_memdup(arena, words, sizeof(words));
	op.program = arena_memdup(arena, &program, sizeof(program));
	return program.argv && op.program
		       ? ARENA_PUSH(arena, list->ops, list->n, list->cap, op)
		       : -ENOMEM;
}

int plan_add_helpers(struct plan *plan, const struct model *want, bool goes_up,
		     bool at_boot)
{
	int r = 0;

	for (size_t i = 0; i < want->n_order && r == 0; i++) {
		const struct iface *iface =
			want->order[goes_up ? i : want->n_order - i - 1];

		if (plan_helper_is_due(want, plan->have, iface, goes_up))
			r = add(plan, want, iface, goes_up, at_boot);
	}
	return r;
}
