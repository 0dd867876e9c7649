/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes as ADDRESS0=, NETMASK0=, GATEWAY0=: the other syntax of route files. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/lines.h"
#include "lib/files/blanks.h"
#include "lib/files/judge.h"
#include "lib/files/route-slips.h"
#include "lib/files/source.h"
#include "parsers/route-file.h"
#include "parsers/shellvar.h"

/* The words of ip(8) for some of the keys. */
static const char *const part_words[ROUTE_PARTS] = {
	[ROUTE_GATEWAY] = "via",
	[ROUTE_METRIC] = "metric",
	[ROUTE_OPTIONS] = "",
};

/**
 * struct key_file - such a file
 * @orphan: the first number that has no ADDRESS, but other keys; ROUTE_NUMBERS for none
 * @is_lost: of each number, whether a key with a slip in it costs the route; @is_apart: whether
 *           such keys would be another route, as the ADDRESS is there without a slip, too
 */
struct key_file {
	const struct source *src;
	const struct shellvars *vars;
	const char *text;
	uint32_t orphan;
	bool is_lost[ROUTE_NUMBERS], is_apart[ROUTE_NUMBERS];
};

static const char *indexed_value(const struct source *src, const struct shellvars *vars,
				 const char *key, int index)
{
	const char *name = source_indexed(src, key, index);
	const struct shellvar *var = name ? shellvar_get(vars, name) : NULL;

	return var && *var->value ? var->value : NULL;
}

static const char **words_of_route(const struct source *src, const struct shellvars *vars,
				   int index, const char *address)
{
	struct arena *arena = src->loader->arena;
	const char *len = indexed_value(src, vars, "PREFIX", index), *line = address;

	if (!len)
		len = indexed_value(src, vars, "NETMASK", index);
	if (!strchr(address, '/'))
		line = arena_printf(arena, "%s/%s", address, len ? len : "32");
	for (size_t i = 0; i < ROUTE_PARTS; i++) {
		const char *value =
			part_words[i] ? indexed_value(src, vars, route_parts[i], index)
				      : NULL;

		if (value)
			line = arena_printf(arena, "%s %s %s", line, part_words[i],
					    value);
	}
	return source_split(src, NULL, line);
}

/* Whether the file has the key, even with a blank before the '='. */
static bool stands_in(const char *text, const char *name)
{
	const size_t len = strlen(name);

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		text += strspn(text, " \t");
		if (strncmp(text, name, len) == 0 &&
		    text[len + strspn(text + len, " \t")] == '=')
			return true;
	}
	return false;
}

/* Whether the file has the key, but without effect, which was reported. */
static bool is_key_lost(const struct source *src, const struct shellvars *vars,
			const char *text, const char *key, int index)
{
	const char *name = source_indexed(src, key, index);
	const struct shellvar *var = name ? shellvar_get(vars, name) : NULL;

	return name && (!var || var->stray) && stands_in(text, name);
}

/* Without its router, or another part, it would be a different route. */
static bool is_whole(const struct key_file *file, int index)
{
	for (size_t i = 0; i < ROUTE_PARTS; i++)
		if (is_key_lost(file->src, file->vars, file->text, route_parts[i], index))
			return false;
	return !file->is_lost[index];
}

static void judge_second_length(const struct source *src, const struct shellvars *vars,
				const struct shellvar *var, int index)
{
	static const char *const keys[] = { "PREFIX", "NETMASK" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!indexed_value(src, vars, keys[i], index))
			continue;
		diag_warning(src->diag, var->pos,
			     "%s%d has no effect: %s=%s has a length already", keys[i],
			     index, var->key, var->value);
		diag_hint(src->diag, "remove one of the two");
	}
}

/* Addresses that are wrong except for their prefix length are reported elsewhere. */
static bool judge_address(const struct source *src, const struct shellvars *vars,
			  const struct shellvar *var, int index)
{
	struct ip ip;

	if (strchr(var->value, '/')) {
		judge_second_length(src, vars, var, index);
		return true;
	}
	if (ip_parse(var->value, AF_INET, &ip) < 0) {
		const char *zeros = ip_slip_hint(var->value, src->loader->arena);

		diag_warning(src->diag, var->pos,
			     "route ignored: %s='%s' is not an IPv4 address", var->key,
			     var->value);
		diag_hint(src->diag, "%s",
			  zeros ? zeros
				: _("the default route is ADDRESS0=0.0.0.0 with "
				    "NETMASK0=0.0.0.0; IPv6 routes belong in route6-"));
		return false;
	}
	if (indexed_value(src, vars, "PREFIX", index) ||
	    indexed_value(src, vars, "NETMASK", index))
		return true;
	diag_warning(src->diag, var->pos,
		     "%s=%s has neither PREFIX%d nor NETMASK%d: taken as a single host",
		     var->key, var->value, index, index);
	diag_hint(src->diag,
		  ip_is_zero(&ip) ? "for the default route, add NETMASK%d=0.0.0.0"
				  : _("add NETMASK%d with the mask of the network, "
				      "or 255.255.255.255"),
		  index);
	return true;
}

/* A file has few lines, and 256 numbers are searched once. */
static int read_routes(const struct key_file *file, struct iface *iface)
{
	const struct source *src = file->src;
	const struct shellvars *vars = file->vars;
	int r = 0, expected = 0;

	for (int index = 0; index < ROUTE_NUMBERS && r == 0; index++) {
		const char *key = source_indexed(src, "ADDRESS", index);
		const struct shellvar *address = key ? shellvar_get(vars, key) : NULL;
		struct route_line line;

		if (!address || !*address->value)
			continue;
		if (index != expected && !(expected < index && file->is_lost[expected])) {
			diag_warning(src->diag, address->pos,
				     "ADDRESS%d is used although there is no ADDRESS%d: "
				     "network-scripts ignored it",
				     index, expected);
			diag_hint(src->diag, "number the routes without gaps");
		}
		expected = index + 1;
		if (!is_whole(file, index) || !judge_address(src, vars, address, index))
			continue;
		line = (struct route_line){ .pos = address->pos };
		line.words = words_of_route(src, vars, index, address->value);
		r = iface_add_route_line(src, iface, AF_INET, &line, false);
	}
	return r;
}

/* ---- other content of such a file ---- */

/* struct key_slips - consecutive keys with typos, of one route */
struct key_slips {
	const struct shellvar *first;
	struct route_key meant;
	struct lines lines;
	bool is_number;
};

/* Whether the key occurs anywhere, even with a value that is not in force. */
static bool is_key_there(const struct key_file *file, const struct route_key *key)
{
	const char *name =
		source_indexed(file->src, route_parts[key->part], (int)key->number);

	return !name || shellvar_latest(file->vars, name) || stands_in(file->text, name);
}

static bool has_route_address(const struct key_file *file, uint32_t number)
{
	const struct route_key key = { ROUTE_ADDRESS, number, true };

	return is_key_there(file, &key);
}

static uint32_t find_orphan(const struct key_file *file)
{
	struct route_key key;

	for (size_t i = 0; i < file->vars->n; i++)
		if (route_key_is(file->vars->vars[i].key, &key) &&
		    !has_route_address(file, key.number))
			return key.number;
	return ROUTE_NUMBERS;
}

static bool is_route_address(const char *value)
{
	struct ip ip;

	return ip_parse(value, AF_INET, &ip) == 0;
}

/*
 * @previous: number of the keys before it. Return: whether it is an invalid key whose
 * meaning is known.
 */
static bool find_meant(const struct key_file *file, const struct shellvar *var,
		       uint32_t previous, struct route_key *ret)
{
	struct route_key key;

	if (route_key_is(var->key, &key))
		return false;
	if (!route_key_guess(var->key, &key)) {
		if (file->orphan == ROUTE_NUMBERS || !is_route_address(var->value))
			return false;
		key = (struct route_key){ .part = ROUTE_ADDRESS };
	}
	if (!key.has_number)
		key.number = key.part == ROUTE_ADDRESS && file->orphan < ROUTE_NUMBERS
				     ? file->orphan
				     : previous;
	*ret = key;
	return true;
}

/* Without a metric or other words, it is still the same route. */
static bool costs_route(const struct key_file *file, const struct route_key *meant)
{
	return meant->part != ROUTE_METRIC && meant->part != ROUTE_OPTIONS &&
	       !file->is_apart[meant->number] && !is_key_there(file, meant);
}

static bool is_to_judge(const struct shellvars *vars, const struct shellvar *var)
{
	return !var->stray && *var->value && shellvar_get(vars, var->key) == var;
}

static void find_lost_keys(struct key_file *file)
{
	uint32_t previous = 0;

	file->orphan = find_orphan(file);
	for (size_t i = 0; i < file->vars->n; i++) {
		const struct shellvar *var = &file->vars->vars[i];
		struct route_key key;

		if (route_key_is(var->key, &key))
			previous = key.number;
		else if (is_to_judge(file->vars, var) &&
			 find_meant(file, var, previous, &key)) {
			file->is_apart[key.number] |=
				key.part == ROUTE_ADDRESS && is_key_there(file, &key);
			file->is_lost[key.number] |= costs_route(file, &key);
		}
	}
}

/* The first number after @from that no address has. */
static uint32_t find_free_number(const struct key_file *file, uint32_t from)
{
	while (from < ROUTE_NUMBERS && has_route_address(file, from))
		from++;
	return from;
}

/* An ADDRESS without a number after one with a number. */
static bool is_of_next(const struct key_file *file, const struct route_key *meant)
{
	return meant->part == ROUTE_ADDRESS && !meant->has_number &&
	       is_key_there(file, meant) &&
	       find_free_number(file, meant->number) < ROUTE_NUMBERS;
}

static void report_slips(const struct key_file *file, struct key_slips *slips)
{
	const struct source *src = file->src;
	_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;
	const struct route_key *meant = &slips->meant;

	if (!slips->first)
		return;
	lines_also(&slips->lines, &also);
	if (costs_route(file, meant))
		diag_warning(src->diag, slips->first->pos,
			     "route ignored: unknown key '%s'%s", slips->first->key,
			     strbuf_text(&also));
	else
		diag_warning(src->diag, slips->first->pos,
			     "unknown key '%s' has no effect%s", slips->first->key,
			     strbuf_text(&also));
	if (is_of_next(file, meant))
		diag_hint(src->diag,
			  "number the keys of a further route: %s%u, and so on",
			  route_parts[meant->part],
			  find_free_number(file, meant->number));
	else
		diag_hint(src->diag,
			  is_key_there(file, meant) ? "remove it: there is %s%u already"
						    : _("did you mean '%s%u'?"),
			  route_parts[meant->part], meant->number);
	*slips = (struct key_slips){ 0 };
}

static void add_slip(const struct key_file *file, const struct shellvar *var,
		     const struct route_key *meant, struct key_slips *slips)
{
	if (slips->first && slips->meant.number != meant->number)
		report_slips(file, slips);
	if (!slips->first)
		*slips = (struct key_slips){ .first = var, .meant = *meant };
	lines_add(&slips->lines, var->pos.line);
}

static void report_unknown(const struct source *src, const struct shellvar *var)
{
	diag_warning(src->diag, var->pos, "unknown key '%s' has no effect", var->key);
	if (strstr(var->key, "DEV"))
		diag_hint(src->diag, "remove it: a route goes through the interface that "
				     "the file is named after");
	else
		diag_hint(src->diag, "a route is ADDRESS0, NETMASK0 or PREFIX0, "
				     "GATEWAY0, METRIC0 and OPTIONS0");
}

/*
 * Of the keys with a number that has no address, or a wrong one, only the first is
 * reported.
 */
static void judge_route_keys(const struct key_file *file)
{
	const struct source *src = file->src;
	struct key_slips slips = { 0 };
	uint32_t previous = 0, last = ROUTE_NUMBERS;

	for (size_t i = 0; i < file->vars->n; i++) {
		const struct shellvar *var = &file->vars->vars[i];
		struct route_key key;
		const bool is_right = route_key_is(var->key, &key);

		if (is_right)
			previous = key.number;
		if (!is_to_judge(file->vars, var))
			continue;
		if (!is_right && find_meant(file, var, previous, &key)) {
			add_slip(file, var, &key, &slips);
		} else if (!is_right) {
			report_unknown(src, var);
		} else if (!file->is_lost[key.number] && key.number != last &&
			   !has_route_address(file, key.number)) {
			last = key.number;
			diag_warning(src->diag, var->pos,
				     "%s has no effect: there is no ADDRESS%u", var->key,
				     key.number);
			diag_hint(src->diag, "add ADDRESS%u, or remove the line",
				  key.number);
		}
	}
	report_slips(file, &slips);
}

/* The start of a line in words, as opposed to an assignment. */
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
 * The shell of network-scripts could not run lines in words, and continued: each is
 * reported, and replaced by blanks in the text.
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

/* @text: of the file, with blanks for what is not to be read. */
static int read_route_keys(const struct source *src, struct iface *iface,
			   const char *path, const char *text)
{
	struct arena *arena = src->loader->arena;
	_cleanup_diag_ struct diag *findings = diag_new();
	struct key_file *file = arena_alloc(arena, sizeof(*file));
	struct shellvars vars = { 0 };
	int r;

	r = shellvar_parse(text, strlen(text), path, NULL, arena, arena, findings, &vars);
	if (r == 0)
		blanks_trim_routes(arena, &vars, findings);
	if (r == 0)
		iface_judge_flaws(findings, &vars);
	diag_merge_warnings(src->diag, findings);
	if (r < 0)
		return r;
	*file = (struct key_file){ .src = src, .vars = &vars, .text = text };
	find_lost_keys(file);
	judge_route_keys(file);
	return read_routes(file, iface);
}

int iface_read_route_keys(const struct source *src, struct iface *iface,
			  const struct companion *file)
{
	char *text = arena_strdup(src->loader->arena, file->text);

	blank_words(src, file->path, text);
	return read_route_keys(src, iface, file->path, text);
}

int iface_judge_route_keys(const struct source *src, struct iface *iface,
			   const struct companion *file)
{
	char *text = arena_strdup(src->loader->arena, file->text);

	for (char *line = text; *line; line += *line == '\n') {
		const size_t len = strcspn(line, "\n");

		if (!route_line_is_key(line))
			memset(line, ' ', len);
		line += len;
	}
	return read_route_keys(src, iface, file->path, text);
}
