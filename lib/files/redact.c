/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removes secrets from text that is shown to others. */
#include "lib/files/redact.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/secrets.h"
#include "parsers/shellvar.h"

/* struct redaction - @is_secret: for each line, by the parser's judgement */
struct redaction {
	bool all;
	bool *is_secret;
	unsigned int n_lines;
};

/* The name before an '=', as a text of its own; "" for none. */
static void name_before(const char *line, const char *equals, char name[static 64])
{
	const char *start = equals;
	size_t len;

	if (start > line && start[-1] == '+')
		start = --equals;
	while (start > line && (start[-1] == ' ' || start[-1] == '\t'))
		start = --equals;
	while (start > line && secret_is_name_char(start[-1]))
		start--;
	len = (size_t)(equals - start);
	if (len >= 64)
		len = 63;
	memcpy(name, start, len);
	name[len] = '\0';
}

/* An assignment operator, with blanks around it or as in other languages: X = a, X: a. */
static bool gives_value(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '"' || *at == '+'))
		at++;
	return at < end && (*at == '=' || *at == ':');
}

/*
 * The start of a secret in a line, be it shell or not: after the name that reveals it.
 * NULL if there is none.
 */
static const char *find_secret(const char *line, size_t len, bool all)
{
	const char *end = line + len;
	char name[64];

	for (const char *at = line; at < end;) {
		size_t n = 0;

		while (at + n < end && secret_is_name_char(at[n]))
			n++;
		snprintf(name, sizeof(name), "%.*s", (int)n, at);
		/* In ethtool's options, the next word is one. */
		if (strcasecmp(name, "sopass") == 0 ||
		    (n && (all || secret_key(name)) && gives_value(at + n, end)))
			return at + n;
		at += n ? n : 1;
	}
	return NULL;
}

/*
 * From the line of a secret to that of the next assignment, including comments between.
 */
static void mark_values(struct redaction *redaction, const struct shellvars *vars)
{
	for (size_t i = 0; i < vars->n; i++) {
		unsigned int end = i + 1 < vars->n ? vars->vars[i + 1].pos.line
						   : redaction->n_lines + 1;

		if (!redaction->all && !secret_key(vars->vars[i].key))
			continue;
		for (unsigned int line = vars->vars[i].pos.line;
		     line == vars->vars[i].pos.line || line < end; line++)
			if (line && line <= redaction->n_lines)
				redaction->is_secret[line - 1] = true;
	}
}

static int mark_secrets(struct redaction *redaction, struct arena *arena,
			const char *text, struct shellvars *ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct shellvars vars = { 0 };
	int r;

	for (const char *c = text; *c; c++)
		redaction->n_lines += *c == '\n';
	redaction->n_lines++;
	redaction->is_secret = arena_alloc(arena, redaction->n_lines * sizeof(bool));
	r = shellvar_parse(text, strlen(text), "", NULL, arena, arena, unheard, &vars);
	if (r < 0)
		return r;
	mark_values(redaction, &vars);
	*ret = vars;
	return 0;
}

/* The first name that is given a value may be shown. */
static void put_first_name(const char *line, size_t len, struct strbuf *out)
{
	char name[64] = "";

	for (size_t i = 0; i < len && !*name; i++)
		if (line[i] == '=')
			name_before(line, line + i, name);
	strbuf_addf(out, "%s%s%s" SECRET_BLANK "\n", *line == '#' ? "#" : "", name,
		    *name ? "=" : "");
}

static bool has_open_quote(const char *line, size_t len)
{
	size_t quotes = 0, double_quotes = 0;

	for (size_t i = 0; i < len; i++) {
		quotes += line[i] == '\'';
		double_quotes += line[i] == '"';
	}
	return quotes % 2 || double_quotes % 2;
}

/*
 * struct line - a line of a text
 * @is_secret: it is secret, or part of it is
 * @secret: the part after the name that reveals a secret; or NULL
 */
struct line {
	const char *text;
	size_t len;
	bool is_secret;
	const char *secret;
};

/* Return: 0; the result of @fn if that is not 0. */
static int each_line(const struct redaction *redaction, const char *text,
		     int (*fn)(const struct line *line, void *arg), void *arg)
{
	bool spills = false; /* an unclosed quote may include any lines */
	int r = 0;

	for (unsigned int i = 0; *text && r == 0; i++) {
		struct line line = { .text = text, .len = strcspn(text, "\n") };

		line.secret = find_secret(text, line.len, redaction->all);
		spills = line.secret ? has_open_quote(text, line.len)
				     : spills && !memchr(text, '=', line.len);
		line.is_secret = line.secret || spills || redaction->is_secret[i] ||
				 (redaction->all && line.len);
		r = fn(&line, arg);
		text += line.len + (text[line.len] == '\n');
	}
	return r;
}

/* ---- a file to be shown ---- */

static int put_redacted_line(const struct line *line, void *arg)
{
	struct strbuf *out = arg;

	if (line->secret) {
		put_first_name(line->text, line->len, out);
	} else if (line->is_secret) {
		strbuf_add(out, SECRET_BLANK "\n");
	} else {
		strbuf_addn(out, line->text, line->len);
		strbuf_addc(out, '\n');
	}
	return 0;
}

int redact(const char *text, bool all, struct strbuf *out)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct redaction redaction = { .all = all };
	struct shellvars vars;
	int r = mark_secrets(&redaction, arena, text, &vars);

	return r == 0 ? each_line(&redaction, text, put_redacted_line, out) : r;
}

/* ---- a file whose secrets must not be shown elsewhere ---- */

/* struct noting - the secrets of a file being collected */
struct noting {
	const char *path;
	struct secrets *secrets;
	struct arena *arena;
};

/* A comment contains no value, unless it is a disabled assignment. */
static int note_line(const struct line *line, void *arg)
{
	const struct noting *noting = arg;
	const char *start = line->secret ? line->secret : line->text;
	const char *end = line->text + line->len;
	const char *value;

	if (!line->is_secret || (!line->secret && *line->text == '#'))
		return 0;
	while (start < end && strchr(" \t:=+\"'", *start))
		start++;
	while (start < end && strchr(" \t\"'", end[-1]))
		end--;
	value = arena_strndup(noting->arena, start, (size_t)(end - start));
	secrets_note(noting->secrets, noting->path, value);
	return 0;
}

void redact_note_values(const char *path, const struct shellvars *vars,
			struct secrets *secrets)
{
	const bool all = secret_file(path);

	for (size_t i = 0; secrets && i < vars->n; i++)
		if (all || secret_key(vars->vars[i].key))
			secrets_note(secrets, path, vars->vars[i].value);
}

#define LOWER ('a' ^ 'A')

/* Called for every byte of thousands of files. */
static const bool may_begin[256] = {
	['P'] = true, ['S'] = true, ['K'] = true, ['C'] = true,
	['p'] = true, ['s'] = true, ['k'] = true, ['c'] = true,
};

bool redact_is_needed(const char *text)
{
	static const char *const parts[] = {
		"PASS", "PSK", "SECRET", "KEY", "CAK", "PIN"
	};

	for (; *text; text++) {
		if (!may_begin[(unsigned char)*text])
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
			if ((text[0] | LOWER) == (parts[i][0] | LOWER) &&
			    (text[1] | LOWER) == (parts[i][1] | LOWER) &&
			    strncasecmp(text, parts[i], strlen(parts[i])) == 0)
				return true;
	}
	return false;
}

int redact_note(const char *path, const char *text, struct secrets *secrets)
{
	_cleanup_arena_ struct arena *arena = NULL;
	struct redaction redaction = { .all = secret_file(path) };
	struct noting noting = { .path = path, .secrets = secrets };
	struct shellvars vars;
	int r;

	if (!secrets || (!redaction.all && !redact_is_needed(text)) ||
	    secrets_know(secrets, path, text))
		return 0;
	arena = noting.arena = arena_new();
	r = mark_secrets(&redaction, arena, text, &vars);
	if (r == 0)
		r = each_line(&redaction, text, note_line, &noting);
	if (r == 0)
		redact_note_values(path, &vars, secrets);
	if (r == 0)
		secrets_know_file(secrets, path, text);
	return r;
}
