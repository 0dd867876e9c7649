/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Route and rule files, in both of their syntaxes, and rules among an ifcfg file's keys. */
#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/num.h"
#include "lib/model/ifcfg-keys.h"
#include "lib/model/source.h"
#include "parsers/route-file.h"

#define SYNTAX_HINT "the words are those of ip-route(8) and ip-rule(8)"

/* struct reading - the interface, and the kind of file at hand */
struct reading {
	const struct source *src;
	struct iface *iface;
	int family;
};

static void tell_wrong(const struct reading *in, struct pos pos,
		       const struct words_error *why)
{
	diag_error(in->src->diag, pos, "'%s' %s", why->word, why->why);
	diag_hint(in->src->diag, "%s", why->hint ? why->hint : SYNTAX_HINT);
}

/* ---- lines for ip(8) ---- */

/*
 * What ip(8) gets for @words. A route that is there already is replaced; with rules there
 * is nothing like that.
 */
static const char *const *ip_args(const struct reading *in, bool is_rule,
				  const char *const *words)
{
	const char *const first[] = { in->family == AF_INET6 ? "-6" : "-4",
				      is_rule ? "rule" : "route",
				      is_rule ? "add" : "replace", NULL };

	return argv_join(in->src->loader->arena, first, words);
}

static int add_ip_line(const struct reading *in, bool is_rule,
		       const struct route_line *line, const struct words_error *why)
{
	struct iface *iface = in->iface;
	struct want_ip_line want = { .pos = line->pos, .word = why->word };

	want.args = ip_args(in, is_rule, line->words);
	if (!want.args || ARENA_PUSH(in->src->loader->arena, iface->ip_lines,
				     iface->n_ip_lines, iface->ip_lines_cap, want) < 0)
		return -ENOMEM;
	return load_needs_program(in->src->loader, "ip");
}

/* @r: of the parser. Return: 0, the line is dealt with; -ENOMEM. */
static int other_line(const struct reading *in, bool is_rule,
		      const struct route_line *line, int r, const struct words_error *why)
{
	if (r == -ENOTSUP)
		return add_ip_line(in, is_rule, line, why);
	if (r != -EINVAL)
		return r;
	tell_wrong(in, line->pos, why);
	return 0;
}

/* ---- routes ---- */

/* A route of the same file may lead to the gateway. */
static bool is_routed(const struct iface *iface, const struct ip *gateway)
{
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct route *route = &iface->routes[i].route;

		if (!ip_is_set(&route->gateway) && !route->n_hops &&
		    ip_same_network(&route->dst, gateway, route->dst_len))
			return true;
	}
	return false;
}

/* The kernel refuses it unless another interface has the network. */
static void judge_gateway(const struct reading *in, const struct want_route *want)
{
	const struct ip *gateway = &want->route.gateway;
	char text[IP_TEXT_MAX];

	if (!ip_is_set(gateway) || want->route.onlink || ip_is_link_local(gateway) ||
	    strcmp(want->route.dev, in->iface->name) != 0 ||
	    iface_has_network(in->iface, gateway) || is_routed(in->iface, gateway))
		return;
	diag_warning(in->src->diag, want->pos, "the gateway %s is in no network of %s",
		     ip_format(gateway, text), in->iface->name);
	diag_hint(in->src->diag,
		  "correct it; if it is reached directly all the same, add "
		  "the word onlink");
}

static bool is_twice(const struct reading *in, const struct want_route *want)
{
	for (size_t i = 0; i < in->iface->n_routes; i++) {
		const struct want_route *other = &in->iface->routes[i];

		if (!route_same_place(&other->route, &want->route))
			continue;
		diag_warning(in->src->diag, want->pos,
			     "left out: %s:%u has a route to there already",
			     other->pos.file, other->pos.line);
		diag_hint(in->src->diag,
			  "remove one of the two, or give it another metric");
		return true;
	}
	return false;
}

static int add_route(const struct reading *in, struct want_route *want)
{
	struct iface *iface = in->iface;

	if (!route_has_device(&want->route))
		want->route.dev = NULL;
	else if (!want->route.dev)
		want->route.dev = iface->name;
	if (want->route.dev && strcmp(want->route.dev, iface->name) != 0) {
		diag_warning(in->src->diag, want->pos,
			     "the route goes through %s, and this file is that of %s",
			     want->route.dev, iface->name);
		diag_hint(in->src->diag, "put it into route-%s", want->route.dev);
	}
	if (is_twice(in, want))
		return 0;
	if (want->route.dev)
		judge_gateway(in, want);
	return ARENA_PUSH(in->src->loader->arena, iface->routes, iface->n_routes,
			  iface->routes_cap, *want);
}

static int read_route_line(const struct reading *in, const struct route_line *line)
{
	struct want_route want = { .pos = line->pos };
	struct words_error why;
	int r = route_parse(in->family, line->words, source_names(in->src),
			    in->src->loader->arena, &want.route, &why);

	return r == 0 ? add_route(in, &want) : other_line(in, false, line, r, &why);
}

int iface_add_route_line(const struct source *src, struct iface *iface, int family,
			 const struct route_line *line)
{
	const struct reading in = { src, iface, family };

	return read_route_line(&in, line);
}

/* ---- routes as ADDRESS0=, NETMASK0=, GATEWAY0= ---- */

static const char *key_of(const struct reading *in, const char *key, int index)
{
	return source_indexed(in->src, key, index);
}

/* The words that the keys of one number come to; NULL when memory is short. */
static const char **words_of_keys(const struct reading *in, const struct shellvars *vars,
				  int index, const char *address)
{
	static const struct {
		const char *key, *word;
	} parts[] = { { "GATEWAY", "via" }, { "METRIC", "metric" }, { "OPTIONS", "" } };
	struct arena *arena = in->src->loader->arena;
	const struct shellvar *prefix = shellvar_get(vars, key_of(in, "PREFIX", index));
	const struct shellvar *mask = shellvar_get(vars, key_of(in, "NETMASK", index));
	const char *line = arena_printf(arena, "%s/%s", address,
					prefix && *prefix->value ? prefix->value
					: mask && *mask->value   ? mask->value
								 : "32");

	for (size_t i = 0; line && i < ARRAY_SIZE(parts); i++) {
		const struct shellvar *var =
			shellvar_get(vars, key_of(in, parts[i].key, index));

		if (var && *var->value)
			line = arena_printf(arena, "%s %s %s", line, parts[i].word,
					    var->value);
	}
	return line ? source_split(in->src, NULL, line) : NULL;
}

static int read_numbered(const struct reading *in, const struct shellvars *vars,
			 int index, const struct shellvar *address)
{
	struct route_line line = { .pos = address->pos };

	line.words = words_of_keys(in, vars, index, address->value);
	return line.words ? read_route_line(in, &line) : -ENOMEM;
}

/* A file has few lines, and 256 numbers are looked for once. */
static int read_keys(const struct reading *in, const struct shellvars *vars)
{
	int r = 0, expected = 0;

	for (int index = 0; index < 256 && r == 0; index++) {
		const struct shellvar *address =
			shellvar_get(vars, key_of(in, "ADDRESS", index));

		if (!address || !*address->value)
			continue;
		if (index != expected) {
			diag_warning(in->src->diag, address->pos,
				     "ADDRESS%d is used, though there is no ADDRESS%d: "
				     "network-scripts left it out",
				     index, expected);
			diag_hint(in->src->diag, "number the routes without gaps");
		}
		expected = index + 1;
		r = read_numbered(in, vars, index, address);
	}
	return r;
}

/* ---- rules ---- */

static int add_rule(const struct reading *in, const struct want_rule *want)
{
	struct iface *iface = in->iface;

	for (size_t i = 0; i < iface->n_rules; i++) {
		if (!rule_equal(&iface->rules[i].rule, &want->rule))
			continue;
		diag_warning(in->src->diag, want->pos, "left out: %s:%u says the same",
			     iface->rules[i].pos.file, iface->rules[i].pos.line);
		diag_hint(in->src->diag, "remove one of the two");
		return 0;
	}
	return ARENA_PUSH(in->src->loader->arena, iface->rules, iface->n_rules,
			  iface->rules_cap, *want);
}

static int read_rule_line(const struct reading *in, const struct route_line *line)
{
	struct want_rule want = { .pos = line->pos };
	struct words_error why;
	int r = rule_parse(in->family, line->words, source_names(in->src),
			   in->src->loader->arena, &want.rule, &why);

	return r == 0 ? add_rule(in, &want) : other_line(in, true, line, r, &why);
}

/* ROUTING_RULE_0="priority 5 from …", as NetworkManager writes them. */
static int read_rule_keys(const struct source *src, struct iface *iface)
{
	const struct shellvars *vars = &src->file->vars;
	int r = 0;

	for (size_t i = 0; i < vars->n && r == 0; i++) {
		const struct shellvar *var = &vars->vars[i];
		const bool six = strncmp(var->key, "ROUTING_RULE6_", 14) == 0;
		const struct reading in = { src, iface, six ? AF_INET6 : AF_INET };
		struct route_line line = { .pos = var->pos };

		if ((!six && strncmp(var->key, "ROUTING_RULE_", 13) != 0) || var->stray ||
		    shellvar_get(vars, var->key) != var || !*var->value)
			continue;
		line.words = source_split(src, NULL, var->value);
		r = line.words ? read_rule_line(&in, &line) : -ENOMEM;
	}
	return r;
}

/* ---- the files ---- */

static const struct {
	const char *prefix;
	int family;
	bool is_rule;
} kinds[] = {
	{ "route-", AF_INET, false },
	{ "route6-", AF_INET6, false },
	{ "rule-", AF_INET, true },
	{ "rule6-", AF_INET6, true },
};

static int read_lines(const struct reading *in, const struct companion *file,
		      bool is_rule)
{
	struct route_lines lines;
	int r = route_file_parse(file->text, file->path, in->src->loader->arena, &lines);

	for (size_t i = 0; r == 0 && i < lines.n; i++)
		r = is_rule ? read_rule_line(in, &lines.list[i])
			    : read_route_line(in, &lines.list[i]);
	return r;
}

static int read_key_file(const struct reading *in, const struct companion *file)
{
	struct shellvars vars = { 0 };
	int r = shellvar_parse(file->text, strlen(file->text), file->path, NULL,
			       in->src->loader->arena, in->src->loader->arena,
			       in->src->diag, &vars);

	return r == 0 ? read_keys(in, &vars) : r;
}

static int read_companion(const struct reading *in, const char *name, bool is_rule)
{
	struct companion file;
	int r = ifcfg_dir_companion(&in->src->loader->dir, name, in->src->diag, &file);

	if (r < 0 || !file.text)
		return r == -ENOENT ? 0 : r;
	if (is_rule || in->family == AF_INET6 || !route_file_has_keys(file.text))
		return read_lines(in, &file, is_rule);
	return read_key_file(in, &file);
}

/* NAME.route, the oldest of all, knows keys only. */
static int read_oldest(const struct source *src, struct iface *iface)
{
	const struct reading in = { src, iface, AF_INET };
	const char *name = arena_printf(src->loader->arena, "%s.route", iface->name);
	struct companion file;
	int r = name ? ifcfg_dir_companion(&src->loader->dir, name, src->diag, &file)
		     : -ENOMEM;

	if (r < 0 || !file.text)
		return r == -ENOENT ? 0 : r;
	return read_key_file(&in, &file);
}

/* By the device, and by the file's own name where that is another one. */
static int read_kind(const struct source *src, struct iface *iface, size_t kind)
{
	const struct reading in = { src, iface, kinds[kind].family };
	const char *suffix = src->file->name + strlen("ifcfg-");
	struct arena *arena = src->loader->arena;
	const char *name = arena_printf(arena, "%s%s", kinds[kind].prefix, iface->name);
	int r = name ? read_companion(&in, name, kinds[kind].is_rule) : -ENOMEM;

	if (r < 0 || strcmp(suffix, iface->name) == 0)
		return r;
	name = arena_printf(arena, "%s%s", kinds[kind].prefix, suffix);
	return name ? read_companion(&in, name, kinds[kind].is_rule) : -ENOMEM;
}

int iface_read_routes(const struct source *src, struct iface *iface)
{
	const char *off = source_value(src, "NOROUTESET");
	int r = 0;

	if (off && ifcfg_is_true(off))
		return 0;
	for (size_t kind = 0; kind < ARRAY_SIZE(kinds) && r == 0; kind++)
		r = read_kind(src, iface, kind);
	if (r == 0)
		r = read_oldest(src, iface);
	return r == 0 ? read_rule_keys(src, iface) : r;
}
