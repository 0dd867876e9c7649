/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shell-assignment reader: lines, messages, recovery, sizes. */
#include <check.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "parsers/shellvar.h"

/* struct reading - what is made of a text, and what is said */
struct reading {
	struct arena *arena;
	struct diag *diag;
	struct shellvars vars;
	char *messages;
};

static void reading_release(struct reading *reading)
{
	arena_free(reading->arena);
	diag_free(reading->diag);
	free(reading->messages);
}

#define _cleanup_reading_ _cleanup_(reading_release)

static struct reading read_bytes(const char *text, size_t len,
				 const struct shellvars *outer)
{
	struct reading ret = { .arena = arena_new(), .diag = diag_new() };
	size_t size;
	FILE *out = open_memstream(&ret.messages, &size);

	ck_assert_int_eq(shellvar_parse(text, len, "f", outer, ret.arena, ret.arena,
					ret.diag, &ret.vars),
			 0);
	diag_print(ret.diag, DIAG_NOTE, out);
	fclose(out);
	return ret;
}

static struct reading read_text(const char *text)
{
	return read_bytes(text, strlen(text), NULL);
}

/* "LINE KEY=VALUE" or "LINE KEY=VALUE|STRAY" a line. */
static void check_vars(const struct shellvars *vars, const char *expected)
{
	_cleanup_strbuf_ struct strbuf got = STRBUF_EMPTY;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		strbuf_addf(&got, "%u %s=%s%s%s\n", var->pos.line, var->key, var->value,
			    var->stray ? "|" : "", var->stray ? var->stray : "");
		ck_assert_str_eq(var->pos.file, "f");
	}
	ck_assert_str_eq(strbuf_text(&got), expected);
}

/* struct sample - a text, the assignments in it, and what is said of it */
struct sample {
	const char *text, *vars, *messages;
};

static void check_sample(const struct sample *sample)
{
	_cleanup_reading_ struct reading got = read_text(sample->text);

	check_vars(&got.vars, sample->vars);
	ck_assert_str_eq(got.messages, sample->messages);
}

#define HINT(text) "    hint: " text "\n"
#define NOT_RUN    "this file is data and is not run\n"
#define DATA       NOT_RUN HINT("only NAME=value lines count here")
#define OPERATOR   NOT_RUN HINT("put the value in quotes if that character belongs to it")
#define SINGLE     HINT("to have the character itself, put the value in single quotes")

/* clang-format off */
static const struct sample samples[] = {
	/* lines are those where assignments start */
	{ "A=1\n\n B=2 C=3; D=4\nE='x\ny'\nF=5",
	  "1 A=1\n3 B=2\n3 C=3\n3 D=4\n4 E=x\ny\n6 F=5\n", "" },
	{ "A=\\\n1 \\\nB=2\nC=3", "1 A=1\n3 B=2\n4 C=3\n", "" },
	{ "# c \\\nA=1", "2 A=1\n", "" },

	/* a word behind the assignment */
	{ "NAME=bond0 slave 1\nB=2", "1 NAME=bond0|slave\n2 B=2\n", "" },
	{ "A=1 B=2 \"x y\" z; C=3", "1 A=1|\"x y\"\n1 B=2|\"x y\"\n1 C=3\n", "" },
	{ "A=1 export B=2", "1 A=1|export\n1 B=2\n", "" },
	{ "A=1 x\033y", "1 A=1|x?y\n", "" },
	{ "A= 1", "1 A=|1\n", "" },

	/* commands */
	{ "if [ -f x ]; then A=1; fi\nB=2", "1 A=1\n2 B=2\n",
	  "f:1: error: 'if' is a command; " DATA },
	{ "if x\nthen\n  A=1\nelse A=2\nfi\n", "3 A=1\n4 A=2\n",
	  "f:1: error: 'if' is a command; " DATA
	  "f:2: error: 'then' is a command; " DATA
	  "f:4: error: 'else' is a command; " DATA
	  "f:5: error: 'fi' is a command; " DATA },
	{ "f() {\nA=1\n}", "2 A=1\n",
	  "f:1: error: 'f' would be a function; " DATA
	  "f:3: error: '}' is a command; " DATA },
	{ ". /etc/x\nsource y", "",
	  "f:1: error: '.' is a command; " NOT_RUN
	  HINT("put the assignments of that file here")
	  "f:2: error: 'source' is a command; " NOT_RUN
	  HINT("put the assignments of that file here") },
	{ "declare -x A=1\nB=2", "2 B=2\n",
	  "f:1: error: 'declare' is a command; " NOT_RUN
	  HINT("write NAME=value alone") },
	{ "echo 'a\nb' \"c;d\" # '\nB=2", "3 B=2\n",
	  "f:1: error: 'echo' is a command; " DATA },

	/* operators */
	{ "A=1 & B=2\nC=3", "2 C=3\n",
	  "f:1: error: '&' runs commands; " OPERATOR },
	{ "A=a|b", "", "f:1: error: '|' joins commands; " OPERATOR },
	{ "A=1 >x", "", "f:1: error: '>' redirects a command; " OPERATOR },
	{ "(A=1)", "", "f:1: error: '(' groups commands; " OPERATOR },
	{ "A=1;;B=2", "1 A=1\n1 B=2\n",
	  "f:1: error: ';' has nothing in front of it to end\n"
	  HINT("remove it") },

	/* names */
	{ "KEY = value\nKEY =value\nB=2", "3 B=2\n",
	  "f:1: error: 'KEY' is followed by a blank, so it is a command and no assignment\n"
	  HINT("write NAME=value, without blanks around =")
	  "f:2: error: 'KEY' is followed by a blank, so it is a command and no assignment\n"
	  HINT("write NAME=value, without blanks around =") },
	{ "1A=x", "",
	  "f:1: error: '1A=x' does not start with a valid name\n"
	  HINT("a name has letters, digits and _, and no digit in front") },
	{ "\"A\"=x", "",
	  "f:1: error: '\"A\"=x' has quotes in front of its =, so it is no assignment\n"
	  HINT("write the name plain: NAME=value") },
	{ "export A-B=x -n C=1", "1 C=1\n",
	  "f:1: error: 'A-B=x' cannot be exported\n"
	  HINT("write export NAME=value, or NAME=value alone") },

	/* arrays */
	{ "A=(1\n2) B=2\nC[0]=x\nD=4", "2 B=2\n4 D=4\n",
	  "f:1: error: 'A' would be an array; only plain variables are known\n"
	  HINT("give each value a name of its own")
	  "f:3: error: 'C[0]=x' would be an array; only plain variables are known\n"
	  HINT("give each value a name of its own") },

	/* values of the running shell */
	{ "A=$(cat \"x)\" ')')z B=2", "1 B=2\n",
	  "f:1: error: command substitution $(…) is not run\n" SINGLE },
	{ "A=\"$(\ncat\n)\"\nB=2", "4 B=2\n",
	  "f:1: error: command substitution $(…) is not run\n" SINGLE },
	{ "A=`ls` B=2", "1 B=2\n",
	  "f:1: error: command substitution `…` is not run\n" SINGLE },
	{ "A=$((1+(2)))\nB=$[3]", "",
	  "f:1: error: arithmetic is not computed\n"
	  HINT("write the result")
	  "f:2: error: arithmetic is not computed\n"
	  HINT("write the result") },
	{ "A=\"${X:-a b}\" B=2", "1 B=2\n",
	  "f:1: error: of ${…} only plain ${NAME} is known, no operators\n"
	  HINT("write the value itself") },
	{ "A=$1 B=$? C=$$", "",
	  "f:1: error: $ with a digit or sign is a value of the running shell\n" SINGLE },
	{ "A=$_", "", "f:1: error: $_ is a value of the running shell\n" SINGLE },
	{ "A=~root B=\\~ C='~' D=x~", "1 B=~\n1 C=~\n1 D=x~\n",
	  "f:1: error: the shell would make a home directory of the ~\n" SINGLE },
	{ "A=x:~/y", "",
	  "f:1: error: the shell would make a home directory of the ~\n" SINGLE },
	{ "A={a,b}\nexport B={a,b}", "1 A={a,b}\n",
	  "f:2: error: the shell would make several words of the { }\n" SINGLE },

	/* quotes without end: reading goes on with the next line */
	{ "A='x\nB=2", "2 B=2\n",
	  "f:1: error: the quote ' that opens here never ends\n"
	  HINT("end it with another '") },
	{ "A=\"x\nB=\"y\"\nC=\"z\"", "2 B=y\n3 C=z\n",
	  "f:3: error: the quote \" that opens here never ends\n"
	  HINT("the word starts in line 1; a quote may be missing there") },
	{ "A=$'x\\'\nB=2", "2 B=2\n",
	  "f:1: error: the quote ' that opens here never ends\n"
	  HINT("end it with another '") },
	{ "A=$(x\nB=2", "2 B=2\n",
	  "f:1: error: command substitution $(…) is not run\n" SINGLE },
	{ "A=(1\nB=2", "2 B=2\n",
	  "f:1: error: 'A' would be an array; only plain variables are known\n"
	  HINT("give each value a name of its own") },
	{ "A=(\nB=${\nC=`\nD='\nE=5", "5 E=5\n",
	  "f:1: error: 'A' would be an array; only plain variables are known\n"
	  HINT("give each value a name of its own")
	  "f:2: error: of ${…} only plain ${NAME} is known, no operators\n"
	  HINT("write the value itself")
	  "f:3: error: command substitution `…` is not run\n" SINGLE
	  "f:4: error: the quote ' that opens here never ends\n"
	  HINT("end it with another '") },

	/* look-alikes */
	{ "IPADDR=“1.2.3.4”", "1 IPADDR=“1.2.3.4”\n",
	  "f:1: warning: typographic quote “ (U+201C) in column 8 is not a quote for the shell\n"
	  HINT("use plain \"")
	  "f:1: warning: typographic quote ” (U+201D) in column 16 is not a quote for the shell\n"
	  HINT("use plain \"") },
	{ "A=\"“1”\" B='　' # “　”\nC=\\“", "1 A=“1”\n1 B=　\n2 C=“\n", "" },
	{ "B=ü IPADDR＝1.2.3.4\nIPADDR＝1.2.3.4", "1 B=ü|IPADDR＝1.2.3.4\n",
	  "f:1: warning: full-width ＝ (U+FF1D) in column 11 is not '=' for the shell\n"
	  HINT("use plain =")
	  "f:2: error: full-width ＝ (U+FF1D) in column 7 is not '=' for the shell\n"
	  HINT("use plain =") },
	{ "\u00a0A=1\nA=1 \u3000# c", "2 A=1|\u3000#\n",
	  "f:1: error: no-break blank (U+00A0) in column 1 is not a blank for the shell\n"
	  HINT("use a plain blank")
	  "f:2: warning: ideographic blank (U+3000) in column 5 is not a blank for the shell\n"
	  HINT("use a plain blank") },
	{ "A=1\u2003", "1 A=1\u2003\n",
	  "f:1: warning: typographic blank (U+2003) in column 4 is not a blank for the shell\n"
	  HINT("use a plain blank") },
	{ "export “A=1", "",
	  "f:1: error: typographic quote “ (U+201C) in column 8 is not a quote for the shell\n"
	  HINT("use plain \"") },

	/* line ends and marks */
	{ "A=1\nB='2\r\n3'\r\nC=4\r", "1 A=1\n2 B=2\n3\n4 C=4\n",
	  "f:2: warning: the line ends in CR LF; the CR is left out\n"
	  HINT("convert the file, with dos2unix for example") },
	{ "A=1\\\r\n2\r\n", "1 A=12\n",
	  "f:1: warning: the line ends in CR LF; the CR is left out\n"
	  HINT("convert the file, with dos2unix for example") },
	{ "\xEF\xBB\xBF" "A=1", "1 A=1\n",
	  "f:1: warning: the file starts with a byte order mark; it is left out\n"
	  HINT("save the file as UTF-8 without byte order mark") },
};
/* clang-format on */

START_TEST(test_sample)
{
	check_sample(&samples[_i]);
}
END_TEST

START_TEST(test_nul)
{
	static const char text[] = "A=1\nB=x\0y\0\nC=3";
	_cleanup_reading_ struct reading got = read_bytes(text, sizeof(text) - 1, NULL);

	check_vars(&got.vars, "1 A=1\n2 B=xy\n3 C=3\n");
	ck_assert_str_eq(got.messages, "f:2: error: NUL byte: this is no text\n" HINT(
					       "save the file as UTF-8"));
}
END_TEST

START_TEST(test_text_need_not_end_in_nul)
{
	_cleanup_reading_ struct reading got = read_bytes("A=12", 3, NULL);

	check_vars(&got.vars, "1 A=1\n");
}
END_TEST

START_TEST(test_outer)
{
	_cleanup_reading_ struct reading outer = read_text("A=1 B=2\nC=3 stray");
	static const char text[] = "B=two\nX=$A$B$C\nA+=x\nY=$A";
	_cleanup_reading_ struct reading got =
		read_bytes(text, sizeof(text) - 1, &outer.vars);

	check_vars(&got.vars, "1 B=two\n2 X=1two\n3 A=1x\n4 Y=1x\n");
}
END_TEST

static const struct {
	const char *text;
	bool appends;
} again[] = {
	{ "A=1\nA=2", false },       { "A=1\nA+=2", true },
	{ "A=1\nA=\"$A 2\"", true }, { "A=1\nexport A+=2", true },
	{ "A=1\nB=2\nA=$B", false }, { "A=1\nA='$A'", false },
	{ "A+=1", false },           { "A=$A", false },
};

START_TEST(test_appends)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct shellvars vars = { 0 };

	ck_assert_int_eq(shellvar_parse(again[_i].text, strlen(again[_i].text), "f", NULL,
					arena, arena, diag, &vars),
			 0);
	ck_assert_int_eq(shellvar_get(&vars, "A")->appends, again[_i].appends);
	ck_assert(!vars.vars[0].appends);
}
END_TEST

START_TEST(test_get)
{
	_cleanup_reading_ struct reading got = read_text("A=1\nA=2\nB=3 x\nA=4 x\n");

	ck_assert_str_eq(shellvar_get(&got.vars, "A")->value, "2");
	ck_assert_ptr_null(shellvar_get(&got.vars, "B"));
	ck_assert_ptr_null(shellvar_get(&got.vars, "C"));
}
END_TEST

START_TEST(test_long)
{
	const size_t n = 100000;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };

	strbuf_add(&text, "LONG='");
	for (size_t i = 0; i < n; i++)
		strbuf_add(&text, "0123456789");
	strbuf_add(&text, "'\n");
	for (size_t i = 0; i < n; i++)
		strbuf_addf(&text, "KEY%zu=\"value %zu\" # comment\n", i, i);
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_uint_eq(got.vars.n, n + 1);
	ck_assert_uint_eq(strlen(got.vars.vars[0].value), n * 10);
	ck_assert_str_eq(got.vars.vars[n].value, "value 99999");
	ck_assert_uint_eq(got.vars.vars[n].pos.line, n + 1);
	ck_assert_str_eq(got.messages, "");
}
END_TEST

/* A few lines could otherwise ask for all the memory there is. */
START_TEST(test_overgrown)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };

	strbuf_add(&text, "A=xxxxxxxx\n");
	for (size_t i = 0; i < 64; i++)
		strbuf_add(&text, "A=$A$A\n");
	strbuf_add(&text, "B=2\n");
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_uint_eq(diag_errors(got.diag), 1);
	ck_assert_ptr_nonnull(strstr(got.messages, "expansions become too long"));
	ck_assert_str_eq(shellvar_get(&got.vars, "B")->value, "2");
}
END_TEST

/* Neither may take time that grows with the square of the file. */
START_TEST(test_many_open_ends)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };

	for (size_t i = 0; i < 2000; i++)
		strbuf_add(&text, "A=$(\nB=`\nC=${\nD=(\n");
	strbuf_add(&text, "E='\nF=6\n");
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_uint_eq(diag_errors(got.diag), 4 * 2000 + 1);
	check_vars(&got.vars, "8002 F=6\n");
}
END_TEST

START_TEST(test_long_word_is_cut)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };

	strbuf_add(&text, "x");
	for (size_t i = 0; i < 40; i++)
		strbuf_add(&text, "ü");
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_ptr_nonnull(strstr(got.messages, "ü…' is a command"));
	ck_assert_uint_lt(strlen(got.messages), 180);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shellvar");
	TCase *tcase = tcase_create("reader");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, test_sample, 0, ARRAY_SIZE(samples));
	tcase_add_test(tcase, test_nul);
	tcase_add_test(tcase, test_text_need_not_end_in_nul);
	tcase_add_test(tcase, test_outer);
	tcase_add_test(tcase, test_get);
	tcase_add_loop_test(tcase, test_appends, 0, ARRAY_SIZE(again));
	tcase_add_test(tcase, test_long);
	tcase_add_test(tcase, test_overgrown);
	tcase_add_test(tcase, test_many_open_ends);
	tcase_add_test(tcase, test_long_word_is_cut);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
