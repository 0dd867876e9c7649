/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does the steps of a plan. When one fails on an interface that was up, the steps done for
 * that interface, and for what stands on it, are undone; others go on.
 *
 * rtnetlink changes wait in a queue and travel together. The queue is sent before a step
 * that is more than such a change, and before one that builds on a link whose creation
 * is still queued: its index must not be used until the link is known to bear it. Other
 * steps travel right behind the one they need; when that fails they fail, too, or do no
 * harm, and only the first failure is told.
 */
#include "lib/apply/apply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/apply/direct.h"
#include "lib/apply/message.h"
#include "lib/apply/refused.h"
#include "lib/apply/step.h"
#include "lib/apply/tell.h"
#include "lib/rtnl/rtnl.h"

struct job {
	const struct plan *plan;
	struct rtnl *rtnl;
	const struct apply_observer *observer;
	struct diag *diag;
	struct step *steps;  /* one for each of the plan's */
	struct step *queued; /* without an answer yet, in order */
	struct step **queued_end;
	enum apply_rollback rollback;
	enum apply_outcome *outcomes; /* one for each of the plan's owners */
	size_t failures;
	bool undoing;
};

/* The step that must have succeeded before @step; NULL when there is none. */
static struct step *step_needed(const struct job *job, const struct step *step)
{
	if (job->undoing || step->op->needs == PLAN_NO_OP)
		return NULL;
	return &job->steps[step->op->needs];
}

static bool is_in_vain(const struct job *job, const struct step *step)
{
	const struct step *needed = step_needed(job, step);

	return needed && (needed->state == STEP_FAILED || needed->state == STEP_LEFT_OUT);
}

static bool is_undone_for(const struct job *job, const struct plan_owner *owner,
			  enum failure_wish failure)
{
	switch (job->rollback) {
	case ROLLBACK_AUTO:
		return failure == FAILURE_FATAL ||
		       (failure == FAILURE_USUAL && owner->was_up);
	case ROLLBACK_ALWAYS:
		return true;
	case ROLLBACK_NEVER:
		break;
	}
	return false;
}

static bool stands_on_undone(const struct job *job, const struct plan_owner *owner)
{
	for (size_t i = 0; i < owner->n_below; i++)
		if (job->outcomes[owner->below[i]] == OUTCOME_UNDONE)
			return true;
	return false;
}

/* Lower ones come first, so one look at each is enough. */
static void doom(struct job *job, const struct plan_op *op)
{
	const struct plan *plan = job->plan;
	const size_t failed = op->owner;

	if (job->outcomes[failed] == OUTCOME_UNDONE)
		return;
	if (!is_undone_for(job, &plan->owners[failed], op->failure)) {
		job->outcomes[failed] = OUTCOME_KEPT;
		return;
	}
	job->outcomes[failed] = OUTCOME_UNDONE;
	for (size_t i = 0; i < plan->n_owners; i++)
		if (stands_on_undone(job, &plan->owners[i]))
			job->outcomes[i] = OUTCOME_UNDONE;
}

/* Whether trying the step has no point: what its interface came to will be undone. */
static bool is_doomed(const struct job *job, const struct step *step)
{
	return !job->undoing && job->outcomes[step->op->owner] == OUTCOME_UNDONE;
}

static void count_failure(struct job *job, const struct step *step)
{
	job->failures++;
	if (!job->undoing)
		doom(job, step->op);
}

/* Draws the conclusion from a step's reply. */
static void settle(struct job *job, struct step *step)
{
	struct rtnl_reply *reply = &step->reply;

	if (reply->error == 0 || message_was_needless(step->op->kind, reply->error)) {
		step->state = STEP_DONE;
		return;
	}
	step->state = step->op->is_wish ? STEP_LEFT_OUT : STEP_FAILED;
	if (!step->op->is_wish)
		count_failure(job, step);
	if (!is_in_vain(job, step))
		tell_failure(step->op, reply, job->undoing, job->diag);
}

/* Once more, without what the driver refused, until there is no such thing. */
static int insist(struct job *job, struct step *step)
{
	const struct apply_observer *observer = job->observer;
	enum bond_option_id id;
	int r = 0;

	diag_about(job->diag, step->op->dev);
	while (r == 0 && step->reply.error == -EINVAL && !step->op->is_wish &&
	       refused_narrow(step, job->diag, &id)) {
		if (observer && observer->refused)
			observer->refused(step->op, id, observer->arg);
		rtnl_reply_release(&step->reply);
		r = message_send(job->rtnl, step->op, job->plan->have, &step->reply);
	}
	return r;
}

static void forget_queue(struct job *job)
{
	job->queued = NULL;
	job->queued_end = &job->queued;
}

static int flush(struct job *job)
{
	int r = rtnl_flush(job->rtnl);

	for (struct step *step = job->queued; r == 0 && step; step = step->next) {
		r = insist(job, step);
		if (r == 0)
			settle(job, step);
	}
	forget_queue(job);
	return r;
}

static int enqueue(struct job *job, struct step *step)
{
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;

	step->reply.error = message_build(step->op, job->plan->have, &msg);
	if (step->reply.error < 0) {
		settle(job, step);
		return 0;
	}
	*job->queued_end = step;
	job->queued_end = &step->next;
	return rtnl_queue(job->rtnl, msg, &step->reply);
}

static int run_direct(struct job *job, struct step *steps, size_t n)
{
	/* What is done to undo is no news. */
	const struct direct_env env = { job->rtnl, job->undoing ? NULL : job->observer,
					job->diag };
	int r = direct_run(&env, steps, n);

	for (size_t i = 0; r == 0 && i < n; i++)
		if (steps[i].state == STEP_STARTED)
			settle(job, &steps[i]);
	return r;
}

/* Whether the step stands on a link that may turn out not to be. */
static bool awaits_creation(const struct job *job, const struct step *step)
{
	const struct step *needed = step_needed(job, step);

	return needed && needed->state == STEP_STARTED && needed->op->kind == OP_LINK_ADD;
}

static void start_one(struct job *job, struct step *step)
{
	const struct apply_observer *observer = job->observer;

	if (is_in_vain(job, step) || is_doomed(job, step)) {
		step->state = STEP_LEFT_OUT;
		return;
	}
	step->state = STEP_STARTED;
	if (observer && observer->before)
		step->reply.error = observer->before(step->op, observer->arg);
	if (step->reply.error < 0)
		settle(job, step);
}

/* Does steps of one kind, @n of them; more than one only if they are not for the queue. */
static int start(struct job *job, struct step *steps, size_t n)
{
	bool direct = !message_exists(steps->op->kind);
	int r;

	if (direct || awaits_creation(job, steps)) {
		r = flush(job);
		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < n; i++)
		start_one(job, &steps[i]);
	if (direct)
		return run_direct(job, steps, n);
	r = steps->state == STEP_STARTED ? enqueue(job, steps) : 0;
	/* An option that is refused is left out before anything relies on the rest. */
	return r == 0 && steps->op->kind == OP_BOND_SET ? flush(job) : r;
}

/* How many steps from @first on are done side by side. */
static size_t batch_length(const struct plan *plan, size_t first)
{
	enum plan_op_kind kind = plan->ops[first].kind;
	size_t n = 1;

	/* Of programs, each may rely on the one before. */
	if (message_exists(kind) || kind == OP_RUN)
		return 1;
	while (first + n < plan->n && plan->ops[first + n].kind == kind)
		n++;
	return n;
}

static int do_steps(struct job *job)
{
	size_t n;

	for (size_t i = 0; i < job->plan->n; i += n) {
		int r;

		n = batch_length(job->plan, i);
		r = start(job, &job->steps[i], n);
		if (r < 0)
			return r;
	}
	return flush(job);
}

/* The driver keeps the options that came before a refused one. */
static bool left_traces(const struct step *step)
{
	return step->state == STEP_DONE ||
	       (step->state == STEP_FAILED && step->op->kind == OP_BOND_SET);
}

static int undo(struct job *job, const struct plan_op *op)
{
	for (size_t i = 0; i < op->n_undo; i++) {
		struct step step = { .op = &op->undo[i] };
		int r = start(job, &step, 1);

		if (r == 0)
			r = flush(job);
		forget_queue(job); /* nothing waits there, or it is given up */
		rtnl_reply_release(&step.reply);
		free(step.narrowed);
		if (r < 0)
			return r;
	}
	return 0;
}

static void tell_undone(const struct job *job)
{
	for (size_t i = 0; i < job->plan->n_owners; i++)
		if (job->outcomes[i] == OUTCOME_UNDONE) {
			diag_about(job->diag, job->plan->owners[i].name);
			diag_warning(job->diag, (struct pos){ 0 },
				     "%s is as it was before: the steps done before the "
				     "failure were undone",
				     job->plan->owners[i].name);
		}
}

/* Whether the step has an effect that will have to go. */
static bool is_to_be_undone(const struct job *job, const struct step *step)
{
	return job->outcomes[step->op->owner] == OUTCOME_UNDONE && left_traces(step);
}

/* Return: 0; a negative errno when the socket failed. */
static int roll_back(struct job *job)
{
	int r = 0;

	job->undoing = true;
	for (size_t i = job->plan->n; r == 0 && i-- > 0;)
		if (is_to_be_undone(job, &job->steps[i]))
			r = undo(job, job->steps[i].op);
	return r;
}

static int do_plan(struct job *job)
{
	int r = do_steps(job);
	size_t failures = job->failures;

	if (r == 0)
		r = roll_back(job);
	if (r == 0 && job->failures == failures)
		tell_undone(job);
	return r;
}

/* What the job came to in the end. */
static int conclude(const struct job *job, int error)
{
	diag_about(job->diag, NULL);
	if (error < 0)
		diag_error(job->diag, (struct pos){ 0 },
			   "gave up half-way, cannot talk to the kernel: %s",
			   strerror(-error));
	return error == 0 && job->failures ? -EIO : error;
}

static void release_steps(struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rtnl_reply_release(&steps[i].reply);
		free(steps[i].narrowed);
	}
}

int apply_run(const struct plan *plan, struct rtnl *rtnl, enum apply_rollback rollback,
	      const struct apply_observer *observer, struct diag *diag,
	      struct apply_result *ret)
{
	_cleanup_free_ struct step *steps = calloc(plan->n + 1, sizeof(*steps));
	struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.steps = steps,
		.queued_end = &job.queued,
		.rollback = rollback,
	};
	int r;

	ret->outcomes = calloc(plan->n_owners + 1, sizeof(*ret->outcomes));
	ret->done = calloc(plan->n + 1, sizeof(*ret->done));
	if (!steps || !ret->outcomes || !ret->done)
		return -ENOMEM;
	job.outcomes = ret->outcomes;
	for (size_t i = 0; i < plan->n; i++)
		steps[i].op = &plan->ops[i];
	r = conclude(&job, do_plan(&job));
	for (size_t i = 0; i < plan->n; i++)
		ret->done[i] =
			left_traces(&steps[i]) && !is_to_be_undone(&job, &steps[i]);
	release_steps(steps, plan->n);
	return r;
}

int apply_revert(const struct plan *plan, struct rtnl *rtnl,
		 const struct apply_observer *observer, struct diag *diag,
		 const struct apply_result *result)
{
	_cleanup_free_ struct step *steps = calloc(plan->n + 1, sizeof(*steps));
	_cleanup_free_ enum apply_outcome *outcomes =
		calloc(plan->n_owners + 1, sizeof(*outcomes));
	struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.steps = steps,
		.queued_end = &job.queued,
		.outcomes = outcomes,
	};

	if (!steps || !outcomes)
		return -ENOMEM;
	for (size_t i = 0; i < plan->n_owners; i++)
		outcomes[i] = OUTCOME_UNDONE;
	for (size_t i = 0; i < plan->n; i++) {
		steps[i].op = &plan->ops[i];
		steps[i].state = result->done[i] ? STEP_DONE : STEP_LEFT_OUT;
	}
	return conclude(&job, roll_back(&job));
}

void apply_result_release(struct apply_result *result)
{
	free(result->outcomes);
	free(result->done);
	*result = (struct apply_result){ 0 };
}
