/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: one assignment of a file given another value, or removed. The first line of
 * the input is KEY=VALUE, in which '|' stands for a line end, or KEY alone; the file follows.
 */
#include "lib/base/strbuf.h"
#include "parsers/shellvar-edit.h"
#include "parsers/shellvar.h"
#include "tests/fuzz/fuzz.h"

/* struct edit - an input: @value is NULL to remove the key */
struct edit {
	char *key, *value, *text;
};

static bool read_edit(struct arena *arena, const uint8_t *data, size_t size,
		      struct edit *ret)
{
	char *line = arena_strndup(arena, (const char *)data, size);
	char *end = strchr(line, '\n'), *equals;

	if (!end)
		return false;
	*end = '\0';
	equals = strchr(line, '=');
	if (equals)
		*equals = '\0';
	*ret = (struct edit){ line, equals ? equals + 1 : NULL, end + 1 };
	for (char *c = ret->value; c && *c; c++)
		if (*c == '|')
			*c = '\n';
	return true;
}

static void parse(const char *text, struct arena *arena, struct diag *diag,
		  struct shellvars *ret)
{
	if (shellvar_parse(text, strlen(text), "x", NULL, arena, arena, diag, ret) < 0)
		abort();
}

/* A file with nothing in it but plain assignments, whose values do not refer to others. */
static bool is_plain(const struct shellvars *vars, const struct diag *diag,
		     const char *text)
{
	for (size_t i = 0; i < vars->n; i++)
		if (vars->vars[i].stray || vars->vars[i].flaw != SHELLVAR_SOUND)
			return false;
	return !vars->blocks && !diag_errors(diag) && !strpbrk(text, "$`\r");
}

static void others_stay(const struct shellvars *before, const struct shellvars *after,
			const char *key)
{
	for (size_t i = 0; i < before->n; i++) {
		const char *other = before->vars[i].key;
		const struct shellvar *was = shellvar_get(before, other);
		const struct shellvar *is = shellvar_get(after, other);

		if (strcmp(other, key) == 0)
			continue;
		must(!was == !is);
		if (was)
			must_be_same(other, was->value, is->value);
	}
	for (size_t i = 0; i < after->n; i++)
		must(strcmp(after->vars[i].key, key) == 0 ||
		     shellvar_get(before, after->vars[i].key) ||
		     shellvar_get(after, after->vars[i].key) != &after->vars[i]);
}

static void others_are_there(const struct shellvars *before,
			     const struct shellvars *after, const char *key)
{
	for (size_t i = 0; i < before->n; i++)
		must(strcmp(before->vars[i].key, key) == 0 ||
		     !shellvar_get(before, before->vars[i].key) ||
		     shellvar_get(after, before->vars[i].key));
}

static size_t count(const struct shellvars *vars, const char *key)
{
	size_t n = 0;

	for (size_t i = 0; i < vars->n; i++)
		n += !vars->vars[i].block && strcmp(vars->vars[i].key, key) == 0;
	return n;
}

/* What has no end, as a quote, hides what follows: when it goes, there are more assignments. */
static bool uncovers(const struct edit *edit, const struct shellvars *before,
		     const struct shellvars *after)
{
	const size_t n = count(before, edit->key), now = count(after, edit->key);

	return after->n - now > before->n - n || now > (edit->value ? n + !n : 0);
}

/* To set what is set already changes nothing more. */
static void is_settled(const struct edit *edit, const struct strbuf *once)
{
	_cleanup_strbuf_ struct strbuf twice = STRBUF_EMPTY;
	_cleanup_diag_ struct diag *diag = diag_new();
	int r = shellvar_edit(strbuf_text(once), once->len, "x", edit->key, edit->value,
			      diag, &twice);

	/* A CR before the end goes each time, and a byte order mark when it is at the start. */
	if (r == 0 && !strchr(edit->text, '\r') && !strstr(edit->text, "\xEF\xBB\xBF"))
		must_be_same("set twice", strbuf_text(once), strbuf_text(&twice));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new(), *unheard = diag_new();
	struct shellvars before, after;
	const struct shellvar *var;
	struct edit edit;
	bool plain;
	int r;

	if (!read_edit(arena, data, size, &edit))
		return 0;
	parse(edit.text, arena, unheard, &before);
	plain = is_plain(&before, unheard, edit.text);
	r = shellvar_edit(edit.text, strlen(edit.text), "x", edit.key, edit.value, diag,
			  &text);
	if (r < 0) {
		must(text.len == 0);
		return 0;
	}
	parse(strbuf_text(&text), arena, unheard, &after);
	var = shellvar_get(&after, edit.key);
	must(!var == !edit.value);
	if (var)
		must_be_same("value", edit.value, var->value);
	others_are_there(&before, &after, edit.key);
	if (plain)
		others_stay(&before, &after, edit.key);
	if (!uncovers(&edit, &before, &after))
		is_settled(&edit, &text);
	return 0;
}
