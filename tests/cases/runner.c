/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs cases one after another, each in a child that begins where this process is: under
 * valgrind and the sanitizers, to start a program takes longer than what it then does.
 *
 *     runner RESULTS FOLDER...
 *
 * Output, messages and exit status of the command in FOLDER/cmd are left in the files plan,
 * err and status of RESULTS/NAME, where NAME is the last part of FOLDER.
 */
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/cleanup.h"

#define N_COMMON 8

/* The programs' own main(), renamed by the Makefile. */
int ifup_main(int argc, char **argv);
int ifdown_main(int argc, char **argv);
int ifenslave_main(int argc, char **argv);
int ifcfgctl_main(int argc, char **argv);

static const struct program {
	const char *word, *name;
	int (*run)(int argc, char **argv);
	bool is_dry, reads_files;
} programs[] = {
	{ "ifup", "ifup-bond", ifup_main, true, true },
	{ "ifdown", "ifdown-bond", ifdown_main, true, true },
	{ "ifenslave", "ifenslave-bond", ifenslave_main, true, false },
	{ "ifcfgctl", "ifcfgctl", ifcfgctl_main, false, true },
};

/* error(3) says only to some that it does not return. */
static _Noreturn void give_up(const char *what)
{
	error(1, errno, "%s", what);
	abort();
}

static const struct program *find_program(const char *word)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (strcmp(programs[i].word, word) == 0)
			return &programs[i];
	errno = EINVAL;
	give_up(word);
}

static void redirect(int fd, int dir, const char *path, int flags)
{
	int file = openat(dir, path, flags, 0644);

	if (file < 0 || dup2(file, fd) < 0)
		give_up(path);
	close(file);
}

/* The next word: up to a blank, or between single quotes; NULL at the end. */
static char *read_word(FILE *file)
{
	char *word = NULL, quote[2];

	if (fscanf(file, " %1[']", quote) != 1)
		return fscanf(file, " %m[^ \t\n]", &word) == 1 ? word : NULL;
	if (fscanf(file, "%m[^']", &word) != 1)
		word = strdup("");
	if (!word || fgetc(file) != '\'')
		give_up("cmd");
	return word;
}

/* The words of cmd. */
static char **read_command(size_t *ret_n)
{
	_cleanup_fclose_ FILE *file = fopen("cmd", "re");
	char **words = NULL;
	char *word;
	size_t n = 0;

	if (!file)
		give_up("cmd");
	while ((word = read_word(file))) {
		words = reallocarray(words, n + 1, sizeof(*words));
		if (!words)
			give_up("cmd");
		words[n++] = word;
	}
	if (n == 0)
		give_up("cmd");
	*ret_n = n;
	return words;
}

/* Everything is said relative to the case's folder, so that messages have short paths. */
static int run_here(void)
{
	static const char *const common[] = { "--rundir", "run",        "--state",
					      "have.txt", "--insecure", "--sysconfig",
					      "root" };
	size_t n_words, n = 0, n_common = sizeof(common) / sizeof(common[0]);
	char **words = read_command(&n_words);
	const struct program *program = find_program(words[0]);
	char **argv = calloc(n_words + N_COMMON + 1, sizeof(*argv));
	int status;

	if (!argv)
		give_up("cmd");
	argv[n++] = strdup(program->name);
	if (program->is_dry)
		argv[n++] = strdup("--dry-run");
	for (size_t i = 0; i < n_common - (program->reads_files ? 0 : 3); i++)
		argv[n++] = strdup(common[i]);
	for (size_t i = 1; i < n_words; i++)
		argv[n++] = strdup(words[i]);
	program_invocation_name = argv[0];
	program_invocation_short_name = argv[0];
	status = program->run((int)n, argv);
	for (size_t i = 0; i < n; i++)
		free(argv[i]);
	for (size_t i = 0; i < n_words; i++)
		free(words[i]);
	free(argv);
	free(words);
	return status;
}

/* Below @results, which is open. */
static int open_folder_of(int results, const char *folder)
{
	_cleanup_free_ char *copy = strdup(folder);
	const char *name = copy ? basename(copy) : folder;
	int dir;

	if (mkdirat(results, name, 0755) < 0 && errno != EEXIST)
		give_up(name);
	dir = openat(results, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		give_up(name);
	return dir;
}

static void write_status(int dir, int status)
{
	int fd = openat(dir, "status", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 ||
	    dprintf(fd, "%d\n",
		    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)) < 0)
		give_up("status");
	close(fd);
}

static void run_case(int results, const char *folder)
{
	const int written = O_WRONLY | O_CREAT | O_TRUNC;
	_cleanup_close_ int dir = open_folder_of(results, folder);
	int status;
	pid_t child = fork();

	if (child < 0)
		give_up("fork");
	if (child == 0) {
		if (chdir(folder) < 0)
			give_up(folder);
		redirect(STDIN_FILENO, dir, "/dev/null", O_RDONLY);
		redirect(STDOUT_FILENO, dir, "plan", written);
		redirect(STDERR_FILENO, dir, "err", written);
		exit(run_here());
	}
	if (waitpid(child, &status, 0) < 0)
		give_up("waitpid");
	write_status(dir, status);
}

int main(int argc, char **argv)
{
	_cleanup_close_ int results =
		argc < 2 ? -1 : open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (results < 0) {
		fputs("usage: runner RESULTS FOLDER...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		run_case(results, argv[i]);
	return 0;
}
