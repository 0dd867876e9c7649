/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Holds the shell-assignment reader against bash itself, variable by variable. */
#include <check.h>

#include "tests/unit/bash.h"

/* Means the same to bash and to us; stray words are run by bash and noted by us. */
static const char *const accepted[] = {
	"A=1 >/dev/null; B=2",
	"A=1 >/dev/null B=2 >>/dev/null C=3",
	"A=1 <<E\nA=2\n E\nE\nB=3",
	"A=1 <<-E\nA=2\n\tE\nB=3",
	"A=1 <<E; B=2\nA=2\nE\nC=3",
	"A=1 <<E <<-\"F G\"\nF G\nE\nB=2\n\tF G\nC=3",
	"A=1 <<\\E\nA=2\nE\nC=3",
	"A=1 <<E'F'G\nA=2\nEFG\nC=3",
	"A=1 <<$E\nA=2\n$E\nC=3",
	"A=1 << -E\nA=2\n-E\nC=3",
	"A=1 <<<E\nB=2\nE=3",
	"<<EOF\nA=1\nEOF\nB=1",
	"A=1 <<E |\nA=2\nE\nB=3",
	"A=1 |\n\nA=2; B=3",
	"A=1 |& # note\nB=2",
	": | A=1; B=2",
	": |& A=1",
	": |\n\nA=1 B=2; C=3",
	"unset A | B=2",
	"unset A=1 & B=2",
	"unset A=1 | B=2; C=3",
	"export A=1 | B=2",
	": >/dev/null | A=1; B=2",
	"A=1\nunset -f A",
	/* nothing at all */
	"",
	"\n",
	"\n\n \n\t\n",
	"# A=1\n",
	"#",
	"   # A=1\nB=2",
	"\\\n",
	"\\\n\\\nA=1",
	"A=1\\",
	"A=\\",

	/* words */
	"A=1",
	"A=1\n",
	" \t A=1 \t \n",
	"A=",
	"A=\nB=\n",
	"A= \n",
	"A=''",
	"A=\"\"",
	"A=$''",
	"A=$\"\"",
	"A=''\"\"$''",
	"A=a'b'\"c\"$'d'$\"e\"\\f",
	"A=192.168.1.2'2'",
	"A=\"a b\"'c d'",
	"A=a\\ b",
	"A=a\\\\b",
	"A=\\'",
	"A=\\\"x\\\"",
	"A=\\n\\t",
	"A=a\\#b",
	"A='a\\b\\\\'",
	"A='a\nb'\nB=2",
	"A=\"a\nb\n\nc\"\nB=2",
	"A=$'a\nb'",
	"A=a=b",
	"A==",
	"A==~",
	"A=b=~",
	"A={a,b}",
	"A=*",
	"A=?x[a-z]",
	"A=[",
	"A=]",
	"A={}",
	"A=!",
	"A=a!b",
	"A=\"a!b\"",
	"A=a^b%c@d,e/f:g+h-i",
	"A=-",
	"A=if",
	"A=1 # then",
	"A=caf\303\251",
	"A=\"\344\270\273\346\216\245\345\217\243\" # \347\273\221",
	"A=\377\376",
	"A=\001\002\177x",
	"A=\"\001\002\177\"",
	"A=$'\001\\001\\177'",
	"A=a\vb\fc",
	"A=a\rb",
	"_A=1 A_B2=2 a=3 aB=4",

	/* double quotes */
	"A=\"a\\\"b\"",
	"A=\"a\\\\b\"",
	"A=\"\\$B \\`c\\`\"",
	"A=\"a\\nb\\'c\\ d\"",
	"A=\"a\\\nb\"",
	"A=\"a\\\\\nb\"",
	"A=\"\\\\\\\"\"",
	"A=\"'\"",
	"A=\"a'b\"\"c'd\"",
	"A=\"a#b\" B=\"# c\"",
	"A=\"a;b|c&d<e>f(g)h\"",
	"A=\"~\" B='~' C=\\~",
	"A=$\"a b\"",
	"A=$\"a\\$b\"",
	"A=\"$'a'\"",
	"A=\"$\\\"\"",

	/* dollars that are none */
	"A=$",
	"A=$ B=2",
	"A=a$",
	"A=$%",
	"A=$=",
	"A=$,b",
	"A=$.",
	"A=$:",
	"A=$/",
	"A=\"$\"",
	"A=\"a $ b\"",
	"A=\"$%$,\"",
	"A='$B'",
	"A=\\$B",
	"A=$\\B",
	"A=$\\\n",
	"A=$}",

	/* the escapes of $'' */
	"A=$'\\a\\b\\e\\E\\f\\n\\r\\t\\v'",
	"A=$'\\\\\\'\\\"\\?'",
	"A=$'\\1\\12\\123\\1234\\777'",
	"A=$'\\08\\19\\x'",
	"A=$'\\x41\\x4\\x414\\xg\\xff'",
	"A=$'\\x{41}\\x{4142}z'",
	"A=$'\\x{41'",
	"A=$'\\x{g}'B",
	"A=$'\\u41\\u0041\\u00e9\\u4e3b\\u4e3bb\\u'",
	"A=$'\\ug\\U\\Ug'",
	"A=$'\\U1f600\\U0001F600\\U0001F6001'",
	"A=$'\\ud800\\udfff'",
	"A=$'\\U110000'",
	"A=$'\\U1fffff\\U200000\\U3ffffff\\U4000000\\U7fffffff'",
	"A=$'\\U80000000x'",
	"A=$'\\Uffffffffx'",
	"A=$'\\ca\\cA\\cz\\c[\\c?\\c1'",
	"A=$'\\c\\\\b'",
	"A=$'\\c\\'b'",
	"A=$'\\c'",
	"A=$'a\\0b'c",
	"A=$'a\\x00b'c",
	"A=$'a\\u0000b'c",
	"A=$'a\\c@b'c",
	"A=$'\\0'",
	"A=$'\\q\\z\\ \\-\\$'",
	"A=$'a\\\nb'",
	"A=$'it\\'s'",
	"A=$'a\\\\'",
	"A=$'$B`c`\"'",

	/* comments */
	"A=1 # c",
	"A=1 #c",
	"A=1# c",
	"A=1#",
	"A=#c",
	"A= #c",
	"A=a#b#c",
	"A=''#c",
	"A=1;#c",
	"A=1; # c",
	"A=1 # c \\\nB=2",
	"A=1 # ' \" ` $( \nB=2",
	"A=1\\\n# c\n",
	"A=1 \\\n# c\nB=2",
	"A=1 \\\n  \\\n B=2",

	/* several on a line */
	"A=1 B=2 C=3",
	"A=1\tB=2",
	"A=1; B=2 ;C=3;D=4 ;",
	"A=1 B=\"x y\" C='z' # d",
	"A=1 A=2 A=3",
	"A=1\nA=2\nB=$A\nA=3",

	/* continuation lines */
	"A=a\\\nb",
	"A=a\\\n b",
	"A\\\nB=1",
	"A=\\\n1",
	"A\\\n=1",
	"A+\\\n=1",
	"A=1\\\n\\\n2",
	"A=1\\\n;B=2",
	"A=1 B\\\n=2",
	"A='a\\\nb'",
	"ex\\\nport A=1",

	/* expansion */
	"A=1\nB=$A",
	"A=1\nB=${A}",
	"A=1\nB=\"$A ${A}\"",
	"A='a  b'\nB=$A\nC=$A$A",
	"A='*'\nB=$A",
	"A='~'\nB=$A C=x:$A",
	"A='a\"b'\\'\nB=$A C=\"$A\"",
	"A='$B'\nB=x\nC=$A",
	"A='\\n'\nB=$A C=\"$A\"",
	"A=1 B=$A C=$B$A",
	"A=$NOSUCH B=x${NOSUCH}y C=\"$NOSUCH\"",
	"A=1\nB=$A.5 C=$A-x D=$A/y E=$A:z",
	"A=1 AB=2\nC=$AB D=${A}B E=$A'B' F=\"$A\"B G=$A\\B",
	"A=1 AB=2\nC=$A\\\nB D=\"$A\\\nB\" E=${A\\\nB} F=\"${A\\\nB}\"",
	"A=1\nB=$\\\nA C=\"$\\\nA\" D=$\\\n{A}",
	"A=1\nA=$A$A\nA=$A$A",
	"A=$A",
	"A=1 B='$A' C=\\$A D=\"\\$A\"",
	"A=\nB=x$A\"$A\"y",
	"A1=x A1B=y\nC=$A1 D=$A1B E=$A1.B",

	"A=${B:-1} C=${A:-2} D=\"${C:-x y}\" E=${Z-x y} F=${Z:-}",
	"A=\nB=${A:-1} C=${A-1}",

	/* += */
	"A+=1",
	"A=1\nA+=2",
	"A=1 A+=2 A+=3",
	"A=a\nA+=\" b\"",
	"A=1\nA+=$A",
	"A=1\nA+=",
	"A=x\nA+='y'z",
	"A+=1 B=$A",

	/* export */
	"export A=1",
	"export A=1 B=2",
	"export A=\"a b\" B='c d'",
	"export A",
	"A=1\nexport A",
	"A=1; export A B C",
	"export A=1 B",
	"export\tA=1",
	"export A=1; B=2",
	"export A=1 # c",
	"export A=a}b,c",
	"export A=*",
	"A='x  *'\nexport B=$A",
	"export A=1 B=$A",
	"A=0\nexport A=1 B=$A",
	"A=0\nexport A+=1 A+=2",
	"export A+=1",
	"export A=a=b",
	"export A=",
	"A=1 export B=2",
	"A=1 export B=$A",
	"export A=$'a\\tb'",
	"export A=\\\n1",
	"export A=a#b",

	/* a word that bash runs: the assignment is forgotten */
	"NAME=bond0 slave 1",
	"NAME=bond0 slave 1\nA=1",
	"A=1 B=2 nosuch C=3",
	"A=0\nA=1 nosuch\nB=$A",
	"A=1 nosuch; B=2",
	"A=1 nosuch # c\nB=2",
	"A=1 nosuch \"x\ny\" 'z'; B=2",
	"A=1 nosuch #\"\nB=2",
	"A=1 nosuch x#\";B=2\"",
	"A= 1",
	"A=1 & B=2",
	"export A & B=2",
	"export -p & B=2",
	"A=1 =2",
	"A=1 2B=3",
	"A=1 'nosuch x'",
	"A=0\nA+=1 nosuch",

	/* as people write them */
	"DEVICE=bond0 ## \347\273\221\345\256\232\nIPADDR=192.168.1.22 #x\n#DNS1=\n",
	"BONDING_OPTS=\"mode=active-backup miimon=100 primary=ens160\"\n",
	"BONDING_OPTS='mode=4  lacp_rate=fast'\nONBOOT=yes; TYPE=Bond\n",
	"ETHTOOL_OPTS=\"-K ${DEVICE} tso on\"\n",
	"DEVICE=eth0\nETHTOOL_OPTS=\"-K ${DEVICE} tso on; -s $DEVICE autoneg off\"\n",
	"ESSID=caf\\ \\'x\\'\nKEY=s:\"a$\"b\n",
};

/* Reported by us, or not in force, and more than plain assignments to bash. */
static const char *const refused[] = {
	"nosuch",
	"nosuch A=1",
	"if :; then A=1; fi",
	"if :\nthen\nA=1\nelse\nA=2\nfi",
	"for i in 1 2; do A=$i; done",
	"while nosuch; do A=1; done",
	"case x in x) A=1 ;; esac",
	"{ nosuch; }",
	"( nosuch )",
	"! :",
	": ; A=1",
	"[ 1 = 1 ]",
	"[[ -n x ]]",
	"(( 1 ))",
	"let A=1",
	"f() { A=1; }",
	"f () { :; }",
	"function f { :; }",
	". /dev/null",
	"source /dev/null",
	"eval A=1",
	"set -e",
	"declare A=1",
	"typeset A=1",
	"local A=1",
	"declare -i A=1",
	"A=$(echo x)",
	"A=$(echo \"a)b\" ')' \\))",
	"A=\"$(echo \"x\")\"",
	"A=\"$(\necho x\n)\"",
	"A=`echo x`",
	"A=\"`echo x`\"",
	"A=$\\\n(echo x)",
	"A=\"$\\\n(echo x)\"",
	"A=$((1+2))",
	"A=\"$((1+2))\"",
	"A=$[1+2]",
	"B=1\nA=${#B}",
	"B=xy\nA=${B:1}",
	"B=xy\nA=${B%y}",
	"B=xy\nA=${B/x/\"}\"}",
	"B=A\nA=${!B}",
	"A=${B}${",
	"A=${}",
	"A=${1}",
	"A=${?}",
	"A=$?",
	"A=$$",
	"A=\"$#\"",
	"A=$0",
	"A=$-",
	"A=\"$@\"",
	"A=x$*y",
	"A=$!",
	"A=$1",
	"A=(1 2)",
	"A+=(1)",
	"A=(\n1\n2\n)\nB=2",
	"A[0]=x",
	"A[1]+=x",
	"A=1 >/dev/null; nosuch",
	"A=1 </dev/null nosuch; B=2",
	"return & A=1\nB=2",
	"readonly`A",
	"unset`A\nB=1",
	"unset A`\nB=1",
	"unset A 'B\nB=1",
	"export -n'\nB=1",
	"B=a{\nunset C ${!B}",
	"return 1 | A=1",
	"nosuch >/dev/null",
	"nosuch </dev/null",
	"cat <<EOF\nA=1\nEOF",
	": <<EOF\nA=1\nEOF\nB=2",
	": \\\n <<EOF\nA=1\nEOF",
	"A=1 nosuch <<EOF\nA=1\nEOF",
	"if :; then : <<-EOF; fi\nfi\n\tEOF\nB=1",
	"f() { :; } <<EOF\nA=1\nEOF",
	"((A=1<<2))\nB=1",
	"if ((1 << 2)); then A=1; fi; B=1",
	"A=1 <<E\nB=1",
	"A=1 | nosuch",
	"A=1 && nosuch",
	"A=1;; B=2",
	"; A=1",
	"A=1 ;\n;",
	"A=a(b)",
	"A=a)b",
	"A='x",
	"A=\"x",
	"A=\"x\nB=\"y\"\nC=\"z\"",
	"A=$'x",
	"A=$'x\\'",
	"A=it's\nB=2",
	"1A=x",
	"A-B=x",
	"A.B=x",
	"=x",
	"\"A\"=x",
	"'A=x'",
	"A\\B=x",
	"A =x",
	"A = x",
	"A =",
	"A-=x",
	"A+ =x",
	"$A=x",
	"B=A\n$B=x",
	"A=~",
	"A=~/x",
	"A=x:~",
	"A=\\\n~",
	"export A=~",
	"export A={a,b}",
	"export A={1..3}",
	"export A-B=1",
	"export 1A",
	"export A = b",
	"\342\200\234A=1\342\200\235",
	"\\A=1",
	"\\#",
	"\\\\",
};

/* Pieces of words; each pair and triple of them makes a case. */
static const char *const pieces[] = {
	"a",      "''", "'b c'",    "\"d  e\"", "\"\\\\$X\\\"\"", "$'f\\tg'",
	"$\"h\"", "$X", "\"${X}\"", "\\ ",      "\\\n",           "#",
	"\\$",    "$,", "=",        "\\\\",
};

#define N_PIECES  ARRAY_SIZE(pieces)
#define N_PAIRS   (N_PIECES * N_PIECES)
#define N_TRIPLES (N_PAIRS * N_PIECES)
/* A prime far from the number of pieces, so that the triples taken are mixed. */
#define STRIDE 13

#define FIRST_PAIR   ARRAY_SIZE(accepted)
#define FIRST_TRIPLE (FIRST_PAIR + N_PAIRS)
#define N_ACCEPTED   (FIRST_TRIPLE + N_TRIPLES / STRIDE)
#define N_CASES      (N_ACCEPTED + ARRAY_SIZE(refused))

/* Writes the text of the case @i. */
static void case_text(size_t i, struct strbuf *out)
{
	size_t triple = i - FIRST_TRIPLE;

	if (i < FIRST_PAIR) {
		strbuf_add(out, accepted[i]);
		return;
	}
	if (i >= N_ACCEPTED) {
		strbuf_add(out, refused[i - N_ACCEPTED]);
		return;
	}
	strbuf_add(out, "X='x y'\nA=");
	if (i < FIRST_TRIPLE) {
		strbuf_add(out, pieces[(i - FIRST_PAIR) / N_PIECES]);
		strbuf_add(out, pieces[(i - FIRST_PAIR) % N_PIECES]);
	} else {
		triple *= STRIDE;
		strbuf_add(out, pieces[triple / N_PAIRS]);
		strbuf_add(out, pieces[triple / N_PIECES % N_PIECES]);
		strbuf_add(out, pieces[triple % N_PIECES]);
	}
	strbuf_add(out, " B=2\n");
}

static int ask_bash(struct strbuf *out)
{
	_cleanup_(bash_remove_dir) char dir[] = "/tmp/test-shellvar-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(dir));
	for (size_t i = 0; i < N_CASES; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		case_text(i, &text);
		ck_assert(bash_write_case(dir, i, &text));
	}
	return bash_ask(dir, out);
}

/* How many variables are in force. */
static size_t count_keys(const struct shellvars *vars)
{
	size_t n = 0;

	for (size_t i = 0; i < vars->n; i++)
		n += shellvar_get(vars, vars->vars[i].key) == &vars->vars[i];
	return n;
}

/*
 * Compares the variables that bash lists from @answer on with ours.
 * Returns NULL when they are the same, else a description.
 */
static char *compare(const struct shellvars *vars, const char *answer)
{
	char *difference = NULL;
	size_t n = 0;

	for (; *answer; answer = bash_next_word(answer), n++) {
		size_t len = strcspn(answer, "=");
		_cleanup_free_ char *key = strndup(answer, len);
		const struct shellvar *var = shellvar_get(vars, key);

		if (var && strcmp(var->value, answer + len + 1) == 0)
			continue;
		if (asprintf(&difference, "bash has [%s], we have [%s]", answer,
			     var ? var->value : "(unset)") < 0)
			abort();
		return difference;
	}
	if (n != count_keys(vars) &&
	    asprintf(&difference, "bash has %zu variables, we have %zu", n,
		     count_keys(vars)) < 0)
		abort();
	return difference;
}

static void check_case(size_t i, const char *answer)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_(reading_release) struct reading ours = { 0 };
	_cleanup_free_ char *difference = NULL;
	bool complained = strcmp(answer, "yes") == 0;
	bool ran = strcmp(bash_next_word(answer), "yes") == 0;

	case_text(i, &text);
	ck_assert(reading_make(strbuf_text(&text), text.len, &ours));
	difference = compare(&ours.vars, bash_next_word(bash_next_word(answer)));
	if (i >= N_ACCEPTED) {
		ck_assert_msg(reading_is_reported(&ours), "nothing is reported:\n%s",
			      text.text);
		ck_assert_msg(complained || ran || difference, "plain to bash:\n%s",
			      text.text);
		return;
	}
	ck_assert_msg(diag_errors(ours.diag) == 0, "error:\n%s", strbuf_text(&text));
	ck_assert_msg(!difference, "%s:\n%s", difference, strbuf_text(&text));
	ck_assert_msg(!complained || reading_has_stray(&ours), "bash complains:\n%s",
		      strbuf_text(&text));
}

START_TEST(test_same_as_bash)
{
	_cleanup_strbuf_ struct strbuf answers = STRBUF_EMPTY;
	const char *answer;

	ck_assert_msg(ask_bash(&answers) == 0, "this test needs bash, which did not run");
	answer = strbuf_text(&answers);
	for (size_t i = 0; i < N_CASES; i++) {
		ck_assert_msg(answer < answers.text + answers.len, "bash stopped early");
		check_case(i, answer);
		while (*answer)
			answer = bash_next_word(answer);
		answer++;
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shellvar-bash");
	TCase *tcase = tcase_create("oracle");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, test_same_as_bash);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
