/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is left out of a report. */
#include <check.h>
#include <stdlib.h>

#include "lib/base/diag.h"
#include "lib/base/secrets.h"
#include "lib/ctl/redact.h"

static void becomes(const char *text, bool all, const char *want)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	ck_assert_int_eq(redact(text, all, &out), 0);
	ck_assert_str_eq(strbuf_text(&out), want);
}

START_TEST(values_of_secrets)
{
	becomes("DEVICE=ens160\nKEY1=abc\nWPA_PSK=\"a b\"\nBOOTPROTO=none\n", false,
		"DEVICE=ens160\nKEY1=(left out)\nWPA_PSK=(left out)\nBOOTPROTO=none\n");
	becomes("A=1 PASSWORD=abc\n", false, "A=(left out)\n");
	becomes("KEY+=abc", false, "KEY=(left out)\n");
	becomes("export IEEE_8021X_PASSWORD=abc\n", false,
		"IEEE_8021X_PASSWORD=(left out)\n");
	becomes("PASSWORD = 'abc'\nWPA_PSK : abc\n", false,
		"PASSWORD=(left out)\n(left out)\n");
	becomes("ETHTOOL_OPTS=\"wol s sopass 00:11\"\n", false,
		"ETHTOOL_OPTS=(left out)\n");
	becomes("PRIVATE_KEY=a\nWEP_KEY1=a\nMKA_CAK=a\nIEEE_8021X_PIN=a\nPINK=a\n", false,
		"PRIVATE_KEY=(left out)\nWEP_KEY1=(left out)\nMKA_CAK=(left out)\n"
		"IEEE_8021X_PIN=(left out)\nPINK=a\n");
	becomes("PASSWORD='abc\ndef\nMTU=9000\n", false,
		"PASSWORD=(left out)\n(left out)\nMTU=9000\n");
	becomes("", false, "");
	becomes("\n# nothing\n", false, "\n# nothing\n");
}
END_TEST

START_TEST(values_on_several_lines)
{
	becomes("PASSWORD='one\ntwo=2\n# three'\nDEVICE=ens160\n", false,
		"PASSWORD=(left out)\n(left out)\n(left out)\nDEVICE=ens160\n");
	becomes("DEVICE=ens160\nPASSWORD=one\\\ntwo\n", false,
		"DEVICE=ens160\nPASSWORD=(left out)\n(left out)\n");
}
END_TEST

START_TEST(what_is_commented_out)
{
	becomes("#PASSWORD=abc\n# KEY=abc\n", false,
		"#PASSWORD=(left out)\n#KEY=(left out)\n");
}
END_TEST

START_TEST(whole_files)
{
	becomes("USER=me\n# of the cellar\n\nme too\n", true,
		"USER=(left out)\n(left out)\n(left out)\n(left out)\n");
}
END_TEST

START_TEST(words_elsewhere)
{
	static const char *const words[] = { "abcd", "abcdef", NULL };
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	redact_words("-e X=abcdefg abcd abc", words, &out);
	ck_assert_str_eq(strbuf_text(&out), "-e X=(left out)g (left out) abc");
}
END_TEST

START_TEST(messages)
{
	ck_assert(secret_mentions("KEY has no value: 'abc' would be run"));
	ck_assert(secret_mentions("a line with WPA_PSK in it"));
	ck_assert(!secret_mentions("unknown key 'FOO' has no effect"));
	ck_assert(!secret_mentions("bond0 is up, keyed or not"));
	ck_assert(!secret_mentions(""));
	ck_assert(secret_message(
		&(struct diag_line){ .pos = { "a/keys-bond0", 1 }, .text = "it" }));
	ck_assert(secret_message(&(struct diag_line){ .text = "it", .hint = "PSK=a" }));
	ck_assert(!secret_message(&(struct diag_line){ .text = "it", .hint = "MTU=1" }));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("redact");
	TCase *tcase = tcase_create("redact");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, values_of_secrets);
	tcase_add_test(tcase, values_on_several_lines);
	tcase_add_test(tcase, what_is_commented_out);
	tcase_add_test(tcase, whole_files);
	tcase_add_test(tcase, words_elsewhere);
	tcase_add_test(tcase, messages);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
