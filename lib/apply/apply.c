/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Performs the steps of a plan. If one fails on an interface that was up, the steps done
 * for that interface, and for those stacked on it, are undone; others continue.
 *
 * Steps are tried in the order of the plan. One that waits (for carrier, a lease, an
 * answer) holds up only the later steps of its interface and those on its link: steps of
 * other interfaces overtake it.
 *
 * rtnetlink changes are queued and sent together. The queue is flushed before a step that
 * is not just such a change, and before one that is stacked on a link whose creation is
 * still queued: its index must not be used until the link is known to have it. Other
 * steps are sent right after those they need; if one fails, the steps that need it fail
 * too, or do no harm, and only the first failure is reported.
 */
#include "lib/apply/apply.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/apply/direct.h"
#include "lib/apply/message.h"
#include "lib/apply/refused.h"
#include "lib/apply/step.h"
#include "lib/apply/tell.h"
#include "lib/apply/waits.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/plan/renumber.h"
#include "lib/rtnl/rtnl.h"

/* The pause if all remaining steps have to wait. */
#define POLL_MS 20

/* How often to look for a free index, and how far apart. */
#define INDEX_TRIES  8
#define INDEX_STRIDE 64

/*
 * struct lane - the progress of the steps of one owner
 * @waiting: the number of its steps that are waiting, all of one @kind
 * @held_in: the last round in which one of its steps had to be put off
 */
struct lane {
	size_t waiting;
	enum plan_op_kind kind;
	size_t held_in;
};

struct job {
	struct plan *plan;
	struct rtnl *rtnl;
	const struct apply_observer *observer;
	struct diag *diag;
	struct step *steps;  /* one for each step of the plan */
	struct step *queued; /* not answered yet, in order */
	struct step **queued_end;
	enum apply_rollback rollback;
	enum apply_outcome *outcomes; /* one for each owner of the plan */
	size_t failures;
	bool undoing, undoes_failed; /* the latter: a step that failed itself */
	struct direct_env env;
	struct waits *waits;
	struct lane *lanes;  /* one for each owner of the plan */
	struct step **batch; /* steps that are done side by side */
	size_t round, n_waiting;
};

/* The step that must have succeeded before @step; NULL if there is none. */
static struct step *step_needed(const struct job *job, const struct step *step)
{
	if (job->undoing || step->op->needs == PLAN_NO_OP)
		return NULL;
	return &job->steps[step->op->needs];
}

static bool is_step_in_vain(const struct job *job, const struct step *step)
{
	const struct step *needed = step_needed(job, step);

	return needed && (needed->state == STEP_FAILED || needed->state == STEP_LEFT_OUT);
}

/* Whether an earlier step has already done the same. */
static bool is_needless(const struct job *job, const struct step *step)
{
	return !job->undoing && step->op->unless &&
	       job->steps[step->op->unless - 1].state == STEP_DONE;
}

/* Whether a later step tries the same again. */
static bool has_second_try(const struct job *job, const struct step *step)
{
	size_t number;

	if (job->undoing)
		return false;
	number = (size_t)(step - job->steps) + 1;
	for (size_t i = number; i < job->plan->n; i++)
		if (job->plan->ops[i].unless == number)
			return true;
	return false;
}

/*
 * The link cannot be restored: it must not be removed before all earlier steps have
 * succeeded.
 */
static bool is_final(const struct step *step)
{
	return step->op->kind == OP_LINK_DEL && !step->op->n_undo;
}

/* Whether a link of that owner has been removed that no step creates again. */
static bool is_past_return(const struct job *job, size_t owner)
{
	for (size_t i = 0; i < job->plan->n; i++) {
		const struct step *step = &job->steps[i];

		if (step->op->owner == owner && step->state == STEP_DONE &&
		    is_final(step))
			return true;
	}
	return false;
}

static bool is_undone_for(const struct job *job, size_t owner, enum failure_wish failure)
{
	if (is_past_return(job, owner))
		return false;
	switch (job->rollback) {
	case ROLLBACK_AUTO:
		return failure == FAILURE_FATAL ||
		       (failure == FAILURE_USUAL && job->plan->owners[owner].was_up);
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

static bool is_stacked_on(const struct plan_owner *owner, size_t below)
{
	for (size_t i = 0; i < owner->n_below; i++)
		if (owner->below[i] == below)
			return true;
	return false;
}

/* Whether everything that the owner was changed for is undone. */
static bool is_of_no_use(const struct job *job, size_t below)
{
	const struct plan *plan = job->plan;
	bool was_of_use = false;

	for (size_t i = 0; i < plan->n_owners; i++) {
		if (!is_stacked_on(&plan->owners[i], below))
			continue;
		if (job->outcomes[i] != OUTCOME_UNDONE)
			return false;
		was_of_use = true;
	}
	return was_of_use && !plan->owners[below].is_target;
}

/*
 * Interfaces that came up only for others that are undone go down with them, if
 * everything is to be as before.
 */
static void doom_below(struct job *job, size_t failed)
{
	for (size_t i = failed; i-- > 0;)
		if (is_of_no_use(job, i) && !is_past_return(job, i))
			job->outcomes[i] = OUTCOME_UNDONE;
}

/* Lower interfaces come first, so one pass is enough. */
static void doom(struct job *job, size_t failed, enum failure_wish failure)
{
	const struct plan *plan = job->plan;

	if (job->outcomes[failed] == OUTCOME_UNDONE)
		return;
	if (!is_undone_for(job, failed, failure)) {
		job->outcomes[failed] = OUTCOME_KEPT;
		return;
	}
	job->outcomes[failed] = OUTCOME_UNDONE;
	if (job->rollback == ROLLBACK_ALWAYS)
		doom_below(job, failed);
	for (size_t i = 0; i < plan->n_owners; i++)
		if (stands_on_undone(job, &plan->owners[i]) && !is_past_return(job, i))
			job->outcomes[i] = OUTCOME_UNDONE;
}

/* Whether trying the step is pointless because its interface will be rolled back. */
static bool is_doomed(const struct job *job, const struct step *step)
{
	return !job->undoing && job->outcomes[step->op->owner] == OUTCOME_UNDONE;
}

static void count_failure(struct job *job, const struct step *step)
{
	job->failures++;
	if (!job->undoing)
		doom(job, step->op->owner,
		     memory_was_short() ? FAILURE_FATAL : step->op->failure);
}

/*
 * When memory has run short, no step is begun any more; what is left incomplete is rolled
 * back, whether it was up or not.
 */
static bool is_given_up(struct job *job, const struct step *step)
{
	if (job->undoing || !memory_was_short())
		return false;
	count_failure(job, step);
	return true;
}

/*
 * The driver refused options before it changed the mode: what its old mode does not have was
 * not set, either.
 */
static bool was_never_set(const struct job *job, const struct step *step)
{
	return job->undoes_failed && step->op->kind == OP_OPTIONS_SET &&
	       step->reply.error == -EACCES;
}

/* Evaluates a step's reply. */
static void settle_step(struct job *job, struct step *step)
{
	struct rtnl_reply *reply = &step->reply;

	if (reply->error == 0 || message_was_needless(step->op->kind, reply->error) ||
	    was_never_set(job, step)) {
		step->state = STEP_DONE;
		return;
	}
	step->state = step->op->is_wish ? STEP_LEFT_OUT : STEP_FAILED;
	if (!step->op->is_wish)
		count_failure(job, step);
	if (!is_step_in_vain(job, step) && !has_second_try(job, step))
		tell_failure(step->op, reply, job->undoing, job->diag);
}

/* ---- the index of a new link ---- */

/*
 * The plan chooses the index, so that later steps need not look it up. If other programs
 * create links meanwhile, one of theirs may have it: -EEXIST then means the index, if the
 * name is free.
 */
static bool is_index_taken(const struct job *job, const struct step *step)
{
	const int error = step->reply.error;

	return (step->op->kind == OP_LINK_ADD || step->op->kind == OP_TUN_SET) &&
	       (error == -EEXIST || error == -EBUSY) &&
	       rtnl_ask_link(job->rtnl, step->op->dev, NULL, NULL) == -ENODEV;
}

/*
 * An index above all existing ones, further away with each try: other programs take the
 * next ones.
 */
static int free_index(const struct job *job, unsigned int tries)
{
	struct if_nameindex *links = if_nameindex();
	unsigned int highest = (unsigned int)plan_highest_index(job->plan);

	for (struct if_nameindex *link = links; link && link->if_index; link++)
		if (link->if_index > highest)
			highest = link->if_index;
	if_freenameindex(links);
	return (int)(highest + 1 + tries * INDEX_STRIDE);
}

/*
 * The other end of a veth pair is created with it, and its index may be the one that is
 * taken.
 */
static void renumber(struct job *job, const struct plan_op *op, int to)
{
	plan_renumber(job->plan, op->ifindex, to);

	if (op->kind == OP_LINK_ADD && strcmp(op->link->kind, "veth") == 0)
		plan_renumber(job->plan, op->link->parent, to + 1);
}

/* Changes all later steps as well. Return: 0; a negative errno if the socket failed. */
static int take_other_index(struct job *job, struct step *step)
{
	int r = 0;

	for (unsigned int i = 0; r == 0 && i < INDEX_TRIES && is_index_taken(job, step);
	     i++) {
		const int to = free_index(job, i);

		renumber(job, step->op, to);
		if (step->narrowed)
			step->narrowed->op.ifindex = to;
		rtnl_reply_release(&step->reply);
		r = message_exists(step->op->kind)
			    ? message_send(job->rtnl, step->op, &step->reply)
			    : direct_run(&job->env, &step, 1);
	}
	return r;
}

/* Tries again without the refused options until none is left. */
static int insist(struct job *job, struct step *step)
{
	const struct refused_ask ask = { .rtnl = job->rtnl,
					 .diag = job->diag,
					 .made = job->plan->made };
	int r = 0;

	diag_about(job->diag, step->op->dev);
	while (r == 0 && step->reply.error == -EINVAL && !step->op->is_wish &&
	       refused_narrow(&ask, step)) {
		rtnl_reply_release(&step->reply);
		r = message_send(job->rtnl, step->op, &step->reply);
	}
	return r < 0 || step->op->is_wish ? r : refused_ask_each(&ask, step);
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
		r = take_other_index(job, step);
		if (r == 0)
			r = insist(job, step);
		if (r == 0)
			r = take_other_index(job, step);
		if (r == 0)
			settle_step(job, step);
	}
	forget_queue(job);
	return r;
}

/*
 * Fails a step before it is sent: the queue is flushed first, as the failure may undo it.
 */
static int fail_here(struct job *job, struct step *step)
{
	int r = flush(job);

	if (r == 0)
		settle_step(job, step);
	return r;
}

static int enqueue(struct job *job, struct step *step)
{
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;

	step->reply.error = message_build(step->op, &msg);
	if (step->reply.error < 0)
		return fail_here(job, step);
	*job->queued_end = step;
	job->queued_end = &step->next;
	return rtnl_queue(job->rtnl, msg, &step->reply);
}

static int run_direct(struct job *job, struct step *const *steps, size_t n)
{
	int r = direct_run(&job->env, steps, n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (steps[i]->state != STEP_STARTED)
			continue;
		r = take_other_index(job, steps[i]);
		if (r == 0)
			settle_step(job, steps[i]);
	}
	return r;
}

/* Whether the step needs a link that may turn out not to exist. */
static bool awaits_creation(const struct job *job, const struct step *step)
{
	const struct step *needed = step_needed(job, step);

	return needed && needed->state == STEP_STARTED && needed->op->kind == OP_LINK_ADD;
}

static int start_one(struct job *job, struct step *step)
{
	const struct apply_observer *observer = job->observer;

	if (is_step_in_vain(job, step) || is_doomed(job, step) ||
	    is_needless(job, step) || is_given_up(job, step)) {
		step->state = STEP_LEFT_OUT;
		return 0;
	}
	step->state = STEP_STARTED;
	if (observer && observer->before)
		step->reply.error = observer->before(step->op, observer->arg);
	return step->reply.error < 0 ? fail_here(job, step) : 0;
}

static int begin_waiting(struct job *job, struct step *step)
{
	struct lane *lane = &job->lanes[step->op->owner];

	if (step->state != STEP_STARTED)
		return 0;
	if (!job->undoing) {
		lane->waiting++;
		lane->kind = step->op->kind;
		job->n_waiting++;
	}
	return waits_begin(job->waits, step);
}

/* Performs @n steps of one kind; more than one only if they are not queued. */
static int start_steps(struct job *job, struct step *const *steps, size_t n)
{
	const enum plan_op_kind kind = steps[0]->op->kind;
	int r = 0;

	if (!message_exists(kind) || awaits_creation(job, steps[0]) || is_final(steps[0]))
		r = flush(job);
	if (r < 0)
		return r;
	for (size_t i = 0; i < n && r == 0; i++)
		r = start_one(job, steps[i]);
	if (r < 0)
		return r;
	if (waits_has(kind))
		return begin_waiting(job, steps[0]);
	if (!message_exists(kind))
		return run_direct(job, steps, n);
	r = steps[0]->state == STEP_STARTED ? enqueue(job, steps[0]) : 0;
	/* A refused option is removed before anything relies on the rest. */
	return r == 0 && kind == OP_OPTIONS_SET ? flush(job) : r;
}

/* ---- which steps can be done now, and which are put off ---- */

static bool is_step_waiting(const struct step *step)
{
	return step->state == STEP_WAITING ||
	       (step->state == STEP_STARTED && waits_has(step->op->kind));
}

static struct lane *lane_of(const struct job *job, const char *dev)
{
	for (size_t i = 0; i < job->plan->n_owners; i++)
		if (job->plan->owners[i].name &&
		    strcmp(job->plan->owners[i].name, dev) == 0)
			return &job->lanes[i];
	return NULL;
}

/* Steps of one kind may wait side by side. */
static bool lane_is_free(const struct job *job, const struct lane *lane,
			 enum plan_op_kind kind)
{
	return lane->held_in != job->round && (!lane->waiting || lane->kind == kind);
}

/* Whether the other steps on the link are done; not every step depends on that. */
static bool link_is_free(const struct job *job, const char *dev)
{
	const struct lane *lane = dev && *dev ? lane_of(job, dev) : NULL;

	return !lane || (lane->held_in != job->round && !lane->waiting);
}

static bool links_are_free(const struct job *job, const struct plan_op *op)
{
	const char *owner = job->plan->owners[op->owner].name;
	const struct route *route = op->kind == OP_ROUTE_ADD ? op->route : NULL;

	if (!owner || !op->dev || strcmp(op->dev, owner) != 0)
		if (!link_is_free(job, op->dev))
			return false;
	for (size_t i = 0; route && i < route->n_hops; i++)
		if (!link_is_free(job, route->hops[i].dev))
			return false;
	return true;
}

static bool may_start(const struct job *job, const struct step *step)
{
	const struct plan_op *op = step->op;

	if (!lane_is_free(job, &job->lanes[op->owner], op->kind))
		return false;
	if (!job->n_waiting) /* so nothing has been put off */
		return true;
	if (op->needs != PLAN_NO_OP && is_step_waiting(&job->steps[op->needs]))
		return false;
	if (op->follows && is_step_waiting(&job->steps[op->follows - 1]))
		return false;
	return links_are_free(job, op);
}

static bool is_next(struct job *job, const struct step *step)
{
	if (step->state != STEP_WAITING)
		return false;
	if (may_start(job, step))
		return true;
	job->lanes[step->op->owner].held_in = job->round;
	return false;
}

/* Whether consecutive steps of this kind are done side by side. */
static bool goes_in_batches(enum plan_op_kind kind)
{
	/* Each program may rely on the one before. */
	return !message_exists(kind) && !waits_has(kind) && kind != OP_RUN;
}

/*
 * Tries the step at @first together with similar ones. Return: the number of the next;
 * -errno.
 */
static int try_from(struct job *job, size_t first, size_t *ret_next)
{
	const enum plan_op_kind kind = job->plan->ops[first].kind;
	size_t n = 0, i = first;

	do {
		if (is_next(job, &job->steps[i]))
			job->batch[n++] = &job->steps[i];
		i++;
	} while (goes_in_batches(kind) && i < job->plan->n &&
		 job->plan->ops[i].kind == kind);
	*ret_next = i;
	return n ? start_steps(job, job->batch, n) : 0;
}

/* Goes through the plan once and does all steps that can be done. */
static int go_round(struct job *job)
{
	int r = 0;

	job->round++;
	for (size_t i = 0; i < job->plan->n && r == 0;)
		r = try_from(job, i, &i);
	return r == 0 ? flush(job) : r;
}

/* Return: the number of waiting steps that have ended; a negative errno. */
static int settle_waits(struct job *job)
{
	int ended = 0;

	for (size_t i = 0; i < job->plan->n; i++) {
		struct step *step = &job->steps[i];

		if (step->state != STEP_STARTED || !step->is_over)
			continue;
		settle_step(job, step);
		job->lanes[step->op->owner].waiting--;
		job->n_waiting--;
		ended++;
	}
	return ended;
}

static int wait_for_any(struct job *job)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int r;

	while ((r = waits_look(job->waits)) == 0 && settle_waits(job) == 0)
		nanosleep(&pause, NULL);
	return r;
}

static int do_steps(struct job *job)
{
	int r = go_round(job);

	while (r == 0 && job->n_waiting) {
		r = wait_for_any(job);
		if (r == 0)
			r = go_round(job);
	}
	return r;
}

/* ---- undoing ---- */

/* The driver keeps the options that preceded a refused one. */
static bool left_traces(const struct step *step)
{
	return step->state == STEP_DONE ||
	       (step->state == STEP_FAILED && step->op->kind == OP_OPTIONS_SET);
}

/* Here, steps are done one after another. */
static int wait_for_step(struct job *job, struct step *step)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int r = 0;

	while (r == 0 && !step->is_over) {
		r = waits_look(job->waits);
		if (r == 0 && !step->is_over)
			nanosleep(&pause, NULL);
	}
	if (r == 0)
		settle_step(job, step);
	return r;
}

static int undo(struct job *job, const struct plan_op *op)
{
	for (size_t i = 0; i < op->n_undo; i++) {
		struct step step = { .op = &op->undo[i] };
		struct step *const steps[] = { &step };
		int r = start_steps(job, steps, 1);

		if (r == 0)
			r = flush(job);
		if (r == 0 && waits_has(step.op->kind) && step.state == STEP_STARTED)
			r = wait_for_step(job, &step);
		forget_queue(job); /* nothing is waiting there, or it is given up */
		rtnl_reply_release(&step.reply);
		free(step.narrowed);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Whether the step has an effect that has to be undone. */
static bool is_to_be_undone(const struct job *job, const struct step *step)
{
	return job->outcomes[step->op->owner] == OUTCOME_UNDONE && left_traces(step);
}

/* Reports what no step can undo. Return: whether there is any, of that owner. */
static bool tell_lasting(const struct job *job, size_t owner)
{
	bool lasts = false;

	for (size_t i = 0; i < job->plan->n; i++) {
		const struct plan_op *op = job->steps[i].op;

		if (op->owner != owner || !op->lasts ||
		    !is_to_be_undone(job, &job->steps[i]))
			continue;
		tell_lasts(op, job->diag);
		lasts = true;
	}
	return lasts;
}

static void tell_undone(const struct job *job)
{
	for (size_t i = 0; i < job->plan->n_owners; i++)
		if (job->outcomes[i] == OUTCOME_UNDONE) {
			const char *name = job->plan->owners[i].name;

			diag_about(job->diag, name);
			diag_warning(job->diag, (struct pos){ 0 },
				     tell_lasting(job, i)
					     ? "%s is otherwise as it was before: the "
					       "steps done before the failure were undone"
					     : _("%s is as it was before: the steps done "
						 "before the failure were undone"),
				     name);
		}
}

/* Return: 0; a negative errno if the socket failed. */
static int roll_back(struct job *job)
{
	int r = 0;

	job->undoing = true;
	job->env.observer = NULL; /* the undo steps are not shown as progress */
	for (size_t i = job->plan->n; r == 0 && i-- > 0;)
		if (is_to_be_undone(job, &job->steps[i])) {
			job->undoes_failed = job->steps[i].state == STEP_FAILED;
			r = undo(job, job->steps[i].op);
		}
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

/* The overall result of the job. */
static int conclude_job(const struct job *job, int error)
{
	diag_about(job->diag, NULL);
	if (error < 0)
		diag_error(job->diag, (struct pos){ 0 },
			   "gave up half-way, cannot talk to the kernel: %s",
			   language_error(-error));
	return error == 0 && job->failures ? -EIO : error;
}

static void prepare_job(struct job *job)
{
	const struct plan *plan = job->plan;

	job->queued_end = &job->queued;
	job->env = (struct direct_env){ job->rtnl, job->observer, job->diag };
	job->steps = memory_zeroed(plan->n + 1, sizeof(*job->steps));
	job->batch = memory_zeroed(plan->n + 1, sizeof(*job->batch));
	job->lanes = memory_zeroed(plan->n_owners + 1, sizeof(*job->lanes));
	job->waits = waits_new(&job->env);
	for (size_t i = 0; i < plan->n; i++)
		job->steps[i].op = &plan->ops[i];
}

static void release_job(struct job *job)
{
	for (size_t i = 0; job->steps && i < job->plan->n; i++) {
		rtnl_reply_release(&job->steps[i].reply);
		free(job->steps[i].narrowed);
	}
	free(job->steps);
	free(job->batch);
	free(job->lanes);
	waits_free(job->waits);
}

int apply_run(struct plan *plan, struct rtnl *rtnl, enum apply_rollback rollback,
	      const struct apply_observer *observer, struct diag *diag,
	      struct apply_result *ret)
{
	_cleanup_(release_job) struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.rollback = rollback,
	};
	int r;

	prepare_job(&job);
	ret->outcomes = memory_zeroed(plan->n_owners + 1, sizeof(*ret->outcomes));
	ret->done = memory_zeroed(plan->n + 1, sizeof(*ret->done));
	job.outcomes = ret->outcomes;
	r = conclude_job(&job, do_plan(&job));
	for (size_t i = 0; i < plan->n; i++)
		ret->done[i] = left_traces(&job.steps[i]) &&
			       !is_to_be_undone(&job, &job.steps[i]);
	return r;
}

int apply_revert(struct plan *plan, struct rtnl *rtnl,
		 const struct apply_observer *observer, struct diag *diag,
		 const struct apply_result *result, bool *ret_lasts)
{
	_cleanup_free_ enum apply_outcome *outcomes =
		memory_zeroed(plan->n_owners + 1, sizeof(*outcomes));
	_cleanup_(release_job) struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.outcomes = outcomes,
	};
	int r;

	prepare_job(&job);
	for (size_t i = 0; i < plan->n_owners; i++)
		outcomes[i] = OUTCOME_UNDONE;
	for (size_t i = 0; i < plan->n; i++)
		job.steps[i].state = result->done[i] ? STEP_DONE : STEP_LEFT_OUT;
	r = conclude_job(&job, roll_back(&job));
	for (size_t i = 0; r == 0 && i < plan->n_owners; i++)
		*ret_lasts |= tell_lasting(&job, i);
	return r;
}

void apply_result_release(struct apply_result *result)
{
	free(result->outcomes);
	free(result->done);
	*result = (struct apply_result){ 0 };
}
