/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes as ADDRESS0=, NETMASK0=, GATEWAY0=: the other syntax of route files. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/model/source.h"

#define ROUTES 256

/* The words that the other keys of a number come to. */
static const struct {
	const char *key, *word;
} parts[] = { { "GATEWAY", "via" }, { "METRIC", "metric" }, { "OPTIONS", "" } };

static const char *value_of(const struct source *src, const struct shellvars *vars,
			    const char *key, int index)
{
	const char *name = source_indexed(src, key, index);
	const struct shellvar *var = name ? shellvar_get(vars, name) : NULL;

	return var && *var->value ? var->value : NULL;
}

/* NULL when memory is short. */
static const char **words_of(const struct source *src, const struct shellvars *vars,
			     int index, const char *address)
{
	struct arena *arena = src->loader->arena;
	const char *len = value_of(src, vars, "PREFIX", index), *line = address;

	if (!len)
		len = value_of(src, vars, "NETMASK", index);
	if (len || !strchr(address, '/'))
		line = arena_printf(arena, "%s/%s", address, len ? len : "32");
	for (size_t i = 0; line && i < ARRAY_SIZE(parts); i++) {
		const char *value = value_of(src, vars, parts[i].key, index);

		if (value)
			line = arena_printf(arena, "%s %s %s", line, parts[i].word,
					    value);
	}
	return line ? source_split(src, NULL, line) : NULL;
}

/* Whether the file gives the key, and it came to nothing, which was reported. */
static bool is_lost(const struct source *src, const struct shellvars *vars,
		    const char *text, const char *key, int index)
{
	const char *name = source_indexed(src, key, index);
	const struct shellvar *var = name ? shellvar_get(vars, name) : NULL;
	const size_t len = name ? strlen(name) : 0;

	for (; name && (!var || var->stray) && text; text = strchr(text, '\n')) {
		text += *text == '\n';
		text += strspn(text, " \t");
		if (strncmp(text, name, len) == 0 && text[len] == '=')
			return true;
	}
	return false;
}

/* Without its router, or another part, it would be another route. */
static bool is_whole(const struct source *src, const struct shellvars *vars,
		     const char *text, int index)
{
	static const char *const keys[] = { "PREFIX", "NETMASK", "GATEWAY", "METRIC",
					    "OPTIONS" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (is_lost(src, vars, text, keys[i], index))
			return false;
	return true;
}

/* A file has few lines, and 256 numbers are looked for once. */
static int read_routes(const struct source *src, struct iface *iface,
		       const struct shellvars *vars, const char *text)
{
	int r = 0, expected = 0;

	for (int index = 0; index < ROUTES && r == 0; index++) {
		const char *key = source_indexed(src, "ADDRESS", index);
		const struct shellvar *address = key ? shellvar_get(vars, key) : NULL;
		struct route_line line;

		if (!address || !*address->value)
			continue;
		if (index != expected) {
			diag_warning(src->diag, address->pos,
				     "ADDRESS%d is used although there is no ADDRESS%d: "
				     "network-scripts ignored it",
				     index, expected);
			diag_hint(src->diag, "number the routes without gaps");
		}
		expected = index + 1;
		if (!is_whole(src, vars, text, index))
			continue;
		line = (struct route_line){ .pos = address->pos };
		line.words = words_of(src, vars, index, address->value);
		r = line.words ? iface_add_route_line(src, iface, AF_INET, &line, false)
			       : -ENOMEM;
	}
	return r;
}

/* ---- what else is in such a file ---- */

/* How a line in words begins, and an assignment does not. */
static bool is_in_words(const char *line)
{
	return isdigit((unsigned char)*line) || strncmp(line, "default ", 8) == 0 ||
	       strncmp(line, "to ", 3) == 0;
}

/*
 * The shell of network-scripts could not run lines in words, and went on: each is
 * reported, and blanked out in the text.
 */
static void blank_words(const struct source *src, const char *file, char *text)
{
	struct pos pos = { file, 0 };

	for (char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		line += strspn(line, " \t\r");
		pos.line++;
		if (!is_in_words(line))
			continue;
		diag_warning(src->diag, pos,
			     "route ignored: the other routes of this file are written "
			     "as ADDRESS0=, NETMASK0=, GATEWAY0=");
		diag_hint(src->diag, "write this one like them, or all of them in words");
		memset(line, ' ', strcspn(line, "\n"));
	}
}

int iface_read_route_keys(const struct source *src, struct iface *iface,
			  const struct companion *file)
{
	struct arena *arena = src->loader->arena;
	_cleanup_diag_ struct diag *findings = diag_new();
	struct shellvars vars = { 0 };
	char *text = arena_strdup(arena, file->text);
	int r = text && findings ? 0 : -ENOMEM;

	if (r < 0)
		return r;
	blank_words(src, file->path, text);
	r = shellvar_parse(text, strlen(text), file->path, NULL, arena, arena, findings,
			   &vars);
	if (r == 0)
		iface_judge_flaws(findings, &vars);
	diag_merge_warnings(src->diag, findings);
	return r == 0 ? read_routes(src, iface, &vars, text) : r;
}
