/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs other programs: hooks, helpers, DHCP clients. No value of the files passes through
 * a shell.
 */
#include "lib/apply/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/apply/clock.h"
#include "lib/base/compat.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"

/* How long a program that is asked to end may take. */
#define FAREWELL_MS 1000
#define POLL_MS     20

#define CHILD_PATH "PATH=/sbin:/usr/sbin:/bin:/usr/bin"

/* ---- the environment ---- */

/* Variables, by name or prefix, that change what a program or its shell runs. */
static const struct {
	const char *name;
	bool is_prefix;
} refused[] = {
	{ "LD_", true },
	{ "BASH_FUNC_", true },
	{ "BASH_ENV", false },
	{ "ENV", false },
	{ "IFS", false },
	{ "PATH", false },
	{ "SHELLOPTS", false },
	{ "BASHOPTS", false },
	{ "CDPATH", false },
	{ "GLOBIGNORE", false },
	{ "PS4", false },
	{ "GCONV_PATH", false },
	{ "PYTHON", true },
	{ "PERL", true },
	{ "GLIBC_", true },
	{ "MALLOC_", true },
	{ "LUA_", true },
	{ "RUBY", true },
	{ "NODE_", true },
	{ "JAVA_TOOL_OPTIONS", false },
	{ "_JAVA_OPTIONS", false },
	{ "JDK_JAVA_OPTIONS", false },
	{ "CLASSPATH", false },
	{ "GEM_", true },
	{ "BUNDLE_", true },
	{ "TCLLIBPATH", false },
	{ "AWKPATH", false },
	{ "AWKLIBPATH", false },
	{ "LOCPATH", false },
	{ "NLSPATH", false },
	{ "HOSTALIASES", false },
	{ "RES_OPTIONS", false },
	{ "LOCALDOMAIN", false },
	{ "OPENSSL_", true },
	{ "GIT_", true },
	{ "GUILE_", true },
	{ "PHPRC", false },
	{ "PHP_INI_SCAN_DIR", false },
};

static bool is_refused(const char *variable)
{
	size_t len = strcspn(variable, "=");

	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		size_t n = strlen(refused[i].name);

		if (strncmp(variable, refused[i].name, n) == 0 &&
		    (refused[i].is_prefix || n == len))
			return true;
	}
	return false;
}

/*
 * Our environment, cleaned, with @added; its entries are borrowed.
 */
static const char **make_environment(const char *const *added)
{
	size_t n = 2, at = 0;
	const char **list;

	for (char **var = environ; var && *var; var++)
		n++;
	for (size_t i = 0; added && added[i]; i++)
		n++;
	list = memory_zeroed(n, sizeof(*list));
	for (char **var = environ; var && *var; var++)
		if (!is_refused(*var))
			list[at++] = *var;
	list[at++] = CHILD_PATH;
	for (size_t i = 0; added && added[i]; i++)
		list[at++] = added[i];
	return list;
}

/* ---- starting ---- */

/* A pipe that contains all of @text, or nothing. Return: the end to read from. */
static int open_input(const char *text)
{
	_cleanup_close_ int to = -1;
	size_t len = text ? strlen(text) : 0;
	int ends[2];

	if (!text) {
		int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

		return null < 0 ? -errno : null;
	}
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	to = ends[1];
	/* Our texts fit into the pipe at once. */
	if (fcntl(to, F_SETFL, O_NONBLOCK) == 0 && write(to, text, len) == (ssize_t)len)
		return ends[0];
	close(ends[0]);
	return -E2BIG;
}

/* A process group of its own, so that its children can be stopped with it. */
static int prepare_spawn(const struct program *program, int input,
			 posix_spawn_file_actions_t *actions, posix_spawnattr_t *attr)
{
	sigset_t none, all;
	int r;

	sigemptyset(&none);
	sigfillset(&all);
	r = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETPGROUP |
						   POSIX_SPAWN_SETSIGMASK |
						   POSIX_SPAWN_SETSIGDEF);
	if (r == 0)
		r = posix_spawnattr_setsigmask(attr, &none);
	if (r == 0)
		r = posix_spawnattr_setsigdefault(attr, &all);
	if (r == 0)
		r = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
	for (int fd = STDOUT_FILENO; r == 0 && program->is_silent && fd <= STDERR_FILENO;
	     fd++)
		r = posix_spawn_file_actions_addopen(actions, fd, "/dev/null", O_WRONLY,
						     0);
	if (r == 0 && program->to_stderr)
		r = posix_spawn_file_actions_adddup2(actions, STDERR_FILENO,
						     STDOUT_FILENO);
	if (r == 0 && program->directory)
		r = posix_spawn_file_actions_addchdir_np(actions, program->directory);
	return r;
}

/* The prototype allows it to change the words, but it does not. */
static char *const *as_spawn_has_it(const char *const *words)
{
	char *const *same;

	memcpy(&same, &words, sizeof(same));
	return same;
}

/* Return: 0, or a negative errno. */
static int start_program(const struct program *program, const char **environment,
			 pid_t *ret)
{
	_cleanup_close_ int input = open_input(program->input);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int r;

	if (input < 0)
		return input;
	r = posix_spawn_file_actions_init(&actions);
	if (r != 0)
		return -r;
	r = posix_spawnattr_init(&attr);
	if (r == 0) {
		r = prepare_spawn(program, input, &actions, &attr);
		if (r == 0)
			r = posix_spawn(ret, program->argv[0], &actions, &attr,
					as_spawn_has_it(program->argv),
					as_spawn_has_it(environment));
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return -r;
}

/* ---- waiting ---- */

/* Without a pidfd (before Linux 5.3), the child is polled. */
static void doze_on_child(const struct child *child, int64_t ms)
{
	struct pollfd end = { .fd = child->pidfd, .events = POLLIN };

	if (child->pidfd < 0 && ms > POLL_MS)
		ms = POLL_MS;
	poll(&end, child->pidfd < 0 ? 0 : 1, ms > INT32_MAX ? INT32_MAX : (int)ms);
}

/* Return: whether it has ended, with its @status. */
static bool has_ended(const struct child *child, int *status)
{
	pid_t ended = waitpid(child->pid, status, WNOHANG);

	return ended == child->pid || (ended < 0 && errno != EINTR);
}

/* The same until a point in time. */
static bool wait_until(const struct child *child, int64_t deadline_ms, int *status)
{
	for (;;) {
		int64_t left_ms = deadline_ms - clock_now_ms();

		if (has_ended(child, status))
			return true;
		if (left_ms <= 0)
			return false;
		doze_on_child(child, left_ms);
	}
}

static void stop(const struct child *child, int *status)
{
	kill(-child->pid, SIGTERM);
	wait_until(child, clock_now_ms() + FAREWELL_MS, status);
	/* Including those of its group that outlived it. */
	kill(-child->pid, SIGKILL);
	waitpid(child->pid, status, 0);
}

static _printf_(3, 4) void reply_printf(struct rtnl_reply *reply, int error,
					const char *fmt, ...)
{
	va_list args;

	reply->error = error;
	va_start(args, fmt);
	reply->text = memory_vprintf(fmt, args);
	va_end(args);
}

static void conclude_program(int status, struct rtnl_reply *reply)
{
	if (WIFSIGNALED(status))
		reply_printf(reply, -ECHILD, _("it was ended by signal %d (%s)"),
			     WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		reply_printf(reply, -ECHILD, _("it ended with status %d"),
			     WEXITSTATUS(status));
}

/*
 * A relative path is resolved in the directory in which it is run. Return: 0; a negative
 * errno.
 */
static int check_access(const struct program *program)
{
	const char *directory = program->directory ? program->directory : ".";
	_cleanup_close_ int at = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return at < 0 || faccessat(at, program->argv[0], X_OK, 0) < 0 ? -errno : 0;
}

bool program_begin(const struct program *program, struct child *ret,
		   struct rtnl_reply *reply)
{
	_cleanup_free_ const char **environment = make_environment(program->env);
	int r;

	*ret = (struct child){ .pidfd = -1, .limit_ms = program->limit_ms };
	if (program->delay_us)
		usleep(program->delay_us);
	/* A spawned child that does not share our memory could not report this. */
	r = check_access(program);
	if (r == 0)
		r = start_program(program, environment, &ret->pid);
	if (r < 0) {
		reply_printf(reply, r, "%s", language_error(-r));
		return false;
	}
	ret->pidfd = (int)syscall(SYS_pidfd_open, ret->pid, 0);
	ret->deadline_ms = clock_now_ms() + program->limit_ms;
	return true;
}

static void forget_child(struct child *child)
{
	if (child->pidfd >= 0)
		close(child->pidfd);
	child->pidfd = -1;
}

bool program_is_over(struct child *child, struct rtnl_reply *reply)
{
	int status = 0;

	if (has_ended(child, &status)) {
		conclude_program(status, reply);
		forget_child(child);
		return true;
	}
	if (clock_now_ms() < child->deadline_ms)
		return false;
	stop(child, &status);
	reply_printf(reply, -ETIMEDOUT, _("it took longer than %g s and was stopped"),
		     child->limit_ms / 1000.0);
	forget_child(child);
	return true;
}

void program_run(const struct program *program, struct rtnl_reply *reply)
{
	struct child child;

	if (!program_begin(program, &child, reply))
		return;
	while (!program_is_over(&child, reply))
		doze_on_child(&child, child.deadline_ms - clock_now_ms());
}
