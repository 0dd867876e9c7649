/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes single assignments in a text written by people and keeps the rest as it is. */
#include "parsers/shellvar-edit.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "lib/base/language.h"
#include "parsers/plain-text.h"
#include "parsers/shellvar.h"
#include "parsers/shellword.h"

/* ---- quotes ---- */

static bool has_control(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7F)
			return true;
	return false;
}

/* A line end in a value would look like one in the file, so CR LF is read as LF. */
static void quote_escaped(const char *value, struct strbuf *out)
{
	strbuf_add(out, "$'");
	for (; *value; value++) {
		if ((unsigned char)*value < ' ' || *value == 0x7F)
			strbuf_addf(out, "\\%03o", (unsigned int)*value);
		else if (*value == '\'' || *value == '\\')
			strbuf_addf(out, "\\%c", *value);
		else
			strbuf_addc(out, *value);
	}
	strbuf_addc(out, '\'');
}

void shellvar_quote(const char *value, struct strbuf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=:,./@%";

	if (!value[strspn(value, plain)])
		strbuf_add(out, value);
	else if (has_control(value))
		quote_escaped(value, out);
	else if (!strpbrk(value, "\"$`\\"))
		strbuf_addf(out, "\"%s\"", value);
	else
		strbuf_add_quoted(out, value);
}

/* ---- places ---- */

/* struct edit - a text that is being changed: the remaining part of @text goes to @out */
struct edit {
	const char *text;
	size_t len, done;
	struct strbuf *out;
};

static void copy_until(struct edit *edit, size_t end)
{
	if (end > edit->done)
		strbuf_addn(edit->out, edit->text + edit->done, end - edit->done);
	if (end > edit->done)
		edit->done = end;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The end of the line that contains @at: its LF, or the end of the text. */
static size_t line_end(const struct edit *edit, size_t at)
{
	const char *end = memchr(edit->text + at, '\n', edit->len - at);

	return end ? (size_t)(end - edit->text) : edit->len;
}

/*
 * If bash does not see an assignment here because of the rest of the command, that is included;
 * or the rest of the line, if the command has no end.
 */
static size_t end_of(const struct edit *edit, const struct shellvar *var)
{
	if (var->flaw != SHELLVAR_STRAY && var->flaw != SHELLVAR_UNSET)
		return var->end;
	return var->rest ? var->rest : line_end(edit, var->end);
}

static void replace_line(struct edit *edit, const struct shellvar *var, const char *key,
			 const char *value)
{
	copy_until(edit, var->start);
	strbuf_addf(edit->out, "%s=", key);
	shellvar_quote(value, edit->out);
	edit->done = end_of(edit, var);
}

/* Where the word `export` before @start begins, if nothing else precedes it. */
static size_t skip_export_back(const struct edit *edit, size_t start)
{
	static const char word[] = "export";
	size_t at = start, len = sizeof(word) - 1;

	while (at && is_blank(edit->text[at - 1]))
		at--;
	if (at < len || at == start || memcmp(edit->text + at - len, word, len) != 0)
		return start;
	at -= len;
	while (at && is_blank(edit->text[at - 1]))
		at--;
	return !at || strchr("\n;", edit->text[at - 1]) ? at : start;
}

/* struct gap - the text that goes when an assignment is removed */
struct gap {
	size_t start, end;
};

/*
 * The assignment is alone in its command: a ';' after it would be left with nothing to
 * end.
 */
static struct gap widen(const struct edit *edit, size_t start, size_t end)
{
	size_t first = start;
	size_t last = end;

	while (last < edit->len && is_blank(edit->text[last]))
		last++;
	if (last < edit->len && !strchr("\n;", edit->text[last]))
		return (struct gap){ start, last };
	first = skip_export_back(edit, start);
	while (first && is_blank(edit->text[first - 1]))
		first--;
	if (first && !strchr("\n;", edit->text[first - 1]))
		return (struct gap){ first, last };
	if (last < edit->len && edit->text[last] == ';')
		last++;
	while (last < edit->len && is_blank(edit->text[last]))
		last++;
	if ((!first || edit->text[first - 1] == '\n') && last < edit->len &&
	    edit->text[last] == '\n')
		last++;
	return (struct gap){ first, last };
}

static void remove_line(struct edit *edit, const struct shellvar *var)
{
	struct gap gap = widen(edit, var->start, end_of(edit, var));

	copy_until(edit, gap.start);
	if (gap.end > edit->done)
		edit->done = gap.end;
}

/* ---- the whole ---- */

static void append_line(struct edit *edit, const char *key, const char *value)
{
	copy_until(edit, edit->len);
	if (edit->len && edit->text[edit->len - 1] != '\n')
		strbuf_addc(edit->out, '\n');
	strbuf_addf(edit->out, "%s=", key);
	shellvar_quote(value, edit->out);
	strbuf_addc(edit->out, '\n');
}

/* An assignment within shell code is left alone, and so is one made by ${NAME:=text}. */
static bool has_place(const struct shellvar *var)
{
	return !var->block && var->end > var->start;
}

/*
 * An assignment with a flaw is replaced only if there is none without, and it is not
 * within shell code.
 */
static const struct shellvar *find_last(const struct shellvars *vars, const char *key)
{
	const struct shellvar *last = shellvar_latest(vars, key);

	for (size_t i = vars->n; !last && i > 0; i--)
		if (strcmp(vars->vars[i - 1].key, key) == 0)
			last = &vars->vars[i - 1];
	return last && !has_place(last) ? NULL : last;
}

/* Unless the end of every value is known, nothing is changed. */
static int check_ends(const struct shellvars *vars, struct diag *diag)
{
	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (var->flaw != SHELLVAR_OPEN)
			continue;
		diag_error(diag,
			   (struct pos){ var->pos.file, var->flaw_line ? var->flaw_line
								       : var->pos.line },
			   _("%s has no value: %s"), var->key, _(var->stray));
		diag_hint(diag, "%s", _(var->hint));
		return -EINVAL;
	}
	return 0;
}

static void change_lines(struct edit *edit, const struct shellvars *vars, const char *key,
			 const char *value)
{
	const struct shellvar *last = find_last(vars, key);

	if (value && !last)
		append_line(edit, key, value);
	else if (value)
		replace_line(edit, last, key, value);
	for (size_t i = 0; !value && i < vars->n; i++)
		if (has_place(&vars->vars[i]) && strcmp(vars->vars[i].key, key) == 0)
			remove_line(edit, &vars->vars[i]);
	copy_until(edit, edit->len);
}

/* Whether all other variables that were in force are so still. */
static bool has_others(const struct shellvars *vars, const struct shellvars *before,
		       const char *key)
{
	for (size_t i = 0; i < before->n; i++)
		if (!before->vars[i].flaw && strcmp(before->vars[i].key, key) != 0 &&
		    !shellvar_get(vars, before->vars[i].key))
			return false;
	return true;
}

/* Checks that the new text has the intended value. Return: 0; -EINVAL. */
static int verify_edit(const struct strbuf *text, const struct shellvars *before,
		       const char *file, const char *key, const char *value,
		       struct arena *arena)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const struct shellvar *var;
	struct shellvars vars;

	if (shellvar_parse(strbuf_text(text), text->len, file, NULL, arena, arena,
			   unheard, &vars) < 0)
		return -ENOMEM;
	var = shellvar_get(&vars, key);
	if (diag_errors(unheard) || !has_others(&vars, before, key))
		return -EINVAL;
	if (!value || !var)
		return !value == !var ? 0 : -EINVAL;
	return strcmp(var->value, value) == 0 ? 0 : -EINVAL;
}

int shellvar_edit(const char *text, size_t len, const char *file, const char *key,
		  const char *value, struct diag *diag, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf plain = STRBUF_EMPTY, changed = STRBUF_EMPTY;
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct edit edit = { .out = &changed };
	size_t errors = diag_errors(diag);
	struct shellvars vars;
	int r;

	if (!shell_is_name(key, strlen(key)))
		return -EINVAL;
	plain_text(text, len, file, unheard, &plain);
	r = shellvar_parse(text, len, file, NULL, arena, arena, diag, &vars);
	if (r == 0)
		r = check_ends(&vars, diag);
	if (r < 0 || diag_errors(diag) > errors)
		return r < 0 ? r : -EINVAL;
	edit.text = strbuf_text(&plain);
	edit.len = plain.len;
	change_lines(&edit, &vars, key, value);
	r = verify_edit(&changed, &vars, file, key, value, arena);
	if (r == 0)
		strbuf_addn(out, strbuf_text(&changed), changed.len);
	return r;
}
