/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl report: collects what is needed to find a mistake, without secrets. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <time.h>

#include "lib/apply/program.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/lint.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/files/redact.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/look.h"

#define JOURNAL_LIMIT_MS 10000

static void title(const char *what)
{
	print_line(stdout, "%s", "");
	print_line(stdout, "== %s", what);
}

/* ---- the host ---- */

static void put_line_of(const char *path, const char *begin)
{
	_cleanup_fclose_ FILE *file = MEMORY_TRY(fopen(path, "re"));
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, begin, strlen(begin)) == 0)
			print_text(stdout, line);
}

static void put_host(struct ctl *ctl)
{
	struct utsname name;
	char when[64];
	time_t now = time(NULL);
	struct tm utc;

	if (ctl->run.options.state_file)
		return;
	gmtime_r(&now, &utc);
	strftime(when, sizeof(when), "%FT%TZ", &utc);
	print_line(stdout, "version " VERSION);
	print_line(stdout, "%s", when);
	if (uname(&name) == 0)
		print_line(stdout, "%s %s %s", name.sysname, name.release, name.machine);
	put_line_of("/etc/os-release", "PRETTY_NAME=");
	print_line(stdout, "bonding driver %s",
		   access("/sys/module/bonding", F_OK) == 0 ? "is there"
							    : "is not loaded");
}

/* ---- the files ---- */

/* @unread: receives what the report lacks. */
static void put_file(struct secrets *secrets, const char *path, struct diag *unread)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY, clean = STRBUF_EMPTY;
	int r = file_read(path, FILE_LINES_MAX, &text, NULL);

	if (r == -ENOENT)
		return;
	title(path);
	if (r == 0)
		r = redact(strbuf_text(&text), secret_file(path), &clean);
	if (r == 0)
		r = redact_note(path, strbuf_text(&text), secrets);
	if (r < 0) {
		print_line(stdout, "cannot be read: %s", file_error(r));
		diag_error(unread, (struct pos){ path, 0 },
			   "cannot be read, so the report lacks it: %s", file_error(r));
	}
	print_text(stdout, strbuf_text(&clean));
}

static int is_one_of_ours(const struct dirent *entry)
{
	return ifcfg_subject(entry->d_name) != NULL;
}

static void put_all_files(struct ctl *ctl, struct arena *arena, struct diag *unread)
{
	struct secrets *secrets = ctl->run.secrets;
	const char *sysconfig = ctl->run.options.model.sysconfig;
	const char *dir = arena_printf(arena, "%s/network-scripts", sysconfig);
	const char *global = arena_printf(arena, "%s/network", sysconfig);
	struct dirent **entries = NULL;
	int n;

	put_file(secrets, global, unread);
	n = file_scan(dir, &entries, is_one_of_ours, alphasort);
	if (n < 0 && n != -ENOENT)
		diag_error(unread, (struct pos){ dir, 0 },
			   "cannot be read, so the report lacks it: %s", file_error(n));
	for (int i = 0; i < n; i++) {
		const char *path = arena_printf(arena, "%s/%s", dir, entries[i]->d_name);

		put_file(secrets, path, unread);
		free(entries[i]);
	}
	free(entries);
}

/* ---- our programs' view ---- */

/* Skips the first *@arg. */
static void put_later_finding(const struct diag_line *line, void *arg)
{
	size_t *known = arg;
	static const char *const grades[] = { [DIAG_NOTE] = "note",
					      [DIAG_NOTICE] = "note",
					      [DIAG_WARNING] = "warning",
					      [DIAG_ERROR] = "error" };

	if (*known) {
		--*known;
		return;
	}
	print_line(stdout, "%s:%u: %s: %s", line->pos.file ? line->pos.file : "",
		   line->pos.line, grades[line->grade], line->text);
}

static void put_findings(struct ctl *ctl, struct diag *findings)
{
	struct devices *devices = &ctl->run.devices;
	const struct lint how = { .model = ctl->run.options.model };
	size_t n, known = 0;

	devices_seen(devices);
	diag_set_secrets(findings, ctl->run.secrets);
	lint_here(devices, &how, findings, &n);
	title("messages about the files");
	diag_each(findings, DIAG_NOTE, put_later_finding, &known);
}

static void count_finding(const struct diag_line *line, void *arg)
{
	size_t *n = arg;

	(void)line;
	++*n;
}

/* Why what ifup would do is not all of it, besides those @findings. */
static void put_obstacles(struct run *run, struct diag *findings)
{
	size_t known = 0;

	diag_each(findings, DIAG_ERROR, count_finding, &known);
	diag_merge_new(findings, run->diag);
	diag_each(findings, DIAG_ERROR, put_later_finding, &known);
}

static int put_snapshots(struct run *run, FILE *out)
{
	int r = 0;

	fputs("\n== state of the kernel\n", out);
	if (run->have)
		r = snapshot_write_text(run->have, out);
	fputs("\n== created by earlier runs\n", out);
	if (r == 0 && run->made)
		r = snapshot_write_text(run->made, out);
	return r;
}

/* If the files are unusable, the kernel's state is shown nevertheless. */
static int look_at_everything(struct run *run)
{
	if (run_load(run) == 0 && run_look(run) == 0)
		return run_plan(run);
	if (run->have)
		return 0;
	if (run->options.state_file)
		return look_at_file(run->options.state_file, run->diag, &run->have);
	if (rtnl_open(&run->rtnl) < 0)
		return -EIO;
	return snapshot_take(run->rtnl, run->diag, &run->have);
}

static int write_plan(struct run *run, FILE *out)
{
	int r = put_snapshots(run, out);

	fputs("\n== what ifup would do\n", out);
	return r == 0 && run->plan ? plan_print(run->plan, run->secrets, out) : r;
}

static int put_plan(struct run *run, struct diag *findings)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;
	_cleanup_free_ char *text = NULL;
	size_t len;
	FILE *out = MEMORY_TRY(open_memstream(&text, &len));
	int r;

	if (!out)
		return -errno;
	look_at_everything(run);
	r = write_plan(run, out);
	if (fclose(out) != 0 || !text) { /* glibc may have none and succeed */
		memory_release();        /* which is reported */
		return -EIO;
	}
	secrets_hide(run->secrets, (struct pos){ 0 }, text, &clean);
	print_text(stdout, strbuf_text(&clean));
	put_obstacles(run, findings);
	return r;
}

/* ---- the journal ---- */

/* Its output goes to an unnamed file, to be searched. */
static int run_into(const char *const *argv, int fd)
{
	const struct program program = { .argv = argv, .limit_ms = JOURNAL_LIMIT_MS };
	struct rtnl_reply reply = { 0 };
	int own = dup(STDOUT_FILENO), r;

	if (own < 0)
		return -errno;
	fflush(stdout);
	r = dup2(fd, STDOUT_FILENO) < 0 ? -errno : 0;
	if (r == 0)
		program_run(&program, &reply);
	if (dup2(own, STDOUT_FILENO) < 0)
		r = -errno;
	close(own);
	r = r < 0 ? r : reply.error;
	rtnl_reply_release(&reply);
	return r;
}

/* Lines of earlier runs may quote values that are no longer in the files. */
static void put_journal_line(const char *line, const struct secrets *secrets)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	if (secret_mentions(line) || strstr(line, "/keys-"))
		strbuf_add(&clean, SECRET_BLANK);
	else
		secrets_hide(secrets, (struct pos){ 0 }, line, &clean);
	print_text(stdout, strbuf_text(&clean));
}

static void put_lines(int fd, const struct secrets *secrets)
{
	_cleanup_fclose_ FILE *file = MEMORY_TRY(fdopen(fd, "r"));
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	if (!file)
		close(fd);
	else
		rewind(file);
	while (file && file_get_line(&line, &size, file) > 0)
		put_journal_line(line, secrets);
}

static void put_journal_of(const char *const *argv, const struct secrets *secrets)
{
	int fd = memfd_create("journal", MFD_CLOEXEC);
	int r = fd < 0 ? -errno : run_into(argv, fd);

	if (fd >= 0)
		put_lines(fd, secrets);
	if (r < 0)
		print_line(stdout, "%s: %s", argv[0],
			   r == -ECHILD ? "has found nothing" : language_error(-r));
}

static void put_journal(struct ctl *ctl)
{
	static const char *const ours[] = { "/usr/bin/journalctl",
					    "--no-pager",
					    "-q",
					    "-b",
					    "-n",
					    "300",
					    "-t",
					    "ifup-bond",
					    "-t",
					    "ifdown-bond",
					    "-t",
					    "ifup",
					    "-t",
					    "ifdown",
					    "-t",
					    "ifcfgctl",
					    "-t",
					    "network",
					    NULL };
	static const char *const driver[] = { "/usr/bin/journalctl",
					      "--no-pager",
					      "-q",
					      "-b",
					      "-k",
					      "-n",
					      "200",
					      "-g",
					      "bond",
					      NULL };

	if (ctl->run.options.state_file || access(ours[0], X_OK) < 0)
		return;
	title("the journal");
	put_journal_of(ours, ctl->run.secrets);
	put_journal_of(driver, ctl->run.secrets);
}

/* ---- the command ---- */

/* All output goes there from now on, also that of programs that are run. */
static int redirect(const char *path, struct diag *diag)
{
	_cleanup_close_ int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0)
		return 0;
	diag_error(diag, (struct pos){ path, 0 }, _("cannot be made: %s"),
		   language_error(errno));
	return -EIO;
}

static int put_everything(struct ctl *ctl, struct diag *unread)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *findings = diag_new();
	int r;

	print_line(stdout, "== ifcfg-bond");
	put_host(ctl);
	put_all_files(ctl, arena, unread);
	put_findings(ctl, findings);
	r = put_plan(&ctl->run, findings);
	if (r == 0)
		put_journal(ctl);
	return r;
}

static int run_report(struct ctl *ctl, int n, char **words)
{
	_cleanup_diag_ struct diag *unread = diag_new();
	struct run *run = &ctl->run;
	int r = 0;

	language_off(); /* for those who get the report */
	if (n)
		r = redirect(words[0], run->diag);
	if (r < 0)
		return EXIT_FAILED;
	run->make_plan = plan_up;
	run->brings_back = true;
	run->options.all = run->options.diff = true;
	r = put_everything(ctl, unread);
	/* Mistakes in the files are part of the report, and not printed elsewhere. */
	if (r == 0) {
		diag_free(run->diag);
		run->diag = TAKE_PTR(unread);
		r = diag_errors(run->diag) ? -EIO : 0;
	}
	fflush(stdout);
	return r < 0 || ferror(stdout) ? EXIT_FAILED : EXIT_DONE;
}

const struct ctl_command ctl_report = {
	.name = "report",
	.args = "[FILE]",
	.what = N_("write a bug report, without secrets"),
	.example = "report report.txt",
	.first = &offer_files,
	.max_words = 1,
	.run = run_report,
};
