/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl diff: what ifup would do, as the difference between the files and the kernel. */
#include "lib/ctl/ctl.h"

int ctl_print_plan(struct ctl *ctl, const char *request)
{
	struct run *run = &ctl->run;

	run->make_plan = plan_up;
	run->brings_back = true;
	run->options.diff = true;
	run->options.all = !request;
	run->options.request = request;
	run_through(run);
	return run->status;
}

static int diff(struct ctl *ctl, int n, char **words)
{
	return ctl_print_plan(ctl, n ? words[0] : NULL);
}

const struct ctl_command ctl_diff = {
	.name = "diff",
	.args = "[NAME]",
	.what = "print what ifup would do; exit status 1 if anything",
	.max_words = 1,
	.run = diff,
};
