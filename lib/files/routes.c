/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Route and rule files, in both of their syntaxes, and rules in an ifcfg file's keys. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/base/lines.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"
#include "parsers/route-file.h"
#include "parsers/shellword.h"

/**
 * struct reading - the interface, and the kind of file being read
 * @yields: an existing route takes precedence over those of this file
 */
struct reading {
	const struct source *src;
	struct iface *iface;
	int family;
	bool yields;
};

/* What is wrong with the characters of a word, whatever the word; or NULL. */
static const char *hint_of_characters(const char *word)
{
	const size_t len = strlen(word);

	for (const char *c = word; *c; c++)
		if ((unsigned char)*c > '~')
			return _("it has characters that only look like those wanted, as "
				 "copied from a page: type them again");
	if (strchr(word, '$'))
		return _("variables are not expanded here: write the value");
	if (strpbrk(word, "\"'"))
		return _("remove the quotes: there are none in this file");
	if (len > 1 && word[len - 1] == ';')
		return _("remove the ';': each line ends by itself, and has one entry");
	if (len > 1 && word[len - 1] == ',')
		return _("remove the ','");
	return strchr(word, '\\') ? _("write / for the \\") : NULL;
}

static void give_hint(struct diag *diag, bool is_rule, const struct words_error *why)
{
	const char *hint = hint_of_characters(why->word);

	if (!hint)
		hint = why->hint ? _(why->hint) : NULL;
	if (hint)
		diag_hint(diag, "%s", hint);
	else
		diag_hint(diag, "see ip-%s(8) for the words", is_rule ? "rule" : "route");
}

/* A bad line costs only that line: ip(8) refused it, and network-scripts continued. */
static void report_wrong(const struct reading *in, bool is_rule, struct pos pos,
			 const struct words_error *why)
{
	const char *what = is_rule ? "rule" : "route";

	if (*why->word)
		diag_warning(in->src->diag, pos, "%s ignored: '%s' %s", what, why->word,
			     _(why->why));
	else
		diag_warning(in->src->diag, pos, "%s ignored: it %s", what, _(why->why));
	give_hint(in->src->diag, is_rule, why);
}

/* ---- lines for ip(8) ---- */

/*
 * The arguments of ip(8) for @words. An existing route is replaced, which is not possible
 * for rules.
 */
static const char *const *ip_args(const struct reading *in, bool is_rule,
				  const char *const *words)
{
	const char *const first[] = { in->family == AF_INET6 ? "-6" : "-4",
				      is_rule ? "rule" : "route",
				      is_rule ? "add" : "replace", NULL };

	return argv_join(in->src->loader->arena, first, words);
}

/* ip(8) would take the main table. */
static const char *const *with_table(const struct reading *in, const char *const *args)
{
	struct arena *arena = in->src->loader->arena;
	const char *const table[] = { "table",
				      arena_printf(arena, "%" PRIu32, in->iface->table),
				      NULL };

	for (const char *const *word = args; *word; word++)
		if (strcmp(*word, "table") == 0 || strcmp(*word, "vrf") == 0)
			return args;
	return argv_join(arena, args, table);
}

static void add_wanted_ip_line(const struct reading *in, bool is_rule,
			       const struct route_line *line,
			       const struct words_error *why)
{
	struct iface *iface = in->iface;
	struct want_ip_line want = { .pos = line->pos,
				     .alias = source_alias(in->src),
				     .is_asleep = in->src->is_asleep,
				     .is_rule = is_rule,
				     .family = in->family,
				     .has_priority =
					     is_rule && rule_has_priority(line->words),
				     .place = is_rule ? iface->n_rules : iface->n_routes,
				     .word = why->word };

	want.args = ip_args(in, is_rule, line->words);
	if (!is_rule && iface->table != RT_TABLE_MAIN)
		want.args = with_table(in, want.args);
	ARENA_PUSH(in->src->loader->arena, iface->ip_lines, iface->n_ip_lines,
		   iface->ip_lines_cap, want);
	load_needs_program(in->src->loader, "ip");
}

/* @r: of the parser. Return: 0 if the line is handled. */
static int other_line(const struct reading *in, bool is_rule,
		      const struct route_line *line, int r, const struct words_error *why)
{
	if (r == -ENOTSUP) {
		add_wanted_ip_line(in, is_rule, line, why);
		return 0;
	}
	if (r != -EINVAL)
		return r;
	report_wrong(in, is_rule, line->pos, why);
	return 0;
}

/* Lines for ip(8) contain the number of other lines before them. */
static void move_ip_lines(struct iface *iface, bool is_rule, size_t removed)
{
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		if (iface->ip_lines[i].is_rule == is_rule &&
		    iface->ip_lines[i].place > removed)
			iface->ip_lines[i].place--;
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

/* The kernel refuses it unless another interface has the network: see same-routes.c. */
static void judge_gateway(const struct reading *in, struct want_route *want)
{
	const struct ip *gateway = &want->route.gateway;

	if (!ip_is_set(gateway) || want->route.onlink || ip_is_link_local(gateway) ||
	    gateway->family != want->route.family ||
	    strcmp(want->route.dev, in->iface->name) != 0 ||
	    iface_has_network(in->iface, gateway) || is_routed(in->iface, gateway))
		return;
	want->is_far = true;
}

/* A GATEWAY in /etc/sysconfig/network is a default for interfaces without one. */
static bool is_global(const struct source *src, struct pos pos)
{
	const struct shellvars *global = &src->loader->dir.global;

	return global->n && pos.file == global->vars[0].pos.file;
}

void iface_drop_route(struct iface *iface, size_t i)
{
	iface->n_routes--;
	iface->route_index = (struct hash_index){ 0 }; /* others have new numbers */
	iface->n_indexed = 0;
	memmove(&iface->routes[i], &iface->routes[i + 1],
		(iface->n_routes - i) * sizeof(*iface->routes));
	move_ip_lines(iface, false, i);
}

void iface_move_route(struct iface *iface, size_t from, size_t to)
{
	const struct want_route moved = iface->routes[from];

	memmove(&iface->routes[to + 1], &iface->routes[to],
		(from - to) * sizeof(*iface->routes));
	iface->routes[to] = moved;
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		if (!iface->ip_lines[i].is_rule && iface->ip_lines[i].place > to &&
		    iface->ip_lines[i].place <= from)
			iface->ip_lines[i].place++;
}

static void report_twice(const struct source *src, struct pos ignored, struct pos other,
			 bool is_same)
{
	diag_add(src->diag, is_global(src, ignored) ? DIAG_NOTE : DIAG_WARNING, ignored,
		 is_same ? "ignored: %s:%u has this route already"
			 : _("ignored: %s:%u has another route to the same place"),
		 other.file, other.line);
	diag_hint(src->diag, is_same ? "remove one of the two"
				     : _("remove one of the two, or give it another "
					 "metric"));
}

/* Indexes those that have been added since. */
static void index_routes(const struct reading *in)
{
	struct iface *iface = in->iface;

	for (; iface->n_indexed < iface->n_routes; iface->n_indexed++)
		hash_index_add(&iface->route_index, in->src->loader->arena,
			       route_place_hash(&iface->routes[iface->n_indexed].route),
			       iface->n_indexed);
}

/* The existing, active route. */
static bool find_in_place(const struct iface *iface, const struct route *route,
			  size_t *ret)
{
	const uint32_t hash = route_place_hash(route);
	size_t at = 0;

	while (hash_index_next(&iface->route_index, hash, &at, ret))
		if (route_same_place(&iface->routes[*ret].route, route) &&
		    !iface->routes[*ret].is_asleep)
			return true;
	return false;
}

/*
 * The kernel has one route in a place. network-scripts replaced an existing one, so the
 * later line is in effect. Return: whether it is not this one.
 */
static bool is_displaced(const struct reading *in, const struct want_route *want)
{
	struct iface *iface = in->iface;
	const struct want_route *other;
	size_t i;
	bool is_same;

	if (want->is_asleep || !find_in_place(iface, &want->route, &i))
		return false;
	other = &iface->routes[i];
	is_same = route_equal(&other->route, &want->route);
	if (is_same || in->yields) {
		report_twice(in->src, want->pos, other->pos, is_same);
		return true;
	}
	report_twice(in->src, other->pos, want->pos, is_same);
	iface_drop_route(iface, i);
	return false;
}

bool iface_connected_route(const struct iface *iface, const struct want_addr *addr,
			   struct route *ret)
{
	const bool is_ip4 = addr->addr.family == AF_INET;

	if (addr->is_asleep ||
	    (is_ip4 && addr->prefix_len == 32 && !ip_is_set(&addr->peer)))
		return false;
	*ret = (struct route){ .family = addr->addr.family,
			       .type = RTN_UNICAST,
			       .dst = ip_network(want_addr_network(addr),
						 addr->prefix_len),
			       .dst_len = addr->prefix_len,
			       .table = iface->table,
			       .scope = is_ip4 ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
			       .protocol = RTPROT_KERNEL,
			       .metric = is_ip4 ? 0 : ROUTE_IP6_CONNECTED_METRIC };
	return true;
}

/*
 * The address whose network contains the route, with the kernel's own route to that
 * network.
 */
static const struct want_addr *find_connected(const struct iface *iface,
					      const struct route *route,
					      struct route *ret_connected)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface_connected_route(iface, &iface->addrs[i], ret_connected) &&
		    route_same_place(ret_connected, route))
			return &iface->addrs[i];
	return NULL;
}

/* Whether it has the same effect as the route that the kernel makes by itself. */
static bool is_redundant(const struct want_addr *addr, struct route connected,
			 const struct route *route)
{
	connected.protocol = route->protocol;
	if (ip_equal(&route->source, &addr->addr))
		connected.source = route->source;
	return route_equal(&connected, route);
}

/*
 * Whether it would replace the network of one of the interface's own addresses, which
 * would be cut off: network-scripts did that.
 */
static bool cuts_off_network(const struct reading *in, const struct want_route *want)
{
	const struct route *route = &want->route;
	struct route connected;
	const struct want_addr *addr = find_connected(in->iface, route, &connected);
	const bool is_direct = route->type == RTN_UNICAST && !route->n_hops &&
			       !ip_is_set(&route->gateway) && route->dev &&
			       strcmp(route->dev, in->iface->name) == 0;
	char text[IP_TEXT_MAX];

	if (!addr)
		return false;
	if (is_direct && is_redundant(addr, connected, route))
		diag_note(in->src->diag, want->pos,
			  "route ignored: the kernel sets it with the address %s",
			  ip_format(&addr->addr, text));
	else if (!is_direct)
		diag_warning(in->src->diag, want->pos,
			     "route ignored: %s is the network of %s itself",
			     ip_format_prefix(&route->dst, route->dst_len, text),
			     in->iface->name);
	else
		return false;
	diag_hint(in->src->diag, "remove the line: the hosts there are reached directly");
	return true;
}

static bool has_no_router(const struct reading *in, const struct want_route *want)
{
	const struct ip *gateway = &want->route.gateway;
	const char *why = ip_is_set(gateway) && want->route.dev &&
					  strcmp(want->route.dev, in->iface->name) == 0
				  ? iface_refuses_router(in->iface, gateway)
				  : NULL;
	char text[IP_TEXT_MAX];

	if (!why)
		return false;
	diag_warning(in->src->diag, want->pos, "route ignored: %s is %s %s",
		     ip_format(gateway, text), why, in->iface->name);
	diag_hint(in->src->diag, "write the address of the router after via");
	return true;
}

/*
 * If the other interface has a file, the route should be in its files. Otherwise, for the
 * loopback or a card that is not here, there is nowhere to move it.
 */
static void judge_route_device(const struct reading *in, struct want_route *want)
{
	const char *dev = want->route.dev, *own = in->iface->name;

	if (!dev || strcmp(dev, own) == 0 || strcmp(dev, "lo") == 0 ||
	    !ifcfg_dir_find(&in->src->loader->dir, FIND_DEVICE, dev).n)
		return;
	want->is_elsewhere = true;
	diag_warning(in->src->diag, want->pos,
		     "the route goes through %s, but this file is for %s", dev, own);
	diag_hint(in->src->diag, "put it into route-%s: it is set only while %s is up",
		  dev, dev);
}

static void add_wanted_route(const struct reading *in, struct want_route *want)
{
	struct iface *iface = in->iface;

	want->alias = source_alias(in->src);
	want->is_asleep = in->src->is_asleep;
	if (!route_has_device(&want->route))
		want->route.dev = NULL;
	want->has_no_dev = route_has_device(&want->route) && !want->route.dev;
	if (want->has_no_dev)
		want->route.dev = iface->name;
	if (cuts_off_network(in, want) || has_no_router(in, want))
		return;
	judge_route_device(in, want);
	index_routes(in);
	if (is_displaced(in, want))
		return;
	if (want->route.dev)
		judge_gateway(in, want);
	ARENA_PUSH(in->src->loader->arena, iface->routes, iface->n_routes,
		   iface->routes_cap, *want);
}

/* Like ip(8), an address without a prefix length is a host, including this one. */
static void judge_zero(const struct reading *in, const struct route_line *line)
{
	const char *word = line->words[0];

	if (strcmp(word, "0.0.0.0") != 0 && strcmp(word, "::") != 0)
		return;
	diag_warning(in->src->diag, line->pos, "'%s' is taken as a single host", word);
	diag_hint(in->src->diag, "for the default route, write default");
}

static int read_route_line(const struct reading *in, const struct route_line *line)
{
	struct want_route want = { .pos = line->pos };
	struct words_error why;
	int r = route_parse(in->family, line->words, source_names(in->src),
			    in->iface->table, in->src->loader->arena, &want.route, &why);

	if (r < 0)
		return other_line(in, false, line, r, &why);
	judge_zero(in, line);
	add_wanted_route(in, &want);
	return 0;
}

int iface_add_route_line(const struct source *src, struct iface *iface, int family,
			 const struct route_line *line, bool yields)
{
	const struct reading in = { src, iface, family, yields };

	return read_route_line(&in, line);
}

/* ---- rules ---- */

static void drop_rule(struct iface *iface, size_t i)
{
	iface->n_rules--;
	iface->rule_index = (struct hash_index){ 0 }; /* others have new numbers */
	iface->n_indexed_rules = 0;
	memmove(&iface->rules[i], &iface->rules[i + 1],
		(iface->n_rules - i) * sizeof(*iface->rules));
	move_ip_lines(iface, true, i);
}

static void report_rule_twice(const struct source *src, struct pos ignored,
			      struct pos other)
{
	diag_warning(src->diag, ignored, "ignored: %s:%u says the same", other.file,
		     other.line);
	diag_hint(src->diag, "remove one of the two");
}

/* Indexes those that have been added since. */
static void index_rules(const struct reading *in)
{
	struct iface *iface = in->iface;

	for (; iface->n_indexed_rules < iface->n_rules; iface->n_indexed_rules++)
		hash_index_add(&iface->rule_index, in->src->loader->arena,
			       rule_hash(&iface->rules[iface->n_indexed_rules].rule),
			       iface->n_indexed_rules);
}

/* The same rule, if it exists and is active. */
static bool find_same_rule(const struct iface *iface, const struct want_rule *want,
			   size_t *ret)
{
	const uint32_t hash = rule_hash(&want->rule);
	size_t at = 0;

	while (!want->is_asleep && hash_index_next(&iface->rule_index, hash, &at, ret))
		if (rule_equal(&iface->rules[*ret].rule, &want->rule) &&
		    iface->rules[*ret].rule.has_priority == want->rule.has_priority &&
		    !iface->rules[*ret].is_asleep)
			return true;
	return false;
}

/*
 * Of two rules without a priority, the later one is evaluated first. Return: whether this
 * one is not needed.
 */
static bool is_said(const struct reading *in, const struct want_rule *want)
{
	struct iface *iface = in->iface;
	size_t i;

	if (!find_same_rule(iface, want, &i))
		return false;
	if (want->rule.has_priority) {
		report_rule_twice(in->src, want->pos, iface->rules[i].pos);
		return true;
	}
	report_rule_twice(in->src, iface->rules[i].pos, want->pos);
	drop_rule(iface, i);
	return false;
}

static void add_wanted_rule(const struct reading *in, struct want_rule *want)
{
	struct iface *iface = in->iface;

	want->alias = source_alias(in->src);
	want->is_asleep = in->src->is_asleep;
	index_rules(in);
	if (is_said(in, want))
		return;
	ARENA_PUSH(in->src->loader->arena, iface->rules, iface->n_rules, iface->rules_cap,
		   *want);
}

static int read_rule_line(const struct reading *in, const struct route_line *line)
{
	struct want_rule want = { .pos = line->pos };
	struct words_error why;
	int r = rule_parse(in->family, line->words, source_names(in->src),
			   in->src->loader->arena, &want.rule, &why);

	if (r == 0) {
		add_wanted_rule(in, &want);
		return 0;
	}
	return other_line(in, true, line, r, &why);
}

/* ROUTING_RULE_0="priority 5 from …", as written by NetworkManager. */
static int read_rule_keys(const struct source *src, struct iface *iface)
{
	const struct shellvars *vars = ifcfg_vars(src->file);
	int r = 0;

	for (size_t i = 0; i < vars->n && r == 0; i++) {
		const struct shellvar *var = &vars->vars[i];
		const bool six = strncmp(var->key, "ROUTING_RULE6_", 14) == 0;
		const struct reading in = { src, iface, six ? AF_INET6 : AF_INET, false };
		struct route_line line = { .pos = var->pos };

		if ((!six && strncmp(var->key, "ROUTING_RULE_", 13) != 0) || var->stray ||
		    shellvar_get(vars, var->key) != var || !*var->value)
			continue;
		line.words = source_split(src, NULL, var->value);
		r = read_rule_line(&in, &line);
	}
	return r;
}

/* ---- the files ---- */

static const struct {
	const char *prefix;
	int family;
	bool is_rule;
} route_file_kinds[] = {
	{ "route-", AF_INET, false },
	{ "route6-", AF_INET6, false },
	{ "rule-", AF_INET, true },
	{ "rule6-", AF_INET6, true },
};

/* "ADDRESS0=10.0.0.0", or "ADDRESS0 = 10.0.0.0". */
static bool is_key_line(const struct route_line *line)
{
	return route_line_is_key(line->words[0]) ||
	       (line->words[1] && *line->words[1] == '=' &&
		shell_is_name(line->words[0], strlen(line->words[0])));
}

/* One cause, so one message. */
static void report_key_lines(const struct reading *in, bool is_rule,
			     const struct route_lines *lines)
{
	_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;
	const struct route_line *first = NULL;
	struct lines at = { 0 };

	for (size_t i = 0; i < lines->n; i++) {
		if (!is_key_line(&lines->list[i]))
			continue;
		first = first ? first : &lines->list[i];
		lines_add(&at, lines->list[i].pos.line);
	}
	if (!first)
		return;
	lines_also(&at, &also);
	diag_warning(in->src->diag, first->pos, "%s ignored: '%s' is a key%s",
		     is_rule ? "rule" : "route", first->words[0], strbuf_text(&also));
	diag_hint(in->src->diag, "%s",
		  is_rule ? _("a line reads like from 10.0.0.5 table 200")
			  : _("a line reads like 2001:db8::/32 via fe80::1; only IPv4 "
			      "routes can have keys"));
}

static int read_lines(const struct reading *in, const struct companion *file,
		      bool is_rule)
{
	struct route_lines lines;
	bool has_keys = false;
	int r = route_file_parse(file->text, file->path, in->src->loader->arena, &lines);

	for (size_t i = 0; r == 0 && i < lines.n; i++) {
		if (is_key_line(&lines.list[i]))
			has_keys = true;
		else
			r = is_rule ? read_rule_line(in, &lines.list[i])
				    : read_route_line(in, &lines.list[i]);
	}
	if (r < 0 || !has_keys)
		return r;
	if (!is_rule && in->family == AF_INET)
		return iface_judge_route_keys(in->src, in->iface, file);
	report_key_lines(in, is_rule, &lines);
	return 0;
}

static int read_companion(const struct reading *in, const char *name, bool is_rule)
{
	struct companion file;
	int r = ifcfg_dir_companion(&in->src->loader->dir, name, in->src->diag, &file);

	if (r < 0 || !file.text)
		return r == -ENOENT ? 0 : r;
	if (is_rule || in->family == AF_INET6 || !route_file_has_keys(file.text))
		return read_lines(in, &file, is_rule);
	return iface_read_route_keys(in->src, in->iface, &file);
}

/* NAME.route, the oldest form, has keys only. */
static int read_oldest(const struct source *src, struct iface *iface, const char *owner)
{
	const char *name = arena_printf(src->loader->arena, "%s.route", owner);
	struct companion file;
	int r = ifcfg_dir_companion(&src->loader->dir, name, src->diag, &file);

	if (r < 0 || !file.text)
		return r == -ENOENT ? 0 : r;
	return iface_read_route_keys(src, iface, &file);
}

static int read_route_kind(const struct source *src, struct iface *iface,
			   const char *owner, size_t kind)
{
	const struct reading in = { src, iface, route_file_kinds[kind].family, false };
	const char *name = arena_printf(src->loader->arena, "%s%s",
					route_file_kinds[kind].prefix, owner);

	return read_companion(&in, name, route_file_kinds[kind].is_rule);
}

static bool is_before(const char *const *names, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (names[k] && strcmp(names[k], names[i]) == 0)
			return true;
	return false;
}

/* All files with one of the names, some of which may be NULL or the same. */
static int read_route_files(const struct source *src, struct iface *iface,
			    const char *const *names, size_t n)
{
	int r = 0;

	for (size_t i = 0; i < n * ARRAY_SIZE(route_file_kinds) && r == 0; i++)
		if (names[i % n] && !is_before(names, i % n))
			r = read_route_kind(src, iface, names[i % n], i / n);
	for (size_t i = 0; i < n && r == 0; i++)
		if (names[i] && !is_before(names, i))
			r = read_oldest(src, iface, names[i]);
	return r;
}

int iface_read_routes(const struct source *src, struct iface *iface)
{
	const char *names[IFCFG_CALLED_MAX];
	int r;

	if (source_on(src, "NOROUTESET"))
		return 0;
	r = read_route_files(src, iface, names, ifcfg_called(src->file, names));
	return r == 0 ? read_rule_keys(src, iface) : r;
}

static bool is_unrouted(const struct source *src)
{
	return source_on(src, "NOROUTESET") || alias_is_unrouted(src);
}

int iface_read_label_routes(const struct source *src, struct iface *iface,
			    const char *label)
{
	const char *written = ifcfg_own_value(src->parent, "DEVICE");
	const char *names[] = { label, NULL };

	if (is_unrouted(src))
		return 0;
	if (written)
		names[1] = arena_printf(src->loader->arena, "%s%s", written,
					strchr(label, ':'));
	return read_route_files(src, iface, names, ARRAY_SIZE(names));
}

int iface_read_alias_routes(const struct source *src, struct iface *iface)
{
	const char *name = ifcfg_own_value(src->file, "NAME");
	/* A copy of the interface's file may still have its name. */
	const char *names[IFCFG_CALLED_MAX + 1];
	size_t n = ifcfg_called(src->file, names);
	int r;

	if (is_unrouted(src))
		return 0;
	names[n++] = name && strcmp(name, iface->name) == 0 ? NULL : name;
	r = read_route_files(src, iface, names, n);
	return r == 0 ? read_rule_keys(src, iface) : r;
}
