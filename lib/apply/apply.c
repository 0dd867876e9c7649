/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does the steps of a plan. When one fails on an interface that was up, the steps done for
 * that interface, and for what stands on it, are undone; others go on.
 *
 * Steps are tried in the order of the plan. One that waits (for carrier, a lease, an answer)
 * holds up the later ones of its interface, and those on its link, and no other: what
 * follows for other interfaces overtakes it.
 *
 * rtnetlink changes wait in a queue and travel together. The queue is sent before a step
 * that is more than such a change, and before one that builds on a link whose creation
 * is still queued: its index must not be used until the link is known to bear it. Other
 * steps travel right behind the one they need; when that fails they fail, too, or do no
 * harm, and only the first failure is told.
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
#include "lib/plan/renumber.h"
#include "lib/rtnl/rtnl.h"

/* How long to pause when all that is left has to wait. */
#define POLL_MS 20

/* How often to look for a free index, and how far apart. */
#define INDEX_TRIES  8
#define INDEX_STRIDE 64

/*
 * struct lane - how far the steps of one owner have come
 * @waiting: how many of its steps are waiting, all of one @kind
 * @held_in: number of the last round in which one of its steps had to be put off
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
	struct step *steps;  /* one for each of the plan's */
	struct step *queued; /* without an answer yet, in order */
	struct step **queued_end;
	enum apply_rollback rollback;
	enum apply_outcome *outcomes; /* one for each of the plan's owners */
	size_t failures;
	bool undoing;
	struct direct_env env;
	struct waits *waits;
	struct lane *lanes;  /* one for each of the plan's owners */
	struct step **batch; /* of those that are done side by side */
	size_t round, n_waiting;
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

/* Whether an earlier step has done the same already. */
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

/* Nothing brings the link back: it must not go before all earlier steps are known to be done. */
static bool is_final(const struct step *step)
{
	return step->op->kind == OP_LINK_DEL && !step->op->n_undo;
}

/* Whether a link has been removed for that owner that no step makes again. */
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

static bool stands_on(const struct plan_owner *owner, size_t below)
{
	for (size_t i = 0; i < owner->n_below; i++)
		if (owner->below[i] == below)
			return true;
	return false;
}

/* Whether all that the owner was changed for is undone. */
static bool is_of_no_use(const struct job *job, size_t below)
{
	const struct plan *plan = job->plan;
	bool was_of_use = false;

	for (size_t i = 0; i < plan->n_owners; i++) {
		if (!stands_on(&plan->owners[i], below))
			continue;
		if (job->outcomes[i] != OUTCOME_UNDONE)
			return false;
		was_of_use = true;
	}
	return was_of_use && !plan->owners[below].is_target;
}

/* What came up only for others that are undone goes with them, if all is to be as it was. */
static void doom_below(struct job *job, size_t failed)
{
	for (size_t i = failed; i-- > 0;)
		if (is_of_no_use(job, i) && !is_past_return(job, i))
			job->outcomes[i] = OUTCOME_UNDONE;
}

/* Lower ones come first, so one look at each is enough. */
static void doom(struct job *job, const struct plan_op *op)
{
	const struct plan *plan = job->plan;
	const size_t failed = op->owner;

	if (job->outcomes[failed] == OUTCOME_UNDONE)
		return;
	if (!is_undone_for(job, failed, op->failure)) {
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
	if (!is_in_vain(job, step) && !has_second_try(job, step))
		tell_failure(step->op, reply, job->undoing, job->diag);
}

/* ---- the index of a new link ---- */

/*
 * The plan chooses it, so that later steps need not ask for it. If other programs make links
 * meanwhile, one of theirs may have it: the name is free then, and the index is what exists.
 */
static bool is_index_taken(const struct step *step)
{
	const int error = step->reply.error;

	return (step->op->kind == OP_LINK_ADD || step->op->kind == OP_TUN_SET) &&
	       (error == -EEXIST || error == -EBUSY) && !if_nametoindex(step->op->dev);
}

/* Above all there are, further each time: whoever makes links takes the next ones. */
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

/* The other end of a pair is made with it, and its index may be the one that is taken. */
static int renumber(struct job *job, const struct plan_op *op, int to)
{
	int r = plan_renumber(job->plan, op->ifindex, to);

	if (r == 0 && op->kind == OP_LINK_ADD && strcmp(op->link->kind, "veth") == 0)
		r = plan_renumber(job->plan, op->link->parent, to + 1);
	return r;
}

/* All later steps follow. Return: 0; a negative errno when the socket failed. */
static int take_other_index(struct job *job, struct step *step)
{
	int r = 0;

	for (unsigned int i = 0; r == 0 && i < INDEX_TRIES && is_index_taken(step); i++) {
		const int to = free_index(job, i);

		r = renumber(job, step->op, to);
		if (r < 0)
			break;
		if (step->narrowed)
			step->narrowed->op.ifindex = to;
		rtnl_reply_release(&step->reply);
		r = message_exists(step->op->kind)
			    ? message_send(job->rtnl, step->op, &step->reply)
			    : direct_run(&job->env, &step, 1);
	}
	return r;
}

/* Once more, without what the driver refused, until there is no such thing. */
static int insist(struct job *job, struct step *step)
{
	const struct apply_observer *observer = job->observer;
	size_t id;
	int r = 0;

	diag_about(job->diag, step->op->dev);
	while (r == 0 && step->reply.error == -EINVAL && !step->op->is_wish &&
	       refused_narrow(step, job->diag, &id)) {
		if (observer && observer->refused)
			observer->refused(step->op, id, observer->arg);
		rtnl_reply_release(&step->reply);
		r = message_send(job->rtnl, step->op, &step->reply);
	}
	if (r < 0 || step->op->is_wish)
		return r;
	return refused_ask_each(&(struct refused_ask){ .rtnl = job->rtnl,
						       .diag = job->diag,
						       .observer = observer },
				step);
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
			settle(job, step);
	}
	forget_queue(job);
	return r;
}

/* One that fails before it is sent: what is queued comes first, which its failure may undo. */
static int fail_here(struct job *job, struct step *step)
{
	int r = flush(job);

	if (r == 0)
		settle(job, step);
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
			settle(job, steps[i]);
	}
	return r;
}

/* Whether the step stands on a link that may turn out not to be. */
static bool awaits_creation(const struct job *job, const struct step *step)
{
	const struct step *needed = step_needed(job, step);

	return needed && needed->state == STEP_STARTED && needed->op->kind == OP_LINK_ADD;
}

static int start_one(struct job *job, struct step *step)
{
	const struct apply_observer *observer = job->observer;

	if (is_in_vain(job, step) || is_doomed(job, step) || is_needless(job, step)) {
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

/* Does steps of one kind, @n of them; more than one only if they are not for the queue. */
static int start(struct job *job, struct step *const *steps, size_t n)
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
	/* An option that is refused is left out before anything relies on the rest. */
	return r == 0 && kind == OP_OPTIONS_SET ? flush(job) : r;
}

/* ---- what may be done now, and what has to be put off ---- */

static bool is_waiting(const struct step *step)
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

/* Whether what else was to be done on the link is done; it may be of no interest here. */
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
	if (op->needs != PLAN_NO_OP && is_waiting(&job->steps[op->needs]))
		return false;
	if (op->follows && is_waiting(&job->steps[op->follows - 1]))
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

/* Whether such steps are done side by side, where they follow one another. */
static bool goes_in_batches(enum plan_op_kind kind)
{
	/* Of programs, each may rely on the one before. */
	return !message_exists(kind) && !waits_has(kind) && kind != OP_RUN;
}

/* Tries the step at @first, with its like. Return: the place of the next; -errno. */
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
	return n ? start(job, job->batch, n) : 0;
}

/* One round through the plan, with all that can be done by now. */
static int go_round(struct job *job)
{
	int r = 0;

	job->round++;
	for (size_t i = 0; i < job->plan->n && r == 0;)
		r = try_from(job, i, &i);
	return r == 0 ? flush(job) : r;
}

/* Return: how many of the steps that wait have come to an end; a negative errno. */
static int settle_waits(struct job *job)
{
	int ended = 0;

	for (size_t i = 0; i < job->plan->n; i++) {
		struct step *step = &job->steps[i];

		if (step->state != STEP_STARTED || !step->is_over)
			continue;
		settle(job, step);
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

/* The driver keeps the options that came before a refused one. */
static bool left_traces(const struct step *step)
{
	return step->state == STEP_DONE ||
	       (step->state == STEP_FAILED && step->op->kind == OP_OPTIONS_SET);
}

/* Here, one step follows the other. */
static int wait_for(struct job *job, struct step *step)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int r = 0;

	while (r == 0 && !step->is_over) {
		r = waits_look(job->waits);
		if (r == 0 && !step->is_over)
			nanosleep(&pause, NULL);
	}
	if (r == 0)
		settle(job, step);
	return r;
}

static int undo(struct job *job, const struct plan_op *op)
{
	for (size_t i = 0; i < op->n_undo; i++) {
		struct step step = { .op = &op->undo[i] };
		struct step *const steps[] = { &step };
		int r = start(job, steps, 1);

		if (r == 0)
			r = flush(job);
		if (r == 0 && waits_has(step.op->kind) && step.state == STEP_STARTED)
			r = wait_for(job, &step);
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
	job->env.observer = NULL; /* what is done to undo is no news */
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

static int prepare(struct job *job)
{
	const struct plan *plan = job->plan;

	job->queued_end = &job->queued;
	job->env = (struct direct_env){ job->rtnl, job->observer, job->diag };
	job->steps = calloc(plan->n + 1, sizeof(*job->steps));
	job->batch = calloc(plan->n + 1, sizeof(*job->batch));
	job->lanes = calloc(plan->n_owners + 1, sizeof(*job->lanes));
	job->waits = waits_new(&job->env);
	if (!job->steps || !job->batch || !job->lanes || !job->waits)
		return -ENOMEM;
	for (size_t i = 0; i < plan->n; i++)
		job->steps[i].op = &plan->ops[i];
	return 0;
}

static void release(struct job *job)
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
	_cleanup_(release) struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.rollback = rollback,
	};
	int r = prepare(&job);

	ret->outcomes = calloc(plan->n_owners + 1, sizeof(*ret->outcomes));
	ret->done = calloc(plan->n + 1, sizeof(*ret->done));
	if (r < 0 || !ret->outcomes || !ret->done)
		return -ENOMEM;
	job.outcomes = ret->outcomes;
	r = conclude(&job, do_plan(&job));
	for (size_t i = 0; i < plan->n; i++)
		ret->done[i] = left_traces(&job.steps[i]) &&
			       !is_to_be_undone(&job, &job.steps[i]);
	return r;
}

int apply_revert(struct plan *plan, struct rtnl *rtnl,
		 const struct apply_observer *observer, struct diag *diag,
		 const struct apply_result *result)
{
	_cleanup_free_ enum apply_outcome *outcomes =
		calloc(plan->n_owners + 1, sizeof(*outcomes));
	_cleanup_(release) struct job job = {
		.plan = plan,
		.rtnl = rtnl,
		.observer = observer,
		.diag = diag,
		.outcomes = outcomes,
	};
	int r = prepare(&job);

	if (r < 0 || !outcomes)
		return -ENOMEM;
	for (size_t i = 0; i < plan->n_owners; i++)
		outcomes[i] = OUTCOME_UNDONE;
	for (size_t i = 0; i < plan->n; i++)
		job.steps[i].state = result->done[i] ? STEP_DONE : STEP_LEFT_OUT;
	return conclude(&job, roll_back(&job));
}

void apply_result_release(struct apply_result *result)
{
	free(result->outcomes);
	free(result->done);
	*result = (struct apply_result){ 0 };
}
