/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads one shell word: removes its quotes, expands its $NAMEs, and runs nothing. */
#include "parsers/shellword.h"

#include <string.h>

#include "lib/base/language.h"
#include "parsers/ansi-c.h"

#define RESULT_HINT N_("write what the command would print")
#define QUOTE_HINT  N_("to have the character itself, put the value in single quotes")

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
		size_t len = 1;

		while (starts_name(r->cur.at[len]) || is_digit(r->cur.at[len]))
			len++;
		strbuf_addn(&r->name, r->cur.at, len);
		r->cur.at += len;
	}
	return true;
}

bool shell_is_operator(char c)
{
	return c && strchr("|&()<>", c);
}

bool shell_ends_word(char c)
{
	return c == '\0' || c == ' ' || c == '\t' || c == '\n' || c == ';' ||
	       shell_is_operator(c);
}

static struct pos here(const struct shell_reader *r, struct shell_cursor at)
{
	return (struct pos){ r->file, at.line };
}

/* The first fault of a word explains it best. */
static void reject(struct shell_reader *r, const char *what, const char *hint)
{
	if (!r->bad.what)
		r->bad = (struct shell_fault){ .what = what, .hint = hint };
}

/* Gives up on the rest of the line that contains @from. */
static void get_lost(struct shell_reader *r, struct shell_cursor from)
{
	r->lost = true;
	r->resume = shell_next_line(from);
	r->searched = true;
}

/*
 * The quote that opened at @open runs to the end of the file. The unmatched quote is
 * often an earlier one of the same word, so reading resumes after the line where the word
 * starts; but only once, so as not to read the same lines for ever.
 */
/* The text after the quote on its line tells which mistake this is. */
static const char *hint_of_unended(const char *open)
{
	const char other = *open == '"' ? '\'' : '"';
	size_t len = strcspn(open, "\n");

	while (len && strchr(" \t\r", open[len - 1]))
		len--;
	if (len == 1)
		return _("remove it, or put another one before the value");
	return open[len - 1] == other
		       ? _("end it with another one of the same kind: \" and "
			   "' do not match")
		       : _("end it with another one of the same kind");
}

static void reject_unended(struct shell_reader *r, struct shell_cursor open)
{
	if (r->word_start.line == open.line)
		reject(r, _("the quote that opens here never ends"),
		       hint_of_unended(open.at));
	else
		reject(r, _("the quote that opens here never ends"),
		       _("the word starts in an earlier line; a quote may be missing "
			 "there"));
	r->bad.line = open.line;
	r->bad.is_open = true;
	get_lost(r, r->searched ? open : r->word_start);
}

static void take_char(struct shell_reader *r)
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

/* Each kind of look-alike is reported once per file: there may be many. */
static void warn_odd(struct shell_reader *r, const struct lookalike_found *odd,
		     bool is_understood)
{
	static const char *const meant[] = {
		[LOOKALIKE_BLANK] = N_("a blank"),
		[LOOKALIKE_NOTHING] = N_("a blank"),
		[LOOKALIKE_DOUBLE_QUOTE] = N_("a quote"),
		[LOOKALIKE_SINGLE_QUOTE] = N_("a quote"),
		[LOOKALIKE_HASH] = "#",
		[LOOKALIKE_EQUALS] = "=",
	};
	unsigned int bit = 1U << odd->kind->sense;
	int shown = odd->kind->visible ? (int)odd->len : 0;

	if (odd->kind->sense == LOOKALIKE_SINGLE_QUOTE)
		bit = 1U << LOOKALIKE_DOUBLE_QUOTE;
	if (r->quiet || r->odd_told & bit)
		return;
	r->odd_told |= bit;
	diag_warning(r->diag, here(r, r->cur),
		     is_understood ? _("%s %.*s%s(U+%04X) in column %u is taken for %s")
				   : _("%s %.*s%s(U+%04X) in column %u is not %s for the "
				       "shell"),
		     _(odd->kind->what), shown, r->cur.at, shown ? " " : "", odd->code,
		     column(&r->cur), _(meant[odd->kind->sense]));
	diag_hint(r->diag,
		  "copied from a web page? Replace this character and its like in "
		  "the whole file");
}

size_t shell_odd(struct shell_reader *r, enum lookalike_sense sense)
{
	struct lookalike_found odd;

	if (!lookalike_at(r->cur.at, &odd) || odd.kind->sense != sense)
		return 0;
	warn_odd(r, &odd, true);
	return odd.len;
}

size_t shell_blank(struct shell_reader *r)
{
	char c = shell_peek(r);

	if (c == ' ' || c == '\t')
		return 1;
	return shell_odd(r, LOOKALIKE_BLANK);
}

/* Moves past the quote that ends a string; for skipping only. */
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
		take_char(r);
	if (!*r->cur.at)
		reject_unended(r, open);
	else
		shell_step(r);
}

/* Reads $'…', starting at the quote. */
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
		reject_unended(r, open);
		return;
	}
	ansi_c_decode(text, (size_t)(r->cur.at - text), &r->word);
	shell_step(r);
}

/* Within "…" a backslash is special only before a few characters. */
static void read_escape_in_quotes(struct shell_reader *r)
{
	if (r->cur.at[1] && strchr("$`\"\\", r->cur.at[1]))
		shell_step(r);
	take_char(r);
}

static void read_backquotes(struct shell_reader *r)
{
	reject(r, _("command substitution `…` is not run"), RESULT_HINT);
	shell_skip_group(r, '`', '`');
}

/*
 * This is an error in any file, reported once: nearly every later line will be too long
 * as well.
 */
static void tell_overgrown(struct shell_reader *r)
{
	if (!r->overgrown) {
		diag_error(r->diag, here(r, r->cur),
			   "this file's expansions become too long");
		diag_hint(r->diag, "write the value itself");
	}
	r->overgrown = true;
	reject(r, _("its expansion is too long"), _("write the value itself"));
}

static const struct shellvar *find_expanded(const struct shell_reader *r)
{
	const char *name = strbuf_text(&r->name);
	const struct shellvar *var = shellvar_latest(r->vars, name);

	return var || !r->outer ? var : shellvar_latest(r->outer, name);
}

void shell_expand_name(struct shell_reader *r)
{
	const char *name = strbuf_text(&r->name);
	const struct shellvar *var = find_expanded(r);
	size_t len;

	if (strcmp(name, "_") == 0)
		reject(r, _("$_ is a value of the running shell"), QUOTE_HINT);
	if (!var || r->quiet)
		return;
	if (var->flaw) {
		reject(r, _("it has a value in it that only a shell can compute"),
		       _("write the value itself"));
		return;
	}
	len = strlen(var->value);
	if (len > r->expandable) {
		tell_overgrown(r);
		return;
	}
	r->expandable -= len;
	r->uses_own |= r->own && strcmp(name, r->own) == 0;
	strbuf_addn(&r->word, var->value, len);
}

/*
 * Reads ${NAME:-text} and ${NAME-text} if the text is plain. Return: whether it was one
 * of these.
 */
static bool read_default(struct shell_reader *r)
{
	const char *text = r->cur.at;
	bool or_empty = *text == ':';
	const struct shellvar *var = find_expanded(r);
	size_t len;

	text += or_empty;
	if (*text++ != '-')
		return false;
	len = strcspn(text, "$`\"'\\{}~\n");
	if (text[len] != '}')
		return false;
	r->cur.at = text + len + 1;
	if (var && (var->flaw || *var->value || !or_empty))
		shell_expand_name(r);
	else if (!r->quiet)
		strbuf_addn(&r->word, text, len);
	return true;
}

/* ${NAME:=text} and ${NAME=text} are also assignments if they have an effect. */
static void note_set(struct shell_reader *r)
{
	const struct shellvar *var = find_expanded(r);
	bool or_empty = *r->cur.at == ':';

	if (r->cur.at[or_empty] != '=')
		return;
	if (!var || var->flaw || (or_empty && !*var->value))
		strbuf_addf(&r->sets, "%s ", strbuf_text(&r->name));
}

static void read_braces(struct shell_reader *r)
{
	struct shell_cursor open = r->cur;

	shell_step(r);
	if (shell_read_name(r)) {
		if (shell_peek(r) == '}') {
			shell_step(r);
			shell_expand_name(r);
			return;
		}
		if (read_default(r))
			return;
		note_set(r);
	}
	reject(r, _("of ${…} only ${NAME} and ${NAME:-text} are known"),
	       _("write the value itself"));
	r->cur = open;
	shell_skip_group(r, '{', '}');
}

/* Reads what a dollar sign starts other than a name. */
static void read_substitution(struct shell_reader *r)
{
	char c = *r->cur.at;

	if (c == '{') {
		read_braces(r);
		return;
	}
	if (c == '[' || r->cur.at[1] == '(')
		reject(r, _("arithmetic is not computed"), _("write the result"));
	else
		reject(r, _("command substitution $(…) is not run"), RESULT_HINT);
	shell_skip_group(r, c, c == '[' ? ']' : ')');
}

static void read_double_quoted(struct shell_reader *r);

static void read_dollar(struct shell_reader *r, bool in_quotes)
{
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
		reject(r, _("$ with a digit or sign is a value of the running shell"),
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
			take_char(r);
	}
	if (r->lost)
		return;
	if (!c)
		reject_unended(r, open);
	else
		shell_step(r);
}

/* Home directories are not looked up; bash does so at the start of a value or an item. */
static void read_tilde(struct shell_reader *r, bool at_prefix)
{
	if (at_prefix)
		reject(r, _("the shell would make a home directory of the ~"),
		       QUOTE_HINT);
	take_char(r);
}

/* {a,b} is literal at the start of a command, but not after `export`. */
static void read_brace(struct shell_reader *r)
{
	if (r->exporting)
		reject(r, _("the shell would make several words of the { }"), QUOTE_HINT);
	take_char(r);
}

static bool is_odd_quote(const struct lookalike_found *odd)
{
	return odd->kind->sense == LOOKALIKE_DOUBLE_QUOTE ||
	       odd->kind->sense == LOOKALIKE_SINGLE_QUOTE;
}

/* The look-alike quote that ends the string on the same line, or NULL. */
static const char *find_odd_end(const char *at, size_t *ret_len)
{
	struct lookalike_found odd;

	for (; *at && *at != '\n'; at++) {
		if (!lookalike_at(at, &odd) || !is_odd_quote(&odd))
			continue;
		*ret_len = odd.len;
		return at;
	}
	return NULL;
}

/*
 * “…” at the start of a word or value is meant as "…". Return: whether it was such a
 * string.
 */
static bool read_odd_quotes(struct shell_reader *r, const struct lookalike_found *odd)
{
	size_t end_len;
	const char *end = find_odd_end(r->cur.at + odd->len, &end_len);

	if (!end || r->word.len || r->quoted)
		return false;
	warn_odd(r, odd, true);
	r->cur.at += odd->len;
	strbuf_addn(&r->word, r->cur.at, (size_t)(end - r->cur.at));
	r->cur.at = end + end_len;
	r->quoted = true;
	return true;
}

/* Return: whether there was a look-alike, which has been read. */
static bool read_odd(struct shell_reader *r)
{
	struct lookalike_found odd;

	if (!lookalike_at(r->cur.at, &odd))
		return false;
	if (odd.kind->sense == LOOKALIKE_NOTHING) {
		warn_odd(r, &odd, true);
		r->cur.at += odd.len;
		return true;
	}
	if (is_odd_quote(&odd) && read_odd_quotes(r, &odd))
		return true;
	warn_odd(r, &odd, false);
	return false;
}

/* Reads an unquoted character, which may follow a backslash. */
static void read_bare(struct shell_reader *r)
{
	if (*r->cur.at == '\\' && r->cur.at[1])
		shell_step(r);
	else if (read_odd(r))
		return;
	take_char(r);
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
	clear(&r->sets);
	clear(&r->word);
	r->word_start = r->cur;
	r->at_tilde_prefix = true;
	r->quoted = false;
	r->bad = (struct shell_fault){ 0 };
}

/* <(command) and >(command) are part of a word, as $(command) is. */
static bool at_process(const struct shell_reader *r)
{
	return (*r->cur.at == '<' || *r->cur.at == '>') && r->cur.at[1] == '(';
}

static void read_process(struct shell_reader *r)
{
	reject(r, _("process substitution <(…) is not run"), RESULT_HINT);
	shell_step(r);
	shell_skip_group(r, '(', ')');
}

/* How many bytes at @text mean themselves, whatever is around them. */
static size_t plain_len(const char *text)
{
	size_t len = 0;

	while (starts_name(text[len]) || is_digit(text[len]) || text[len] == '.' ||
	       text[len] == '-' || text[len] == '/')
		len++;
	return len;
}

static void read_plain(struct shell_reader *r, size_t len)
{
	strbuf_addn(&r->word, r->cur.at, len);
	r->cur.at += len;
	r->at_tilde_prefix = false;
}

void shell_read_word(struct shell_reader *r)
{
	while (!r->lost) {
		char c = shell_peek(r);
		size_t len = plain_len(r->cur.at);

		if (len)
			read_plain(r, len);
		else if (at_process(r))
			read_process(r);
		else if (shell_ends_word(c) || shell_blank(r))
			return;
		else
			read_piece(r);
	}
}
