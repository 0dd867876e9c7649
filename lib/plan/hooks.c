/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which hooks a plan needs: those of the interfaces that it changes, and no others. */
#include "lib/plan/hooks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/text.h"
#include "lib/model/hooks.h"
#include "lib/plan/helpers.h"
#include "lib/plan/planner.h"

/**
 * struct hooks - hooks being added to a plan
 * @before, @behind: the programs; NULL if they are not installed
 * @owner: the owner in the plan for which hooks are being added
 * @is_changed: one for each of the plan's owners
 * @devices: the names of all @n_devices links that steps act on, sorted
 */
struct hooks {
	struct plan *plan;
	const struct model *want;
	const char *before, *behind;
	bool goes_up, at_boot;
	size_t owner;
	bool *is_changed;
	const char **devices;
	size_t n_devices;
};

/* ---- what the plan changes ---- */

static void note_changed_links(struct hooks *hooks)
{
	struct plan *plan = hooks->plan;

	hooks->is_changed = arena_alloc(plan->arena, plan->n_owners + 1);
	hooks->devices =
		arena_alloc(plan->arena, (plan->n + 1) * sizeof(*hooks->devices));
	for (size_t i = 0; i < plan->n; i++) {
		hooks->is_changed[plan->ops[i].owner] = true;
		if (plan->ops[i].dev)
			hooks->devices[hooks->n_devices++] = plan->ops[i].dev;
	}
	if (hooks->n_devices)
		qsort(hooks->devices, hooks->n_devices, sizeof(*hooks->devices),
		      text_order);
}

static bool is_hooked(const struct hooks *hooks, const struct iface *iface)
{
	return snapshot_ran(hooks->plan->have, iface->name) & SNAP_RAN_HOOK;
}

/* An interface that cannot come up as wanted yet may be able to after its hook. */
static bool is_changed(const struct hooks *hooks, const struct iface *iface)
{
	const struct plan_owner *owner = &hooks->plan->owners[iface->place];

	return hooks->is_changed[iface->place] || is_hooked(hooks, iface) ||
	       owner->has_failed || owner->hooks_due ||
	       (hooks->want->step && iface == hooks->want->target) ||
	       plan_helper_is_due(hooks->want, hooks->plan->have, hooks->plan->made,
				  iface, hooks->goes_up);
}

/*
 * For interfaces without steps of their own: ports, and what goes down with the target.
 */
static bool is_touched(const struct hooks *hooks, const struct iface *iface)
{
	return is_hooked(hooks, iface) ||
	       (hooks->n_devices &&
		bsearch(&iface->name, hooks->devices, hooks->n_devices,
			sizeof(*hooks->devices), text_order));
}

/* ---- one hook ---- */

static void add_hook(struct hooks *hooks, struct plan_list *list, const char *path,
		     const struct iface *iface, const char *argument, bool at_boot)
{
	struct arena *arena = hooks->plan->owner_arena;
	/* Copied, because the snapshot is not kept that long. */
	const char *const words[] = { arena_strdup(arena, path),
				      arena_strdup(arena, argument),
				      at_boot ? "boot" : NULL, NULL };
	struct program program = { .directory = hooks->want->directory,
				   .limit_ms = iface->hook_limit_ms };
	struct plan_op op = { .kind = OP_RUN,
			      .pos = iface->pos,
			      .dev = iface->name,
			      .needs = PLAN_NO_OP,
			      .owner = hooks->owner,
			      .is_wish = true };

	program.argv = arena_memdup(arena, words, sizeof(words));
	op.program = arena_memdup(arena, &program, sizeof(program));
	ARENA_PUSH(arena, list->ops, list->n, list->cap, op);
}

static void add_before(struct hooks *hooks, const struct iface *iface,
		       const char *argument, bool at_boot)
{
	if (hooks->before && argument && !is_hooked(hooks, iface))
		add_hook(hooks, &hooks->plan->before, hooks->before, iface, argument,
			 at_boot);
}

/* A helper's work ends with a step of ours, which has the hook run. */
static bool runs_helper(const struct hooks *hooks, const struct iface *iface)
{
	return iface->helper && (hooks->goes_up || iface->helper->down);
}

static void add_behind(struct hooks *hooks, const struct iface *iface,
		       const char *argument)
{
	if (hooks->behind && !runs_helper(hooks, iface))
		add_hook(hooks, &hooks->plan->after, hooks->behind, iface, argument,
			 false);
}

/* ---- up ---- */

/* A port that is of a kind of its own has its place in the order. */
static bool is_mere_port(const struct iface *port)
{
	return port->order != IFACE_IN_ORDER;
}

static void before_port(struct hooks *hooks, const struct iface *port)
{
	if (is_mere_port(port) && is_touched(hooks, port))
		add_before(hooks, port, port->file, false);
}

static void before_up(struct hooks *hooks, const struct iface *iface)
{
	const char *file = hooks->want->alias ? hooks->want->alias_file : iface->file;

	add_before(hooks, iface, file, hooks->at_boot && iface->is_target);
	for (size_t i = 0; i < iface->n_ports; i++)
		before_port(hooks, iface->ports[i]);
}

/* The label of an alias that comes up now and has a hook; NULL for other steps. */
static const char *new_alias(const struct plan_op *op, const struct iface *iface)
{
	const struct want_addr *want;

	if (op->kind != OP_ADDR_ADD || op->owner != iface->place)
		return NULL;
	want = planner_wanted_addr(iface, op->addr);
	return want && want->alias && !want->is_unhooked ? op->addr->label : NULL;
}

/* An alias may have several consecutive addresses. */
static void behind_aliases(struct hooks *hooks, const struct iface *iface)
{
	const char *last = "";

	for (size_t i = 0; i < hooks->plan->n; i++) {
		const char *label = new_alias(&hooks->plan->ops[i], iface);

		if (!label || strcmp(label, last) == 0)
			continue;
		add_behind(hooks, iface, label);
		last = label;
	}
}

static bool has_aliases(const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface->addrs[i].alias)
			return true;
	return false;
}

static void behind_up(struct hooks *hooks, const struct iface *iface)
{
	if (iface_is_port(iface))
		return;
	if (has_aliases(iface))
		behind_aliases(hooks, iface);
	if (!hooks->want->alias)
		add_behind(hooks, iface, iface->name);
}

static void add_up(struct hooks *hooks)
{
	const struct model *want = hooks->want;

	for (size_t i = 0; i < want->n_order; i++)
		if (is_changed(hooks, want->order[i])) {
			hooks->owner = i;
			before_up(hooks, want->order[i]);
			if (!hooks->plan->owners[i].has_failed)
				behind_up(hooks, want->order[i]);
		}
}

/* ---- down ---- */

/* When a bond is deleted, its ports go down without a step of their own. */
static bool goes_down_with(const struct hooks *hooks, const struct iface *port,
			   const struct iface *bond)
{
	const struct snap_link *nic = snapshot_link(hooks->plan->have, port->name);
	const struct snap_link *link = snapshot_link(hooks->plan->have, bond->name);

	return nic && link && nic->master == link->ifindex;
}

/* A port that is taken down itself, or as an upper link, has hooks of its own there. */
static bool is_down_port(const struct hooks *hooks, const struct iface *port,
			 const struct iface *master)
{
	return !(port->is_target && is_changed(hooks, port)) &&
	       !model_has_upper(hooks->want, port) &&
	       (is_touched(hooks, port) ||
		(iface_is_bond_port(port) && goes_down_with(hooks, port, master)));
}

static void add_down_port(struct hooks *hooks, const struct iface *port)
{
	add_before(hooks, port, port->name, false);
	add_behind(hooks, port, port->name);
}

static void add_down_one(struct hooks *hooks, const struct iface *iface)
{
	const char *alias = hooks->want->alias;
	const char *name = alias ? alias : iface->name;

	add_before(hooks, iface, name, false);
	for (size_t i = 0; i < iface->n_ports && !alias; i++)
		if (is_down_port(hooks, iface->ports[i], iface))
			add_down_port(hooks, iface->ports[i]);
	add_behind(hooks, iface, name);
}

/* Upper links first, in the order in which they go down. */
static void add_down(struct hooks *hooks)
{
	const struct model *want = hooks->want;

	hooks->owner = want->target ? want->target->place : 0;
	for (size_t i = want->n_uppers; i-- > 0;)
		if (is_touched(hooks, want->uppers[i]))
			add_down_one(hooks, want->uppers[i]);
	for (size_t i = want->n_order; i-- > 0;)
		if (want->order[i]->is_target && is_changed(hooks, want->order[i])) {
			hooks->owner = i;
			add_down_one(hooks, want->order[i]);
		}
}

/* ---- the whole ---- */

/* The hooks before were run before the helper, and those after are for its last step. */
static void omit_for_step(struct hooks *hooks, enum helper_step step)
{
	if (step)
		hooks->before = NULL;
	if (step && step != STEP_ETH && step != STEP_POST)
		hooks->behind = NULL;
}

void plan_add_hooks(struct plan *plan, const struct model *want, bool goes_up,
		    bool at_boot)
{
	const char *const *paths =
		&hook_paths[goes_up ? HOOK_BEFORE_UP : HOOK_BEFORE_DOWN];
	struct hooks hooks = { .plan = plan,
			       .want = want,
			       .before = snapshot_program(plan->have, paths[0]),
			       .behind = snapshot_program(plan->have, paths[1]),
			       .goes_up = goes_up,
			       .at_boot = at_boot };

	omit_for_step(&hooks, want->step);
	if (!hooks.before && !hooks.behind)
		return;
	note_changed_links(&hooks);
	if (goes_up)
		add_up(&hooks);
	else
		add_down(&hooks);
}

int plan_hooks_alone(const struct model *want, const struct snapshot *have,
		     const struct snapshot *made, bool at_boot, struct diag *diag,
		     struct plan **ret_plan)
{
	_cleanup_plan_ struct plan *plan = NULL;
	struct planner p;
	int r = 0;

	planner_start(&p, want, have, made, diag);
	r = planner_finish(&p, r, &plan);
	for (size_t i = 0; r == 0 && i < plan->n_owners; i++)
		plan->owners[i].has_failed = true;
	if (r == 0)
		plan_add_hooks(plan, want, true, at_boot);
	if (r == 0)
		plan_add_helpers(plan, want, true, at_boot);
	if (r == 0 && !plan->before.n)
		r = -ENODEV;
	if (r == 0)
		*ret_plan = TAKE_PTR(plan);
	return r;
}
