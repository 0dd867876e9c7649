/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits until somebody says that the network still works: --try and --confirm. */
#include "lib/run/try.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>

#include "lib/apply/clock.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
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

static void fill(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGHUP);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGUSR1);
}

/* A terminal that is gone must not end the run either, whatever is written to it. */
void try_prepare(void)
{
	sigset_t signals;

	fill(&signals);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
}

/* ---- the file that says who waits ---- */

static char *try_path(const char *rundir)
{
	char *path = NULL;

	return asprintf(&path, "%s/try", rundir) < 0 ? NULL : path;
}

static int write_pid(const char *path)
{
	_cleanup_close_ int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);

	return fd < 0 || dprintf(fd, "%d\n", getpid()) < 0 ? -errno : 0;
}

/* Return: the process that a file of the run directory names; 0 when there is none. */
static pid_t read_pid(const char *rundir, const char *name)
{
	_cleanup_free_ char *path = NULL;
	_cleanup_close_ int fd = -1;
	char text[32] = "";
	uint32_t pid;

	if (asprintf(&path, "%s/%s", rundir, name) < 0) {
		path = NULL;
		return 0;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		return 0;
	text[strcspn(text, "\n")] = '\0';
	return num_parse_u32(text, INT32_MAX, &pid) == 0 ? (pid_t)pid : 0;
}

/* ---- waiting ---- */

/* struct wait - @gateway: to be asked, or NULL; @input: where Enter may come from, or -1 */
struct wait {
	const char *gateway;
	int signals, input;
	int64_t deadline_ms, ask_ms;
};

/* Return: whether a whole line came. */
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

/* Return: whether it is over, with how in @ret. */
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

static void tell_how(const struct try_options *options, const char *gateway)
{
	printf("Press Enter within %g s to keep the changes, or run `ifup --confirm` in "
	       "another shell%s%s.\n",
	       options->wait_ms / 1000.0, gateway ? ", or wait for an answer of " : "",
	       gateway ? gateway : "");
	fflush(stdout);
}

enum try_end try_wait(const struct try_options *options, const char *rundir,
		      const char *gateway, struct diag *diag)
{
	_cleanup_free_ char *path = try_path(rundir);
	_cleanup_close_ int signals = -1;
	struct wait wait = { .gateway = options->by_gateway ? gateway : NULL,
			     .input = STDIN_FILENO,
			     .deadline_ms = clock_now_ms() + options->wait_ms };
	enum try_end end = TRY_INTERRUPTED;
	sigset_t set;

	if (options->by_gateway && !gateway)
		diag_warning(diag, (struct pos){ 0 },
			     "no gateway is configured that could answer");
	fill(&set);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (signals < 0 || !path || write_pid(path) < 0) {
		diag_error(diag, (struct pos){ 0 }, "cannot wait for a confirmation: %s",
			   strerror(errno));
		return TRY_INTERRUPTED;
	}
	wait.signals = signals;
	tell_how(options, wait.gateway);
	while (!step(&wait, &end))
		;
	unlink(path);
	return end;
}

/* ---- confirming ---- */

static bool is_waiting(const char *rundir, pid_t pid)
{
	return read_pid(rundir, "try") == pid;
}

int try_confirm(const char *rundir, struct diag *diag)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
	int64_t deadline_ms = clock_now_ms() + CONFIRM_MS;
	pid_t pid = read_pid(rundir, "try");

	/* One that was killed leaves its file, and its number may be another's now. */
	if (!pid || pid != read_pid(rundir, "lock") || kill(pid, SIGUSR1) < 0) {
		diag_error(diag, (struct pos){ 0 }, "no run waits to be confirmed");
		diag_hint(diag,
			  "it has ended, and what it did is kept or undone already");
		return -ESRCH;
	}
	while (is_waiting(rundir, pid) && clock_now_ms() < deadline_ms)
		nanosleep(&pause, NULL);
	return is_waiting(rundir, pid) ? -ETIMEDOUT : 0;
}
