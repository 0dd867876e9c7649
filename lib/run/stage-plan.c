/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stage that makes the plan, on as much of the kernel as it needs. */
#include "lib/run/stages.h"

#include <errno.h>

#include "lib/plan/helpers.h"
#include "lib/plan/hooks.h"
#include "lib/run/scope.h"

/* What is missing may exist once the hooks have been run. */
static int make_plan(struct run *run, struct diag *diag)
{
	const bool at_boot = run->options.boot || run->options.all;
	int r = run->make_plan(run->want, run->have, run->made, diag, &run->plan);

	if (r == -ENODEV && run->brings_back && !run->options.dry_run)
		return plan_hooks_alone(run->want, run->have, run->made, at_boot, diag,
					&run->plan);
	if (r == 0 && !run->options.diff)
		plan_add_hooks(run->plan, run->want, run->brings_back, at_boot);
	if (r == 0 && !run->options.diff) {
		plan_add_helpers(run->plan, run->want, run->brings_back, at_boot);
		return 0;
	}
	return r;
}

/*
 * A plan for one interface of many is made on a part of the kernel's state. If it changes
 * something that others are stacked on, or has something to report, it is made again on all
 * of it.
 */
static int make_plan_on_enough(struct run *run, struct diag **findings)
{
	int r = make_plan(run, *findings);

	if (!run->have->is_part ||
	    (r == 0 && diag_is_empty(*findings) && scope_holds(run->plan, run->have)))
		return r;
	run->needs_all = true;
	plan_free(TAKE_PTR(run->plan));
	snapshot_free(TAKE_PTR(run->have));
	diag_free(*findings);
	*findings = diag_new();
	diag_set_strict(*findings, run->options.strict);
	r = stage_look_first(run);
	return r < 0 ? r : make_plan(run, *findings);
}

/* An answer that is awaited about an address, which is there already, is no difference. */
static void forget_mere_waits(struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->ops[i].kind != OP_DAD_WAIT)
			return;
	plan->n = 0;
}

/* If a plan is made again, only the messages of the last one are reported. */
int run_plan(struct run *run)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	int r = 0;
	size_t errors;

	diag_set_strict(findings, run->options.strict);
	r = make_plan_on_enough(run, &findings);
	if (r == 0)
		plan_tell_lost(run->plan, findings);
	if (r == 0 && run->options.dry_run)
		forget_mere_waits(run->plan);
	errors = diag_errors(findings);
	if (r == 0 && run->plan->before.n && !run->options.dry_run)
		errors = 0;
	else
		diag_merge_new(run->diag, findings);
	if (r < 0)
		return run_over(run, r, EXIT_FAILED);
	/*
	 * With --strict, what would be ignored is an error; with -a, one failure does not
	 * stop others.
	 */
	if (errors && (!run->options.all || run->options.strict))
		return run_over(run, -EINVAL, EXIT_CONFIG);
	return 0;
}

static void forget_plan(struct run *run)
{
	plan_free(TAKE_PTR(run->plan));
	snapshot_free(TAKE_PTR(run->have));
	snapshot_free(TAKE_PTR(run->made));
}

int run_renew(struct run *run)
{
	int r;

	forget_plan(run);
	r = state_load(&run->state, run->options.rundir, run->diag, &run->made);
	if (r == 0)
		r = stage_look_first(run);
	return r < 0 ? run_over(run, r, EXIT_FAILED) : run_plan(run);
}
