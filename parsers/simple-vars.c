/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of plain assignments, which need not be parsed to know what they say. */
#include "parsers/simple-vars.h"

#include <stdbool.h>
#include <string.h>

/* More assignments than any file has that people or installers write. */
#define MOST 128

#define NOT_SIMPLE SIZE_MAX

/* What a byte may be part of. */
enum {
	BLANK_IN_QUOTES = 1, /* though not next to a quote */
	PLAIN = 2,           /* means itself, without quotes too */
	QUOTED = 4,          /* means itself in quotes */
	NAME = 8,
	NAME_START = 16,
	COMMENT = 32,
};

#define LETTER (PLAIN | QUOTED | NAME | NAME_START | COMMENT)
#define DIGIT  (PLAIN | QUOTED | NAME | COMMENT)
#define MARK   (PLAIN | QUOTED | COMMENT)

static const unsigned char classes[256] = {
	['A' ... 'Z'] = LETTER,
	['a' ... 'z'] = LETTER,
	['_'] = LETTER,
	['0' ... '9'] = DIGIT,
	['.'] = MARK,
	[':'] = MARK,
	['/'] = MARK,
	[','] = MARK,
	['-'] = MARK,
	['+'] = MARK,
	['@'] = MARK,
	['%'] = MARK,
	['='] = QUOTED | COMMENT,
	[' '] = BLANK_IN_QUOTES | COMMENT,
	['\t'] = COMMENT,
	['!' ... '$'] = COMMENT,
	['&' ... '*'] = COMMENT,
	[';' ... '<'] = COMMENT,
	['>' ... '?'] = COMMENT,
	['[' ... '^'] = COMMENT,
	['`'] = COMMENT,
	['{' ... '~'] = COMMENT,
};

static bool is_a(char c, unsigned int class)
{
	return classes[(unsigned char)c] & class;
}

/* The first byte from @at that is of none of these classes. */
static size_t skip(const char *text, size_t at, unsigned int class)
{
	while (is_a(text[at], class))
		at++;
	return at;
}

/* The end of a value in quotes; NOT_SIMPLE. */
static size_t skip_quoted(const char *text, size_t at)
{
	const size_t end = skip(text, at + 1, QUOTED | BLANK_IN_QUOTES);

	if (text[end] != text[at] || text[at + 1] == ' ' || text[end - 1] == ' ')
		return NOT_SIMPLE;
	return end + 1;
}

/* Reads an assignment. Return: where its line ends; NOT_SIMPLE. */
static size_t read_var(const char *text, size_t at, struct simple_var *ret)
{
	size_t end = is_a(text[at], NAME_START) ? skip(text, at, NAME) : at;

	if (end == at || text[end] != '=')
		return NOT_SIMPLE;
	ret->key = (uint16_t)at;
	at = end + 1;
	if (text[at] != '"' && text[at] != '\'') {
		ret->value = (uint16_t)at;
		return skip(text, at, PLAIN);
	}
	ret->value = (uint16_t)(at + 1);
	return skip_quoted(text, at);
}

/* @text ends with a newline. Return: whether it is simple. */
static bool find_vars(const char *text, size_t len, struct simple_var *vars,
		      uint16_t *ret_n)
{
	uint16_t line = 1;

	for (size_t at = 0; at < len; at++, line++) {
		if (text[at] == '#') {
			at = skip(text, at, COMMENT);
		} else if (text[at] != '\n') {
			if (*ret_n == MOST)
				return false;
			at = read_var(text, at, &vars[*ret_n]);
			vars[(*ret_n)++].line = line;
		}
		if (at == NOT_SIMPLE || text[at] != '\n')
			return false;
	}
	return true;
}

static const char *simple_text(const struct simple_vars *vars)
{
	return (const char *)(vars->of + vars->n);
}

/* Whether the value is in quotes: its key ends where the byte before it is. */
static bool is_quoted(const char *text, const struct simple_var *var)
{
	return text[var->value - 1] == '"' || text[var->value - 1] == '\'';
}

/* The byte after the value, instead of which there is a NUL. */
static char byte_after(const char *text, const struct simple_var *var)
{
	if (is_quoted(text, var))
		return text[var->value - 1];
	return '\n';
}

static size_t end_of_key(const char *text, const struct simple_var *var)
{
	return var->value - (is_quoted(text, var) ? 2U : 1U);
}

static void cut(char *text, const struct simple_var *var)
{
	const bool quoted = is_quoted(text, var);

	text[end_of_key(text, var)] = '\0';
	if (quoted)
		text[skip(text, var->value, QUOTED | BLANK_IN_QUOTES)] = '\0';
	else
		text[skip(text, var->value, PLAIN)] = '\0';
}

const struct simple_vars *simple_vars_read(const char *text, size_t len,
					   struct arena *arena)
{
	struct simple_var vars[MOST];
	struct simple_vars *found;
	uint16_t n = 0;
	char *own;

	if (!len || len > SIMPLE_VARS_MAX || text[len - 1] != '\n' ||
	    !find_vars(text, len, vars, &n))
		return NULL;
	found = arena_alloc(arena, sizeof(*found) + n * sizeof(*vars) + len);
	found->n = n;
	found->len = (uint16_t)len;
	memcpy(found->of, vars, n * sizeof(*vars));
	own = (char *)(found->of + n);
	memcpy(own, text, len);
	for (size_t i = 0; i < n; i++)
		cut(own, &vars[i]);
	return found;
}

const char *simple_vars_key(const struct simple_vars *vars, size_t i)
{
	return simple_text(vars) + vars->of[i].key;
}

const char *simple_vars_value(const struct simple_vars *vars, size_t i)
{
	return simple_text(vars) + vars->of[i].value;
}

size_t simple_vars_find(const struct simple_vars *vars, const char *key)
{
	for (size_t i = vars->n; i > 0; i--) {
		const char *there = simple_vars_key(vars, i - 1);

		if (*there == *key && strcmp(there, key) == 0)
			return i - 1;
	}
	return vars->n;
}

void simple_vars_text(const struct simple_vars *vars, struct strbuf *out)
{
	const char *text = simple_text(vars);
	size_t at = 0;

	for (size_t i = 0; i < vars->n; i++) {
		const struct simple_var *var = &vars->of[i];
		const size_t key_end = end_of_key(text, var);
		const size_t end = var->value + strlen(text + var->value);

		strbuf_addn(out, text + at, key_end - at);
		strbuf_addc(out, '=');
		strbuf_addn(out, text + key_end + 1, end - key_end - 1);
		strbuf_addc(out, byte_after(text, var));
		at = end + 1;
	}
	strbuf_addn(out, text + at, vars->len - at);
}
