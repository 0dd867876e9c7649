/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first stage: the command line, and who may do what. */
#include "lib/run/stages.h"

#include <errno.h>

#include "lib/base/file.h"
#include "lib/base/memory.h"
#include "lib/files/print-keys.h"

/* All that a run with --confirm does. */
static int confirm(struct run *run)
{
	int r = try_confirm(run->options.rundir, run->diag);

	run->status = r < 0 ? EXIT_FAILED : EXIT_DONE;
	return -1;
}

static int print_keys(struct run *run)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r = model_print_keys(&run->options.model, run->options.request, run->diag,
				 &text);

	if (r == 0)
		fputs(strbuf_text(&text), stdout); /* for a shell */
	return run_over(run, r == 0 ? -ECANCELED : r, r == 0 ? EXIT_DONE : EXIT_CONFIG);
}

int run_start(struct run *run, int argc, char **argv)
{
	memory_warm_up();
	run->state = (struct state)STATE_NONE;
	if (file_open_standard() < 0)
		return run_over(run, -ECANCELED, EXIT_FAILED);
	switch (options_parse(argc, argv, run->what, !run->brings_back, &run->options)) {
	case OPTIONS_DONE:
		return run_over(run, -ECANCELED, EXIT_DONE);
	case OPTIONS_WRONG:
		return run_over(run, -EINVAL, EXIT_USAGE);
	case OPTIONS_RUN:
		break;
	}
	return run_begin(run);
}

int run_begin(struct run *run)
{
	run_prepare(run);
	diag_set_strict(run->diag, run->options.strict);
	if (run->options.verbose)
		run->before = run_tell_step;
	if (run->options.print_keys)
		return print_keys(run);
	if (run->options.try.is_wanted && !run->options.dry_run)
		try_prepare();
	if (run->options.dry_run || geteuid() == 0)
		return run->options.confirm ? confirm(run) : 0;
	diag_error(run->diag, (struct pos){ 0 }, "only root can change the network");
	diag_hint(run->diag, "--dry-run shows what would be done");
	return run_over(run, -EPERM, EXIT_NOT_ROOT);
}

bool run_through(struct run *run)
{
	int r = run_load(run);

	if (r == 0)
		r = run_look(run);
	if (r == 0)
		r = run_plan(run);
	if (r == 0)
		run_apply(run);
	return r == 0;
}
