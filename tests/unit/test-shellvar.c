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

/* "LINE KEY=VALUE", "LINE KEY=VALUE|FLAW" or "LINE BLOCK{BODY}" a line. */
static void check_vars(const struct shellvars *vars, const char *expected)
{
	_cleanup_strbuf_ struct strbuf got = STRBUF_EMPTY;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		strbuf_addf(&got, "%u %s=%s%s%s\n", var->pos.line, var->key, var->value,
			    var->stray ? "|" : "", var->stray ? var->stray : "");
		ck_assert_str_eq(var->pos.file, "f");
	}
	for (const struct shell_block *block = vars->blocks; block; block = block->next)
		strbuf_addf(&got, "%u %s%s{%s}\n", block->pos.line, block->word,
			    block->is_function ? "()" : "", block->body);
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
#define DATA       NOT_RUN HINT("only NAME=value lines are read here")
#define OPERATOR   NOT_RUN HINT("put the value in quotes if that character belongs to it")
#define SINGLE     HINT("to have the character itself, put the value in single quotes")

/* clang-format off */
static const struct sample samples[] = {
	/* lines are those where assignments start */
	{ "A=1\n\n B=2 C=3; D=4\nE='x\ny'\nF=5",
	  "1 A=1\n"
	  "3 B=2\n"
	  "3 C=3\n"
	  "3 D=4\n"
	  "4 E=x\n"
	  "y\n"
	  "6 F=5\n",
	  "" },
	{ "A=\\\n1 \\\nB=2\nC=3",
	  "1 A=1\n"
	  "3 B=2\n"
	  "4 C=3\n",
	  "" },
	{ "# c \\\nA=1",
	  "2 A=1\n",
	  "" },

	/* a word after the assignment */
	{ "NAME=bond0 slave 1\nB=2",
	  "1 NAME=bond0|slave\n"
	  "2 B=2\n",
	  "" },
	{ "A=1 B=2 \"x y\" z; C=3",
	  "1 A=1|\"x y\"\n"
	  "1 B=2|\"x y\"\n"
	  "1 C=3\n",
	  "" },
	{ "A=1 export B=2",
	  "1 A=1|export\n"
	  "1 B=2\n",
	  "" },
	{ "A=1 x\033y",
	  "1 A=1|x?y\n",
	  "" },
	{ "A= 1",
	  "1 A=|1\n",
	  "" },

	/* commands */
	{ "if [ -f x ]; then A=1; fi\nB=2",
	  "1 A=1|if\n"
	  "2 B=2\n"
	  "1 if{ [ -f x ]; then A=1; }\n",
	  "" },
	{ "if x\nthen\n  A=1\nelse A=2\nfi\n",
	  "3 A=1|if\n"
	  "4 A=2|if\n"
	  "1 if{ x\n"
	  "then\n"
	  "  A=1\n"
	  "else A=2\n"
	  "}\n",
	  "" },
	{ "f() {\nA=1\n}",
	  "2 A=1|f\n"
	  "1 f(){\n"
	  "A=1\n"
	  "}\n",
	  "" },
	{ ". /etc/x\nsource y",
	  "",
	  "f:1: error: '. /etc/x' is a command; this file is data and is not run\n"
	  "    hint: put the assignments of that file here\n"
	  "f:2: error: 'source y' is a command; this file is data and is not run\n"
	  "    hint: put the assignments of that file here\n" },
	{ "declare -x A=1\nB=2",
	  "1 A=1|the shell forgets it when the file is read\n"
	  "2 B=2\n",
	  "" },
	{ "echo 'a\nb' \"c;d\" # '\nB=2",
	  "3 B=2\n",
	  "f:1: warning: 'echo' is a command; this file is data and is not run\n"
	  "    hint: only NAME=value lines are read here\n" },

	/* operators */
	{ "A=1 & B=2\nC=3",
	  "1 A=1|'&' runs commands; this file is data and is not run\n"
	  "1 B=2\n"
	  "2 C=3\n",
	  "" },
	{ "A=a|b",
	  "1 A=a|'|' joins commands; this file is data and is not run\n",
	  "" },
	{ "A=1 >x",
	  "1 A=1\n",
	  "f:1: warning: '>' redirects a command; this file is data and is not run\n"
	  "    hint: put the value in quotes if that character belongs to it\n" },
	{ "(A=1)",
	  "1 A=1|(\n"
	  "1 ({A=1}\n",
	  "" },
	{ "C=(1 2)\"3 \"4 B=5", "1 C=|it would be an array\n1 B=5\n", "" },
	{ "A=${B:=1}${C:=2}",
	  "1 A=|of ${…} only ${NAME} and ${NAME:-text} are known\n"
	  "1 B=|only a shell can compute it\n"
	  "1 C=|only a shell can compute it\n",
	  "" },
	{ "A=1\nunset A=2",
	  "1 A=1\n",
	  "f:2: warning: 'A=2' cannot be unset\n"
	  "    hint: write unset NAME\n" },
	{ "A=1\nunset -v A 'B",
	  "1 A=1\n"
	  "2 A=\n",
	  "f:2: warning: ''B' cannot be unset\n"
	  "    hint: write unset NAME\n" },
	{ "A=1;;B=2",
	  "1 A=1\n"
	  "1 B=2\n",
	  "f:1: warning: ';' has nothing in front of it to end\n"
	  "    hint: remove it\n" },

	/* names */
	{ "KEY = value\nKEY =value\nB=2",
	  "1 KEY=|a blank follows, so it is a command and not an assignment\n"
	  "2 KEY=|a blank follows, so it is a command and not an assignment\n"
	  "3 B=2\n",
	  "" },
	{ "1A=x",
	  "",
	  "f:1: warning: '1A=x' does not start with a valid name\n"
	  "    hint: a name has letters, digits and _, and no digit in front\n" },
	{ "\"A\"=x",
	  "",
	  "f:1: warning: '\"A\"=x' has quotes in front of its =, so it is not an assignment\n"
	  "    hint: write the name plain: NAME=value\n" },
	{ "export A-B=x -n C=1",
	  "1 C=1\n",
	  "f:1: warning: 'A-B=x' cannot be exported\n"
	  "    hint: write export NAME=value, or NAME=value alone\n" },

	/* a word before the name */
	{ "BONDING OPTS=\"x y\" z\nset A_B=1; BB=2\nXX yy\nxx AB\nset -x\necho AB=1",
	  "1 BONDING_OPTS=|there is a blank in its name, so it is a command and not an "
	  "assignment\n"
	  "2 A_B=|'set' before it is a command\n"
	  "2 BB=2\n"
	  "3 XX=|a blank follows, so it is a command and not an assignment\n",
	  "f:4: warning: 'xx' is a command; this file is data and is not run (also in lines 5 "
	  "and 6)\n" HINT("only NAME=value lines are read here") },

	/* arrays */
	{ "A=(1\n2) B=2\nC[0]=x\nD=4",
	  "1 A=|it would be an array\n"
	  "2 B=2\n"
	  "3 C=|it would be an array\n"
	  "4 D=4\n",
	  "" },
	{ "A=1 read B\nC=1 eval D=2\nE=1 readonly F=2 G=3",
	  "1 A=1|read\n"
	  "1 B=|only a shell can compute it\n"
	  "2 C=1|eval\n"
	  "3 E=1|readonly\n"
	  "3 F=2\n"
	  "3 G=3\n",
	  "f:2: error: 'eval D=2' is a command; " NOT_RUN
	  HINT("write NAME=value alone") },
	{ "A[0]=x B=2\nC=3 D[1]=y E=5\nF[0]=x nosuch",
	  "1 A=|it would be an array\n"
	  "1 B=2\n"
	  "2 C=3\n"
	  "2 D=|it would be an array\n"
	  "2 E=5\n"
	  "3 F=|it would be an array\n",
	  "" },

	/* values of the running shell */
	{ "A=$(cat \"x)\" ')')z B=2",
	  "1 A=|command substitution $(…) is not run\n"
	  "1 B=2\n",
	  "" },
	{ "A=\"$(\ncat\n)\"\nB=2",
	  "1 A=|command substitution $(…) is not run\n"
	  "4 B=2\n",
	  "" },
	{ "A=`ls` B=2",
	  "1 A=|command substitution `…` is not run\n"
	  "1 B=2\n",
	  "" },
	{ "A=x<(ls) B=2",
	  "1 A=|process substitution <(…) is not run\n"
	  "1 B=2\n",
	  "" },
	{ "A=$((1+(2)))\nB=$[3]",
	  "1 A=|arithmetic is not computed\n"
	  "2 B=|arithmetic is not computed\n",
	  "" },
	{ "A=\"${X:=a b}\" B=2",
	  "1 A=|of ${…} only ${NAME} and ${NAME:-text} are known\n"
	  "1 X=|only a shell can compute it\n"
	  "1 B=2\n",
	  "" },
	{ ": ${X:=1} ${Y=}\nA=$X",
	  "1 X=|only a shell can compute it\n"
	  "1 Y=|only a shell can compute it\n"
	  "2 A=|it has a value in it that only a shell can compute\n",
	  "" },
	{ "X=1 Y=\nA=${X:=2} B=${Y=2}",
	  "1 X=1\n"
	  "1 Y=\n"
	  "2 A=|of ${…} only ${NAME} and ${NAME:-text} are known\n"
	  "2 B=|of ${…} only ${NAME} and ${NAME:-text} are known\n",
	  "" },
	{ "X=$(x)\nA=${X:-1} B=${Y:-$A} C=${Y-2}",
	  "1 X=|command substitution $(…) is not run\n"
	  "2 A=|it has a value in it that only a shell can compute\n"
	  "2 B=|of ${…} only ${NAME} and ${NAME:-text} are known\n"
	  "2 C=2\n",
	  "" },
	{ "A=$1 B=$? C=$$",
	  "1 A=|$ with a digit or sign is a value of the running shell\n"
	  "1 B=|$ with a digit or sign is a value of the running shell\n"
	  "1 C=|$ with a digit or sign is a value of the running shell\n",
	  "" },
	{ "A=$_",
	  "1 A=|$_ is a value of the running shell\n",
	  "" },
	{ "A=~root B=\\~ C='~' D=x~",
	  "1 A=|the shell would make a home directory of the ~\n"
	  "1 B=~\n"
	  "1 C=~\n"
	  "1 D=x~\n",
	  "" },
	{ "A=x:~/y",
	  "1 A=|the shell would make a home directory of the ~\n",
	  "" },
	{ "A={a,b}\nexport B={a,b}",
	  "1 A={a,b}\n"
	  "2 B=|the shell would make several words of the { }\n",
	  "" },

	/* quotes without end: reading goes on with the next line */
	{ "A='x\nB=2",
	  "1 A=|the quote that opens here never ends\n"
	  "2 B=2\n",
	  "" },
	{ "A=\"x\nB=\"y\"\nC=\"z\"",
	  "1 A=|the quote that opens here never ends\n"
	  "2 B=y\n"
	  "3 C=z\n",
	  "" },
	{ "A=$'x\\'\nB=2",
	  "1 A=|the quote that opens here never ends\n"
	  "2 B=2\n",
	  "" },
	{ "A=$(x\nB=2",
	  "1 A=|command substitution $(…) is not run\n"
	  "2 B=2\n",
	  "" },
	{ "A=(1\nB=2",
	  "1 A=|it would be an array\n"
	  "2 B=2\n",
	  "" },
	{ "A=(\nB=${\nC=`\nD='\nE=5",
	  "1 A=|it would be an array\n"
	  "2 B=|of ${…} only ${NAME} and ${NAME:-text} are known\n"
	  "3 C=|command substitution `…` is not run\n"
	  "4 D=|the quote that opens here never ends\n"
	  "5 E=5\n",
	  "" },

	/* look-alikes */
	{ "IPADDR=“1.2.3.4”",
	  "1 IPADDR=1.2.3.4\n",
	  "f:1: warning: typographic quote “ (U+201C) in column 8 is taken for a quote\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "A=\"“1”\" B='　' # “　”\nC=\\“",
	  "1 A=“1”\n"
	  "1 B=　\n"
	  "2 C=“\n",
	  "" },
	{ "B=ü IPADDR＝1.2.3.4\nIPADDR＝1.2.3.4",
	  "1 B=ü\n"
	  "1 IPADDR=1.2.3.4\n"
	  "2 IPADDR=1.2.3.4\n",
	  "f:1: warning: full-width ＝ (U+FF1D) in column 11 is taken for =\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "\u00a0A=1\nA=1 \u3000# c",
	  "1 A=1\n"
	  "2 A=1\n",
	  "f:1: warning: no-break blank (U+00A0) in column 1 is taken for a blank\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "A=1\u2003",
	  "1 A=1\n",
	  "f:1: warning: typographic blank (U+2003) in column 4 is taken for a blank\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "export “A=1",
	  "",
	  "f:1: warning: '“A=1' cannot be exported\n"
	  "    hint: write export NAME=value, or NAME=value alone\n" },

	/* line ends and marks */
	{ "A=1\nB='2\r\n3'\r\nC=4\r",
	  "1 A=1\n"
	  "2 B=2\n"
	  "3\n"
	  "4 C=4\n",
	  "f:2: warning: the line ends in CR LF; the CR is ignored\n"
	  "    hint: convert the file, with dos2unix for example\n" },
	{ "A=1\\\r\n2\r\n",
	  "1 A=12\n",
	  "f:1: warning: the line ends in CR LF; the CR is ignored\n"
	  "    hint: convert the file, with dos2unix for example\n" },
	{ "\xEF\xBB\xBF" "A=1",
	  "1 A=1\n",
	  "f:1: warning: the file starts with a byte order mark, which is ignored\n"
	  "    hint: save the file as UTF-8 without byte order mark\n" },
	/* conditions, and what a shell would set */
	{ "[ -f x ] && A=1\nB=2",
	  "1 A=1|whether it is set depends on a command\n"
	  "2 B=2\n",
	  "" },
	{ "A=1 && B=2 || C=3",
	  "1 A=1\n"
	  "1 B=2|whether it is set depends on a command\n"
	  "1 C=3|whether it is set depends on a command\n",
	  "" },
	{ "eval A=1\nexit 1; B=2",
	  "2 B=2\n",
	  "f:1: error: 'eval A=1' is a command; this file is data and is not run\n"
	  "    hint: write NAME=value alone\n"
	  "f:2: error: 'exit 1' would end the program; this file is data and is not run\n"
	  "    hint: remove it\n" },
	{ "read A B; let C=1",
	  "1 A=|only a shell can compute it\n"
	  "1 B=|only a shell can compute it\n"
	  "1 C=|only a shell can compute it\n",
	  "" },
	{ ". /etc/init.d/functions\n. ./network-functions",
	  "",
	  "f:1: warning: '. /etc/init.d/functions' is a command; this file is data and is not run (also in line 2)\n"
	  "    hint: put the assignments of that file here\n" },
	{ "unset A\nB=1 C=2\nunset -v B; D=$B$C",
	  "1 A=\n"
	  "2 B=1\n"
	  "2 C=2\n"
	  "3 B=\n"
	  "3 D=2\n",
	  "" },
	{ ": <<'E'\nA=1\nE\nif :; then\n: <<-F; B=1\nfi\n\tF\nfi\nC=3",
	  "5 B=1|if\n"
	  "9 C=3\n"
	  "4 if{ :; then\n: <<-F; B=1\nfi\n\tF\n}\n",
	  "f:1: warning: ':' is a command; this file is data and is not run\n"
	  "    hint: only NAME=value lines are read here\n" },
	{ "((A = 1 << 2)); B=1\n<<E # x\nB=2\nE\nB=3",
	  "1 B=1\n"
	  "5 B=3\n"
	  "1 ({(A = 1 << 2)}\n",
	  "f:2: warning: '<' is not part of an assignment: the line is ignored\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n" },
	{ "B=1 <<E\nA=1\n E",
	  "1 B=1\n",
	  "f:1: warning: the text after <<E never ends: the rest of the file is ignored\n"
	  "    hint: end it with a line that has only this word\n"
	  "f:1: warning: '<' redirects a command; this file is data and is not run\n"
	  "    hint: put the value in quotes if that character belongs to it\n" },
	{ "readonly A=1 B=2\nC=$A",
	  "1 A=1\n"
	  "1 B=2\n"
	  "2 C=1\n",
	  "" },
	{ "A=1\nreturn 0\nA=2 '",
	  "1 A=1\n",
	  "f:2: warning: 'return' ends the file here, as it does in a shell\n"
	  "    hint: remove it\n" },
	{ "A=$(x)\nB=$A C=1\nD=$C",
	  "1 A=|command substitution $(…) is not run\n"
	  "2 B=|it has a value in it that only a shell can compute\n"
	  "2 C=1\n"
	  "3 D=1\n",
	  "" },
	{ "if :; then A=1; fi\nB=$A",
	  "1 A=1|if\n"
	  "2 B=|it has a value in it that only a shell can compute\n"
	  "1 if{ :; then A=1; }\n",
	  "" },

	/* shell code of several commands */
	{ "check_link_down() { return 1; }\nA=1",
	  "2 A=1\n"
	  "1 check_link_down(){ return 1; }\n",
	  "" },
	{ "check_link_down() {\n return 1; \n}\nA=1",
	  "4 A=1\n"
	  "1 check_link_down(){\n"
	  " return 1; \n"
	  "}\n",
	  "" },
	{ "f ()\n{\n  if x; then echo fi; fi\n  A=1 # }\n}\nB=1",
	  "4 A=1|f\n"
	  "6 B=1\n"
	  "1 f(){\n"
	  "  if x; then echo fi; fi\n"
	  "  A=1 # }\n"
	  "}\n",
	  "" },
	{ "function f { A=1; }; B=1\nfunction g() {\n:\n}",
	  "1 A=1|f\n"
	  "1 B=1\n"
	  "1 f(){ A=1; }\n"
	  "2 g(){\n"
	  ":\n"
	  "}\n",
	  "" },
	{ "f() { :; } >/dev/null 2>&1 && A=1",
	  "1 A=1|whether it is set depends on a command\n"
	  "1 f(){ :; }\n",
	  "" },
	{ "case $x in\na|b) A=1 ;;\n(c) g x esac ;;\nesac\nB=1",
	  "2 A=1|case\n"
	  "5 B=1\n"
	  "1 case{ $x in\n"
	  "a|b) A=1 ;;\n"
	  "(c) g x esac ;;\n"
	  "}\n",
	  "" },
	{ "for i in 1 2; do A=$i; done; B=1",
	  "1 A=|for\n"
	  "1 B=1\n"
	  "1 for{ i in 1 2; do A=$i; }\n",
	  "" },
	{ "( cd x; A=1 )\nB=1",
	  "1 A=1|(\n"
	  "2 B=1\n"
	  "1 ({ cd x; A=1 }\n",
	  "" },
	{ "if you edit this\nA=1 B=$A\necho x",
	  "2 A=1\n"
	  "2 B=|it has a value in it that only a shell can compute\n",
	  "f:1: warning: 'if' is a command; this file is data and is not run\n"
	  "    hint: only NAME=value lines are read here\n" },
	{ "f() is good\nA=1",
	  "2 A=1\n",
	  "f:1: warning: 'f' is a command; this file is data and is not run\n"
	  "    hint: only NAME=value lines are read here\n" },

	/* copied from web pages */
	{ "-----\nA=1\n===== x ' y\n----\n",
	  "2 A=1\n",
	  "f:1: warning: '-----' is a ruler, not an assignment: the line is ignored (also in lines 3 and 4)\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n" },
	{ "> # don't\nA=1\n> B=2\n> C=3\n> D\n> E\n> F",
	  "2 A=1\n",
	  "f:1: warning: '>' is not part of an assignment: the line is ignored (also in lines 3, 4, 5 and 2 more)\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n" },
	{ "  1  A=1\n  2  B='2\n3: C=3\n4.\nD=4",
	  "5 D=4\n",
	  "f:1: warning: '1' is a line number, not part of an assignment: the line is ignored (also in lines 2, 3 and 4)\n"
	  "    hint: copied from a web page? Remove the numbers in front of the lines\n" },
	{ "$ cat 'x\n[root@h ~]# vi\nroot@h:~# ls\nA=1",
	  "4 A=1\n",
	  "f:1: warning: '$' is the prompt of a shell: the line is ignored (also in lines 2 and 3)\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n" },
	{ "```ini\nA=1\n```\n<pre>\n</pre>",
	  "2 A=1\n",
	  "f:1: warning: '```' is markup, not an assignment: the line is ignored (also in line 3)\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n"
	  "f:4: warning: '<' is not part of an assignment: the line is ignored (also in line 5)\n"
	  "    hint: copied from a web page? Remove it; a comment starts with #\n" },
	{ "A=“a b” B=‘c d’\nC=“e",
	  "1 A=a b\n"
	  "1 B=c d\n"
	  "2 C=“e\n",
	  "f:1: warning: typographic quote “ (U+201C) in column 3 is taken for a quote\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "\u00a0A=1\u00a0B=2\u00a0＃ c\n\u200bC=1\u200b2；D=3\u2028E=4",
	  "1 A=1\n"
	  "1 B=2\n"
	  "2 C=12\n"
	  "2 D=3\n"
	  "2 E=4\n",
	  "f:1: warning: no-break blank (U+00A0) in column 1 is taken for a blank\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n"
	  "f:1: warning: full-width ＃ (U+FF03) in column 10 is taken for #\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n"
	  "f:2: warning: invisible character (U+200B) in column 1 is taken for a blank\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
	{ "N=John’s",
	  "1 N=John’s\n",
	  "f:1: warning: typographic quote ’ (U+2019) in column 7 is not a quote for the shell\n"
	  "    hint: copied from a web page? Replace this character and its like in the whole file\n" },
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
	ck_assert_str_eq(got.messages, "f:2: error: NUL byte: this is not text\n" HINT(
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

/* Long lists are looked up by an index, which must find the same. */
START_TEST(test_many_keys)
{
	const size_t n = 50000;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };
	const struct shellvar *var;

	for (size_t i = 0; i < n; i++)
		strbuf_addf(&text, "K%zu=%zu R%zu=$K7$K%zu\n", i, i, i, i / 2);
	for (size_t i = 0; i < n; i++)
		strbuf_add(&text, "K5=x nosuch\n");
	strbuf_add(&text, "A=$K5 K6=new\nexport K7=new B=$K7\nC=$(x) K8=$C\n");
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_str_eq(shellvar_get(&got.vars, "K49999")->value, "49999");
	ck_assert_str_eq(shellvar_get(&got.vars, "R49999")->value, "724999");
	ck_assert_str_eq(shellvar_get(&got.vars, "A")->value, "5");
	ck_assert_str_eq(shellvar_get(&got.vars, "B")->value, "7");
	ck_assert_str_eq(shellvar_get(&got.vars, "K7")->value, "new");
	ck_assert_str_eq(shellvar_get(&got.vars, "K8")->value, "8");
	ck_assert_int_eq(shellvar_latest(&got.vars, "K8")->flaw, SHELLVAR_COMPUTED);
	ck_assert_ptr_null(shellvar_get(&got.vars, "K50000"));
	var = shellvar_get(&got.vars, "K6");
	ck_assert_str_eq(var->value, "new");
	ck_assert(!shellvar_is_first(&got.vars, var));
	ck_assert(shellvar_is_first(&got.vars, &got.vars.vars[12]));
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
	ck_assert_uint_eq(got.vars.n, 4 * 2000 + 2);
	ck_assert_str_eq(shellvar_get(&got.vars, "F")->value, "6");
	ck_assert_ptr_null(shellvar_get(&got.vars, "E"));
}
END_TEST

START_TEST(test_many_documents)
{
	const size_t n = 100000;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_reading_ struct reading got = { 0 };

	strbuf_add(&text, "A=1; cat ");
	for (size_t i = 0; i < n; i++)
		strbuf_add(&text, "<<a ");
	for (size_t i = 0; i < n; i++)
		strbuf_add(&text, "\nB=2\na");
	strbuf_add(&text, "\nC=3\n");
	got = read_bytes(strbuf_text(&text), text.len, NULL);
	ck_assert_uint_eq(got.vars.n, 2);
	ck_assert_str_eq(shellvar_get(&got.vars, "C")->value, "3");
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
	tcase_add_test(tcase, test_many_keys);
	tcase_add_test(tcase, test_overgrown);
	tcase_add_test(tcase, test_many_open_ends);
	tcase_add_test(tcase, test_many_documents);
	tcase_add_test(tcase, test_long_word_is_cut);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
