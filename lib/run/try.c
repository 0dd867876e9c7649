/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits for a confirmation that the network still works: --try and --confirm. */
#include "lib/run/try.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <time.h>

#include "lib/apply/clock.h"
#include "lib/base/compat.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/base/print.h"
#include "lib/base/signals.h"
#include "lib/run/ping.h"

#define TRY_MAX_S      86400
#define GATEWAY_WAIT_S 60
#define CONFIRM_MS     5000
#define POLL_MS        50

int try_parse(const char *text, struct try_options *ret)
{
	uint32_t seconds = GATEWAY_WAIT_S;
	bool by_gateway = strcmp(text, "gateway") == 0;

	if (!by_gateway && (num_parse_u32(text, TRY_MAX_S, &seconds) < 0 || seconds == 0))
		return -EINVAL;
	*ret = (struct try_options){ .is_wanted = true,
				     .wait_ms = seconds * 1000,
				     .by_gateway = by_gateway };
	return 0;
}

/* A terminal that disappears must not end the run, whatever is written to it. */
void try_prepare(void)
{
	sigset_t signals;

	signals_hold(&signals);
}

/* ---- the file that names the waiting run ---- */

#define KEPT "kept"

/*
 * struct mark - the file that a run creates, and keeps locked, while it waits
 *
 * It contains the number of the process and, if the changes are kept, a second line at
 * the end, before it is removed. If it is not locked, the run was killed, and its number
 * may belong to another process by now.
 */
struct mark {
	char *path;
	int fd;
};

#define MARK_NONE        \
	(struct mark)    \
	{                \
		.fd = -1 \
	}

static void mark_close(struct mark *mark)
{
	free(mark->path);
	if (mark->fd >= 0)
		close(mark->fd);
}

static void mark_name(struct mark *mark, const char *rundir)
{
	mark->path = memory_printf("%s/try", rundir);
}

/* A new file, so that no other process can have it open and locked. */
static int mark_leave(struct mark *mark, const char *rundir)
{
	mark_name(mark, rundir);

	if (unlink(mark->path) < 0 && errno != ENOENT)
		return -errno;
	mark->fd = open(mark->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			0600);
	if (mark->fd < 0 || flock(mark->fd, LOCK_EX) < 0 ||
	    dprintf(mark->fd, "%d\n", getpid()) < 0)
		return -errno;
	return 0;
}

/*
 * The confirming process waits for this. If it cannot be written, the changes are not
 * confirmed.
 */
static void mark_take_away(const struct mark *mark, enum try_end end)
{
	if (end == TRY_KEPT)
		dprintf(mark->fd, KEPT "\n");
	unlink(mark->path);
}

static int mark_find(struct mark *mark, const char *rundir)
{
	mark_name(mark, rundir);

	mark->fd = open(mark->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	return mark->fd < 0 ? -errno : 0;
}

static bool mark_is_locked(const struct mark *mark)
{
	if (flock(mark->fd, LOCK_SH | LOCK_NB) < 0)
		return errno == EWOULDBLOCK;
	flock(mark->fd, LOCK_UN);
	return false;
}

/* Return: the process that waits, or waited; 0 if the file does not name one. */
static pid_t mark_read(const struct mark *mark, bool *ret_kept)
{
	char text[32] = "", *rest = text;
	uint32_t pid;

	*ret_kept = false;
	if (pread(mark->fd, text, sizeof(text) - 1, 0) <= 0 ||
	    num_parse_u32(strsep(&rest, "\n"), INT32_MAX, &pid) < 0)
		return 0;
	*ret_kept = rest && strcmp(rest, KEPT "\n") == 0;
	return (pid_t)pid;
}

/* ---- waiting ---- */

/*
 * struct wait - @gateway: to be pinged, or NULL; @input: where Enter may come from, or -1
 */
struct wait {
	const char *gateway;
	int signals, input;
	int64_t deadline_ms, ask_ms;
};

/* Return: whether a complete line came. */
static bool has_entered(struct wait *wait)
{
	char block[256];
	ssize_t n = read(wait->input, block, sizeof(block));

	if (n <= 0 && !(n < 0 && errno == EINTR))
		wait->input = -1; /* nobody is there any more */
	return n > 0 && memchr(block, '\n', (size_t)n);
}

static int next_pause(const struct wait *wait)
{
	int64_t next_ms = wait->deadline_ms;

	if (wait->gateway && wait->ask_ms < next_ms)
		next_ms = wait->ask_ms;
	next_ms -= clock_now_ms();
	return next_ms < 0 ? 0 : (int)next_ms;
}

/* Return: whether the wait is over, with the reason in @ret. */
static bool step(struct wait *wait, enum try_end *ret)
{
	struct pollfd fds[] = { { .fd = wait->signals, .events = POLLIN },
				{ .fd = wait->input, .events = POLLIN } };
	struct signalfd_siginfo info;

	*ret = TRY_KEPT;
	if (poll(fds, ARRAY_SIZE(fds), next_pause(wait)) < 0)
		return false;
	if (fds[0].revents && read(wait->signals, &info, sizeof(info)) == sizeof(info)) {
		*ret = info.ssi_signo == SIGUSR1 ? TRY_KEPT : TRY_INTERRUPTED;
		return true;
	}
	if (fds[1].revents && has_entered(wait))
		return true;
	if (wait->gateway && clock_now_ms() >= wait->ask_ms) {
		wait->ask_ms = clock_now_ms() + PING_GAP_MS;
		if (ping_ask(wait->gateway, 2 * PING_GAP_MS) == 0)
			return true;
	}
	*ret = TRY_TIMED_OUT;
	return clock_now_ms() >= wait->deadline_ms;
}

/*
 * Only a person confirms by Enter: in a pipe or a file, the next line of a script would
 * count. In the background, lines belong to the shell.
 */
static bool has_keyboard(void)
{
	pid_t foreground;

	if (!isatty(STDIN_FILENO))
		return false;
	foreground = tcgetpgrp(STDIN_FILENO);
	return foreground < 0 || foreground == getpgrp();
}

static void tell_how(const struct try_options *options, const struct wait *wait)
{
	const char *gateway = wait->gateway;
	double wait_s = options->wait_ms / 1000.0;

	if (wait->input >= 0)
		print_part(stdout,
			   "Press Enter within %g s to keep the changes, or run `ifup "
			   "--confirm` in another shell",
			   wait_s);
	else
		print_part(stdout, "Run `ifup --confirm` within %g s to keep the changes",
			   wait_s);
	if (gateway)
		print_line(stdout, ", or wait for an answer of %s.", gateway);
	else
		print_line(stdout, ".");
	fflush(stdout);
}

/* Input before the question is not an answer to it. */
static void ask_to_confirm(const struct try_options *options, struct wait *wait)
{
	if (has_keyboard() && tcflush(STDIN_FILENO, TCIFLUSH) == 0)
		wait->input = STDIN_FILENO;
	tell_how(options, wait);
}

enum try_end try_wait(const struct try_options *options, const char *rundir,
		      const char *gateway, struct diag *diag)
{
	_cleanup_(mark_close) struct mark mark = MARK_NONE;
	_cleanup_close_ int signals = -1;
	struct wait wait = { .gateway = options->by_gateway ? gateway : NULL,
			     .input = -1,
			     .deadline_ms = clock_now_ms() + options->wait_ms };
	enum try_end end = TRY_INTERRUPTED;
	sigset_t set;
	int r;

	if (options->by_gateway && !gateway)
		diag_warning(diag, (struct pos){ 0 },
			     "no gateway is configured that could answer");
	signals_hold(&set);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	r = signals < 0 ? -errno : mark_leave(&mark, rundir);
	if (signals < 0 || r < 0) {
		diag_error(diag, (struct pos){ 0 }, "cannot wait for a confirmation: %s",
			   language_error(-r));
		return TRY_INTERRUPTED;
	}
	wait.signals = signals;
	ask_to_confirm(options, &wait);
	while (!step(&wait, &end))
		;
	mark_take_away(&mark, end);
	return end;
}

/* ---- confirming ---- */

static int nobody_waits(struct diag *diag)
{
	diag_error(diag, (struct pos){ 0 }, "no run waits to be confirmed");
	diag_hint(diag, "it has ended, and what it did is kept or undone already");
	return -ESRCH;
}

/*
 * As long as the lock is held, the number is that of the run, so a descriptor opened
 * before checking the lock refers to the run for good. Kernels before 5.3 have none,
 * which leaves a short race.
 */
static int signal_run(const struct mark *mark, pid_t pid)
{
	_cleanup_close_ int run = (int)syscall(SYS_pidfd_open, pid, 0);

	if (run < 0 && errno != ENOSYS)
		return -errno;
	if (!mark_is_locked(mark))
		return -ESRCH;
	if (run < 0)
		return kill(pid, SIGUSR1) < 0 ? -errno : 0;
	return syscall(SYS_pidfd_send_signal, run, SIGUSR1, NULL, 0) < 0 ? -errno : 0;
}

/* Return: whether the run has ended its wait in time. */
static bool await_answer(const struct mark *mark)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int64_t deadline_ms = clock_now_ms() + CONFIRM_MS;

	while (mark_is_locked(mark)) {
		if (clock_now_ms() >= deadline_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

static int conclude_try(const struct mark *mark, pid_t pid, struct diag *diag)
{
	bool is_kept;

	if (!await_answer(mark)) {
		diag_error(
			diag, (struct pos){ 0 },
			"process %d, which waits to be confirmed, has not answered for "
			"%d s",
			pid, CONFIRM_MS / 1000);
		diag_hint(diag,
			  "if it is stopped, `kill -CONT %d` lets it go on; until then, "
			  "nothing is undone",
			  pid);
		return -ETIMEDOUT;
	}
	mark_read(mark, &is_kept);
	if (is_kept)
		return 0;
	diag_error(diag, (struct pos){ 0 }, "the run has ended without being confirmed");
	diag_hint(diag,
		  "what it changed is undone or, if it was killed, still there: see "
		  "`ifcfgctl status`");
	return -ECANCELED;
}

int try_confirm(const char *rundir, struct diag *diag)
{
	_cleanup_(mark_close) struct mark mark = MARK_NONE;
	bool is_kept;
	pid_t pid;
	int r;

	if (mark_find(&mark, rundir) < 0 || !mark_is_locked(&mark))
		return nobody_waits(diag);
	pid = mark_read(&mark, &is_kept);
	r = pid ? signal_run(&mark, pid) : -ESRCH;
	if (r < 0 && r != -ESRCH)
		diag_error(diag, (struct pos){ 0 }, "cannot confirm process %d: %s", pid,
			   language_error(-r));
	if (r < 0)
		return r == -ESRCH ? nobody_waits(diag) : r;
	return conclude_try(&mark, pid, diag);
}
