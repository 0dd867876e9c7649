/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The end: messages, the exit status, and everything freed. */
#include "lib/run/stages.h"

#include <errno.h>
#include <stdlib.h>
#include <syslog.h>

#include "lib/base/file.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/programs.h"
#include "lib/run/service.h"
#include "lib/service/journal.h"
#include "lib/state/queue.h"

static void log_line(const struct diag_line *line, void *arg)
{
	int priority = LOG_DAEMON | (line->grade == DIAG_ERROR ? LOG_ERR : LOG_WARNING);
	const char *file = line->pos.file;
	const char *text = line->text;

	(void)arg;
	if (file && line->pos.line)
		syslog(priority, "%s:%u: %s", file, line->pos.line, text);
	else
		syslog(priority, "%s%s%s", file ? file : "", file ? ": " : "", text);
}

/*
 * Messages that go to the journal with their fields are not printed there again as lines.
 */
static void tell_all(const struct run *run)
{
	const enum diag_grade least = run_least_grade(run);

	fflush(stdout);
	if (!run->options.dry_run && journal_has_stream(STDERR_FILENO) &&
	    journal_log(run->diag, least) == 0)
		return;
	diag_print(run->diag, least, stderr);
	if (!run->options.dry_run && journal_log(run->diag, DIAG_WARNING) < 0)
		diag_each(run->diag, DIAG_WARNING, log_line, NULL);
}

/* Something printed or written may be incomplete. */
static void note_memory(struct run *run)
{
	_cleanup_diag_ struct diag *told = diag_new();

	diag_error(told, (struct pos){ 0 }, "out of memory");
	diag_merge_new(run->diag, told);
}

/* Memory may also become short while the rest is printed. */
static void tell_all_and_memory(struct run *run)
{
	const bool was_short = memory_was_short() && run->diag;

	if (was_short)
		note_memory(run);
	if (run->diag)
		tell_all(run);
	if (memory_was_short() && !was_short)
		print_line(stderr, "%s: error: out of memory",
			   program_invocation_short_name);
	if (memory_was_short() && run->status == EXIT_DONE)
		run->status = EXIT_FAILED;
}

/* Of a command that went on without: names in the files may have been misunderstood. */
static void judge_what_was_asked(struct run *run)
{
	if (!run->devices.error || run->status != EXIT_DONE || !run->diag)
		return;
	run_tell_unseen(run);
	run->status = EXIT_FAILED;
}

int run_finish(struct run *run)
{
	judge_what_was_asked(run);
	tell_all_and_memory(run);
	/*
	 * For changes, the status is the result; lost output matters only if printing was
	 * the purpose.
	 */
	if ((run->options.dry_run || run->options.status) && file_flush_output() < 0 &&
	    run->status == EXIT_DONE)
		run->status = EXIT_FAILED;
	plan_free(run->plan);
	devices_release(&run->devices);
	snapshot_free(run->made);
	snapshot_free(run->have);
	programs_forget(run);
	model_free(run->want);
	rtnl_close(run->rtnl);
	state_release(&run->state);
	diag_free(run->diag);
	secrets_free(run->secrets);
	kept_release(&run->files);
	apply_result_release(&run->result);
	service_free(run->service);
	queue_free(run->queue);
	free(run->driver);
	return run->status;
}
