/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes as ADDRESS0=, NETMASK0=, GATEWAY0=: the other syntax of route files. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/model/source.h"

#define ROUTES 256

/* The keys of a number, and the words that some of them come to. */
static const struct part {
	const char *key, *word;
} parts[] = {
	{ "ADDRESS", NULL },  { "PREFIX", NULL },     { "NETMASK", NULL },
	{ "GATEWAY", "via" }, { "METRIC", "metric" }, { "OPTIONS", "" },
};

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
	if (!strchr(address, '/'))
		line = arena_printf(arena, "%s/%s", address, len ? len : "32");
	for (size_t i = 0; line && i < ARRAY_SIZE(parts); i++) {
		const char *value =
			parts[i].word ? value_of(src, vars, parts[i].key, index) : NULL;

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
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (is_lost(src, vars, text, parts[i].key, index))
			return false;
	return true;
}

static void judge_second_length(const struct source *src, const struct shellvars *vars,
				const struct shellvar *var, int index)
{
	static const char *const keys[] = { "PREFIX", "NETMASK" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!value_of(src, vars, keys[i], index))
			continue;
		diag_warning(src->diag, var->pos,
			     "%s%d has no effect: %s=%s has a length already", keys[i],
			     index, var->key, var->value);
		diag_hint(src->diag, "remove one of the two");
	}
}

/* What is an address only as far as the length goes is for others to complain of. */
static bool judge_address(const struct source *src, const struct shellvars *vars,
			  const struct shellvar *var, int index)
{
	struct ip ip;

	if (strchr(var->value, '/')) {
		judge_second_length(src, vars, var, index);
		return true;
	}
	if (ip_parse(var->value, AF_INET, &ip) < 0) {
		const char *zeros = ip_zeros_hint(var->value, src->loader->arena);

		diag_warning(src->diag, var->pos,
			     "route ignored: %s='%s' is not an IPv4 address", var->key,
			     var->value);
		diag_hint(src->diag, "%s",
			  zeros ? zeros
				: "the default route is ADDRESS0=0.0.0.0 with "
				  "NETMASK0=0.0.0.0; IPv6 routes belong in route6-");
		return false;
	}
	if (value_of(src, vars, "PREFIX", index) || value_of(src, vars, "NETMASK", index))
		return true;
	diag_warning(src->diag, var->pos,
		     "%s=%s has neither PREFIX%d nor NETMASK%d: taken as a single host",
		     var->key, var->value, index, index);
	diag_hint(src->diag,
		  ip_is_zero(&ip) ? "for the default route, add NETMASK%d=0.0.0.0"
				  : "add NETMASK%d with the mask of the network, "
				    "or 255.255.255.255",
		  index);
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
		if (!is_whole(src, vars, text, index) ||
		    !judge_address(src, vars, address, index))
			continue;
		line = (struct route_line){ .pos = address->pos };
		line.words = words_of(src, vars, index, address->value);
		r = line.words ? iface_add_route_line(src, iface, AF_INET, &line, false)
			       : -ENOMEM;
	}
	return r;
}

/* ---- what else is in such a file ---- */

static const struct part *find_part(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strncmp(key, parts[i].key, strlen(parts[i].key)) == 0)
			return &parts[i];
	return NULL;
}

/* Whether the number is one that is looked for: 05 is not. */
static bool is_number(const char *text)
{
	uint32_t number;

	return num_parse_u32(text, ROUTES - 1, &number) == 0 &&
	       (*text != '0' || !text[1]);
}

/* Of the keys of one number that has no address, or a wrong one, the first is enough. */
static void judge_key(const struct source *src, const struct shellvars *vars,
		      const struct shellvar *var, const char **last)
{
	const struct part *part = find_part(var->key);
	const char *number = part ? var->key + strlen(part->key) : "";
	const char *address = arena_printf(src->loader->arena, "ADDRESS%s", number);

	if (!part) {
		diag_warning(src->diag, var->pos, "unknown key '%s' has no effect",
			     var->key);
		diag_hint(src->diag, "a route is ADDRESS0, NETMASK0 or PREFIX0, "
				     "GATEWAY0, METRIC0 and OPTIONS0");
	} else if (part == &parts[0] && !is_number(number)) {
		diag_warning(src->diag, var->pos,
			     "%s ignored: it is not one of ADDRESS0 to ADDRESS%d",
			     var->key, ROUTES - 1);
		diag_hint(src->diag, "write the number without leading zeros");
	} else if (address && !shellvar_get(vars, address) &&
		   (!*last || strcmp(*last, number) != 0)) {
		*last = number;
		diag_warning(src->diag, var->pos, "%s has no effect: there is no %s",
			     var->key, address);
		diag_hint(src->diag, "add %s, or remove the line", address);
	}
}

static void judge_all_keys(const struct source *src, const struct shellvars *vars)
{
	const char *last = NULL;

	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].stray && *vars->vars[i].value &&
		    shellvar_get(vars, vars->vars[i].key) == &vars->vars[i])
			judge_key(src, vars, &vars->vars[i], &last);
}

/* How a line in words begins, and an assignment does not. */
static bool is_in_words(const char *line)
{
	static const char *const words[] = { "default",   "to",          "ip",
					     "route",     "sudo",        "blackhole",
					     "prohibit",  "unreachable", "local",
					     "throw",     "unicast",     "broadcast",
					     "multicast", "anycast" };
	const size_t len = strcspn(line, " \t\r\n");
	const char *word = line;

	for (size_t i = 0; i < len; i++)
		if (*line == '/' && line[i] == '/')
			word = line + i + 1;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == (size_t)(line + len - word) &&
		    strncmp(word, words[i], strlen(words[i])) == 0)
			return true;
	return isdigit((unsigned char)*line);
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
	if (r == 0)
		judge_all_keys(src, &vars);
	return r == 0 ? read_routes(src, iface, &vars, text) : r;
}
