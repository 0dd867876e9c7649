/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What udev adds to a run: cards that have appeared, all that wait being handled by one
 * run.
 */
#include "lib/run/hotplug.h"

#include "lib/base/memory.h"
#include "lib/run/service.h"
#include "lib/run/stages.h"
#include "lib/state/queue.h"

/* While the service starts, its mark is not there yet, but it holds the lock. */
static int look_for_service(struct run *run, bool *ret)
{
	int r = 0;

	*ret = service_has_started();
	if (*ret)
		return 0;
	r = state_lock(&run->state, run->options.rundir, run->diag);
	*ret = r == 0 && service_has_started();
	state_release(&run->state);
	run->state = (struct state)STATE_NONE;
	return r;
}

int run_hotplug(struct run *run)
{
	struct run_options *options = &run->options;
	bool started = true;
	int r = 0;

	if (!options->hotplug)
		return 0;
	/* Hooks and helpers can see that udev is the caller. */
	memory_setenv("IN_HOTPLUG", "1");
	if (!options->dry_run)
		r = look_for_service(run, &started);
	if (r == 0 && !started)
		return run_stop(run, EXIT_DONE);
	if (r == 0)
		queue_new(&run->queue);
	if (r == 0 && options->dry_run)
		queue_add(run->queue, options->hotplug);
	else if (r == 0)
		r = queue_take(run->queue, options->rundir, options->hotplug, run->diag);
	if (r < 0)
		return run_stop(run, EXIT_FAILED);
	options->model.appeared = queue_names(run->queue);
	return *options->model.appeared ? 0 : run_stop(run, EXIT_DONE);
}
