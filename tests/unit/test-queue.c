/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that wait for a run: who takes which, and that none is lost. */
#include "lib/state/queue.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/test-queue-XXXXXX", root[sizeof(dir)];
static struct diag *diag;

static void set_up(void)
{
	memcpy(root, dir, sizeof(dir));
	ck_assert_ptr_nonnull(mkdtemp(root));
	diag = diag_new();
	ck_assert_ptr_nonnull(diag);
}

static void tear_down(void)
{
	char command[sizeof(root) + 16];

	snprintf(command, sizeof(command), "rm -rf %s", root);
	ck_assert_int_eq(system(command), 0);
	diag_free(diag);
}

/* Not on the stack of a test, where a child that only ends would lose it: valgrind complains. */
static struct queue *held;

static struct queue *take(const char *name, size_t n)
{
	struct queue *queue = NULL;
	size_t there = 0;

	queue_new(&queue);
	ck_assert_int_eq(queue_take(queue, root, name, diag), 0);
	while (queue_names(queue)[there])
		there++;
	ck_assert_uint_eq(there, n);
	return queue;
}

/* Another run, as a process of its own. Return: how many names it has taken. */
static pid_t take_elsewhere(const char *name)
{
	pid_t pid = fork();
	struct queue *queue = NULL;
	int n = 0;

	if (pid != 0)
		return pid;
	queue_new(&queue);
	if (queue_take(queue, root, name, diag) < 0)
		_exit(99);
	while (queue_names(queue)[n])
		n++;
	_exit(n);
}

static int taken_by(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(one_name_is_taken)
{
	struct queue *queue = take("ens160", 1);

	ck_assert_str_eq(queue_names(queue)[0], "ens160");
	queue_free(queue);
	queue_free(take("ens160", 1));
}
END_TEST

START_TEST(names_that_come_meanwhile_are_taken_by_one_run)
{
	pid_t runs[3];
	int most = 0, all = 0;

	held = take("ens160", 1);
	for (size_t i = 0; i < 3; i++) {
		char name[] = "eth0";

		name[3] = (char)('0' + (int)i);
		runs[i] = take_elsewhere(name);
		ck_assert_int_gt(runs[i], 0);
	}
	usleep(200000);
	queue_free(held);
	for (size_t i = 0; i < 3; i++) {
		int n = taken_by(runs[i]);

		all += n;
		most = n > most ? n : most;
	}
	ck_assert_int_eq(all, 3);
	ck_assert_int_ge(most, 2);
}
END_TEST

/* It may have been looked for before it was there again. */
START_TEST(name_that_comes_again_is_not_lost)
{
	pid_t run;

	held = take("ens160", 1);
	run = take_elsewhere("ens160");
	queue_free(held);
	ck_assert_int_eq(taken_by(run), 1);
}
END_TEST

START_TEST(paths_are_no_names)
{
	static const char *const wrong[] = { "../state", "a/b", ".", "", "..", ".lock" };
	struct queue *queue = NULL;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		queue_new(&queue);
		ck_assert_int_eq(queue_take(queue, root, wrong[i], diag), -EINVAL);
		queue_free(queue);
	}
	ck_assert_uint_eq(diag_errors(diag), 6);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("queue");
	TCase *tcase = tcase_create("names");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, one_name_is_taken);
	tcase_add_test(tcase, names_that_come_meanwhile_are_taken_by_one_run);
	tcase_add_test(tcase, name_that_comes_again_is_not_lost);
	tcase_add_test(tcase, paths_are_no_names);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
