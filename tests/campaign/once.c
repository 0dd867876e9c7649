/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a command again and again, each time with another one of its allocations, or of its
 * system calls, failing once. Each run must end as the undisturbed one did, or say what failed
 * and end with a status other than 0.
 *
 *     once alloc|call [-b COMMAND] [-a COMMAND] [-e ERRNO] [-f FIRST] [-s STRIDE] [-t SECONDS]
 *          [-v] PROGRAM [ARGUMENT]...
 *
 *     -b COMMAND  a shell command that is run before each run
 *     -a COMMAND  one that judges what each run left; ENDED is the run's exit status. What it
 *                 prints is shown if it fails
 *     -e ERRNO    of calls, only this one, by its name; "short" for reads and writes of one
 *                 byte, "KILL" for SIGKILL instead of the call
 *     -f, -s      the first to fail, from 1, and how many to go on by
 *     -v          one line for each run
 *
 * The last line: RUNS runs, N as ever, N with a message, N exceptions
 */
#include "tests/campaign/once.h"

#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/cleanup.h"
#include "tests/campaign/fail-alloc.h"

#define TIMEOUT_S 60

struct options {
	bool calls, is_loud;
	const char *before, *after, *error;
	size_t first, stride;
	unsigned int timeout_s;
	char **argv;
	char *program; /* the path of argv[0] */
};

/* What a run came to. */
struct outcome {
	int status; /* as of waitpid() */
	char *out, *err;
};

struct tally {
	size_t runs, same, told, exceptions;
};

static void outcome_release(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
}

/* error(3) says only to some that it does not return. */
_Noreturn void once_give_up(const char *what)
{
	error(2, errno, "%s", what);
	abort();
}

static char *read_all(int fd)
{
	struct stat st;
	char *text;

	if (fstat(fd, &st) < 0)
		once_give_up("fstat");
	text = calloc(1, (size_t)st.st_size + 1);
	if (!text || pread(fd, text, (size_t)st.st_size, 0) != st.st_size)
		once_give_up("output");
	return text;
}

static int temporary(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd < 0)
		once_give_up(name);
	return fd;
}

static bool succeeds(const char *command)
{
	return !command || system(command) == 0;
}

static void become(const struct options *options, int out, int err)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	alarm(options->timeout_s); /* lives through exec */
	execv(options->argv[0], options->argv);
	_exit(127);
}

/* ---- allocations ---- */

static char *preload;
static int shared_fd;
static struct fail_alloc *shared;

static void prepare_alloc(void)
{
	_cleanup_free_ char *self = realpath("/proc/self/exe", NULL);
	_cleanup_free_ char *path = NULL, *number = NULL;

	shared_fd = memfd_create("fail-alloc", 0);
	if (shared_fd < 0 || ftruncate(shared_fd, sizeof(*shared)) < 0)
		once_give_up("fail-alloc");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED,
		      shared_fd, 0);
	if (!self || shared == MAP_FAILED)
		once_give_up("fail-alloc");
	*strrchr(self, '/') = '\0';
	if (asprintf(&path, "%s/fail-alloc.so", self) < 0 ||
	    asprintf(&number, "%d", shared_fd) < 0)
		once_give_up("fail-alloc");
	if (access(path, R_OK) < 0)
		once_give_up(path);
	setenv("FAIL_ALLOC", number, 1);
	preload = TAKE_PTR(path);
}

/* Return: whether the allocation of that number came to pass; 0 for none. */
static bool run_alloc(const struct options *options, size_t at, int out, int err,
		      int *ret_status)
{
	pid_t child;

	*shared = (struct fail_alloc){ .at = at };
	child = fork();
	if (child < 0)
		once_give_up("fork");
	if (child == 0) {
		setenv("LD_PRELOAD", preload, 1);
		become(options, out, err);
	}
	if (waitpid(child, ret_status, 0) < 0)
		once_give_up("waitpid");
	return at && shared->n >= at;
}

/* ---- system calls ---- */

static const char *run_calls(const struct options *options, size_t at, size_t fault,
			     int out, int err, int *ret_status)
{
	struct once_calls calls = { .at = at, .fault = fault };
	pid_t child = once_calls_fork(&calls);

	if (child == 0)
		become(options, out, err);
	*ret_status = once_calls_watch(&calls, child, options->program);
	return calls.name;
}

/* ---- judging ---- */

static struct outcome take(int status, int out, int err)
{
	return (struct outcome){ status, read_all(out), read_all(err) };
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
	return a->status == b->status && strcmp(a->out, b->out) == 0 &&
	       strcmp(a->err, b->err) == 0;
}

static size_t count_words(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

/* Some commands print what they find; what cannot be read may be a warning to them. */
static bool has_more_errors(const char *got, const char *clean)
{
	static const char *const words[] = { " error: ", "\"grade\": \"error\"",
					     "cannot be read: " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (count_words(got, words[i]) > count_words(clean, words[i]))
			return true;
	return false;
}

/* Why the run is an exception; NULL when it is none. */
static const char *find_fault(const struct options *options, const struct outcome *clean,
			      const struct outcome *got, bool is_killed)
{
	if (is_killed)
		return NULL;
	if (WIFSIGNALED(got->status))
		return WTERMSIG(got->status) == SIGALRM ? "hangs" : "crashes";
	if (is_same(clean, got))
		return NULL;
	/* A report that has it is done. */
	if (has_more_errors(got->out, clean->out) &&
	    (WEXITSTATUS(got->status) != 0 || options->calls))
		return NULL;
	if (strcmp(clean->err, got->err) == 0)
		return WEXITSTATUS(got->status) == 0 ? "another result, without a word"
						     : "fails without a word";
	if (WEXITSTATUS(got->status) == 0 && !options->calls)
		return "another result, and status 0";
	return NULL;
}

static void show(const char *what, size_t at, const char *fault, const char *call,
		 const struct outcome *got)
{
	printf("%s: number %zu%s%s%s%s, status %d%s%d\n%s%s", what, at, call ? ", " : "",
	       call ? call : "", fault ? ": " : "", fault ? fault : "",
	       WEXITSTATUS(got->status), WIFSIGNALED(got->status) ? ", signal " : "/",
	       WTERMSIG(got->status), got->out, got->err);
	fflush(stdout);
}

static void judge(const struct options *options, const struct outcome *clean,
		  const struct outcome *got, size_t at, const char *fault,
		  const char *call, struct tally *tally)
{
	const bool is_killed = fault && strcmp(fault, "KILL") == 0;
	const char *why = find_fault(options, clean, got, is_killed);
	char ended[16];

	snprintf(ended, sizeof(ended), "%d",
		 WIFSIGNALED(got->status) ? 128 + WTERMSIG(got->status)
					  : WEXITSTATUS(got->status));
	setenv("ENDED", ended, 1);
	if (!why && !succeeds(options->after))
		why = "what it left";
	tally->runs++;
	if (why)
		tally->exceptions++;
	else if (is_same(clean, got))
		tally->same++;
	else
		tally->told++;
	if (why || options->is_loud)
		show(why ? why : "well", at, fault, call, got);
}

/* Return: whether there was such an allocation or call. */
static bool run_once(const struct options *options, size_t at, size_t fault,
		     struct outcome *ret, const char **ret_call)
{
	_cleanup_close_ int out = temporary("out"), err = temporary("err");
	bool came;
	int status;

	*ret_call = NULL;
	if (!succeeds(options->before))
		once_give_up(options->before);
	if (options->calls) {
		*ret_call = run_calls(options, at, fault, out, err, &status);
		came = *ret_call != NULL;
	} else {
		came = run_alloc(options, at, out, err, &status);
	}
	*ret = take(status, out, err);
	return came;
}

static bool try_one(const struct options *options, const struct outcome *clean, size_t at,
		    size_t fault, struct tally *tally)
{
	_cleanup_(outcome_release) struct outcome got = { 0 };
	const char *call;
	bool came = run_once(options, at, fault, &got, &call);

	if (came)
		judge(options, clean, &got, at,
		      options->calls ? once_calls_fault(fault) : NULL, call, tally);
	return came;
}

static void try_allocations(const struct options *options, const struct outcome *clean,
			    struct tally *tally)
{
	for (size_t at = options->first; try_one(options, clean, at, 0, tally);)
		at += options->stride;
}

static void try_calls(const struct options *options, const struct outcome *clean,
		      struct tally *tally)
{
	const char *fault;

	for (size_t at = options->first; at <= once_calls_seen(); at += options->stride)
		for (size_t i = 0; (fault = once_calls_fault(i)); i++)
			if ((!options->error || strcmp(options->error, fault) == 0) &&
			    once_calls_can(at, i))
				try_one(options, clean, at, i, tally);
}

static const char short_options[] = "+b:a:e:f:s:t:v";

static void parse(int argc, char **argv, struct options *ret)
{
	int c;

	if (argc < 3)
		error(2, 0, "usage: once alloc|call [OPTION]... PROGRAM [ARGUMENT]...");
	*ret = (struct options){ .calls = strcmp(argv[1], "call") == 0,
				 .first = 1,
				 .stride = 1,
				 .timeout_s = TIMEOUT_S };
	optind = 2;
	while ((c = getopt(argc, argv, short_options)) != -1) {
		switch (c) {
		case 'b':
			ret->before = optarg;
			break;
		case 'a':
			ret->after = optarg;
			break;
		case 'e':
			ret->error = optarg;
			break;
		case 'f':
			ret->first = strtoul(optarg, NULL, 10);
			break;
		case 's':
			ret->stride = strtoul(optarg, NULL, 10);
			break;
		case 't':
			ret->timeout_s = (unsigned int)strtoul(optarg, NULL, 10);
			break;
		case 'v':
			ret->is_loud = true;
			break;
		default:
			exit(2);
		}
	}
	ret->argv = argv + optind;
	if (!ret->argv[0] || !ret->first || !ret->stride)
		error(2, 0, "nothing to run");
	ret->program = realpath(ret->argv[0], NULL);
	if (!ret->program)
		once_give_up(ret->argv[0]);
}

int main(int argc, char **argv)
{
	_cleanup_(outcome_release) struct outcome clean = { 0 };
	struct options options;
	struct tally tally = { 0 };
	const char *call;

	parse(argc, argv, &options);
	if (!options.calls)
		prepare_alloc();
	run_once(&options, 0, 0, &clean, &call);
	if (options.calls)
		try_calls(&options, &clean, &tally);
	else
		try_allocations(&options, &clean, &tally);
	printf("%zu runs, %zu as ever, %zu with a message, %zu exceptions\n", tally.runs,
	       tally.same, tally.told, tally.exceptions);
	free(options.program);
	free(preload);
	return tally.exceptions ? 1 : 0;
}
