/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifup-bond with one step made to fail, to see that after any of them all is undone. */
#include <errno.h>
#include <stdio.h>

#include "lib/apply/apply.h"
#include "lib/base/num.h"
#include "lib/run/run.h"

/* Besides those of ifup-bond; EXIT_DONE means that the step failed as told. */
enum { EXIT_NO_SUCH_STEP = 3, EXIT_NOTHING_FAILED = 5 };

/* Steps of an undo are not in the plan's own list and go through. */
static int fail_chosen(const struct plan_op *op, void *arg)
{
	const struct plan_op *chosen = arg;

	return op == chosen ? -ECANCELED : 0;
}

static int apply_all_but(struct run *run, uint32_t step)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	_cleanup_(apply_result_release) struct apply_result result = { 0 };
	struct plan_op *chosen;
	int error;

	if (step >= run->plan->n)
		return EXIT_NO_SUCH_STEP;
	chosen = &run->plan->ops[step];
	plan_op_print(chosen, &line);
	puts(strbuf_text(&line));
	error = apply_run(run->plan, run->rtnl, run->options.rollback,
			  &(struct apply_observer){ .before = fail_chosen,
						    .arg = chosen },
			  run->diag, &result);
	return error < 0 ? EXIT_DONE : EXIT_NOTHING_FAILED;
}

int main(int argc, char **argv)
{
	struct run run = { .what = "Fail.", .make_plan = plan_up };
	uint32_t step;
	int r;

	if (argc < 3 || num_parse_u32(argv[1], UINT32_MAX, &step) < 0) {
		fputs("usage: fault-up STEP [OPTION of ifup-bond]... NAME\n", stderr);
		return EXIT_USAGE;
	}
	r = run_start(&run, argc - 1, argv + 1);
	if (r == 0)
		r = run_load(&run);
	if (r == 0)
		r = run_look(&run);
	if (r == 0)
		r = run_plan(&run);
	if (r == 0)
		run.status = apply_all_but(&run, step);
	return run_finish(&run);
}
