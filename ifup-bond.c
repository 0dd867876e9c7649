/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifup-bond: bring an interface up as its ifcfg file says.
 *
 * The stages, and the folder that each lives in:
 *
 *     parsers/       text -> assignments
 *     lib/model/     assignments -> what is wanted
 *     lib/snapshot/  what is there (lib/rtnl/ talks to the kernel)
 *     lib/state/     what earlier runs made
 *     lib/plan/      the steps from "is there" to "is wanted"
 *     lib/apply/     the steps, done
 *     lib/service/   what we ask and report to systemd
 *     lib/run/       what both programs share: command line, stages, exit status
 *     lib/base/      tools with no opinion about networks
 */
#include "lib/base/language.h"
#include "lib/run/hotplug.h"
#include "lib/run/rename.h"
#include "lib/run/service.h"
#include "lib/run/stages.h"

int main(int argc, char **argv)
{
	struct run run = { .what = N_("Bring an interface up as its ifcfg file says."),
			   .make_plan = plan_up,
			   .brings_back = true,
			   .bringing = N_("Bringing up") };
	int r;

	r = run_start(&run, argc, argv);
	if (r == 0)
		r = run_rename(&run);
	if (r == 0)
		r = run_hotplug(&run);
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
