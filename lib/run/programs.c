/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs programs before and after the steps of a plan; they may run us again. */
#include "lib/run/programs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/apply/apply.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/model/hooks.h"
#include "lib/plan/helpers.h"
#include "lib/run/stages.h"

/* What we made is saved, so that runs which they start find it and may change it. */
static int run_list(struct run *run, struct plan_op *ops, size_t n,
		    struct apply_result *ret)
{
	const struct plan *plan = run->plan;
	struct plan list = { .ops = ops,
			     .n = n,
			     .owners = plan->owners,
			     .n_owners = plan->n_owners,
			     .have = plan->have };
	const struct apply_observer teller = {
		.before = run->before,
		.arg = run,
	};
	int r, dismissed;

	state_admit(&run->state);
	r = apply_run(&list, run->rtnl, ROLLBACK_NEVER, &teller, run->diag, ret);
	dismissed = state_dismiss(&run->state, run->diag);
	return r < 0 && r != -EIO ? r : dismissed < 0 ? dismissed : r;
}

/* ---- the result of a helper ---- */

/* Return: 0; -EIO, reported, if what it was run for is not there. */
static int judge_expected_link(struct run *run, const struct plan_op *op,
			       const struct iface *iface, const struct snapshot *now)
{
	const char *path = op->program->argv[0];

	if (!run->brings_back || snapshot_link(now, iface->name))
		return 0;
	if (iface->helper->leaves == HELPER_UNKNOWN) {
		diag_warning(run->diag, op->pos, "there is no interface %s after %s",
			     iface->name, path);
		return 0;
	}
	if (iface->helper->leaves != HELPER_LINK)
		return 0;
	diag_error(run->diag, op->pos, "there is no interface %s after %s", iface->name,
		   path);
	diag_hint(run->diag, "the helper ended without an error: look into its log");
	return -EIO;
}

/* Checks a helper that succeeded. Return: as above, or another negative errno. */
static int judge_helper(struct run *run, const struct plan_op *op,
			const struct iface *iface, struct apply_result *result)
{
	_cleanup_snapshot_ struct snapshot *now = NULL, *made = NULL;
	int r = snapshot_take(run->rtnl, run->diag, &now);

	if (r == 0)
		r = judge_expected_link(run, op, iface, now);
	if (r == -EIO)
		result->outcomes[op->owner] = OUTCOME_KEPT;
	if (r < 0 || iface->helper->leaves != HELPER_NOTHING)
		return r;
	r = state_load(&run->state, run->options.rundir, run->diag, &made);
	if (r == 0)
		plan_note_helper(now, iface, run->brings_back, made);
	return r == 0 ? state_save(&run->state, made, NULL, run->diag) : r;
}

/* ---- which programs there are ---- */

/* Hooks run as root: one that others can write is not run. */
static void drop_unsafe_hooks(struct run *run, struct snapshot *now)
{
	const bool is_told = run->has_unsafe_hook;

	for (struct snap_program *at = now->programs; at; at = at->next) {
		const char *flaw = NULL;
		struct stat st;

		if (!at->path || !hook_is_path(at->path))
			continue;
		if (stat(at->path, &st) < 0)
			flaw = language_error(errno);
		else if (file_is_safe(&st, at->path))
			continue;
		if (!is_told && flaw) {
			diag_error(run->diag, (struct pos){ at->path, 0 },
				   _("cannot be read: %s"), flaw);
		} else if (!is_told) {
			diag_error(
				run->diag, (struct pos){ at->path, 0 },
				_("others than root can write this hook: it is not run"));
			diag_hint_words(run->diag, FILE_SAFE_HINT, at->path, at->path);
		}
		at->path = NULL;
		run->has_unsafe_hook = true;
	}
}

void programs_find(struct run *run, struct snapshot *now, bool hooks)
{
	const struct model *want = run->want;

	for (size_t i = 0; i < want->n_programs; i++)
		if (hooks || !hook_is_path(want->programs[i]))
			snapshot_find_programs(now, &want->programs[i], 1);
	if (hooks && !run->options.model.insecure)
		drop_unsafe_hooks(run, now);
}

/* ---- before ---- */

/* The interface itself, or its port of that name; NULL if it is neither. */
static const struct iface *named_among(const struct iface *iface, const char *name)
{
	return strcmp(iface->name, name) == 0 ? iface : iface_port(iface, name);
}

/* Stacked interfaces have no steps of their own: they go down on behalf of the target. */
static const struct iface *iface_of_step(const struct run *run, const struct plan_op *op)
{
	const struct model *want = run->want;
	const struct iface *iface = named_among(want->order[op->owner], op->dev);

	for (size_t i = 0; !iface && i < want->n_uppers; i++)
		iface = named_among(want->uppers[i], op->dev);
	return iface ? iface : want->order[op->owner];
}

static void note_ran(struct run *run, const struct iface *iface, unsigned int what)
{
	struct snap_ran_for *ran = memory_zeroed(1, sizeof(*ran));

	ran->next = run->ran;
	ran->name = memory_dup(iface->name);
	ran->what = what;
	run->ran = ran;
}

void programs_forget(struct run *run)
{
	while (run->ran) {
		struct snap_ran_for *ran = run->ran;

		run->ran = ran->next;
		free(ran->name);
		free(ran);
	}
}

/* Failures of hooks do not matter; an owner has only one helper. */
static int note_run(struct run *run, const struct plan_op *op,
		    struct apply_result *result)
{
	const struct iface *iface = iface_of_step(run, op);
	bool failed;
	int r = 0;

	if (op->is_wish) {
		note_ran(run, iface, SNAP_RAN_HOOK);
		return 0;
	}
	if (result->outcomes[op->owner] == OUTCOME_DONE)
		r = judge_helper(run, op, iface, result);
	failed = result->outcomes[op->owner] != OUTCOME_DONE;
	note_ran(run, iface, SNAP_RAN_HELPER | (failed ? SNAP_RAN_HELPER_FAILED : 0));
	run->helper_failed |= failed;
	return r == -EIO ? 0 : r;
}

int run_before(struct run *run)
{
	while (run->plan->before.n) {
		_cleanup_(apply_result_release) struct apply_result result = { 0 };
		const struct plan_list *list = &run->plan->before;
		int r = run_list(run, list->ops, list->n, &result);

		for (size_t i = 0;
		     i < list->n && result.outcomes && (r == 0 || r == -EIO); i++) {
			int noted = note_run(run, &list->ops[i], &result);

			r = noted < 0 ? noted : r;
		}
		if (r < 0 && r != -EIO) {
			run->status = EXIT_FAILED;
			return -1;
		}
		if (run_renew(run) < 0)
			return -1;
	}
	return 0;
}

/* ---- after ---- */

/* An interface whose helper failed has failed, too. */
static void add_outcomes(struct run *run, const struct apply_result *more)
{
	size_t n = run->plan->n_owners;

	if (!run->result.outcomes)
		run->result.outcomes =
			memory_zeroed(n + 1, sizeof(*run->result.outcomes));
	for (size_t i = 0; i < n; i++)
		if (run->result.outcomes[i] == OUTCOME_DONE)
			run->result.outcomes[i] = more->outcomes[i];
}

/*
 * Another helper may have done it meanwhile, as the helper of a switch does for its
 * ports.
 */
static int ask_due(struct run *run, const struct plan_op *op, bool *ret)
{
	_cleanup_snapshot_ struct snapshot *now = NULL, *made = NULL;
	int r;

	*ret = true;
	if (op->is_wish)
		return 0;
	r = snapshot_take(run->rtnl, run->diag, &now);
	if (r == 0)
		r = state_load(&run->state, run->options.rundir, run->diag, &made);
	if (r < 0)
		return r;
	now->ran = run->ran;
	*ret = plan_helper_is_due(run->want, now, made, run->want->order[op->owner],
				  run->brings_back);
	return r;
}

static int run_one_after(struct run *run, struct plan_op *op)
{
	_cleanup_(apply_result_release) struct apply_result result = { 0 };
	bool is_due;
	int r = ask_due(run, op, &is_due);

	if (r < 0 || !is_due)
		return r;
	r = run_list(run, op, 1, &result);
	if (r == 0 && !op->is_wish)
		r = judge_helper(run, op, run->want->order[op->owner], &result);
	if (r == -EIO)
		add_outcomes(run, &result);
	return r;
}

int run_after(struct run *run)
{
	const struct plan_list *list = &run->plan->after;
	int result = 0;

	for (size_t i = 0; i < list->n; i++) {
		int r = run_has_failed(run, list->ops[i].owner)
				? 0
				: run_one_after(run, &list->ops[i]);

		if (r < 0 && r != -EIO)
			return r;
		result = r < 0 ? r : result;
	}
	return result;
}
