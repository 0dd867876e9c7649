/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl diff: what ifup would do, as the difference between the files and the kernel. */
#include "lib/ctl/ctl.h"

static int diff(struct ctl *ctl, int n, char **words)
{
	struct run *run = &ctl->run;
	int r;

	run->make_plan = plan_up;
	run->brings_back = true;
	run->options.diff = true;
	run->options.all = n == 0;
	run->options.request = n ? words[0] : NULL;
	r = run_load(run);
	if (r == 0)
		r = run_look(run);
	if (r == 0)
		r = run_plan(run);
	if (r == 0)
		run_apply(run);
	return run->status;
}

const struct ctl_command ctl_diff = {
	.name = "diff",
	.args = "[NAME]",
	.what = "print what ifup would do; exit status 1 if anything",
	.max_words = 1,
	.run = diff,
};
