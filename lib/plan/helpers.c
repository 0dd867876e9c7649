/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which helpers a plan needs, and whether before or after its steps. */
#include "lib/plan/helpers.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>

/* ---- whether ---- */

static bool is_iface_up(const struct snapshot *have, const struct iface *iface)
{
	const struct snap_link *link = snapshot_link(have, iface->name);

	return link && link->flags & IFF_UP;
}

/* struct note - the record of a helper, in the form of a program that was run */
struct note {
	const char *words[4];
	char on[IFNAMSIZ + 16];
};

/*
 * The bridge is recorded by number: a bridge that was created again no longer has the
 * port.
 */
static void write_note(const struct snapshot *have, const struct iface *iface,
		       struct note *ret)
{
	const char *on = iface->helper->on;
	const struct snap_link *bridge = on ? snapshot_link(have, on) : NULL;

	*ret = (struct note){ .words = { iface->helper->up, iface->file } };
	if (!on)
		return;
	snprintf(ret->on, sizeof(ret->on), "%.15s:%d", on, bridge ? bridge->ifindex : 0);
	ret->words[2] = ret->on;
}

bool plan_helper_was_run(const struct snapshot *have, const struct snapshot *made,
			 const struct iface *iface)
{
	const struct snap_link *link = made ? snapshot_link(made, iface->name) : NULL;
	struct note note;

	write_note(have, iface, &note);
	return link && snap_link_run(link, note.words);
}

void plan_note_helper(const struct snapshot *have, const struct iface *iface,
		      bool goes_up, struct snapshot *made)
{
	struct snap_link *link = snapshot_link(made, iface->name);
	struct note note;

	if (iface->helper->leaves != HELPER_NOTHING)
		return;
	while (link && link->runs)
		snap_link_drop_run(link, link->runs);
	if (!goes_up)
		return;
	if (!link)
		link = snapshot_add_link(made, iface->name, 0);
	write_note(have, iface, &note);
	snapshot_add_run(made, link, note.words);
}

bool plan_helper_is_due(const struct model *want, const struct snapshot *have,
			const struct snapshot *made, const struct iface *iface,
			bool goes_up)
{
	const struct helper *helper = iface->helper;

	if (!helper || want->alias || snapshot_ran(have, iface->name) & SNAP_RAN_HELPER)
		return false;
	if (!goes_up && (!helper->down || !iface->is_target))
		return false;
	if (iface == want->target)
		return true;
	if (goes_up && helper->leaves == HELPER_NOTHING)
		return !plan_helper_was_run(have, made, iface);
	return is_iface_up(have, iface) != goes_up;
}

/* ---- when ---- */

/* An interface in the order that was not requested is there for another one. */
static bool is_stood_on(const struct model *want, const struct iface *iface)
{
	if (!iface->is_target || iface_is_port(iface))
		return true;
	for (size_t i = iface->place + 1; i < want->n_order; i++)
		if (want->order[i]->parent == iface)
			return true;
	return false;
}

static void add_helper(struct plan *plan, const struct model *want,
		       const struct iface *iface, bool goes_up, bool at_boot)
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
	ARENA_PUSH(arena, list->ops, list->n, list->cap, op);
}

void plan_add_helpers(struct plan *plan, const struct model *want, bool goes_up,
		      bool at_boot)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface =
			want->order[goes_up ? i : want->n_order - i - 1];

		if (plan_helper_is_due(want, plan->have, plan->made, iface, goes_up))
			add_helper(plan, want, iface, goes_up, at_boot);
	}
}
