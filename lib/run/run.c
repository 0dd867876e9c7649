/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the stages of a run share. */
#include "lib/run/run.h"

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/rtnl/rtnl.h"

void run_prepare(struct run *run)
{
	run->diag = diag_new();
	run->secrets = secrets_new();
	diag_set_secrets(run->diag, run->secrets);
	run->options.model.secrets = run->secrets;
}

int run_stop(struct run *run, int status)
{
	run->status = status;
	return -1;
}

int run_over(struct run *run, int error, int status)
{
	return error == 0 ? 0 : run_stop(run, status);
}

int run_open_rtnl(struct run *run)
{
	int r = rtnl_open(&run->rtnl);

	if (r < 0)
		diag_error(run->diag, (struct pos){ 0 },
			   "the kernel does not talk rtnetlink: %s", language_error(-r));
	return r;
}

void run_tell_unseen(struct run *run)
{
	diag_error(run->diag, (struct pos){ run->options.state_file, 0 },
		   "cannot read the kernel's network state: %s",
		   language_error(-run->devices.error));
}

enum diag_grade run_least_grade(const struct run *run)
{
	if (run->options.verbose)
		return DIAG_NOTE;
	return run->options.status ? DIAG_ERROR : DIAG_NOTICE;
}

int run_tell_step(const struct plan_op *op, void *arg)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	const struct run *run = arg;

	plan_op_print_hidden(op, run->secrets, &line);
	print_line(stdout, "%s", strbuf_text(&line));
	if (op->kind == OP_RUN) /* its own output comes after */
		fflush(stdout);
	return 0;
}

/* A run without steps has no outcomes, so nothing failed. */
bool run_has_failed(const struct run *run, size_t owner)
{
	const enum apply_outcome *outcomes = run->result.outcomes;

	return run->plan->owners[owner].has_failed ||
	       (outcomes && outcomes[owner] != OUTCOME_DONE);
}
