/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One shell word: its quotes removed, its $NAME expanded, nothing of it run. */
#include "parsers/shellword.h"

#include <string.h>

#include "parsers/ansi-c.h"

#define QUOTE_HINT "to have the character itself, put the value in single quotes"

/* Empties a buffer, but keeps its memory. */
static void clear(struct strbuf *buf)
{
	buf->len = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

void shell_step(struct shell_reader *r)
{
	if (*r->cur.at++ != '\n')
		return;
	r->cur.line++;
	r->cur.line_start = r->cur.at;
}

char shell_peek(struct shell_reader *r)
{
	while (r->cur.at[0] == '\\' && r->cur.at[1] == '\n') {
		shell_step(r);
		shell_step(r);
	}
	return *r->cur.at;
}

struct shell_cursor shell_next_line(struct shell_cursor from)
{
	const char *end = strchr(from.at, '\n');

	if (!end)
		return (struct shell_cursor){ from.at + strlen(from.at), from.line_start,
					      from.line };
	return (struct shell_cursor){ end + 1, end + 1, from.line + 1 };
}

static bool starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool shell_is_name(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!starts_name(text[i]) && !is_digit(text[i]))
			return false;
	return len && !is_digit(text[0]);
}

bool shell_read_name(struct shell_reader *r)
{
	char c = shell_peek(r);

	clear(&r->name);
	if (!starts_name(c))
		return false;
	for (; starts_name(c) || is_digit(c); c = shell_peek(r)) {
		strbuf_addc(&r->name, c);
		shell_step(r);
	}
	return true;
}

bool shell_is_operator(char c)
{
	return c && strchr("|&()<>", c);
}

bool shell_ends_word(char c)
{
	return c == '\0' || strchr(" \t\n;", c) || shell_is_operator(c);
}

static struct pos here(const struct shell_reader *r, struct shell_cursor at)
{
	return (struct pos){ r->file, at.line };
}

static void reject(struct shell_reader *r, struct shell_cursor at, const char *what,
		   const char *hint)
{
	r->bad = true;
	if (r->quiet)
		return;
	diag_error(r->diag, here(r, at), "%s", what);
	diag_hint(r->diag, "%s", hint);
}

/* Gives up the rest of the line that @from stands in. */
static void get_lost(struct shell_reader *r, struct shell_cursor from)
{
	r->bad = true;
	r->lost = true;
	r->resume = shell_next_line(from);
	r->searched = true;
}

/*
 * The quote that opened at @open runs to the end of the file. The one that lacks its
 * other half is often an earlier one of the same word, so reading resumes behind the
 * line where the word starts; but only once, lest it goes over the same lines for ever.
 */
static void tell_unended(struct shell_reader *r, struct shell_cursor open)
{
	diag_error(r->diag, here(r, open), "the quote %c that opens here never ends",
		   *open.at);
	if (r->word_start.line == open.line)
		diag_hint(r->diag, "end it with another %c", *open.at);
	else
		diag_hint(r->diag,
			  "the word starts in line %u; a quote may be missing there",
			  r->word_start.line);
	get_lost(r, r->searched ? open : r->word_start);
}

static void take(struct shell_reader *r)
{
	strbuf_addc(&r->word, *r->cur.at);
	shell_step(r);
}

static unsigned int column(const struct shell_cursor *at)
{
	unsigned int n = 1;

	for (const char *c = at->line_start; c < at->at; c++)
		n += ((unsigned char)*c & 0xC0) != 0x80;
	return n;
}

void shell_tell_odd(struct shell_reader *r, enum diag_grade grade)
{
	const struct lookalike_found *odd = &r->odd;
	int shown = odd->kind->visible ? (int)odd->len : 0;

	diag_add(r->diag, grade, here(r, r->odd_at),
		 "%s %.*s%s(U+%04X) in column %u is not %s for the shell",
		 odd->kind->what, shown, r->odd_at.at, shown ? " " : "", odd->code,
		 column(&r->odd_at), odd->kind->mistaken_for);
	diag_hint(r->diag, "%s", odd->kind->hint);
}

/* Warns of each kind of look-alike once a line: there may be many. */
static void warn_odd(struct shell_reader *r)
{
	uint64_t bit = UINT64_C(1) << r->odd.index;

	if (r->odd_line != r->odd_at.line)
		r->odd_told = 0;
	r->odd_line = r->odd_at.line;
	if (!(r->odd_told & bit))
		shell_tell_odd(r, DIAG_WARNING);
	r->odd_told |= bit;
}

static void note_odd(struct shell_reader *r)
{
	struct lookalike_found odd;

	if ((r->odd.kind && r->quiet) || !lookalike_at(r->cur.at, &odd))
		return;
	r->odd = odd;
	r->odd_at = r->cur;
	if (!r->quiet)
		warn_odd(r);
}

/* Moves behind the quote that ends a string; only for skipping. */
static bool skip_string(struct shell_reader *r, char quote)
{
	for (char c = *r->cur.at; c; c = *r->cur.at) {
		shell_step(r);
		if (c == quote)
			return true;
		if (c == '\\' && quote == '"' && *r->cur.at)
			shell_step(r);
	}
	return false;
}

static bool skip_to_close(struct shell_reader *r, char open, char close)
{
	size_t depth = 1;

	for (char c = *r->cur.at; c; c = *r->cur.at) {
		shell_step(r);
		if (c == close && --depth == 0)
			return true;
		if (c == open)
			depth++;
		else if (c == '\\' && *r->cur.at)
			shell_step(r);
		else if ((c == '\'' || c == '"') && !skip_string(r, c))
			return false;
	}
	return false;
}

void shell_skip_group(struct shell_reader *r, char open, char close)
{
	struct shell_cursor start = r->cur;

	shell_step(r);
	if (r->searched || !skip_to_close(r, open, close))
		get_lost(r, start);
}

static void read_single_quoted(struct shell_reader *r)
{
	struct shell_cursor open = r->cur;

	shell_step(r);
	while (*r->cur.at && *r->cur.at != '\'')
		take(r);
	if (!*r->cur.at)
		tell_unended(r, open);
	else
		shell_step(r);
}

/* From the quote of $'…' on. */
static void read_ansi_c(struct shell_reader *r)
{
	struct shell_cursor open = r->cur;
	const char *text = open.at + 1;

	shell_step(r);
	while (*r->cur.at && *r->cur.at != '\'') {
		if (*r->cur.at == '\\' && r->cur.at[1])
			shell_step(r);
		shell_step(r);
	}
	if (!*r->cur.at) {
		tell_unended(r, open);
		return;
	}
	ansi_c_decode(text, (size_t)(r->cur.at - text), &r->word);
	shell_step(r);
}

/* The backslash of "…" is special only in front of a few characters. */
static void read_escape_in_quotes(struct shell_reader *r)
{
	if (r->cur.at[1] && strchr("$`\"\\", r->cur.at[1]))
		shell_step(r);
	take(r);
}

static void read_backquotes(struct shell_reader *r)
{
	reject(r, r->cur, "command substitution `…` is not run", QUOTE_HINT);
	shell_skip_group(r, '`', '`');
}

/* Once a file: nearly every line behind will be too long as well. */
static void tell_overgrown(struct shell_reader *r)
{
	if (!r->overgrown)
		reject(r, r->cur, "this file's expansions become too long",
		       "write the value itself");
	r->overgrown = true;
	r->bad = true;
}

void shell_expand_name(struct shell_reader *r)
{
	const char *name = strbuf_text(&r->name);
	const struct shellvar *var = shellvar_get(r->vars, name);
	size_t len;

	if (strcmp(name, "_") == 0)
		reject(r, r->cur, "$_ is a value of the running shell", QUOTE_HINT);
	if (!var && r->outer)
		var = shellvar_get(r->outer, name);
	if (!var || r->quiet)
		return;
	len = strlen(var->value);
	if (len > r->expandable) {
		tell_overgrown(r);
		return;
	}
	r->expandable -= len;
	r->uses_own |= r->own && strcmp(name, r->own) == 0;
	strbuf_addn(&r->word, var->value, len);
}

static void read_braces(struct shell_reader *r)
{
	struct shell_cursor open = r->cur;

	shell_step(r);
	if (shell_read_name(r) && shell_peek(r) == '}') {
		shell_step(r);
		shell_expand_name(r);
		return;
	}
	reject(r, open, "of ${…} only plain ${NAME} is known, no operators",
	       "write the value itself");
	r->cur = open;
	shell_skip_group(r, '{', '}');
}

/* What a dollar sign starts besides a name. */
static void read_substitution(struct shell_reader *r)
{
	char c = *r->cur.at;

	if (c == '{') {
		read_braces(r);
		return;
	}
	if (c == '[' || r->cur.at[1] == '(')
		reject(r, r->cur, "arithmetic is not computed", "write the result");
	else
		reject(r, r->cur, "command substitution $(…) is not run", QUOTE_HINT);
	shell_skip_group(r, c, c == '[' ? ']' : ')');
}

static void read_double_quoted(struct shell_reader *r);

static void read_dollar(struct shell_reader *r, bool in_quotes)
{
	struct shell_cursor start = r->cur;
	char c;

	shell_step(r);
	c = shell_peek(r);
	if (c && strchr("({[", c)) {
		read_substitution(r);
	} else if (c == '\'' && !in_quotes) {
		read_ansi_c(r);
	} else if (c == '"' && !in_quotes) {
		read_double_quoted(r);
	} else if (is_digit(c) || (c && strchr("@*#?$!-", c))) {
		shell_step(r);
		reject(r, start, "$ with a digit or sign is a value of the running shell",
		       QUOTE_HINT);
	} else if (shell_read_name(r)) {
		shell_expand_name(r);
	} else {
		strbuf_addc(&r->word, '$');
	}
}

static void read_double_quoted(struct shell_reader *r)
{
	struct shell_cursor open = r->cur;
	char c;

	shell_step(r);
	for (c = shell_peek(r); c && c != '"' && !r->lost; c = shell_peek(r)) {
		if (c == '$')
			read_dollar(r, true);
		else if (c == '`')
			read_backquotes(r);
		else if (c == '\\')
			read_escape_in_quotes(r);
		else
			take(r);
	}
	if (r->lost)
		return;
	if (!c)
		tell_unended(r, open);
	else
		shell_step(r);
}

/* Home directories are not looked up; bash does that where a value or an item starts. */
static void read_tilde(struct shell_reader *r, bool at_prefix)
{
	if (at_prefix)
		reject(r, r->cur, "the shell would make a home directory of the ~",
		       QUOTE_HINT);
	take(r);
}

/* {a,b} is literal where a command starts with it, but not behind `export`. */
static void read_brace(struct shell_reader *r)
{
	if (r->exporting)
		reject(r, r->cur, "the shell would make several words of the { }",
		       QUOTE_HINT);
	take(r);
}

/* A character without quotes, perhaps behind a backslash. */
static void read_bare(struct shell_reader *r)
{
	if (*r->cur.at == '\\' && r->cur.at[1])
		shell_step(r);
	else
		note_odd(r);
	take(r);
}

static void read_piece(struct shell_reader *r)
{
	char c = *r->cur.at;
	bool at_prefix = r->at_tilde_prefix;

	r->at_tilde_prefix = c == ':';
	r->quoted |= strchr("\\'\"$`", c) != NULL;
	if (c == '\'')
		read_single_quoted(r);
	else if (c == '"')
		read_double_quoted(r);
	else if (c == '$')
		read_dollar(r, false);
	else if (c == '`')
		read_backquotes(r);
	else if (c == '~')
		read_tilde(r, at_prefix);
	else if (c == '{')
		read_brace(r);
	else
		read_bare(r);
}

void shell_start_word(struct shell_reader *r)
{
	clear(&r->word);
	r->word_start = r->cur;
	r->at_tilde_prefix = true;
	r->quoted = r->bad = false;
	r->odd.kind = NULL;
}

void shell_read_word(struct shell_reader *r)
{
	while (!r->lost && !shell_ends_word(shell_peek(r)))
		read_piece(r);
}
