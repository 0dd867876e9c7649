/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks whether what was applied is in effect, and repairs what others have undone. */
#include "lib/run/stages.h"

#include <errno.h>

#include "lib/run/scope.h"

/* A step of the second plan shows that a change of the first one is not in effect. */
static void tell_left_over(struct run *run, const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(op, &line);
	diag_about(run->diag, op->dev);
	if (op->kind == OP_RUN) { /* its failure was reported */
		diag_note(run->diag, op->pos, "has had no effect: %s",
			  strbuf_text(&line));
		return;
	}
	if (op->is_wish) {
		diag_warning(run->diag, op->pos, "refused for now: %s",
			     strbuf_text(&line));
		diag_hint(run->diag, "run ifup again when the link of the port is up");
		return;
	}
	diag_error(run->diag, op->pos,
		   "the kernel accepted this, but it is not in effect: %s",
		   strbuf_text(&line));
	diag_hint(run->diag,
		  "another program may be changing the same interface, or this "
		  "kernel's driver may be too old for it");
}

static void tell_repaired(struct run *run, const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(op, &line);
	diag_about(run->diag, op->dev);
	diag_note(run->diag, op->pos,
		  "somebody else removed this meanwhile; setting it again: %s",
		  strbuf_text(&line));
	diag_about(run->diag, NULL);
}

/* Interfaces of the model have the same number in both plans; others do not matter. */
static bool is_owner_settled(const struct run *run, size_t owner)
{
	return owner < run->want->n_order && run->result.outcomes[owner] != OUTCOME_DONE;
}

static void judge_left_over(struct run *run, const struct plan_op *op)
{
	/* Waiting is not a change, and a missing lease has been reported. */
	if (is_owner_settled(run, op->owner) || op->kind == OP_LINK_WAIT ||
	    op->kind == OP_DAD_WAIT || (op->kind == OP_DHCP_START && op->is_wish))
		return;
	tell_left_over(run, op);
	if (!op->is_wish && op->owner < run->plan->n_owners)
		run->result.outcomes[op->owner] = OUTCOME_KEPT;
	run->n_left_over += !op->is_wish;
}

/* How often changes undone by other programs are made again. */
#define REPAIRS_MAX 2

/*
 * Changes that another program undoes when it changes the same interface at the same
 * time: keepalived moves an address, and the routes through it are removed. Making them
 * again disturbs nobody. If other changes are not in effect, the kernel did not make
 * them.
 */
static bool is_repairable(const struct plan_op *op, void *arg)
{
	const struct run *run = arg;

	if (op->is_wish || is_owner_settled(run, op->owner))
		return false;
	return op->kind == OP_ADDR_ADD || op->kind == OP_ROUTE_ADD ||
	       op->kind == OP_RULE_ADD || op->kind == OP_RULE_DEL;
}

/*
 * A failure here is found, and reported, by the next look. Return: whether it was tried.
 */
static bool repair(struct run *run, struct plan *plan)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const struct apply_observer teller = { .before = run->before, .arg = run };
	struct apply_result result = { 0 };
	bool any = false;

	for (size_t i = 0; i < plan->n; i++)
		any |= is_repairable(&plan->ops[i], run);
	if (!any)
		return false;
	plan_keep_steps(plan, is_repairable, run);
	for (size_t i = 0; i < plan->n; i++)
		tell_repaired(run, &plan->ops[i]);
	apply_run(plan, run->rtnl, ROLLBACK_NEVER, &teller, unheard, &result);
	apply_result_release(&result);
	return true;
}

/*
 * Return: 0; -EAGAIN if something was changed again, and another look is needed; -errno.
 */
static int look_for_left_over(struct run *run, bool repairs)
{
	_cleanup_snapshot_ struct snapshot *now = NULL;
	_cleanup_plan_ struct plan *plan = NULL;
	_cleanup_diag_ struct diag *findings = diag_new();
	int r = stage_look_again(run, run->plan->made, true, &now);

	if (r == 0)
		r = run->make_plan(run->want, now, run->plan->made, findings, &plan);
	if (r == 0 && now->is_part &&
	    !(diag_is_empty(findings) && scope_holds(plan, now))) {
		run->needs_all = true;
		return -EAGAIN;
	}
	if (r == 0 && repairs && repair(run, plan))
		return -EAGAIN;
	diag_merge_new(run->diag, findings);
	for (size_t i = 0; r == 0 && i < plan->n; i++)
		judge_left_over(run, &plan->ops[i]);
	diag_about(run->diag, NULL); /* names are freed with their plan */
	return r;
}

int stage_verify(struct run *run)
{
	int r = -EAGAIN;

	/*
	 * The second look and plan take as much memory as the first; but changes under
	 * --try may still have to be rolled back.
	 */
	if (!run->options.try.is_wanted) {
		plan_drop_steps(run->plan);
		snapshot_free(TAKE_PTR(run->have));
	}
	for (int i = 0; r == -EAGAIN; i++)
		r = look_for_left_over(run, i < REPAIRS_MAX);
	return r < 0 ? r : run->n_left_over ? -EIO : 0;
}
