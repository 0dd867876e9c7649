/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the network service takes from /etc/sysconfig/network. */
#include <check.h>
#include <stdlib.h>

#include "lib/base/cleanup.h"
#include "lib/files/network-conf.h"
#include "tests/unit/sysconfig.h"

static const struct {
	const char *text;
	struct network_conf conf; /* without positions' file */
	const char *told;         /* begins like that; NULL: nothing */
} files[] = {
	{ "", { .networking = true, .down_on_shutdown = true }, NULL },
	{ "NETWORKING=yes\nIFDOWN_ON_SHUTDOWN=maybe\nNETWORKDELAY=\n",
	  { .networking = true, .down_on_shutdown = true },
	  NULL },
	{ "\nNETWORKING=No\n",
	  { .networking_pos.line = 2, .down_on_shutdown = true },
	  NULL },
	{ "NETWORKING=no\nNETWORKING=yes\n",
	  { .networking = true, .down_on_shutdown = true },
	  NULL },
	{ "IFDOWN_ON_SHUTDOWN=off\n", { .networking = true }, NULL },
	{ "NETWORKDELAY=7\n",
	  { .networking = true, .delay_ms = 7000, .down_on_shutdown = true },
	  NULL },
	{ "NETWORKDELAY=7s\n",
	  { .networking = true, .down_on_shutdown = true },
	  "NETWORKDELAY='7s' ignored" },
	{ "NETWORKDELAY=3601\n",
	  { .networking = true, .down_on_shutdown = true },
	  "NETWORKDELAY='3601' ignored" },
	{ "WAIT_UNTIL_REACHABLE=192.168.1.1\n",
	  { .networking = true,
	    .delay_ms = 30000,
	    .reachable = "192.168.1.1",
	    .reachable_pos.line = 1,
	    .down_on_shutdown = true },
	  NULL },
	{ "WAIT_UNTIL_REACHABLE=gw\nNETWORKDELAY=0\n",
	  { .networking = true,
	    .reachable = "gw",
	    .reachable_pos.line = 1,
	    .down_on_shutdown = true },
	  NULL },
	/* Other mistakes are not reported here. */
	{ "if true\nNETWORKDELAY=2\n",
	  { .networking = true, .delay_ms = 2000, .down_on_shutdown = true },
	  NULL },
};

static void expect_text(const struct diag_line *line, void *arg)
{
	const char **want = arg;

	ck_assert_msg(*want && strncmp(line->text, *want, strlen(*want)) == 0, "%s",
		      line->text);
	*want = NULL;
}

START_TEST(the_service_has_keys_of_its_own)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct sysconfig sys = sysconfig_new("");
	const struct model_options options = { .sysconfig = sys.dir };
	const struct network_conf *want = &files[_i].conf;
	const char *told = files[_i].told;
	struct network_conf conf;

	sysconfig_write(&sys, "network", files[_i].text, strlen(files[_i].text));
	network_conf_read(&options, arena, diag, &conf);
	ck_assert_int_eq(conf.networking, want->networking);
	ck_assert_uint_eq(conf.networking_pos.line, want->networking_pos.line);
	ck_assert_uint_eq(conf.delay_ms, want->delay_ms);
	ck_assert_pstr_eq(conf.reachable, want->reachable);
	ck_assert_uint_eq(conf.reachable_pos.line, want->reachable_pos.line);
	ck_assert_int_eq(conf.down_on_shutdown, want->down_on_shutdown);
	diag_each(diag, DIAG_NOTE, expect_text, &told);
	ck_assert_ptr_null(told);
	sysconfig_release(&sys);
}
END_TEST

START_TEST(a_missing_file_counts_as_an_empty_one)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct model_options options = { .sysconfig = "/nonexistent" };
	struct network_conf conf;

	network_conf_read(&options, arena, diag, &conf);
	ck_assert(conf.networking);
	ck_assert(conf.down_on_shutdown);
	ck_assert_uint_eq(conf.delay_ms, 0);
	ck_assert_ptr_null(conf.reachable);
	ck_assert(diag_is_empty(diag));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("network-conf");
	SRunner *runner = srunner_create(suite);
	TCase *tcase = tcase_create("network-conf");
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, the_service_has_keys_of_its_own, 0, ARRAY_SIZE(files));
	tcase_add_test(tcase, a_missing_file_counts_as_an_empty_one);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
