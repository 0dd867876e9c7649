/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaves secrets out of text that is shown to others. */
#include "lib/ctl/redact.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/arena.h"
#include "lib/base/secrets.h"
#include "parsers/shellvar.h"

/* struct redaction - @is_secret: of each line, by the parser's word */
struct redaction {
	bool all;
	bool *is_secret;
	unsigned int n_lines;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The name before an '=', as text of its own; "" for none. */
static void name_before(const char *line, const char *equals, char name[static 64])
{
	const char *start = equals;
	size_t len;

	if (start > line && start[-1] == '+')
		start = --equals;
	while (start > line && (start[-1] == ' ' || start[-1] == '\t'))
		start = --equals;
	while (start > line && is_word(start[-1]))
		start--;
	len = (size_t)(equals - start);
	if (len >= 64)
		len = 63;
	memcpy(name, start, len);
	name[len] = '\0';
}

/* What gives a value, with blanks around it or in another language: X = a, X: a. */
static bool gives_value(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '"' || *at == '+'))
		at++;
	return at < end && (*at == '=' || *at == ':');
}

/* Whether there is an assignment of a secret anywhere in it, be it shell or not. */
static bool has_secret(const char *line, size_t len, bool all)
{
	const char *end = line + len;
	char name[64];

	for (const char *at = line; at < end;) {
		size_t n = 0;

		while (at + n < end && is_word(at[n]))
			n++;
		snprintf(name, sizeof(name), "%.*s", (int)n, at);
		/* Of ethtool, the word behind it is one. */
		if (strcasecmp(name, "sopass") == 0 ||
		    (n && (all || secret_key(name)) && gives_value(at + n, end)))
			return true;
		at += n ? n : 1;
	}
	return false;
}

/* From the line of a secret to that of the next assignment, comments in between too. */
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

static int mark(struct redaction *redaction, const char *text)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct shellvars vars = { 0 };
	int r = arena && unheard ? 0 : -ENOMEM;

	for (const char *c = text; *c; c++)
		redaction->n_lines += *c == '\n';
	redaction->n_lines++;
	redaction->is_secret = calloc(redaction->n_lines, sizeof(bool));
	if (!redaction->is_secret)
		return -ENOMEM;
	if (r == 0)
		r = shellvar_parse(text, strlen(text), "", NULL, arena, arena, unheard,
				   &vars);
	if (r == 0)
		mark_values(redaction, &vars);
	return r;
}

/* The first name that is given a value may be seen. */
static void put_name(const char *line, size_t len, struct strbuf *out)
{
	char name[64] = "";

	for (size_t i = 0; i < len && !*name; i++)
		if (line[i] == '=')
			name_before(line, line + i, name);
	strbuf_addf(out, "%s%s%s(left out)\n", *line == '#' ? "#" : "", name,
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

int redact(const char *text, bool all, struct strbuf *out)
{
	bool spills = false; /* of a quote that may never close, what is no assignment */
	struct redaction redaction = { .all = all };
	int r = mark(&redaction, text);

	for (unsigned int i = 0; r == 0 && *text; i++) {
		size_t len = strcspn(text, "\n");

		spills = spills && !memchr(text, '=', len);
		if (has_secret(text, len, all)) {
			put_name(text, len, out);
			spills = has_open_quote(text, len);
		} else if (spills || redaction.is_secret[i] || (all && len)) {
			strbuf_add(out, "(left out)\n");
		} else {
			strbuf_addn(out, text, len);
			strbuf_addc(out, '\n');
		}
		text += len + (text[len] == '\n');
	}
	free(redaction.is_secret);
	return r == 0 && out->failed ? -ENOMEM : r;
}

static size_t secret_len(const char *at, const char *const *words)
{
	size_t longest = 0;

	for (; words && *words; words++) {
		size_t len = strlen(*words);

		if (len > longest && strncmp(at, *words, len) == 0)
			longest = len;
	}
	return longest;
}

void redact_words(const char *text, const char *const *words, struct strbuf *out)
{
	while (*text) {
		size_t len = secret_len(text, words);

		if (len)
			strbuf_add(out, "(left out)");
		else
			strbuf_addc(out, *text);
		text += len ? len : 1;
	}
}
