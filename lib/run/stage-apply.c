/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stage that applies the plan, or prints it. */
#include "lib/run/stages.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>

#include "lib/apply/resolv.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/files.h"
#include "lib/run/programs.h"
#include "lib/run/progress.h"
#include "lib/service/journal.h"

/* If an interface failed, what was ours before is still ours. */
static void correct_state(struct run *run, size_t owner)
{
	bool instead = run->result.outcomes[owner] == OUTCOME_UNDONE;
	struct snapshot *made = run->plan->made;
	const struct iface *iface;
	state_bring_back(made, run->made, run->plan->owners[owner].name, instead);

	if (owner >= run->want->n_order)
		return;
	iface = run->want->order[owner];
	for (size_t i = 0; i < iface->n_ports; i++)
		state_bring_back(made, run->made, iface->ports[i]->name, instead);
}

static bool is_plan_owner(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->n_owners; i++)
		if (strcmp(plan->owners[i].name, name) == 0)
			return true;
	return false;
}

/*
 * Cards that were to leave, which are unchanged now, and which no file describes any
 * more.
 */
static void bring_back_ports(struct run *run)
{
	for (size_t i = 0; i < run->made->n_links; i++) {
		const char *name = run->made->links[i]->name;

		if (!is_plan_owner(run->plan, name))
			state_bring_back(run->plan->made, run->made, name, false);
	}
}

static bool is_all_undone(const struct run *run)
{
	for (size_t i = 0; i < run->plan->n_owners; i++)
		if (run->result.outcomes[i] != OUTCOME_UNDONE)
			return false;
	return true;
}

static int save_state(struct run *run)
{
	bool any_undone = false;

	if (is_all_undone(run))
		return state_save(&run->state, run->made, NULL, run->diag);
	for (size_t i = 0; i < run->plan->n_owners; i++) {
		any_undone |= run->result.outcomes[i] == OUTCOME_UNDONE;
		if (run->result.outcomes[i] != OUTCOME_DONE)
			correct_state(run, i);
	}
	if (any_undone)
		bring_back_ports(run);
	return state_save(&run->state, run->plan->made, NULL, run->diag);
}

/* ---- --try ---- */

/* The gateway of the default route in the files; NULL if there is none. */
static const char *find_wanted_gateway(const struct model *want,
				       char text[static IP_TEXT_MAX])
{
	for (size_t i = 0; i < want->n_order; i++)
		for (size_t k = 0; k < want->order[i]->n_routes; k++) {
			const struct route *route = &want->order[i]->routes[k].route;

			if (route->dst_len == 0 && ip_is_set(&route->gateway))
				return ip_format(&route->gateway, text);
		}
	return NULL;
}

static bool is_confirmed(struct run *run)
{
	char text[IP_TEXT_MAX];

	switch (try_wait(&run->options.try, run->options.rundir,
			 find_wanted_gateway(run->want, text), run->diag)) {
	case TRY_KEPT:
		return true;
	case TRY_TIMED_OUT:
		diag_error(run->diag, (struct pos){ 0 }, "nobody confirmed in time");
		break;
	case TRY_INTERRUPTED:
		diag_error(run->diag, (struct pos){ 0 }, "interrupted");
		break;
	}
	return false;
}

static int take_run_back(struct run *run)
{
	bool lasts = false;
	int r = apply_revert(run->plan, run->rtnl, NULL, run->diag, &run->result, &lasts);

	if (r == 0)
		r = state_save(&run->state, run->made, NULL, run->diag);
	if (r == 0)
		diag_warning(run->diag, (struct pos){ 0 },
			     lasts ? "everything else is as it was before"
				   : _("everything is as it was before"));
	if (run->options.restore_files)
		files_restore(run);
	return r < 0 ? r : -ECANCELED;
}

static bool was_up_before(const struct run *run, const char *name)
{
	const struct snap_link *link = snapshot_link(run->have, name);

	return link && link->flags & IFF_UP;
}

/*
 * What a step for another interface takes down for a moment, or makes again, comes back with that
 * one if this run is killed in between.
 */
static void mark_others(const struct run *run, bool unfinished)
{
	for (size_t i = 0; i < run->plan->n; i++) {
		const struct plan_op *op = &run->plan->ops[i];
		const char *owner = run->plan->owners[op->owner].name;
		struct snap_link *made;

		/* Of nearly all steps it is not asked who else is an owner. */
		if ((op->kind != OP_LINK_DOWN && op->kind != OP_LINK_ADD) ||
		    op->owner >= run->want->n_order || !was_up_before(run, op->dev) ||
		    is_plan_owner(run->plan, op->dev) ||
		    iface_port(run->want->order[op->owner], op->dev))
			continue;
		made = snapshot_link(run->plan->made, op->dev);
		if (made)
			made->down_with = unfinished ? owner : NULL;
	}
}

/*
 * So that a run after one that was killed does not mistake its remains for an interface
 * that was up, and calls the hooks that it did not come to.
 */
static void mark_unfinished(const struct run *run, bool unfinished)
{
	const struct plan_list *after = &run->plan->after;

	for (size_t i = 0; i < run->plan->n_owners; i++) {
		const struct plan_owner *owner = &run->plan->owners[i];
		struct snap_link *made = snapshot_link(run->plan->made, owner->name);

		if (made && !owner->was_up)
			made->unfinished = unfinished;
	}
	for (size_t i = 0; i < after->n; i++) {
		const char *name = run->plan->owners[after->ops[i].owner].name;
		struct snap_link *made = snapshot_link(run->plan->made, name);

		if (made)
			made->hooks_due = unfinished;
	}
	if (run->brings_back)
		mark_others(run, unfinished);
}

/*
 * A program whose effect no undo takes back has to be run again once the former file is back:
 * that it was run for that is no longer believed.
 */
static void forget_lasting(struct run *run)
{
	for (size_t i = 0; i < run->plan->n; i++) {
		const struct plan_op *op = &run->plan->ops[i];
		struct snap_link *made = op->kind == OP_RUN && op->lasts
						 ? snapshot_link(run->made, op->dev)
						 : NULL;

		for (const struct snap_run *old = made ? made->runs : NULL, *next; old;
		     old = next) {
			next = old->next;
			if (strcmp(old->argv[0], op->program->argv[0]) == 0)
				snap_link_drop_run(made, old);
		}
	}
}

/*
 * What will be ours is saved before it exists, so that a run that is killed leaves
 * nothing unaccounted for.
 */
static int save_intent(struct run *run)
{
	int r;

	forget_lasting(run);
	mark_unfinished(run, run->brings_back);
	r = state_save(&run->state, run->made, run->plan->made, run->diag);
	mark_unfinished(run, false);
	return r;
}

static void tell_step_wait(const struct plan_op *op, const char *why, int64_t limit_ms,
			   void *arg)
{
	(void)arg;
	if (limit_ms)
		print_line(stderr, "%s %s yet: waiting up to %g s", op->dev, why,
			   (double)limit_ms / 1000);
	else
		print_line(stderr, "%s %s yet: waiting", op->dev, why);
}

/* In the form of network-scripts: other programs read the last line. */
static void tell_leased(const struct plan_op *op, const char *why, void *arg)
{
	bool is_ip6 = op->dhcp_start->client.family == DHCP_IP6;

	(void)arg;
	print_line(stdout, "Determining %s information for %s... %s%s",
		   is_ip6 ? "IPv6" : "IP", op->dev, why ? _("failed") : _("done."),
		   why ? why : "");
	fflush(stdout);
}

static int apply_plan(struct run *run)
{
	const struct apply_observer teller = {
		.before = run->before,
		.waiting = tell_step_wait,
		.leased = tell_leased,
		.arg = run,
	};
	int r, saved = save_intent(run);

	if (saved < 0)
		return saved;
	r = apply_run(run->plan, run->rtnl, run->options.rollback, &teller, run->diag,
		      &run->result);
	if (r < 0 && r != -EIO)
		return r;
	/* What was undone is as it was before, so there is nothing more to check. */
	if (r == 0 || run->options.all) {
		int verified = stage_verify(run);

		r = r < 0 ? r : verified;
	}
	if (run->options.try.is_wanted && (r < 0 || !is_confirmed(run)))
		return take_run_back(run);
	saved = save_state(run);
	return r < 0 ? r : saved;
}

static bool any_failed(const struct run *run)
{
	for (size_t i = 0; i < run->plan->n_owners; i++)
		if (run->plan->owners[i].has_failed)
			return true;
	return run->want->n_failed;
}

static int show_result(struct run *run)
{
	int r = run->print_plan ? run->print_plan(run)
				: plan_print(run->plan, run->secrets, stdout);

	r = run_over(run, r, EXIT_FAILED);

	if (r == 0 && run->options.diff && run->plan->n)
		run->status = EXIT_FAILED;
	return r == 0 && (any_failed(run) || run->has_unsafe_hook)
		       ? run_over(run, -EINVAL, EXIT_FAILED)
		       : r;
}

/* To the terminal: what is lost may be the address of this very session. */
static void tell_early(const struct run *run)
{
	if (journal_has_stream(STDERR_FILENO))
		return;
	fflush(stdout);
	diag_print(run->diag, run_least_grade(run), stderr);
}

int run_apply(struct run *run)
{
	int r;

	if (run->options.dry_run)
		return show_result(run);
	if (memory_was_short())
		return run_over(run, -ENOMEM, EXIT_FAILED);
	if (run_before(run) < 0)
		return -1;
	if (stage_has_dns(run, run->made))
		resolv_tidy(RESOLV_CONF);
	/* From here on, findings are not mistakes in the files. */
	diag_set_strict(run->diag, false);
	if (run->plan->n_lost)
		tell_early(run);
	r = run->plan->n ? apply_plan(run)
			 : state_save(&run->state, run->plan->made, NULL, run->diag);
	/* Changes under --try are rolled back as a whole. */
	if (r == 0 || (r == -EIO && !run->options.try.is_wanted)) {
		int ran = run_after(run);

		r = r < 0 ? r : ran;
	}
	if (run->options.verbose)
		print_line(stdout,
			   language_plural("%zu change sent to the kernel",
					   "%zu changes sent to the kernel",
					   rtnl_writes(run->rtnl)),
			   rtnl_writes(run->rtnl));
	if (run->options.all)
		progress_tell(run);
	if (r == 0 && (any_failed(run) || run->helper_failed || run->has_unsafe_hook))
		r = -EINVAL;
	if (r == 0 && run->brings_back)
		files_keep(run);
	return run_over(run, r, EXIT_FAILED);
}
