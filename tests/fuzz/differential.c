/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Holds the reader of assignments against bash, on files made up at random.
 *
 *     differential COUNT [SEED]
 *
 * Where the two differ, we must have said why: the assignment is marked as not in force, the
 * file has shell code that we do not run, or a command may set any variable. All commands in
 * the files are harmless, and bash has no programs to run.
 */
#include <errno.h>
#include <error.h>
#include <stdint.h>

#include "lib/base/num.h"
#include "tests/unit/bash.h"

/* So many files are in the directory at once. */
#define BATCH 1000
/* Files that differ without a reason are printed up to that many. */
#define MAX_SHOWN 20

/* ---- files made up at random ---- */

static uint64_t state;

/* Below @n. The constants are those of Vigna's splitmix64. */
static uint32_t pick(uint32_t n)
{
	uint64_t z = state += 0x9E3779B97F4A7C15;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return (uint32_t)((z ^ (z >> 31)) >> 32) % n;
}

#define PICK(list) ((list)[pick(ARRAY_SIZE(list))])

static void add_key(struct strbuf *out)
{
	static const char *const keys[] = { "A", "B", "C", "A1", "DEVICE", "NETMASK" };

	strbuf_add(out, PICK(keys));
}

/* Characters that mean nothing, or something, by where they stand. */
static void add_plain(struct strbuf *out)
{
	static const char *const plain[] = {
		"a",
		"b0",
		"1",
		".",
		"/",
		":",
		"-",
		"_",
		",",
		"%",
		"=",
		"+",
		"@",
		"^",
		"!",
		"?",
		"*",
		"[",
		"]",
		"{",
		"}",
		"#",
		"~",
		"x~",
		"\303\251",
		"\r",
		"$",
		"\f",
		"\342\200\234",
		"\302\240",
	};

	strbuf_add(out, PICK(plain));
}

static void add_expansion(struct strbuf *out)
{
	static const char *const shapes[][2] = {
		{ "$", "" },      { "${", "}" },   { "${", ":-x y}" }, { "${", "-}" },
		{ "${", ":+b}" }, { "${", "%b}" }, { "${#", "}" },     { "${", ":=q}" },
		{ "${!", "}" },   { "${", "" },    { "$\\\n", "" },    { "${", "/a/b}" },
	};
	const char *const *shape = shapes[pick(4) ? pick(4) : pick(ARRAY_SIZE(shapes))];

	strbuf_add(out, shape[0]);
	add_key(out);
	strbuf_add(out, shape[1]);
}

static void add_command(struct strbuf *out)
{
	static const char *const commands[] = {
		"$(echo x)", "`echo x`", "$((1+2))", "$[1+2]", "$(echo \")\")",
		"$?",        "$#",       "$1",       "$@",     "$(",
		"`",         "<(:)",     "(1 2)",
	};

	strbuf_add(out, PICK(commands));
}

/* A character that has a meaning in quotes, or ends them. */
static void add_in_quotes(struct strbuf *out, const char *also)
{
	switch (pick(8)) {
	case 0:
		strbuf_add(out, also);
		break;
	case 1:
		strbuf_add(out, pick(6) ? "\\" : "\n");
		break;
	case 2:
		strbuf_add(out, pick(2) ? " " : ";");
		break;
	default:
		add_plain(out);
	}
}

static void add_quoted(struct strbuf *out)
{
	static const char *const opens[] = { "'", "\"", "\"", "$'", "$\"" };
	static const char *const escapes[] = { "\\n",  "\\t",   "\\x41", "\\101", "\\'",
					       "\\\\", "\\u41", "\\cA",  "\\e",   "\\0" };
	const char *open = PICK(opens);
	bool is_ansi = strcmp(open, "$'") == 0, expands = strchr(open, '"');

	strbuf_add(out, open);
	for (uint32_t n = pick(5); n > 0; n--) {
		if (expands && !pick(3))
			add_expansion(out);
		else if (expands && !pick(12))
			add_command(out);
		else if (is_ansi && !pick(2))
			strbuf_add(out, PICK(escapes));
		else
			add_in_quotes(out, expands ? "\\\"" : "\"");
	}
	if (pick(30))
		strbuf_addc(out, open[strlen(open) - 1]);
}

static void add_piece(struct strbuf *out)
{
	static const char *const escaped[] = { "\\ ",  "\\\\", "\\'", "\\\"", "\\$",
					       "\\\n", "\\#",  "\\a", "\\~",  "\\;" };

	switch (pick(12)) {
	case 0:
	case 1:
		add_quoted(out);
		break;
	case 2:
	case 3:
		add_expansion(out);
		break;
	case 4:
		strbuf_add(out, PICK(escaped));
		break;
	case 5:
		if (pick(4))
			add_plain(out);
		else
			add_command(out);
		break;
	default:
		strbuf_add(out, "a");
		add_plain(out);
	}
}

static void add_assignment(struct strbuf *out)
{
	static const char *const operators[] = {
		"=", "=", "=", "=", "=", "=", "+=", "=\\\n", " = ", "= ", "[0]=", "=="
	};

	add_key(out);
	strbuf_add(out, pick(3) ? "=" : PICK(operators));
	for (uint32_t n = pick(5); n > 0; n--)
		add_piece(out);
}

/* What stands in a line besides assignments. */
static void add_other(struct strbuf *out)
{
	static const char *const others[] = {
		"# note ' \" $( `",
		"nosuch",
		"echo x",
		":",
		"unset A",
		"unset B C",
		"unset A=1",
		"unset -v 'A",
		"unset ${!A} B",
		"export B",
		"readonly C=1",
		"declare A=2",
		"local A=3",
		"let A=4",
		"eval A=5",
		". /dev/null",
		"return",
		"true && A=6",
		"false || B=7",
		"[ a = a ]",
		"[[ a ]]",
		"((A=8))",
		"set -u",
		"if :; then A=9; fi",
		"f() { A=1; }",
		"{ A=2; }",
		"( A=3 )",
		"for A in x y; do :; done",
		"case a in a) B=1;; esac",
		"while false; do A=1; done",
		"function g { B=1; }",
		"A=1 >/dev/null",
		"cat <<E\nA=here\nE",
		": <<E\nA=here\nE",
		": <<-'E' <<F; B=2\nA=here\n\tE\nB=here\nF",
		"if :; then : <<E; fi\nfi\nE",
		"fi",
		"}",
		"&",
		"|",
		")",
		"1A=x",
		"'A=1'",
		"$A=1",
		"A-B=1",
		"printf -v A x",
		"read A",
		"shift",
		"alias x=y",
		"test a",
		"source /dev/null",
		"export -n A",
		"typeset B=2",
		"A=(1\n2)",
	};

	strbuf_add(out, PICK(others));
}

static void add_line(struct strbuf *out)
{
	static const char *const ends[] = { "\n",        "\n",   "\n",    "\n",   "\n",
					    "\n\n",      "; ",   ";",     " ",    "\t",
					    " # c\n",    "#c\n", " \\\n", "\r\n", " & ",
					    " nosuch\n", "\\\n" };

	if (!pick(10))
		strbuf_add(out, " ");
	if (!pick(12))
		strbuf_add(out, "export ");
	if (pick(9))
		add_assignment(out);
	else
		add_other(out);
	strbuf_add(out, pick(3) ? "\n" : PICK(ends));
}

static void make_file(struct strbuf *out)
{
	for (uint32_t n = 1 + pick(6); n > 0; n--)
		add_line(out);
}

/* ---- comparing ---- */

/* struct count - of files, by how they compare */
struct count {
	size_t same, explained, unexplained;
};

/* Messages after which any variable may be another one than bash has. */
static const char *const reasons[] = {
	"CR LF",        /* to bash, the CR is part of the value */
	"is taken for", /* signs that only look like quotes, blanks or '=' */
	"is ignored",   /* the whole line looks like no shell at all */
	"cannot be exported",
	"joins commands", /* and the next one may be in the next line */
};

static void find_reason(const struct diag_line *line, void *arg)
{
	bool *found = arg;

	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		*found |= strstr(line->text, reasons[i]) != NULL;
	/* A command that may set any variable. */
	*found |= line->grade == DIAG_ERROR;
}

/* Whether we said so much of the file that nothing in it need be the same. */
static bool is_explained_as_a_whole(const struct reading *ours, const char *text,
				    bool complained)
{
	bool found = ours->vars.blocks != NULL;

	diag_each(ours->diag, DIAG_NOTE, find_reason, &found);
	for (size_t i = 0; i < ours->vars.n; i++) {
		const struct shellvar *var = &ours->vars.vars[i];

		found |= var->flaw == SHELLVAR_OPEN;
		/* The command is what a variable says: `A=1 ${B}export C=2`. */
		found |= var->flaw == SHELLVAR_STRAY && strchr(var->stray, '$');
	}
	/* Where bash stopped, we went on; and we know of nothing that cannot be changed. */
	return found ||
	       (complained && (reading_is_reported(ours) || strstr(text, "readonly")));
}

/* Whether an assignment to it is marked as not in force. */
static bool is_flawed(const struct shellvars *vars, const char *key)
{
	for (size_t i = 0; i < vars->n; i++)
		if (vars->vars[i].stray && strcmp(vars->vars[i].key, key) == 0)
			return true;
	return false;
}

/* Whether the value of another variable is in its own, and any is marked so. */
static bool refers_to_flawed(const struct reading *ours, const char *text,
			     const char *key)
{
	for (size_t i = 0; reading_has_stray(ours) && i < ours->vars.n; i++) {
		const struct shellvar *var = &ours->vars.vars[i];

		if (strcmp(var->key, key) == 0 && var->end > var->start &&
		    memchr(text + var->start, '$', var->end - var->start))
			return true;
	}
	return false;
}

/* What @variable, of which the name is the part before '=', is to bash. */
static const char *find_value(const char *answer, const char *key)
{
	size_t len = strlen(key);

	for (; *answer; answer = bash_next_word(answer))
		if (strncmp(answer, key, len) == 0 && answer[len] == '=')
			return answer + len + 1;
	return NULL;
}

/* An empty variable is as good as none: `unset` is read as one. */
static bool is_same(const struct reading *ours, const char *answer, const char *key)
{
	const struct shellvar *var = shellvar_get(&ours->vars, key);
	const char *value = find_value(answer, key);

	return strcmp(var ? var->value : "", value ? value : "") == 0;
}

/*
 * The first variable that differs without a reason; NULL for none.
 * @ret_differs: set when one differs at all
 */
static const char *find_unexplained(const struct reading *ours, const char *text,
				    const char *answer, bool *ret_differs)
{
	const char **keys = NULL;
	size_t n = 0, cap = 0;

	for (const char *at = answer; *at; at = bash_next_word(at))
		ARENA_PUSH(ours->arena, keys, n, cap,
			   arena_strndup(ours->arena, at, strcspn(at, "=")));
	for (size_t i = 0; i < ours->vars.n; i++)
		ARENA_PUSH(ours->arena, keys, n, cap, ours->vars.vars[i].key);
	for (size_t i = 0; i < n; i++) {
		/* What is named like the oracle's own variables, it does not list. */
		if (is_same(ours, answer, keys[i]) ||
		    (keys[i][0] == '_' && keys[i][1] >= 'a' && keys[i][1] <= 'z'))
			continue;
		*ret_differs = true;
		if (!is_flawed(&ours->vars, keys[i]) &&
		    !refers_to_flawed(ours, text, keys[i]))
			return keys[i];
	}
	return NULL;
}

static void show(const char *what, const char *text, const struct reading *ours)
{
	printf("--- %s\n%s\n--- we have:\n", what, text);
	for (size_t i = 0; i < ours->vars.n; i++)
		printf("%s=[%s]%s%s\n", ours->vars.vars[i].key, ours->vars.vars[i].value,
		       ours->vars.vars[i].stray ? " not in force: " : "",
		       ours->vars.vars[i].stray ? ours->vars.vars[i].stray : "");
	fflush(stdout);
	diag_print(ours->diag, DIAG_NOTE, stdout);
}

/* Of a file that bash went through to its end. Return: what is wrong; NULL if nothing is. */
static const char *judge(const struct reading *ours, const char *text, const char *answer,
			 bool *ret_differs)
{
	bool complained = strcmp(answer, "yes") == 0;
	bool ran = strcmp(bash_next_word(answer), "yes") == 0;
	const char *variable;

	answer = bash_next_word(bash_next_word(answer));
	variable = find_unexplained(ours, text, answer, ret_differs);
	if (variable && !is_explained_as_a_whole(ours, text, complained))
		return arena_printf(ours->arena, "%s is [%s] to bash", variable,
				    find_value(answer, variable));
	/* What it refused had no effect then. */
	if (ran && !reading_is_reported(ours))
		return "without a word from us, bash ran something";
	return NULL;
}

static void compare(const struct strbuf *text, const char *answer, struct count *count)
{
	_cleanup_(reading_release) struct reading ours = { 0 };
	bool differs = !*answer;
	const char *wrong = NULL;

	if (!reading_make(strbuf_text(text), text->len, &ours))
		error(1, ENOMEM, "reading");
	if (*answer)
		wrong = judge(&ours, strbuf_text(text), answer, &differs);
	else if (!reading_is_reported(&ours))
		wrong = "without a word from us, bash ended";
	if (wrong && count->unexplained++ < MAX_SHOWN)
		show(wrong, strbuf_text(text), &ours);
	if (wrong)
		return;
	if (differs)
		count->explained++;
	else
		count->same++;
}

static void run_batch(size_t n, struct count *count)
{
	_cleanup_(bash_remove_dir) char dir[] = "/tmp/differential-XXXXXX";
	_cleanup_strbuf_ struct strbuf answers = STRBUF_EMPTY;
	uint64_t first = state;
	const char *answer;

	if (!mkdtemp(dir))
		error(1, errno, "%s", dir);
	for (size_t i = 0; i < n; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		make_file(&text);
		if (!bash_write_case(dir, i, &text))
			error(1, errno, "%s", dir);
	}
	if (bash_ask(dir, &answers) != 0)
		error(1, 0, "this needs bash, which did not run");
	answer = strbuf_text(&answers);
	state = first;
	for (size_t i = 0; i < n; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		make_file(&text);
		if (answer >= answers.text + answers.len)
			error(1, 0, "bash stopped early, at: %s", strbuf_text(&text));
		compare(&text, answer, count);
		while (*answer)
			answer = bash_next_word(answer);
		answer++;
	}
}

int main(int argc, char **argv)
{
	struct count count = { 0, 0, 0 };
	uint32_t n = 0, seed = 1;

	if (argc < 2 || num_parse_u32(argv[1], UINT32_MAX, &n) < 0 ||
	    (argc > 2 && num_parse_u32(argv[2], UINT32_MAX, &seed) < 0))
		error(2, 0, "usage: %s COUNT [SEED]", program_invocation_short_name);
	state = seed;
	for (uint32_t left = n; left > 0; left -= left < BATCH ? left : BATCH)
		run_batch(left < BATCH ? left : BATCH, &count);
	printf("differential: of %u files, %zu are the same to bash, %zu differ for a "
	       "reason "
	       "that is told, %zu without one (seed %u)\n",
	       n, count.same, count.explained, count.unexplained, seed);
	return count.unexplained ? EXIT_FAILURE : EXIT_SUCCESS;
}
