/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stage that reads the files and binds them to what the machine has. */
#include "lib/run/stages.h"

#include <errno.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/run/bind.h"
#include "lib/run/look.h"

/*
 * Interfaces that went down with others, and come back with them; the last one has no
 * name.
 */
static struct model_besides *besides_of(const struct snapshot *made)
{
	struct model_besides *list = memory_zeroed(made->n_links + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->down_with)
			list[n++] = (struct model_besides){ made->links[i]->name,
							    made->links[i]->down_with };
	return list;
}

/*
 * Read without the lock, as nothing is changed yet; problems with it are reported later.
 */
static int find_others(struct run *run, struct snapshot **ret_made,
		       struct model_besides **ret)
{
	_cleanup_(state_release) struct state state = STATE_NONE;
	_cleanup_diag_ struct diag *unheard = diag_new();
	int r = state_load_if(&state, run->options.rundir, SNAPSHOT_DOWN_WITH, unheard,
			      ret_made);

	if (r < 0) {
		diag_merge(run->diag, unheard);
		return -EIO;
	}
	*ret = besides_of(*ret_made);
	return 0;
}

static int load_with_others(struct run *run)
{
	_cleanup_snapshot_ struct snapshot *made = NULL; /* holds the names */
	_cleanup_free_ struct model_besides *besides = NULL;
	int r = 0;

	if (run->brings_back && !run->options.model.step)
		r = find_others(run, &made, &besides);
	if (r == 0)
		r = bind_load(&run->devices, &run->options.model, run->options.request,
			      besides, run->diag, &run->want);
	return r;
}

static void look_at_driver(struct run *run)
{
	_cleanup_strbuf_ struct strbuf parameters = STRBUF_EMPTY;
	int r = devices_add_driver(&run->devices, &parameters);

	if (r < 0)
		diag_warning(run->diag, (struct pos){ 0 },
			     "cannot read the bonding driver's parameters of modprobe.d: "
			     "%s",
			     r == -ENOENT ? _("libkmod.so.2 cannot be opened")
					  : language_error(-r));
	run->driver = parameters.len ? strbuf_take(&parameters) : NULL;
	run->options.model.driver = run->driver;
	run->options.model.at_boot = run->brings_back;
	run->options.model.goes_down = !run->brings_back;
	run->options.model.keep_uppers = run->options.keep_upper;
}

/* At boot ONBOOT decides; for udev, for which we set IN_HOTPLUG, HOTPLUG does. */
static bool is_run_kept_away(const struct run *run)
{
	const struct iface *target = run->want->target;
	const char *hotplug = getenv("IN_HOTPLUG");

	if (!target || run->options.model.step)
		return false;
	return (run->options.boot && !target->onboot) ||
	       (hotplug && *hotplug &&
		(!target->hotplug || target->kind == IFACE_BRIDGE));
}

/* Most links that appear on a host with containers have no file. */
static bool is_of_no_concern(const struct run *run)
{
	return run->options.hotplug && !run->want->n_order && !run->want->n_failed;
}

/*
 * Names and addresses in the files were interpreted without the kernel's state then: alternative
 * names would be taken for those of missing links, ports of an existing bond for those of a
 * missing one. Return: 0; the error, which is reported.
 */
static int judge_what_was_seen(struct run *run)
{
	const char *file = run->options.state_file;

	if (!run->devices.error ||
	    (file && look_at_file(file, run->diag, &run->have) < 0))
		return run->devices.error;
	if (file || run_open_rtnl(run) == 0)
		run_tell_unseen(run);
	return run->devices.error;
}

void run_know_devices(struct run *run)
{
	devices_release(&run->devices);
	run->devices =
		(struct devices){ .state_file = run->options.state_file,
				  .waits = run->brings_back && !run->options.dry_run,
				  .rtnl = &run->rtnl };
	run->devices.host.knows_kinds = true;
	run->options.model.host = &run->devices.host;
	run->options.model.asks = &run->devices.asks;
}

int run_load(struct run *run)
{
	int r;

	run_know_devices(run);
	look_at_driver(run);
	if (run->brings_back && !run->options.dry_run)
		run->options.model.kept = &run->files;
	r = load_with_others(run);

	diag_sort(run->diag);
	if (r < 0)
		return run_over(run, r, r == -EIO ? EXIT_FAILED : EXIT_CONFIG);
	if (run->options.strict && run->want->n_failed)
		return run_over(run, -EINVAL, EXIT_CONFIG);
	r = judge_what_was_seen(run);
	if (r < 0)
		return run_over(run, r, EXIT_FAILED);
	if (is_run_kept_away(run) || is_of_no_concern(run))
		return run_over(run, -ECANCELED, EXIT_DONE);
	return 0;
}
