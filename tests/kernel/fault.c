/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run with one step that fails, or that the run is killed at, to see what is left then.
 *
 *     fault fail|kill up|down STEP [OPTION of ifup-bond]... NAME|-a
 *
 * The first line it prints is the interface that the step is done for.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "lib/apply/apply.h"
#include "lib/base/num.h"
#include "lib/run/run.h"

/* Besides those of ifup-bond; EXIT_DONE means that the step failed as told. */
enum { EXIT_NO_SUCH_STEP = 3, EXIT_NOTHING_FAILED = 5 };

#define FIRST_OPTION 3

static const struct plan_op *chosen;

/* Steps of an undo are not in the plan's own list and go through. */
static int fail_chosen(const struct plan_op *op, void *arg)
{
	(void)arg;
	return op == chosen ? -ECANCELED : 0;
}

static int kill_at_chosen(const struct plan_op *op, void *arg)
{
	(void)arg;
	return op == chosen ? raise(SIGKILL) : 0;
}

static void tell_chosen(const struct run *run)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(chosen, &line);
	printf("%s\n%s\n", run->plan->owners[chosen->owner].name, strbuf_text(&line));
	fflush(stdout);
}

/* A run that is killed does not come back. */
static int apply(struct run *run, bool kills)
{
	run->before = kills ? kill_at_chosen : fail_chosen;
	run_apply(run);
	return run->status == EXIT_FAILED ? EXIT_DONE : EXIT_NOTHING_FAILED;
}

static void plan(struct run *run, uint32_t step, bool kills)
{
	if (run_load(run) < 0 || run_look(run) < 0 || run_plan(run) < 0)
		return;
	run->status = EXIT_NO_SUCH_STEP;
	if (step >= run->plan->n)
		return;
	chosen = &run->plan->ops[step];
	tell_chosen(run);
	run->status = apply(run, kills);
}

int main(int argc, char **argv)
{
	struct run run = { .what = "Fail.", .bringing = "Failing" };
	uint32_t step;

	if (argc <= FIRST_OPTION + 1 ||
	    num_parse_u32(argv[FIRST_OPTION], UINT32_MAX, &step) < 0) {
		fputs("usage: fault fail|kill up|down STEP [OPTION]... NAME|-a\n",
		      stderr);
		return EXIT_USAGE;
	}
	run.brings_back = strcmp(argv[2], "up") == 0;
	run.make_plan = run.brings_back ? plan_up : plan_down;
	if (run_start(&run, argc - FIRST_OPTION, argv + FIRST_OPTION) == 0)
		plan(&run, step, strcmp(argv[1], "kill") == 0);
	return run_finish(&run);
}
