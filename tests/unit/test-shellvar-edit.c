/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changing single assignments of a text. */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "parsers/shellvar-edit.h"
#include "parsers/shellvar.h"

/* struct sample - a text, what is set in it, and what becomes of it; NULL: it is refused */
struct sample {
	const char *text, *key, *value, *expected;
};

static const struct sample samples[] = {
	/* where it stands, with all around it */
	{ "# a\nA=1 # one\nB=2\n", "A", "3", "# a\nA=3 # one\nB=2\n" },
	{ "A=1;B=2\n", "B", "x y", "A=1;B=\"x y\"\n" },
	{ "A=1 B=2\n", "A", "3", "A=3 B=2\n" },
	{ "export A=1\n", "A", "3", "export A=3\n" },
	{ "A=\"one\ntwo\"\nB=2\n", "A", "3", "A=3\nB=2\n" },
	{ "A=1\\\n2\nB=2\n", "A", "3", "A=3\nB=2\n" },
	{ "A=1\nA=2\n", "A", "3", "A=1\nA=3\n" },
	{ "A=1\nA+=2\n", "A", "3", "A=1\nA=3\n" },
	{ "  A=1\n", "A", "", "  A=\n" },
	/* what was never in force */
	{ "NAME=bond0 slave 1\nB=2\n", "NAME", "bond0", "NAME=bond0\nB=2\n" },
	{ "A = 1\nB=2\n", "A", "3", "A=3\nB=2\n" },
	{ "A=1 x; B=2\n", "A", "3", "A=3; B=2\n" },
	{ "A =1; B=2\n", "A", "3", "A=3; B=2\n" },
	{ "A=1 & B=2\n", "A", "3", "A=3 B=2\n" },
	{ "A=1 x | y\nB=2\n", "A", "3", "A=3\nB=2\n" },
	{ "A=1 x | y; B=2\n", "A", "3", NULL },
	{ "A=1 'x\ny' z\nB=2\n", "A", "3", "A=3\nB=2\n" },
	{ "A=1 export B=2\n", "A", "3", "A=3 B=2\n" },
	{ "readonly A=1\nA=2; B=2\n", "A", "1", "readonly A=1\nA=2; B=2\n" },
	{ "local A=1 B=2; C=3\n", "A", NULL, "local B=2; C=3\n" },
	{ "A=$(x) B=2\n", "A", "3", "A=3 B=2\n" },
	/* within shell code, it is left as it is */
	{ "if x; then A=1; fi\n", "A", "3", "if x; then A=1; fi\nA=3\n" },
	{ "f() { A=1; }\nA=2\n", "A", NULL, "f() { A=1; }\n" },
	{ "A=1\nif true; then\n", "A", "2", "A=2\nif true; then\n" },
	/* a new line */
	{ "", "A", "1", "A=1\n" },
	{ "B=2", "A", "1", "B=2\nA=1\n" },
	{ "B=2\n#A=0\n", "A", "1", "B=2\n#A=0\nA=1\n" },
	{ "B='A=0'\n", "A", "1", "B='A=0'\nA=1\n" },
	/* line ends become plain */
	{ "\xEF\xBB\xBF"
	  "A=1\r\nB=2\r\n",
	  "B", "3", "A=1\nB=3\n" },
	/* away */
	{ "# a\nA=1\n# b\nB=2\n", "A", NULL, "# a\n# b\nB=2\n" },
	{ "A=1 # one\nB=2\n", "A", NULL, "# one\nB=2\n" },
	{ "A=1; B=2\n", "A", NULL, "B=2\n" },
	{ "B=2; A=1\nC=3\n", "A", NULL, "B=2;\nC=3\n" },
	{ "B=2; A=1; C=3\n", "A", NULL, "B=2;C=3\n" },
	{ "A=1 B=2\n", "A", NULL, "B=2\n" },
	{ "B=2 A=1 C=3\n", "A", NULL, "B=2 C=3\n" },
	{ "B=2 A=1\n", "A", NULL, "B=2\n" },
	{ "export A=1\nB=2\n", "A", NULL, "B=2\n" },
	{ "export A=1; B=2\n", "A", NULL, "B=2\n" },
	{ "export A=1 B=2\n", "A", NULL, "export B=2\n" },
	{ "A=1\nB=2\nA=3\n", "A", NULL, "B=2\n" },
	{ "A=1;\n", "A", NULL, "" },
	{ "A=1", "A", NULL, "" },
	{ "A=1 A=2\nB=2\n", "A", NULL, "\nB=2\n" },
	{ "B=2\n", "A", NULL, "B=2\n" },
	/* quotes */
	{ "", "A", "it's", "A=\"it's\"\n" },
	{ "", "A", "$HOME", "A='$HOME'\n" },
	{ "", "A", "~", "A=\"~\"\n" },
	{ "", "A", "a\tb\r\n", "A=$'a\\011b\\015\\012'\n" },
	{ "", "A", "'\\\"", "A=''\\''\\\"'\n" },
	/* none that can be changed */
	{ "A=1\nB='x\n", "A", "2", NULL },
	{ "A=1\n. ./x\n", "A", "2", NULL },
	{ "A=1\n", "A B", "2", NULL },
	{ "A=1\n", "", "2", NULL },
};

START_TEST(test_samples)
{
	const struct sample *sample = &samples[_i];
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;
	_cleanup_diag_ struct diag *diag = diag_new();
	int r = shellvar_edit(sample->text, strlen(sample->text), "f", sample->key,
			      sample->value, diag, &out);

	ck_assert_int_eq(r, sample->expected ? 0 : -EINVAL);
	ck_assert_str_eq(strbuf_text(&out), sample->expected ? sample->expected : "");
}
END_TEST

static const char *value_in(const char *text, struct arena *arena, const char *key)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct shellvar *var;
	struct shellvars vars;

	ck_assert_int_eq(shellvar_parse(text, strlen(text), "f", NULL, arena, arena, diag,
					&vars),
			 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
	var = shellvar_get(&vars, key);
	return var ? var->value : NULL;
}

/* Whatever is written is read, and the neighbours are what they were. */
START_TEST(test_all_bytes)
{
	static const char text[] = "# c\nB=\"b b\"; C='c' # d\nexport A=1 D=4\nE=5\n";
	static const char *const others[][2] = { { "B", "b b" }, { "C", "c" } };
	unsigned int seed = 1;

	for (int round = 0; round < 2000; round++) {
		_cleanup_arena_ struct arena *arena = arena_new();
		_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;
		_cleanup_diag_ struct diag *diag = diag_new();
		char value[8] = "";

		for (size_t i = 0; i < sizeof(value) - 1; i++) {
			seed = seed * 1103515245U + 12345U;
			value[i] = (char)(seed >> 16 & (round % 2 ? 0x7F : 0xFF));
		}
		ck_assert_int_eq(shellvar_edit(text, strlen(text), "f",
					       round % 3 ? "A" : "E", value, diag, &out),
				 0);
		ck_assert_str_eq(
			value_in(strbuf_text(&out), arena, round % 3 ? "A" : "E"), value);
		for (size_t i = 0; i < ARRAY_SIZE(others); i++)
			ck_assert_str_eq(value_in(strbuf_text(&out), arena, others[i][0]),
					 others[i][1]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shellvar-edit");
	TCase *tc = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tc, test_samples, 0, ARRAY_SIZE(samples));
	tcase_add_test(tc, test_all_bytes);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
