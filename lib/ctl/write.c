/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Common parts of commands that write ifcfg files. */
#include "lib/ctl/write.h"

#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/look.h"

bool write_set_try(void *settings, const char *value)
{
	struct write_settings *write = settings;

	return try_parse(value, &write->try) == 0;
}

bool write_settings_judge(const struct ctl_command *command,
			  const struct write_settings *settings)
{
	if (settings->try.is_wanted && !settings->up)
		ctl_usage(command, "--try goes with --up");
	else if (settings->up && settings->dry_run)
		ctl_usage(command, "either --up or --dry-run, please");
	else
		return true;
	return false;
}

/*
 * Users other than root have no directory for a lock; they may write files of their own.
 */
static int lock_files(struct ctl *ctl, struct drafts *drafts)
{
	int r = 0;

	if (geteuid() == 0) {
		r = state_lock_files(ctl->run.options.rundir, ctl->run.diag,
				     &drafts->lock_fd);
		drafts->is_locked = r == 0;
	}
	return r;
}

int write_begin(struct ctl *ctl, bool writes, struct drafts *drafts)
{
	struct run *run = &ctl->run;
	drafts_init(drafts, &run->options.model, run->diag);

	return !writes ? 0 : lock_files(ctl, drafts);
}

int write_failed(int error)
{
	if (error == -EACCES || error == -EPERM)
		return EXIT_NOT_ROOT;
	return error == -EINVAL || error == -ENOENT ? EXIT_CONFIG : EXIT_FAILED;
}

bool write_may_change(struct ctl *ctl)
{
	if (geteuid() == 0)
		return true;
	diag_error(ctl->run.diag, (struct pos){ 0 }, "only root can change the network");
	return false;
}

int write_judge_old(const struct drafts *drafts)
{
	int r = 0;

	for (size_t i = 0; i < drafts->n; i++) {
		if (!drafts->old[i])
			continue;
		diag_error(drafts->diag,
			   (struct pos){ drafts_path(drafts, drafts->list[i].name), 0 },
			   _("there is a file already"));
		diag_hint(drafts->diag, "--force replaces it");
		r = -EINVAL;
	}
	return r;
}

int write_look(struct ctl *ctl, struct snapshot **ret)
{
	struct run *run = &ctl->run;
	int r;

	if (run->options.state_file)
		return look_at_file(run->options.state_file, run->diag, ret);
	r = rtnl_open(&run->rtnl);
	if (r < 0)
		diag_error(run->diag, (struct pos){ 0 },
			   "the kernel does not talk rtnetlink: %s", language_error(-r));
	return r == 0 ? snapshot_take(run->rtnl, run->diag, ret) : r;
}

const char *write_device(struct ctl *ctl, const struct ifcfg_dir *dir,
			 const char *request)
{
	struct devices *devices = &ctl->run.devices;
	const struct ifcfg *file = bind_find(devices, dir, request);
	const char *own = file ? file->device : bind_own_name(devices, dir, request);

	return own ? own : request;
}

static void take_files_back(struct ctl *ctl, struct drafts *drafts)
{
	if (drafts_is_empty(drafts) || lock_files(ctl, drafts) < 0)
		return;
	if (drafts_take_back(drafts) == 0)
		diag_warning(ctl->run.diag, (struct pos){ drafts->directory, 0 },
			     _("the files are as they were before"));
	drafts_unlock(drafts);
}

static int bring_up(struct ctl *ctl, struct drafts *drafts, const char *request,
		    const struct try_options *try)
{
	struct run *run = &ctl->run;
	bool has_begun;

	run->make_plan = plan_up;
	run->brings_back = true;
	run->bringing = _("Bringing up");
	run->options.dry_run = false;
	run->options.request = request;
	run->options.all = !request;
	run->options.try = *try;
	if (try->is_wanted)
		try_prepare();
	has_begun = run_through(run);
	if (run->status != EXIT_DONE && (!has_begun || try->is_wanted))
		take_files_back(ctl, drafts);
	return run->status;
}

int write_judge(struct ctl *ctl, struct drafts *drafts, const char *request)
{
	struct diag *told = drafts->diag;
	bool again = true;
	int r = 0;

	while (again) {
		_cleanup_diag_ struct diag *findings = diag_new_like(told);

		drafts->diag = findings;
		r = drafts_check(drafts, request);
		drafts->diag = told;
		again = devices_answer(&ctl->run.devices);
		if (!again)
			diag_merge(told, findings);
	}
	return r;
}

int write_read(struct ctl *ctl, struct drafts *drafts, struct ifcfg_dir *ret)
{
	int r = bind_read(&ctl->run.devices, &drafts->options, drafts->arena,
			  drafts->diag, ret);

	return r == 0 ? drafts_judge_broken(drafts, ret) : r;
}

int write_check(struct ctl *ctl, struct drafts *drafts, bool strict, const char *request)
{
	int r;

	diag_set_strict(ctl->run.diag, strict);
	r = write_judge(ctl, drafts, request);
	diag_sort(ctl->run.diag);
	diag_set_strict(ctl->run.diag, false);
	return r;
}

int write_finish(struct ctl *ctl, struct drafts *drafts,
		 const struct write_settings *settings, const char *request)
{
	int r = write_check(ctl, drafts, settings->strict, request);

	if (r < 0)
		return write_failed(r);
	if (settings->dry_run) {
		r = drafts_show(drafts, stdout);
		return r < 0 ? write_failed(r) : EXIT_DONE;
	}
	if (settings->up && !write_may_change(ctl))
		return EXIT_NOT_ROOT;
	r = drafts_write(drafts);
	drafts_unlock(drafts); /* hooks may change files, too */
	if (r < 0)
		return write_failed(r);
	return settings->up ? bring_up(ctl, drafts, request, &settings->try) : EXIT_DONE;
}
