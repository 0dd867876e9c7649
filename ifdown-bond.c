/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifdown-bond: take an interface down, and with it what ifup-bond brought.
 *
 * The stages, and their directories:
 *
 *     parsers/       text -> assignments
 *     lib/model/     assignments -> what is wanted
 *     lib/snapshot/  what is there (lib/rtnl/ talks to the kernel)
 *     lib/state/     what earlier runs made
 *     lib/plan/      the steps from "is there" to "is gone"
 *     lib/apply/     the steps, done
 *     lib/service/   what we ask and report to systemd
 *     lib/run/       what both programs share: command line, stages, exit status
 *     lib/base/      tools with no opinion about networks
 */
#include "lib/base/language.h"
#include "lib/run/service.h"
#include "lib/run/stages.h"

int main(int argc, char **argv)
{
	struct run run = {
		.what = N_("Take an interface down, and with it what ifup brought."),
		.make_plan = plan_down,
		.bringing = N_("Shutting down"),
	};
	int r;

	r = run_start(&run, argc, argv);
	if (r == 0)
		r = run_service(&run);
	if (r == 0)
		r = run_load(&run);
	if (r == 0)
		r = run_look(&run);
	if (r == 0)
		r = run_plan(&run);
	if (r == 0) {
		run_apply(&run);
		run_settle(&run);
	}
	return run_finish(&run);
}
