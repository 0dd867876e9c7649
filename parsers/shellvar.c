/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shell assignments as data: which words of a file are assignments, and what becomes of
 * the others. Whatever bash takes for plain assignments means the same here. Whatever
 * bash would run is reported, and assignments that depend on it are not in force.
 */
#include "parsers/shellvar.h"

#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/lines.h"
#include "parsers/plain-text.h"
#include "parsers/shellcode.h"
#include "parsers/shellword.h"

/* Far more than any real file expands to. */
#define EXPANDABLE ((size_t)1 << 20)

/* The length in a message of a refused word, and of all words up to the end of the command. */
#define SHOWN_MAX 60
#define REST_MAX  300

/*
 * struct tally - one kind of line that is not an assignment: its first word, and the
 * places
 */
struct tally {
	const struct refusal *refusal;
	const char *word;
	struct lines lines;
};

/*
 * struct forced - the flaw of all assignments of a command; .flaw is 0 if there is none
 */
struct forced {
	enum shellvar_flaw flaw;
	const char *what, *hint;
};

/*
 * struct document - the text after `<< END`, which begins in the next line
 * @line: of that word, which is @shown in messages; @end: without its quotes
 * @has_tabs: after `<<-`, tabs may precede it in the last line
 */
struct document {
	unsigned int line;
	const char *shown, *end;
	bool has_tabs;
};

/* struct arithmetic - whether the part of a line up to @at ends between (( and )) */
struct arithmetic {
	const char *line_start, *at;
	bool is_open;
};

/**
 * struct parser - a file being read
 * @r: the reader; @text: the start of the text
 * @arena, @table: as in shellvar_parse(); @scratch: memory for the time of parsing
 * @visible: the number of @vars that $NAME may refer to at present
 * @fixes: the command is `readonly`
 * @first: index in @vars of the first assignment of the present command
 * @forced: the flaw of the present command
 * @open: the block of shell code that the reader is in, or NULL; @last_block: the one
 * before
 * @depth: how many closing words are still missing, of which @parens are brackets
 * @body, @block_first: where the block starts, in the text and in @vars
 * @documents: those of the present line; @arithmetic: of that line, as far as it was asked for
 * @told_line: the last line reported as not being an assignment, to report each line once
 */
struct parser {
	struct shell_reader r;
	const char *text;
	struct arena *arena, *table, *scratch;
	struct shellvars vars, visible;
	size_t first;
	bool fixes;
	struct forced forced;
	struct shell_block *open, *last_block;
	size_t depth, parens;
	const char *body;
	size_t block_first;
	struct document *documents;
	size_t n_documents, documents_cap;
	struct arithmetic arithmetic;
	unsigned int told_line;
	struct tally *tallies;
	size_t n_tallies, tallies_cap;
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

static void skip_line(struct parser *p)
{
	while (*p->r.cur.at && *p->r.cur.at != '\n')
		shell_step(&p->r);
}

/* Skips blanks, and a comment where a word could start. */
static void skip_blanks(struct parser *p)
{
	size_t len;

	while ((len = shell_blank(&p->r)) || (len = shell_odd(&p->r, LOOKALIKE_NOTHING)))
		p->r.cur.at += len;
	if (shell_peek(&p->r) == '#' || shell_odd(&p->r, LOOKALIKE_HASH))
		skip_line(p);
}

/* The text from @start to @end, shortened to @max bytes and safe for a terminal. */
static const char *shown_until(struct parser *p, struct shell_cursor start,
			       const char *end, size_t max)
{
	size_t all = (size_t)(end - start.at), line = strcspn(start.at, "\n");
	size_t len = line && line < all ? line : all;
	bool cut = len > max;
	char *text;

	if (cut)
		len = max;
	while (cut && len && ((unsigned char)start.at[len] & 0xC0) == 0x80)
		len--;
	text = arena_printf(p->arena, "%.*s%s", (int)len, start.at, cut ? "…" : "");
	for (char *c = text; c && *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			*c = '?';
	return text;
}

static const char *shown_from(struct parser *p, struct shell_cursor start)
{
	return shown_until(p, start, p->r.cur.at, SHOWN_MAX);
}

/* Notes why a line is not an assignment: one message per kind, each line counted once. */
static void refuse_word(struct parser *p, unsigned int line, const char *word,
			const struct refusal *refusal)
{
	struct tally *tally = NULL;

	if (p->told_line == line)
		return;
	p->told_line = line;
	for (size_t i = 0; i < p->n_tallies && !tally; i++)
		if (p->tallies[i].refusal == refusal)
			tally = &p->tallies[i];
	if (!tally) {
		struct tally new = { .refusal = refusal,
				     .word = arena_strdup(p->scratch, word) };

		if (!new.word)
			return;
		ARENA_PUSH(p->scratch, p->tallies, p->n_tallies, p->tallies_cap, new);
		tally = &p->tallies[p->n_tallies - 1];
	}
	lines_add(&tally->lines, line);
}

/* Drops the refusal of a command that is reported together with an assignment. */
static void forget_refusal(struct parser *p, unsigned int line)
{
	for (size_t i = 0; i < p->n_tallies; i++)
		lines_drop(&p->tallies[i].lines, line);
}

static void tell_tallies(struct parser *p)
{
	for (size_t i = 0; i < p->n_tallies; i++) {
		const struct tally *tally = &p->tallies[i];
		_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;

		if (!tally->lines.n)
			continue;
		lines_also(&tally->lines, &also);
		diag_warning(p->r.diag, pos_at(p, tally->lines.at[0]), "'%s' %s%s",
			     tally->word, _(tally->refusal->what), strbuf_text(&also));
		diag_hint(p->r.diag, "%s", _(tally->refusal->hint));
	}
}

/* Refuses something whose result only a shell could know. */
static void refuse_at_all(struct parser *p, struct shell_cursor start,
			  const struct refusal *refusal)
{
	p->told_line = start.line;
	diag_error(p->r.diag, pos_at(p, start.line), "'%s' %s", shown_from(p, start),
		   _(refusal->what));
	diag_hint(p->r.diag, "%s", _(refusal->hint));
}

/* The next character after blanks; the reader does not move. */
static char peek_after_blanks(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	size_t len;
	char c;

	while ((len = shell_blank(&p->r)))
		p->r.cur.at += len;
	c = shell_peek(&p->r);
	if (shell_odd(&p->r, LOOKALIKE_EQUALS))
		c = '=';
	p->r.cur = start;
	return c;
}

static void push_var(struct parser *p, struct shellvar var)
{
	ARENA_PUSH(p->scratch, p->vars.vars, p->vars.n, p->vars.cap, var);

	shellvar_index_last(&p->vars, p->scratch);
}

/*
 * Records the variable that the word just read sets as a side effect: it has no place of
 * its own in the text.
 */
static void record_set(struct parser *p, unsigned int line)
{
	struct shellvar var = { .pos = pos_at(p, line),
				.value = "",
				.flaw = SHELLVAR_COMPUTED,
				.stray = N_("only a shell can compute it"),
				.hint = N_("write the value itself") };

	const char *at = strbuf_text(&p->r.sets), *end;

	if (p->open)
		return;
	for (; (end = strchr(at, ' ')); at = end + 1) {
		var.key = arena_strndup(p->table, at, (size_t)(end - at));
		push_var(p, var);
		forget_refusal(p, line);
	}
}

static void read_quietly(struct parser *p)
{
	unsigned int line = p->r.cur.line;

	p->r.quiet = true;
	p->visible = p->vars;
	shell_start_word(&p->r);
	shell_read_word(&p->r);
	p->r.quiet = false;
	record_set(p, line);
}

/* ---- documents ---- */

/* Between (( and )), << moves bits. What was seen of the line before is not read again. */
static bool is_in_arithmetic(struct parser *p)
{
	struct arithmetic *seen = &p->arithmetic;

	if (seen->line_start != p->r.cur.line_start || seen->at > p->r.cur.at)
		*seen = (struct arithmetic){ p->r.cur.line_start, p->r.cur.line_start,
					     false };
	for (; seen->at < p->r.cur.at; seen->at++)
		if (seen->at[0] == seen->at[1] && (*seen->at == '(' || *seen->at == ')'))
			seen->is_open = *seen->at == '(';
	return seen->is_open;
}

/* Reads the rest of `<< END`, of which @first has been read. Return: whether it is that. */
static bool read_document(struct parser *p, char first)
{
	struct document document = { 0 };
	struct shell_cursor start;
	size_t len;

	if (first != '<' || shell_peek(&p->r) != '<' || p->r.cur.at[1] == '<' ||
	    is_in_arithmetic(p))
		return false;
	shell_step(&p->r);
	document.has_tabs = shell_peek(&p->r) == '-';
	if (document.has_tabs)
		shell_step(&p->r);
	skip_blanks(p);
	if (at_command_end(p) || shell_is_operator(shell_peek(&p->r)))
		return true;
	start = p->r.cur;
	read_quietly(p);
	document.line = start.line;
	document.shown = shown_from(p, start);
	len = (size_t)(p->r.cur.at - start.at);
	/* Quotes go, but nothing is expanded. */
	document.end = memchr(start.at, '$', len)
			       ? arena_strndup(p->scratch, start.at, len)
			       : arena_strdup(p->scratch, strbuf_text(&p->r.word));
	ARENA_PUSH(p->scratch, p->documents, p->n_documents, p->documents_cap, document);
	return true;
}

static bool at_document_end(const struct parser *p, const struct document *document)
{
	const char *line = p->r.cur.at;
	size_t len = strlen(document->end);

	if (document->has_tabs)
		line += strspn(line, "\t");
	return strncmp(line, document->end, len) == 0 && strchr("\n", line[len]);
}

/* Return: whether it has an end. */
static bool skip_document(struct parser *p, const struct document *document)
{
	bool found = false;

	while (!found && *p->r.cur.at) {
		found = at_document_end(p, document);
		skip_line(p);
		if (*p->r.cur.at)
			shell_step(&p->r);
	}
	if (found)
		return true;
	diag_warning(p->r.diag, pos_at(p, document->line),
		     "the text after <<%s never ends: the rest of the file is ignored",
		     document->shown);
	diag_hint(p->r.diag, "end it with a line that has only this word");
	return false;
}

/* Moves past the end of a command; at that of a line, past the documents, too. */
static void step_past_end(struct parser *p)
{
	const size_t n = shell_peek(&p->r) == '\n' ? p->n_documents : 0;
	size_t i = 0;

	shell_step(&p->r);
	while (i < n && skip_document(p, &p->documents[i]))
		i++;
	if (n)
		p->n_documents = 0;
}

/* ---- commands ---- */

static void start_command(struct parser *p)
{
	p->first = p->vars.n;
	p->forced = (struct forced){ 0 };
	p->r.exporting = false;
	p->fixes = false;
}

/* Whether && or || comes next: what follows may or may not be run. */
static bool at_condition(struct parser *p)
{
	char c = shell_peek(&p->r);

	return (c == '&' || c == '|') && p->r.cur.at[1] == c;
}

static void read_condition(struct parser *p)
{
	shell_step(&p->r);
	shell_step(&p->r);
	start_command(p);
	p->forced = (struct forced){ SHELLVAR_COMPUTED,
				     N_("whether it is set depends on a command"),
				     N_("write what holds for this host") };
}

/* "2>&1": the signs after the first one, which is @first. */
static void skip_rest_of_operator(struct parser *p, char first)
{
	while ((first == '<' || first == '>') && strchr("<>&|", shell_peek(&p->r)) &&
	       shell_peek(&p->r))
		shell_step(&p->r);
}

/* After '|', also in the lines below it, comes a command in a shell of its own. */
static void read_pipe(struct parser *p)
{
	const struct refusal *refusal = shell_operator_refusal("|");

	if (shell_peek(&p->r) == '&')
		shell_step(&p->r);
	for (skip_blanks(p); shell_peek(&p->r) == '\n'; skip_blanks(p))
		step_past_end(p);
	start_command(p);
	p->forced = (struct forced){ SHELLVAR_UNSET,
				     arena_printf(p->arena, "'|' %s", _(refusal->what)),
				     refusal->hint };
}

/* Skips the rest of a command; another one may follow on the same line. */
static void skip_command(struct parser *p)
{
	for (skip_blanks(p); !at_command_end(p); skip_blanks(p)) {
		char c = shell_peek(&p->r);

		if (at_condition(p)) {
			read_condition(p);
			return;
		}
		if (!shell_is_operator(c)) {
			read_quietly(p);
			continue;
		}
		shell_step(&p->r);
		if (c == '|') {
			read_pipe(p);
			return;
		}
		if (c == '&') {
			start_command(p);
			return;
		}
		if (!read_document(p, c))
			skip_rest_of_operator(p, c);
	}
}

/* All up to here is the reason why the assignments from @first to @n are not made. */
static void end_reason(struct parser *p, size_t first, size_t n)
{
	/* After '|' or &&, another command depends on this one. */
	const bool goes_on = p->r.lost || (p->first == n && p->forced.flaw);

	for (size_t i = first; i < n; i++)
		p->vars.vars[i].rest = goes_on ? 0 : (size_t)(p->r.cur.at - p->text);
}

static void skip_reason(struct parser *p)
{
	const size_t first = p->first, n = p->vars.n;

	skip_command(p);
	end_reason(p, first, n);
}

/* Takes all assignments of the present command out of force. */
static void mark_forced(struct parser *p, const struct forced *forced)
{
	p->forced = *forced;
	for (size_t i = p->first; i < p->vars.n; i++) {
		if (p->vars.vars[i].flaw)
			continue;
		p->vars.vars[i].flaw = forced->flaw;
		p->vars.vars[i].stray = forced->what;
		p->vars.vars[i].hint = forced->hint;
	}
}

/* ---- shell code of several commands ---- */

static void open_block(struct parser *p, unsigned int line, const char *word,
		       bool is_function)
{
	struct shell_block *block = arena_alloc(p->table, sizeof(*block));

	block->pos = pos_at(p, line);
	block->word = arena_strdup(p->arena, word);
	block->is_function = is_function;
	p->open = block;
	p->depth = 1;
	p->parens = 0;
	p->body = p->r.cur.at;
	p->block_first = p->vars.n;
	start_command(p);
}

/* @end: the end of the text inside the block. */
static void close_block(struct parser *p, const char *end)
{
	if (--p->depth)
		return;
	p->open->body = arena_strndup(p->arena, p->body, (size_t)(end - p->body));
	*(p->last_block ? &p->last_block->next : &p->vars.blocks) = p->open;
	p->last_block = p->open;
	p->open = NULL;
	skip_command(p);
}

/*
 * The block has no end: its opening word is treated like any other, and the rest stays as
 * it is.
 */
static void forget_block(struct parser *p)
{
	if (!p->open)
		return;
	for (size_t i = p->block_first; i < p->vars.n; i++) {
		struct shellvar *var = &p->vars.vars[i];

		if (var->block != p->open)
			continue;
		var->flaw = SHELLVAR_SOUND;
		var->stray = NULL;
		var->block = NULL;
	}
	p->told_line = 0;
	refuse_word(p, p->open->pos.line, p->open->word,
		    p->open->is_function ? &shell_function
					 : &shell_command_find(p->open->word)->refusal);
	p->open = NULL;
}

/*
 * Skips words that are not commands, up to the end of the command or to an operator. Return:
 * the end of the last one.
 */
static const char *skip_words(struct parser *p)
{
	const char *end = p->r.cur.at;

	for (skip_blanks(p); !at_command_end(p) && !shell_is_operator(shell_peek(&p->r));
	     skip_blanks(p)) {
		read_quietly(p);
		end = p->r.cur.at;
	}
	return end;
}

static void read_operator_in_block(struct parser *p)
{
	const char *at = p->r.cur.at;

	shell_step(&p->r);
	if (read_document(p, *at))
		return;
	if (*at == '<' || *at == '>') {
		skip_blanks(p);
		if (!at_command_end(p) && !shell_is_operator(shell_peek(&p->r)))
			read_quietly(p);
		return;
	}
	start_command(p);
	if (*at == '(' && shell_peek(&p->r) == ')') { /* the brackets of a function */
		shell_step(&p->r);
	} else if (*at == '(') {
		p->depth++;
		p->parens++;
	} else if (*at == ')' && p->parens) {
		p->parens--;
		close_block(p, at);
	}
}

static void read_word_in_block(struct parser *p)
{
	const char *at = p->r.cur.at;
	bool first = p->vars.n == p->first;
	const struct shell_command *row;

	read_quietly(p);
	row = shell_command_find(p->r.quoted ? "" : strbuf_text(&p->r.word));
	if (!first) {
		skip_words(p);
		return;
	}
	switch (row->act) {
	case SHELL_LEADS:
	case SHELL_FUNCTION:
		return;
	case SHELL_ASSIGNS:
		p->r.exporting = true;
		return;
	case SHELL_OPENS:
		p->depth++;
		return;
	case SHELL_OPENS_LINE:
		p->depth++;
		skip_words(p);
		return;
	case SHELL_CLOSES:
		close_block(p, at);
		return;
	case SHELL_RUNS:
	case SHELL_FORGETS:
	case SHELL_UNSETS:
	case SHELL_COMPUTES:
	case SHELL_ANYTHING:
	case SHELL_RETURNS:
		skip_words(p);
		return;
	}
}

/* Reads () and { after a function's name. Return: false if this is something else. */
static bool read_function(struct parser *p, unsigned int line, const char *name)
{
	struct shell_cursor start = p->r.cur;

	skip_blanks(p);
	if (shell_peek(&p->r) == '(') {
		shell_step(&p->r);
		skip_blanks(p);
		if (shell_peek(&p->r) == ')')
			shell_step(&p->r);
	}
	skip_blanks(p);
	while (shell_peek(&p->r) == '\n') {
		shell_step(&p->r);
		skip_blanks(p);
	}
	if (shell_peek(&p->r) == '{') {
		shell_step(&p->r);
		open_block(p, line, name, true);
		return true;
	}
	p->r.cur = start;
	return false;
}

/* ---- words that are no assignment ---- */

/* `readonly NAME`: the value that it has stays. */
static void fix(struct parser *p, const char *key)
{
	const struct shellvar *var = p->fixes ? shellvar_get(&p->vars, key) : NULL;

	if (var)
		p->vars.vars[var - p->vars.vars].is_fixed = true;
}

/* Of a variable that is read-only, bash keeps the value, and reads on. */
static void keep_fixed(struct parser *p, struct shellvar *var)
{
	const struct shellvar *before = shellvar_get(&p->vars, var->key);

	var->is_fixed = p->fixes;
	if (!before || !before->is_fixed)
		return;
	var->flaw = SHELLVAR_UNSET;
	var->stray = arena_printf(p->arena, "line %u made %s read-only", before->pos.line,
				  var->key);
	var->hint = "remove one of the two lines";
}

/* Reads a word after `export` that is not an assignment; a plain name changes nothing. */
static void read_exported(struct parser *p)
{
	struct shell_cursor start = p->r.cur;

	read_quietly(p);
	if (!p->r.quoted && shell_is_name(strbuf_text(&p->r.word), p->r.word.len)) {
		fix(p, strbuf_text(&p->r.word));
		return;
	}
	if (*strbuf_text(&p->r.word) == '-' && !p->r.lost)
		return;
	refuse_word(p, start.line, shown_from(p, start), &shell_not_exportable);
}

static void record(struct parser *p, struct shellvar var)
{
	const struct shell_fault *bad = &p->r.bad;

	var.end = var.rest = (size_t)(p->r.cur.at - p->text);
	var.value = bad->what ? ""
			      : arena_strndup(p->arena, strbuf_text(&p->r.word),
					      p->r.word.len);
	if (bad->what) {
		var.flaw = bad->is_open ? SHELLVAR_OPEN : SHELLVAR_COMPUTED;
		var.stray = bad->what;
		var.hint = bad->hint;
		var.flaw_line = bad->line;
	} else if (p->open) {
		var.flaw = SHELLVAR_CONDITIONAL;
		var.stray = p->open->word;
		var.block = p->open;
	} else if (p->forced.flaw && !var.flaw) {
		var.flaw = p->forced.flaw;
		var.stray = p->forced.what;
		var.hint = p->forced.hint;
	}
	if (!var.flaw)
		keep_fixed(p, &var);
	if (var.flaw == SHELLVAR_COMPUTED)
		forget_refusal(p, var.pos.line);
	push_var(p, var);
}

/*
 * Records that the word just read is a variable which the command changes in another way
 * than by assignment.
 */
static void record_name(struct parser *p, struct shell_cursor start, size_t len)
{
	struct shellvar var = { .pos = pos_at(p, start.line),
				.start = (size_t)(start.at - p->text) };

	var.key = arena_strndup(p->table, strbuf_text(&p->r.word), len);
	p->r.word.len = 0;
	p->r.bad = (struct shell_fault){ 0 };
	record(p, var);
}

/*
 * KEY[0]=value: without the index, this is the variable's value. More elements may
 * follow.
 */
static void read_element(struct parser *p, struct shell_cursor start)
{
	const struct forced before = p->forced;

	p->forced = (struct forced){ SHELLVAR_COMPUTED, N_("it would be an array"),
				     shell_array.hint };
	record_name(p, start, strcspn(strbuf_text(&p->r.word), "["));
	p->forced = before;
}

/* KEY = value: bash looks for a program called KEY. */
static void read_blank_before_equals(struct parser *p, struct shell_cursor start)
{
	p->forced = (struct forced){
		SHELLVAR_UNSET,
		N_("a blank follows, so it is a command and not an assignment"),
		N_("write NAME=value, without blanks around =")
	};
	p->told_line = start.line;
	record_name(p, start, p->r.word.len);
	skip_reason(p);
}

/* KEY: value, as in other formats: bash looks for a program called "KEY:". */
static void read_colon(struct parser *p, struct shell_cursor start)
{
	p->forced = (struct forced){
		SHELLVAR_UNSET,
		N_("a colon follows, so it is a command and not an assignment"),
		N_("write NAME=value")
	};
	p->told_line = start.line;
	record_name(p, start, p->r.word.len - 1);
	skip_reason(p);
}

/* "KEY"=value, $KEY=value, THE-KEY=value: bash looks for a program of that name. */
static void read_odd_key(struct parser *p, struct shell_cursor start, const char *key)
{
	const char *hint = arena_printf(p->arena, _("write %s=value"), key);

	p->forced = (struct forced){
		SHELLVAR_UNSET,
		N_("its name is not written plainly, so it is a command and not an "
		   "assignment"),
		hint,
	};
	p->told_line = start.line;
	p->r.word.len = 0;
	strbuf_add(&p->r.word, key);
	record_name(p, start, p->r.word.len);
	skip_reason(p);
}

/* Whether the word just read would be an assignment if its name were written plainly. */
static bool is_odd_key(const struct parser *p, struct shell_cursor start, char *out,
		       size_t size)
{
	const size_t len = (size_t)(p->r.cur.at - start.at);

	return !p->r.lost && memchr(start.at, '=', len) &&
	       shell_odd_key(start.at, len, out, size);
}

/* The length of the part of the word that could be a key. */
static size_t key_len(const char *word)
{
	size_t len = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	return len > 1 && shell_is_name(word, len) ? len : 0;
}

static bool is_key_word(const char *word)
{
	return key_len(word) && !word[key_len(word)];
}

static bool is_key_with_colon(const char *word)
{
	return key_len(word) && strcmp(word + key_len(word), ":") == 0;
}

/* How much of what follows after blanks is the name in NAME=; the reader stays where it is. */
static size_t next_key(struct parser *p, const char **ret)
{
	const struct shell_cursor here = p->r.cur;
	size_t len;

	skip_blanks(p);
	*ret = p->r.cur.at;
	p->r.cur = here;
	len = *ret > here.at ? key_len(*ret) : 0;
	return len && ((*ret)[len] == '=' || strncmp(*ret + len, "+=", 2) == 0) ? len : 0;
}

/* BONDING OPTS=value, or set BONDING_OPTS=value: bash runs the first word. */
static int read_key_after(struct parser *p, struct shell_cursor start, const char *word,
			  const char *key, size_t len)
{
	const bool is_parted = is_key_word(word);
	const char *what =
		is_parted
			? N_("there is a blank in its name, so it is a command and "
			     "not an assignment")
			: arena_printf(p->arena, _("'%s' before it is a command"), word);
	const char *whole = arena_printf(p->arena, "%s%s%.*s", is_parted ? word : "",
					 is_parted ? "_" : "", (int)len, key);
	const char *hint = arena_printf(p->arena, _("write %s=value%s"), whole,
					is_parted ? "" : " alone");

	p->forced = (struct forced){ SHELLVAR_UNSET, what, hint };
	p->told_line = start.line;
	p->r.word.len = 0;
	strbuf_add(&p->r.word, whole);
	record_name(p, start, p->r.word.len);
	skip_reason(p);
	return 0;
}

/*
 * Reads the names after `read` and the like: NAME or NAME=text.
 *
 * Return: their number.
 */
static int read_key_names(struct parser *p)
{
	int n = 0;

	for (skip_blanks(p); !at_command_end(p) && !shell_is_operator(shell_peek(&p->r));
	     skip_blanks(p)) {
		struct shell_cursor start = p->r.cur;
		size_t len;

		read_quietly(p);
		len = strcspn(strbuf_text(&p->r.word), "=");
		if (!shell_is_name(strbuf_text(&p->r.word), len))
			continue;
		record_name(p, start, len);
		n++;
	}
	return n;
}

/*
 * `unset NAME`: of another word, only a shell knows what it unsets, if anything. Return: the
 * number of names.
 */
static int read_unset(struct parser *p)
{
	int n = 0;
	bool of_functions = false;

	for (skip_blanks(p); !at_command_end(p) && !shell_is_operator(shell_peek(&p->r));
	     skip_blanks(p)) {
		struct shell_cursor start = p->r.cur;
		const char *word;

		read_quietly(p);
		word = strbuf_text(&p->r.word);
		if (p->r.lost || (*word != '-' && !shell_is_name(word, p->r.word.len)))
			refuse_word(p, start.line, shown_from(p, start),
				    &shell_not_unsettable);
		else if (*word == '-')
			of_functions |= strcmp(word, "-f") == 0;
		else if (!of_functions && ++n)
			record_name(p, start, p->r.word.len);
	}
	return n;
}

/* `return`: the rest of the file is not read; usually there is none. */
static void read_return(struct parser *p, struct shell_cursor start,
			const struct refusal *refusal)
{
	struct shell_cursor after = p->r.cur;
	char c;

	refuse_word(p, start.line, "return", refusal);
	skip_words(p);
	c = shell_peek(&p->r);
	if ((c == '&' || c == '|') && !at_condition(p)) {
		p->r.cur = after;
		skip_command(p); /* it is in a shell of its own */
		return;
	}
	while (*p->r.cur.at)
		shell_step(&p->r);
}

/* `. FILE` and other commands that may set anything, unless this one is known not to. */
static void read_anything(struct parser *p, struct shell_cursor start,
			  const struct refusal *refusal)
{
	char c = *start.at;

	skip_blanks(p);
	if (!at_command_end(p))
		read_quietly(p);
	if ((c == '.' || c == 's') && shell_is_harmless_include(strbuf_text(&p->r.word)))
		refuse_word(p, start.line, shown_from(p, start), refusal);
	else
		refuse_at_all(p, start, refusal);
	skip_command(p);
}

static void skip_refused(struct parser *p, struct shell_cursor start,
			 const struct refusal *refusal)
{
	refuse_word(p, start.line, shown_from(p, start), refusal);
	if (refusal->is_prose && !p->r.lost)
		skip_line(p);
	else
		skip_command(p);
}

static int read_command_word(struct parser *p, struct shell_cursor start,
			     const struct shell_command *row)
{
	static const struct forced forgotten = {
		SHELLVAR_UNSET, N_("the shell forgets it when the file is read"),
		N_("write NAME=value alone")
	};
	static const struct forced computed = { SHELLVAR_COMPUTED,
						N_("only a shell can compute it"),
						N_("write the value itself") };
	int r = 0;

	switch (row->act) {
	case SHELL_FORGETS:
		p->forced = forgotten;
		p->r.exporting = true;
		break;
	case SHELL_ASSIGNS:
		p->r.exporting = true;
		p->fixes = strcmp(row->word, "readonly") == 0;
		break;
	case SHELL_COMPUTES:
		p->forced = computed;
		r = read_key_names(p);
		if (r == 0)
			skip_refused(p, start, &row->refusal);
		break;
	case SHELL_UNSETS:
		if (read_unset(p) == 0)
			skip_command(p);
		break;
	case SHELL_ANYTHING:
		read_anything(p, start, &row->refusal);
		break;
	case SHELL_RETURNS:
		read_return(p, start, &row->refusal);
		break;
	case SHELL_OPENS:
		open_block(p, start.line, row->word, false);
		break;
	case SHELL_OPENS_LINE:
		open_block(p, start.line, row->word, false);
		skip_words(p);
		break;
	case SHELL_LEADS:
		refuse_word(p, start.line, row->word, &row->refusal);
		break;
	case SHELL_FUNCTION:
	case SHELL_CLOSES:
	case SHELL_RUNS:
		skip_refused(p, start, &row->refusal);
		break;
	}
	return r < 0 ? r : 0;
}

/* "function NAME {"; the word itself has been read. */
static bool read_named_function(struct parser *p, struct shell_cursor start)
{
	struct shell_cursor here = p->r.cur;
	const char *name;

	skip_blanks(p);
	if (at_command_end(p) || shell_is_operator(shell_peek(&p->r)))
		return false;
	read_quietly(p);
	name = arena_strdup(p->scratch, strbuf_text(&p->r.word));
	if (read_function(p, start.line, name))
		return true;
	p->r.cur = here;
	return false;
}

/* Why the word just read is not an assignment. */
static const struct refusal *judge_word(const struct parser *p, struct shell_cursor start)
{
	size_t len = (size_t)(p->r.cur.at - start.at), line = strcspn(start.at, "\n");
	bool has_equals = memchr(start.at, '=', p->r.lost && line < len ? line : len);

	return shell_judge_word(strbuf_text(&p->r.word), p->r.quoted, has_equals);
}

/* The word just read starts a command. */
static int judge_first(struct parser *p, struct shell_cursor start)
{
	const char *word = arena_strdup(p->scratch, strbuf_text(&p->r.word));
	const struct refusal *refusal = judge_word(p, start);
	const struct shell_command *row;
	char next = peek_after_blanks(p), odd[KEY_MAX];
	const char *key;
	size_t len = next_key(p, &key);

	row = shell_command_find(p->r.quoted ? "" : word);
	if ((next == '=' && shell_is_name(word, strlen(word))) ||
	    (is_key_word(word) && !len && !strchr("\n;#", next) &&
	     !shell_is_operator(next))) {
		read_blank_before_equals(p, start);
		return 0;
	}
	if (!p->r.quoted && is_key_with_colon(word)) {
		read_colon(p, start);
		return 0;
	}
	if (next == '(' && read_function(p, start.line, word))
		return 0;
	if (row->act == SHELL_FUNCTION && read_named_function(p, start))
		return 0;
	if (refusal == &shell_array) {
		read_element(p, start);
		return 0;
	}
	if (refusal == &row->refusal && len && !row->word && strcmp(word, "echo") != 0)
		return read_key_after(p, start, word, key, len);
	if (refusal == &row->refusal)
		return read_command_word(p, start, row);
	if (is_odd_key(p, start, odd, sizeof(odd))) {
		read_odd_key(p, start, odd);
		return 0;
	}
	skip_refused(p, start, refusal);
	return 0;
}

/* Whether the command must be examined even if assignments precede it. */
static bool does_assign(const struct shell_command *row)
{
	switch (row->act) {
	case SHELL_ASSIGNS:
	case SHELL_FORGETS:
	case SHELL_UNSETS:
	case SHELL_COMPUTES:
	case SHELL_ANYTHING:
	case SHELL_RETURNS:
		return true;
	case SHELL_RUNS:
	case SHELL_OPENS:
	case SHELL_OPENS_LINE:
	case SHELL_FUNCTION:
	case SHELL_LEADS:
	case SHELL_CLOSES:
		return false;
	}
	return false;
}

/* Reads a word that is not an assignment. */
static int read_other(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	struct forced stray = { .flaw = SHELLVAR_STRAY };
	bool is_first = p->vars.n == p->first;
	const struct shell_command *row;

	if (is_first && strncmp(start.at, "```", 3) == 0) {
		refuse_word(p, start.line, "```", &shell_fence);
		skip_line(p);
		return 0;
	}
	read_quietly(p);
	if (is_first)
		return judge_first(p, start);
	if (judge_word(p, start) == &shell_array) {
		read_element(p, start);
		return 0;
	}
	stray.what = stray.hint = shown_from(p, start);
	row = shell_command_find(p->r.quoted ? "" : strbuf_text(&p->r.word));
	if (!does_assign(row)) {
		stray.hint = shown_until(p, start, skip_words(p), REST_MAX);
		mark_forced(p, &stray);
		skip_reason(p);
		return 0;
	}
	mark_forced(p, &stray);
	end_reason(p, p->first, p->vars.n);
	start_command(p);
	return read_command_word(p, start, row);
}

/* ---- operators ---- */

/* What follows it belongs to the same command. */
static void skip_redirection(struct parser *p)
{
	char c = shell_peek(&p->r);

	shell_step(&p->r);
	if (shell_peek(&p->r) == '(') {
		skip_line(p);
		return;
	}
	if (read_document(p, c))
		return;
	skip_rest_of_operator(p, c);
	skip_blanks(p);
	if (!at_command_end(p) && !shell_is_operator(shell_peek(&p->r)))
		read_quietly(p);
}

/* Whether nothing but a comment follows the '|' in its line: the next line is part of it. */
static bool pipe_goes_on(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	bool found;

	shell_step(&p->r);
	if (shell_peek(&p->r) == '&')
		shell_step(&p->r);
	skip_blanks(p);
	found = shell_peek(&p->r) == '\n';
	p->r.cur = start;
	return found;
}

/* The assignments before an operator stay in force only if it merely redirects. */
static void read_operator(struct parser *p)
{
	const char c[] = { shell_peek(&p->r), '\0' };
	const struct refusal *refusal = shell_operator_refusal(c);
	const char *what = arena_printf(p->arena, "'%s' %s", c, _(refusal->what));
	const struct forced forced = { SHELLVAR_UNSET, what, refusal->hint };
	bool is_first = p->vars.n == p->first;

	if (!is_first && (*c == '<' || *c == '>')) {
		refuse_word(p, p->r.cur.line, c, &shell_redirection);
		skip_redirection(p);
		return;
	}
	if (*c == '(' && is_first) {
		unsigned int line = p->r.cur.line;

		shell_step(&p->r);
		open_block(p, line, "(", false);
		p->parens = 1;
		return;
	}
	if (at_condition(p) && (!is_first || p->r.exporting)) {
		read_condition(p);
		return;
	}
	if (is_first)
		refuse_word(p, p->r.cur.line, c, refusal);
	else
		mark_forced(p, &forced);
	if (*c == '<')
		skip_redirection(p);
	if (*c == '|' && pipe_goes_on(p)) {
		shell_step(&p->r);
		read_pipe(p);
		return;
	}
	if (*c == '&' && (!is_first || p->r.exporting)) {
		shell_step(&p->r);
		start_command(p);
		return;
	}
	skip_line(p);
}

/* ---- assignments ---- */

/* Reads NAME= or NAME+=; if neither is there, the reader does not move. */
static bool read_left_side(struct parser *p, bool *ret_append)
{
	struct shell_cursor start = p->r.cur;
	bool append = false;
	size_t odd;

	if (shell_read_name(&p->r)) {
		if (shell_peek(&p->r) == '+') {
			append = true;
			shell_step(&p->r);
		}
		odd = shell_odd(&p->r, LOOKALIKE_EQUALS);
		if (odd || shell_peek(&p->r) == '=') {
			p->r.cur.at += odd ? odd : 1;
			*ret_append = append;
			return true;
		}
	}
	p->r.cur = start;
	return false;
}

/*
 * Reads the value after the =. `export` is a command, so its words are expanded before
 * the first of its assignments is made; the old value for += is looked up as each is
 * made.
 */
static void read_assigned_value(struct parser *p, struct shell_cursor start, bool append)
{
	struct shellvar var = { .pos = pos_at(p, start.line),
				.start = (size_t)(start.at - p->text) };

	var.key = arena_strdup(p->table, strbuf_text(&p->r.name));
	if (shell_peek(&p->r) == '(') {
		shell_skip_group(&p->r, '(', ')');
		if (!at_command_end(p) && !shell_is_operator(shell_peek(&p->r)) &&
		    !shell_blank(&p->r))
			read_quietly(p); /* to the shell, one word with that */
		p->r.word.len = 0;
		p->r.bad = (struct shell_fault){ .what = N_("it would be an array"),
						 .hint = shell_array.hint };
		record(p, var);
		return;
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
	record(p, var);
	record_set(p, start.line);
}

static int read_item(struct parser *p)
{
	struct shell_cursor start = p->r.cur;
	bool append;

	if (shell_is_operator(*start.at) && p->open) {
		read_operator_in_block(p);
		return 0;
	}
	if (shell_is_operator(*start.at)) {
		const size_t first = p->first, n = p->vars.n;

		read_operator(p);
		end_reason(p, first, n);
		return 0;
	}
	if (read_left_side(p, &append)) {
		read_assigned_value(p, start, append);
		return 0;
	}
	if (p->open)
		read_word_in_block(p);
	else if (p->r.exporting)
		read_exported(p);
	else
		return read_other(p);
	return 0;
}

static void end_command(struct parser *p, bool empty)
{
	if (p->r.lost) {
		p->r.lost = false;
		p->r.cur = p->r.resume;
		p->n_documents = 0;
		return;
	}
	if (empty && !p->open && shell_peek(&p->r) == ';')
		refuse_word(p, p->r.cur.line, ";", shell_operator_refusal(";"));
	if (shell_peek(&p->r))
		step_past_end(p);
}

static int read_simple_command(struct parser *p)
{
	bool empty = true;

	start_command(p);
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
		int r = read_simple_command(p);

		if (r < 0)
			return r;
	}
	forget_block(p);
	tell_tallies(p);
	return 0;
}

/*
 * An array that grew left its smaller copies in the scratch arena: only the last one is
 * copied.
 */
static void hand_over(const struct parser *p, struct shellvars *ret)
{
	size_t n = p->vars.n;
	struct shellvar *vars =
		arena_memdup(p->table, p->vars.vars, n * sizeof(*p->vars.vars));

	*ret = (struct shellvars){
		.vars = vars, .n = n, .cap = n, .blocks = p->vars.blocks
	};
	shellvar_make_index(ret, p->table);
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
	p.r.diag = diag;
	p.r.vars = &p.visible;
	p.r.expandable = EXPANDABLE;
	p.text = p.r.cur.at = p.r.cur.line_start = strbuf_text(&buf);
	p.r.cur.line = 1;
	r = read_all(&p);
	strbuf_release(&p.r.word);
	strbuf_release(&p.r.name);
	strbuf_release(&p.r.sets);
	if (r == 0)
		hand_over(&p, ret);
	return r;
}
