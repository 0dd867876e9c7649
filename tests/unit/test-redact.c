/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is removed from a report. */
#include <check.h>
#include <stdlib.h>

#include "lib/base/diag.h"
#include "lib/base/secrets.h"
#include "lib/files/redact.h"

static void becomes(const char *text, bool all, const char *want)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	ck_assert_int_eq(redact(text, all, &out), 0);
	ck_assert_str_eq(strbuf_text(&out), want);
}

START_TEST(values_of_secrets)
{
	becomes("DEVICE=ens160\nKEY1=abc\nWPA_PSK=\"a b\"\nBOOTPROTO=none\n", false,
		"DEVICE=ens160\nKEY1=(hidden)\nWPA_PSK=(hidden)\nBOOTPROTO=none\n");
	becomes("A=1 PASSWORD=abc\n", false, "A=(hidden)\n");
	becomes("KEY+=abc", false, "KEY=(hidden)\n");
	becomes("export IEEE_8021X_PASSWORD=abc\n", false,
		"IEEE_8021X_PASSWORD=(hidden)\n");
	becomes("PASSWORD = 'abc'\nWPA_PSK : abc\n", false,
		"PASSWORD=(hidden)\n(hidden)\n");
	becomes("ETHTOOL_OPTS=\"wol s sopass 00:11\"\n", false,
		"ETHTOOL_OPTS=(hidden)\n");
	becomes("PRIVATE_KEY=a\nWEP_KEY1=a\nMKA_CAK=a\nIEEE_8021X_PIN=a\nPINK=a\n", false,
		"PRIVATE_KEY=(hidden)\nWEP_KEY1=(hidden)\nMKA_CAK=(hidden)\n"
		"IEEE_8021X_PIN=(hidden)\nPINK=a\n");
	becomes("PASSWORD='abc\ndef\nMTU=9000\n", false,
		"PASSWORD=(hidden)\n(hidden)\nMTU=9000\n");
	becomes("", false, "");
	becomes("\n# nothing\n", false, "\n# nothing\n");
}
END_TEST

START_TEST(values_on_several_lines)
{
	becomes("PASSWORD='one\ntwo=2\n# three'\nDEVICE=ens160\n", false,
		"PASSWORD=(hidden)\n(hidden)\n(hidden)\nDEVICE=ens160\n");
	becomes("DEVICE=ens160\nPASSWORD=one\\\ntwo\n", false,
		"DEVICE=ens160\nPASSWORD=(hidden)\n(hidden)\n");
}
END_TEST

START_TEST(what_is_commented_out)
{
	becomes("#PASSWORD=abc\n# KEY=abc\n", false,
		"#PASSWORD=(hidden)\n#KEY=(hidden)\n");
}
END_TEST

START_TEST(whole_files)
{
	becomes("USER=me\n# of the cellar\n\nme too\n", true,
		"USER=(hidden)\n(hidden)\n(hidden)\n(hidden)\n");
}
END_TEST

static void hides(const char *path, const char *file_text, struct pos pos,
		  const char *text, const char *want)
{
	_cleanup_secrets_ struct secrets *secrets = secrets_new();
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	ck_assert_ptr_nonnull(secrets);
	ck_assert_int_eq(redact_note(path, file_text, secrets), 0);
	/* Files are read repeatedly. */
	ck_assert_int_eq(redact_note(path, file_text, secrets), 0);
	secrets_hide(secrets, pos, text, &out);
	ck_assert_str_eq(strbuf_text(&out), want);
}

START_TEST(words_elsewhere)
{
	static const struct pos nowhere;

	hides("a/keys-x", "DHCLIENTARGS='-e X=hunter22'\n", nowhere,
	      "-e X=hunter22g abc hunter2", "(hidden)g abc hunter2");
	hides("a/ifcfg-x", "KEY=abcd\nKEY2=abcdef\nMTU=1500\n", nowhere,
	      "abcdefg mtu 1500 abcdx", "(hidden)g mtu 1500 (hidden)x");
	hides("a/ifcfg-x", "ETHTOOL_OPTS='-s x wol s sopass 00:11:22'\n", nowhere,
	      "ethtool -s x wol s sopass 00:11:22", "ethtool -s x wol s sopass (hidden)");
	hides("a/ifcfg-x", "WPA_PSK=$'hun\\x74er'\n", nowhere, "'hunter'", "'(hidden)'");
	hides("a/ifcfg-x", "MTU=hunter22\n", nowhere, "hunter22", "hunter22");
	hides("a/keys-x", "# of the cellar\n#KEY=hunter22\n", nowhere,
	      "the cellar has hunter22", "the cellar has (hidden)");
}
END_TEST

START_TEST(other_forms)
{
	static const struct pos nowhere;
	static const char text[] = "PASSWORD='a\"b c%d\\e\x1b'\\''f#g'\n";

	hides("a/ifcfg-x", text, nowhere, "run a\"b%20c%25d\\e%1B'f%23g .",
	      "run (hidden) .");
	hides("a/ifcfg-x", text, nowhere, "'a\"b c%d\\e\x1b'\\''f#g' .", "'(hidden)' .");
	hides("a/ifcfg-x", text, nowhere, "a\"b c%d\\e\\x1b'f#g .", "(hidden) .");
	hides("a/ifcfg-x", "PASSWORD='a\"b\\cd'\n", nowhere, "\"a\\\"b\\\\cd\"",
	      "\"(hidden)\"");
}
END_TEST

/* Of one or two bytes, there are others in a line that are not secret. */
START_TEST(short_ones)
{
	static const char text[] = "KEY=ab\nKEY2=1\n";
	const struct pos own = { "b/ifcfg-x", 3 }, other = { "b/ifcfg-y", 3 };

	hides("a/keys-x", text, own, "tab ab 1 10.0.0.1 x:1 'ab'",
	      "tab (hidden) (hidden) 10.0.0.1 x:1 '(hidden)'");
	hides("a/keys-x", text, other, "ab 1", "ab 1");
}
END_TEST

/* A message quotes pieces of a value. */
START_TEST(pieces)
{
	static const char text[] = "DEVICE=x\nPASSWORD=se:cr:et v\n";
	const struct pos own = { "a/ifcfg-x", 2 }, other = { "a/ifcfg-y", 2 };

	hides("a/ifcfg-x", text, own, "PASSWORD has a bad part 'cr': 'x' would be run",
	      "PASSWORD has a bad part (hidden): 'x' would be run");
	hides("a/ifcfg-x", text, other, "'cr'", "'cr'");
	hides("a/ifcfg-x", text, own, "the file's key 'KEY' is not 'se:cr'",
	      "the file's key 'KEY' is not (hidden)");
}
END_TEST

START_TEST(no_memory_of_any)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	secrets_hide(NULL, (struct pos){ 0 }, "abc", &out);
	ck_assert_str_eq(strbuf_text(&out), "abc");
	ck_assert_int_eq(redact_note("a/keys-x", "KEY=abcd", NULL), 0);
}
END_TEST

static void keep(const struct diag_line *line, void *arg)
{
	strbuf_addf(arg, "%s|%s", line->text, line->hint);
}

START_TEST(messages)
{
	_cleanup_secrets_ struct secrets *secrets = secrets_new();
	_cleanup_diag_ struct diag *diag = diag_new(), *part = diag_new();
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	diag_set_secrets(part, secrets);
	diag_error(part, ((struct pos){ "a/ifcfg-x", 1 }), "'%s' is bad", "hunter22");
	diag_hint(part, "KEY=%s", "hunter22");
	diag_merge(diag, part);
	/* It may be known later that it is one. */
	ck_assert_int_eq(redact_note("a/ifcfg-x", "KEY=hunter22\n", secrets), 0);
	diag_each(diag, DIAG_NOTE, keep, &out);
	ck_assert_str_eq(strbuf_text(&out), "(hidden) is bad|KEY=(hidden)");
}
END_TEST

START_TEST(mentions)
{
	ck_assert(secret_mentions("KEY has no value: 'abc' would be run"));
	ck_assert(secret_mentions("a line with WPA_PSK in it"));
	ck_assert(!secret_mentions("unknown key 'FOO' has no effect"));
	ck_assert(!secret_mentions("bond0 is up, keyed or not"));
	ck_assert(!secret_mentions(""));
	ck_assert(secret_key("wep-key0"));
	ck_assert(secret_key("private-key"));
	ck_assert(!secret_key("KEY_MGMT"));
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
	tcase_add_test(tcase, other_forms);
	tcase_add_test(tcase, short_ones);
	tcase_add_test(tcase, pieces);
	tcase_add_test(tcase, no_memory_of_any);
	tcase_add_test(tcase, messages);
	tcase_add_test(tcase, mentions);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
