/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shell assignments as data: which words of a file are assignments, and what all the
 * others are called when they are refused. Whatever bash takes for assignments alone
 * means the same here; whatever bash would run is an error at its line.
 */
#include "parsers/shellvar.h"

#include <errno.h>
#include <string.h>

#include "parsers/plain-text.h"
#include "parsers/shellword.h"

/* Far above all that real files expand to. */
#define EXPANDABLE ((size_t)1 << 20)

/* How much of a refused word a message shows. */
#define SHOWN_MAX 60

#define DATA  "this file is data and is not run"
#define ONLY  "only NAME=value lines count here"
#define QUOTE "put the value in quotes if that character belongs to it"

/**
 * struct parser - a file being read
 * @r: the text; @text, its start
 * @arena, @table: as in shellvar_parse(); @scratch: while it is read
 * @visible: those of @vars that $NAME may refer to at present
 * @first: index in @vars of the first assignment of the present command
 * @told_line: a line of which was told that it is no assignment; once is enough
 */
struct parser {
	struct shell_reader r;
	const char *text;
	struct arena *arena, *table, *scratch;
	struct shellvars vars, visible;
	size_t first;
	unsigned int told_line;
};

static struct pos pos_at(const struct parser *p, unsigned int line)
{
	return (struct pos){ p->r.file, line };
}

static bool at_command_end(struct parser *p)
{
	char c = shell_peek(&p->r);

	return p->r.lost || c == '\0' || c == '\n' || c == ';';
}

/* Blanks, and the comment that may stand where a word could start. */
static void skip_blanks(struct parser *p)
{
	char c;

	while ((c = shell_peek(&p->r)) == ' ' || c == '\t')
		shell_step(&p->r);
	if (c == '#')
		while (*p->r.cur.at && *p->r.cur.at != '\n')
			shell_step(&p->r);
}

/* The text from @start to where the reader is, cut short and fit for a terminal. */
static const char *shown(struct parser *p, struct shell_cursor start)
{
	size_t len = (size_t)(p->r.cur.at - start.at);
	bool cut = len > SHOWN_MAX;
	char *text;

	if (cut)
		len = SHOWN_MAX;
	while (cut && len && ((unsigned char)start.at[len] & 0xC0) == 0x80)
		len--;
	text = arena_printf(p->arena, "%.*s%s", (int)len, start.at, cut ? "…" : "");
	for (char *c = text; c && *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			*c = '?';
	return text ? text : "";
}

/* struct refusal - what is said of a word: "'WORD' @what", and the hint */
struct refusal {
	const char *what, *hint;
};

#define COMMAND "is a command; " DATA
#define PLAIN   "write NAME=value alone"
#define HERE    "put the assignments of that file here"

static const struct refusal array = {
	"would be an array; only plain variables are known",
	"give each value a name of its own",
};
static const struct refusal blank_before_equals = {
	"is followed by a blank, so it is a command and no assignment",
	"write NAME=value, without blanks around =",
};
static const struct refusal function = { "would be a function; " DATA, ONLY };
static const struct refusal quoted_name = {
	"has quotes in front of its =, so it is no assignment",
	"write the name plain: NAME=value",
};
static const struct refusal bad_name = {
	"does not start with a valid name",
	"a name has letters, digits and _, and no digit in front",
};
static const struct refusal not_exportable = {
	"cannot be exported",
	"write export NAME=value, or NAME=value alone",
};
static const struct refusal nothing_to_end = {
	"has nothing in front of it to end",
	"remove it",
};

/* struct refused_word - a word or character, and what is said of it */
struct refused_word {
	const char *word;
	struct refusal refusal;
};

/* In both tables the last row is for all the others. */
static const struct refused_word commands[] = {
	{ ".", { COMMAND, HERE } },
	{ "source", { COMMAND, HERE } },
	{ "declare", { COMMAND, PLAIN } },
	{ "local", { COMMAND, PLAIN } },
	{ "readonly", { COMMAND, PLAIN } },
	{ "typeset", { COMMAND, PLAIN } },
	{ "unset", { COMMAND, "write NAME= to make it empty" } },
	{ NULL, { COMMAND, ONLY } },
};
static const struct refused_word operators[] = {
	{ "<", { "redirects a command; " DATA, QUOTE } },
	{ ">", { "redirects a command; " DATA, QUOTE } },
	{ "(", { "groups commands; " DATA, QUOTE } },
	{ ")", { "groups commands; " DATA, QUOTE } },
	{ "|", { "joins commands; " DATA, QUOTE } },
	{ NULL, { "runs commands; " DATA, QUOTE } },
};

static const struct refusal *find_refusal(const struct refused_word *rows,
					  const char *word)
{
	while (rows->word && strcmp(rows->word, word) != 0)
		rows++;
	return &rows->refusal;
}

/* Says why a line is no assignment; once a line is enough. */
static void refuse(struct parser *p, unsigned int line, const char *word,
		   const struct refusal *refusal)
{
	if (p->told_line == line)
		return;
	p->told_line = line;
	diag_error(p->r.diag, pos_at(p, line), "'%s' %s", word, refusal->what);
	diag_hint(p->r.diag, "%s", refusal->hint);
}

/* The same of the word just read; a look-alike in it explains it best. */
static void refuse_word(struct parser *p, struct shell_cursor start,
			const struct refusal *refusal)
{
	if (!p->r.odd.kind) {
		refuse(p, start.line, shown(p, start), refusal);
	} else if (p->told_line != start.line) {
		p->told_line = start.line;
		shell_tell_odd(&p->r, DIAG_ERROR);
	}
}

/* The next character behind blanks; the reader stays where it is. */
static char peek_behind_blanks(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	char c;

	while ((c = shell_peek(&p->r)) == ' ' || c == '\t')
		shell_step(&p->r);
	p->r.cur = start;
	return c;
}

/* Why the word just read, which started at @start, is no assignment. */
static const struct refusal *judge_word(struct parser *p, struct shell_cursor start)
{
	const char *word = strbuf_text(&p->r.word);
	const char *bracket = strchr(word, '[');
	char next = peek_behind_blanks(p);

	if (next == '=' && shell_is_name(word, p->r.word.len))
		return &blank_before_equals;
	if (next == '(')
		return &function;
	if (!memchr(start.at, '=', (size_t)(p->r.cur.at - start.at)))
		return find_refusal(commands, word);
	if (bracket && shell_is_name(word, (size_t)(bracket - word)))
		return &array;
	return p->r.quoted ? &quoted_name : &bad_name;
}

/* Whatever the operator does with the command, its assignments are not plain ones. */
static void refuse_operator(struct parser *p)
{
	const char word[] = { shell_peek(&p->r), '\0' };

	refuse(p, p->r.cur.line, word, find_refusal(operators, word));
	p->vars.n = p->first;
	shell_step(&p->r);
}

static void read_quietly(struct parser *p)
{
	p->r.quiet = true;
	shell_start_word(&p->r);
	shell_read_word(&p->r);
	p->r.quiet = false;
}

static void skip_command(struct parser *p)
{
	for (skip_blanks(p); !at_command_end(p); skip_blanks(p)) {
		if (shell_is_operator(shell_peek(&p->r)))
			refuse_operator(p);
		else
			read_quietly(p);
	}
}

/* bash gives the command's assignments to @word's process and forgets them. */
static void mark_stray(struct parser *p, const char *word)
{
	for (size_t i = p->first; i < p->vars.n; i++)
		p->vars.vars[i].stray = word;
}

/* Whether a command may stand behind the word, on the same line: perhaps an assignment. */
static bool leads_command(const char *word)
{
	static const char *const leaders[] = { "then", "else", "do", "{" };

	for (size_t i = 0; i < ARRAY_SIZE(leaders); i++)
		if (strcmp(leaders[i], word) == 0)
			return true;
	return false;
}

/* A word behind `export` that is no assignment; a name does not change anything. */
static void read_exported(struct parser *p)
{
	struct shell_cursor start = p->r.cur;

	read_quietly(p);
	if (p->r.quoted || !shell_is_name(strbuf_text(&p->r.word), p->r.word.len))
		refuse_word(p, start, &not_exportable);
}

/* A word that is no assignment. */
static void read_other(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	bool first = p->vars.n == p->first;
	const char *word;

	read_quietly(p);
	word = strbuf_text(&p->r.word);
	if (!first)
		mark_stray(p, shown(p, start));
	if (!p->r.quoted && strcmp(word, "export") == 0) {
		p->r.exporting = true;
		return;
	}
	if (first)
		refuse_word(p, start, judge_word(p, start));
	else if (p->r.odd.kind)
		shell_tell_odd(&p->r, DIAG_WARNING);
	if (!first || p->r.quoted || !leads_command(word))
		skip_command(p);
}

/* Reads NAME= or NAME+=; if neither stands there, the reader stays where it is. */
static bool read_left_side(struct parser *p, bool *ret_append)
{
	struct shell_cursor start = p->r.cur;
	bool append = false;

	if (shell_read_name(&p->r)) {
		if (shell_peek(&p->r) == '+') {
			append = true;
			shell_step(&p->r);
		}
		if (shell_peek(&p->r) == '=') {
			shell_step(&p->r);
			*ret_append = append;
			return true;
		}
	}
	p->r.cur = start;
	return false;
}

static int record(struct parser *p, struct shellvar var)
{
	if (p->r.bad)
		return 0;
	var.end = (size_t)(p->r.cur.at - p->text);
	var.value = arena_strndup(p->arena, strbuf_text(&p->r.word), p->r.word.len);
	if (!var.value)
		return -ENOMEM;
	return ARENA_PUSH(p->scratch, p->vars.vars, p->vars.n, p->vars.cap, var);
}

/*
 * From behind the = on. `export` is a command, so its words are expanded before the first
 * of its assignments is made; the old value of += is looked up as each is made.
 */
static int read_value(struct parser *p, struct shell_cursor start, bool append)
{
	struct shellvar var = { .pos = pos_at(p, start.line),
				.start = (size_t)(start.at - p->text) };

	var.key = arena_strdup(p->table, strbuf_text(&p->r.name));
	if (!var.key)
		return -ENOMEM;
	if (shell_peek(&p->r) == '(') {
		refuse(p, start.line, var.key, &array);
		shell_skip_group(&p->r, '(', ')');
		return 0;
	}
	shell_start_word(&p->r);
	p->r.own = var.key;
	p->r.uses_own = false;
	p->visible = p->vars;
	if (append)
		shell_expand_name(&p->r);
	if (p->r.exporting)
		p->visible.n = p->first;
	shell_read_word(&p->r);
	var.appends = p->r.uses_own;
	return record(p, var);
}

static int read_item(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	bool append;

	if (shell_is_operator(*start.at)) {
		refuse_operator(p);
		skip_command(p);
		return 0;
	}
	if (read_left_side(p, &append))
		return read_value(p, start, append);
	if (p->r.exporting)
		read_exported(p);
	else
		read_other(p);
	return 0;
}

static void end_command(struct parser *p, bool empty)
{
	if (p->r.lost) {
		p->r.lost = false;
		p->r.cur = p->r.resume;
		return;
	}
	if (empty && shell_peek(&p->r) == ';')
		refuse(p, p->r.cur.line, ";", &nothing_to_end);
	if (shell_peek(&p->r))
		shell_step(&p->r);
}

static int read_command(struct parser *p)
{
	bool empty = true;

	p->first = p->vars.n;
	p->r.exporting = false;
	for (skip_blanks(p); !at_command_end(p); skip_blanks(p)) {
		int r = read_item(p);

		if (r < 0)
			return r;
		empty = false;
	}
	end_command(p, empty);
	return 0;
}

static int read_all(struct parser *p)
{
	while (*p->r.cur.at) {
		int r = read_command(p);

		if (r < 0)
			return r;
	}
	return p->r.word.failed || p->r.name.failed ? -ENOMEM : 0;
}

/* An array that grew is left behind together with its smaller copies. */
static int hand_over(const struct parser *p, struct shellvars *ret)
{
	size_t n = p->vars.n;
	struct shellvar *vars =
		arena_memdup(p->table, p->vars.vars, n * sizeof(*p->vars.vars));

	if (!vars)
		return -ENOMEM;
	*ret = (struct shellvars){ .vars = vars, .n = n, .cap = n };
	return 0;
}

int shellvar_parse(const char *text, size_t len, const char *file,
		   const struct shellvars *outer, struct arena *arena,
		   struct arena *table, struct diag *diag, struct shellvars *ret)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;
	_cleanup_arena_ struct arena *scratch = arena_new();
	struct parser p = { .arena = arena,
			    .table = table,
			    .scratch = scratch,
			    .r = { .file = file, .outer = outer } };
	int r;

	plain_text(text, len, file, diag, &buf);
	if (buf.failed || !scratch)
		return -ENOMEM;
	p.r.diag = diag;
	p.r.vars = &p.visible;
	p.r.expandable = EXPANDABLE;
	p.text = p.r.cur.at = p.r.cur.line_start = strbuf_text(&buf);
	p.r.cur.line = 1;
	r = read_all(&p);
	strbuf_release(&p.r.word);
	strbuf_release(&p.r.name);
	return r == 0 ? hand_over(&p, ret) : r;
}
