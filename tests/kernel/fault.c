/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run with one step that fails, or that the run is killed at, to see what is left then.
 *
 *     fault FAULT up|down STEP [OPTION of ifup-bond]... NAME|-a
 *
 * FAULT is the name of an errno or "fail", which the step fails with; "kill", for SIGKILL; or
 * "sh:COMMAND", a shell command that is run before the step is done. The first line printed is
 * the interface that the step is done for, the second one the step.
 *
 * With "list", no step is done; each is printed: the interface, "wish" if its failure is none
 * (else "must"), and the step.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/apply/apply.h"
#include "lib/base/num.h"
#include "lib/run/stages.h"

/* Besides those of ifup-bond; EXIT_DONE means that the step failed as requested. */
enum { EXIT_NO_SUCH_STEP = 3, EXIT_NOTHING_FAILED = 5 };

#define FIRST_OPTION 3

static const struct {
	const char *name;
	int error;
} errors[] = {
	{ "fail", ECANCELED }, { "EPERM", EPERM },   { "ENOMEM", ENOMEM },
	{ "EBUSY", EBUSY },    { "EINVAL", EINVAL }, { "ENOBUFS", ENOBUFS },
};

static struct {
	uint32_t step;
	const char *fault;
} chosen;

static struct run run = { .what = "Fail.", .bringing = "Failing" };

static int error_of(const char *fault)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(errors[i].name, fault) == 0)
			return -errors[i].error;
	return 0;
}

static bool is_known(const char *fault)
{
	return error_of(fault) || strcmp(fault, "kill") == 0 ||
	       strcmp(fault, "list") == 0 || strncmp(fault, "sh:", 3) == 0;
}

/* Steps of an undo are not in the plan's own list and go through. */
static int disturb(const struct plan_op *op, void *arg)
{
	const char *fault = chosen.fault;

	(void)arg;
	if (op != &run.plan->ops[chosen.step])
		return 0;
	if (strcmp(fault, "kill") == 0)
		return raise(SIGKILL);
	if (strncmp(fault, "sh:", 3) == 0 && system(fault + 3) != 0)
		fprintf(stderr, "%s: failed\n", fault);
	return error_of(fault);
}

static void tell_step(const struct plan *plan, const struct plan_op *op, bool in_list)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(op, &line);
	if (in_list)
		printf("%s %s %s\n", plan->owners[op->owner].name,
		       op->is_wish ? "wish" : "must", strbuf_text(&line));
	else
		printf("%s\n%s\n", plan->owners[op->owner].name, strbuf_text(&line));
	fflush(stdout);
}

/* A run that is killed does not come back. */
static int apply(void)
{
	tell_step(run.plan, &run.plan->ops[chosen.step], false);
	run.before = disturb;
	run_apply(&run);
	return run.status == EXIT_FAILED ? EXIT_DONE : EXIT_NOTHING_FAILED;
}

static void plan(void)
{
	if (run_load(&run) < 0 || run_look(&run) < 0 || run_plan(&run) < 0)
		return;
	if (strcmp(chosen.fault, "list") == 0) {
		for (size_t i = 0; i < run.plan->n; i++)
			tell_step(run.plan, &run.plan->ops[i], true);
		run.status = EXIT_DONE;
		return;
	}
	run.status = chosen.step < run.plan->n ? apply() : EXIT_NO_SUCH_STEP;
}

int main(int argc, char **argv)
{
	chosen.fault = argc > 1 ? argv[1] : "";
	if (argc <= FIRST_OPTION + 1 || !is_known(chosen.fault) ||
	    num_parse_u32(argv[FIRST_OPTION], UINT32_MAX, &chosen.step) < 0) {
		fputs("usage: fault fail|kill|list|ERRNO|sh:COMMAND up|down STEP "
		      "[OPTION]... NAME|-a\n",
		      stderr);
		return EXIT_USAGE;
	}
	run.brings_back = strcmp(argv[2], "up") == 0;
	run.make_plan = run.brings_back ? plan_up : plan_down;
	if (run_start(&run, argc - FIRST_OPTION, argv + FIRST_OPTION) == 0)
		plan();
	return run_finish(&run);
}
