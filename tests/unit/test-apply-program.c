/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running programs: how they end, how long they may take, what they get to see. */
#include "lib/apply/program.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct rtnl_reply reply;

static void set_up(void)
{
	reply = (struct rtnl_reply){ 0 };
}

static void tear_down(void)
{
	free(reply.text);
}

/* Runs a line of shell, which is the shortest way to a program that does this or that. */
static void run(const char *line, const char *const *env, const char *directory,
		uint32_t limit_ms)
{
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	const struct program program = {
		.argv = argv, .env = env, .directory = directory, .limit_ms = limit_ms
	};

	program_run(&program, &reply);
}

START_TEST(how_it_ends)
{
	static const struct {
		const char *line;
		int error;
		const char *text;
	} rows[] = {
		{ "exit 0", 0, NULL },
		{ "exit 3", -ECHILD, "it ended with status 3" },
		{ "kill -TERM $$", -ECHILD, "it was ended by signal 15 (Terminated)" },
		{ "sleep 60", -ETIMEDOUT, "it took longer than 0.2 s and was stopped" },
		{ "trap '' TERM; sleep 60 & wait", -ETIMEDOUT,
		  "it took longer than 0.2 s and was stopped" },
	};

	run(rows[_i].line, NULL, NULL, rows[_i].error == -ETIMEDOUT ? 200 : 10000);
	ck_assert_int_eq(reply.error, rows[_i].error);
	ck_assert_pstr_eq(reply.text, rows[_i].text);
}
END_TEST

START_TEST(not_there)
{
	const char *const argv[] = { "/nowhere/program", NULL };
	const struct program program = { .argv = argv, .limit_ms = 1000 };

	program_run(&program, &reply);
	ck_assert_int_eq(reply.error, -ENOENT);
	ck_assert_str_eq(reply.text, "No such file or directory");
}
END_TEST

/* What a hook leaves running is its own affair: only its own end is waited for. */
START_TEST(its_children_may_stay)
{
	run("sleep 1 >/dev/null 2>&1 & exit 0", NULL, NULL, 500);
	ck_assert_int_eq(reply.error, 0);
}
END_TEST

START_TEST(what_it_sees)
{
	static const char *const added[] = { "INTERFACE=bond0", NULL };

	setenv("LD_LIBRARY_PATH", "/tmp", 1);
	setenv("BASH_ENV", "/tmp/evil", 1);
	setenv("GLIBC_TUNABLES", "x", 1);
	setenv("RUBYOPT", "x", 1);
	setenv("_JAVA_OPTIONS", "x", 1);
	setenv("OVSINTF", "kept", 1);
	run("[ -z \"$LD_LIBRARY_PATH$BASH_ENV$GLIBC_TUNABLES$RUBYOPT$_JAVA_OPTIONS\" ] "
	    "&& [ \"$OVSINTF\" = kept ] && "
	    "[ \"$INTERFACE\" = bond0 ] && "
	    "[ \"$PATH\" = /sbin:/usr/sbin:/bin:/usr/bin ] && "
	    "[ \"$(pwd -P)\" = / ] && ! read -r line",
	    added, "/", 10000);
	ck_assert_pstr_eq(reply.text, NULL);
}
END_TEST

/* All of it, and then its end. */
START_TEST(what_it_reads)
{
	const char *const argv[] = { "/bin/sh", "-c", "[ \"$(cat)\" = \"one\ntwo\" ]",
				     NULL };
	const struct program program = { .argv = argv,
					 .input = "one\ntwo\n",
					 .limit_ms = 10000 };

	program_run(&program, &reply);
	ck_assert_pstr_eq(reply.text, NULL);
}
END_TEST

/* Each waits until the other one has come: one after the other, they never end. */
START_TEST(two_at_a_time)
{
	static const char line[] = "exec 3<>\"$0\"; read -r x <&3";
	static const char answer[] = "exec 3<>\"$0\"; echo >&3; sleep 0.2";
	char path[] = "/tmp/test-program.XXXXXX";
	const char *const waits[] = { "/bin/sh", "-c", line, path, NULL };
	const char *const writes[] = { "/bin/sh", "-c", answer, path, NULL };
	const struct program programs[] = { { .argv = waits, .limit_ms = 10000 },
					    { .argv = writes, .limit_ms = 10000 } };
	struct rtnl_reply replies[2] = { 0 };
	struct child children[2];
	bool over[2] = { false, false };

	ck_assert_ptr_nonnull(mkdtemp(path));
	rmdir(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	for (size_t i = 0; i < 2; i++)
		ck_assert(program_begin(&programs[i], &children[i], &replies[i]));
	while (!over[0] || !over[1]) {
		for (size_t i = 0; i < 2; i++)
			over[i] = over[i] || program_is_over(&children[i], &replies[i]);
		usleep(10000);
	}
	unlink(path);
	ck_assert_int_eq(replies[0].error, 0);
	ck_assert_int_eq(replies[1].error, 0);
}
END_TEST

START_TEST(says_it_elsewhere)
{
	const char *const argv[] = { "/bin/sh", "-c", "[ /dev/fd/1 -ef /dev/fd/2 ]",
				     NULL };
	const struct program program = { .argv = argv,
					 .limit_ms = 10000,
					 .to_stderr = true };

	program_run(&program, &reply);
	ck_assert_int_eq(reply.error, 0);
}
END_TEST

START_TEST(it_cannot_read_more_than_fits)
{
	const char *const argv[] = { "/bin/cat", NULL };
	char *much = calloc(1, 1 << 20);
	const struct program program = { .argv = argv, .input = much, .limit_ms = 10000 };

	memset(much, 'x', (1 << 20) - 1);
	program_run(&program, &reply);
	free(much);
	ck_assert_int_eq(reply.error, -E2BIG);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("apply-program");
	TCase *tests = tcase_create("programs");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, how_it_ends, 0, 5);
	tcase_add_test(tests, not_there);
	tcase_add_test(tests, its_children_may_stay);
	tcase_add_test(tests, what_it_sees);
	tcase_add_test(tests, what_it_reads);
	tcase_add_test(tests, it_cannot_read_more_than_fits);
	tcase_add_test(tests, two_at_a_time);
	tcase_add_test(tests, says_it_elsewhere);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
