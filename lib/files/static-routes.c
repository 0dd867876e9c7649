/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two files of routes for all interfaces: /etc/sysconfig/static-routes, in the syntax
 * of the old route(8), and /etc/sysconfig/static-routes-ipv6.
 */
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"

/* As set by network-scripts. */
#define IP6_METRIC "1"

static int read_static_file(const struct source *src, const char *name,
			    struct route_lines *ret)
{
	struct loader *loader = src->loader;
	struct companion file = { 0 };
	int r;

	file.path =
		arena_printf(loader->arena, "%s/%s", loader->options->sysconfig, name);
	r = ifcfg_dir_text(&loader->dir, &file, src->diag);
	if (r < 0 || !file.text)
		return r == -ENOENT ? 0 : r;
	return route_file_parse(file.text, file.path, loader->arena, ret);
}

/* Once for all interfaces. */
static int read_static_files(const struct source *src)
{
	struct static_routes *routes = &src->loader->static_routes;
	int r = 0;

	if (!routes->is_read)
		r = read_static_file(src, "static-routes", &routes->ip4);
	if (r == 0 && !routes->is_read)
		r = read_static_file(src, "static-routes-ipv6", &routes->ip6);
	routes->is_read = r == 0;
	return r;
}

/* ---- IPv4 ---- */

/* struct old_route - a line of route(8), as far as it is understood */
struct old_route {
	struct pos pos;
	const char *target, *netmask, *gateway, *dev;
	const char *metric, *mss, *window;
	bool is_host;
};

/* Words that take a value. */
static const struct {
	const char *word;
	size_t offset;
} parts[] = {
	{ "netmask", offsetof(struct old_route, netmask) },
	{ "gw", offsetof(struct old_route, gateway) },
	{ "dev", offsetof(struct old_route, dev) },
	{ "metric", offsetof(struct old_route, metric) },
	{ "mss", offsetof(struct old_route, mss) },
	{ "window", offsetof(struct old_route, window) },
};

static const char **part_of(struct old_route *route, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strcmp(parts[i].word, word) == 0)
			return (const char **)((char *)route + parts[i].offset);
	return NULL;
}

/*
 * "any net 10.0.0.0 netmask 255.0.0.0 gw 192.168.1.1"; a device may follow without a
 * keyword.
 */
static bool understand(const struct route_line *line, struct old_route *ret)
{
	const char **words = line->words + 1;
	const char *kind = *words && **words == '-' ? *words + 1 : *words;

	*ret = (struct old_route){ .pos = line->pos };
	if (!kind || (strcmp(kind, "net") != 0 && strcmp(kind, "host") != 0) || !words[1])
		return false;
	ret->is_host = strcmp(kind, "host") == 0;
	ret->target = words[1];
	for (words += 2; *words; words++) {
		const char **part = part_of(ret, *words);

		if (part && words[1])
			*part = *++words;
		else if (!part && !words[1] && !ret->dev)
			ret->dev = *words;
		else
			return false;
	}
	return ret->gateway || ret->dev;
}

/* For an alias (bond0:1), the interface that it belongs to. */
static bool is_device(const struct source *src, const char *word, const char *name)
{
	const char *own = ifcfg_own_name(&src->loader->dir, word);
	const size_t len = own ? strcspn(own, ":") : 0;

	return own && strlen(name) == len && strncmp(own, name, len) == 0;
}

/* Whether it uses the interface: by its name, or its networks. */
static bool is_through(const struct source *src, const struct old_route *route,
		       const struct iface *iface)
{
	struct ip gateway;

	if (route->dev)
		return is_device(src, route->dev, iface->name);
	return ip_parse(route->gateway, AF_INET, &gateway) == 0 &&
	       iface_has_network(iface, &gateway);
}

/* Without a netmask, route(8) used that of the address's class. */
static const char *network_of(const struct source *src, const struct old_route *route)
{
	struct arena *arena = src->loader->arena;
	struct ip target;

	if (route->is_host || strcmp(route->target, "default") == 0)
		return route->target;
	if (route->netmask)
		return arena_printf(arena, "%s/%s", route->target, route->netmask);
	if (strchr(route->target, '/') || ip_parse(route->target, AF_INET, &target) < 0)
		return route->target;
	return arena_printf(arena, "%s/%u", route->target,
			    ip_is_zero(&target) ? 0 : ip_class_len(&target));
}

/* As a line of a route file. */
static bool translate(const struct source *src, const struct old_route *route,
		      struct route_line *ret)
{
	const char *const words[][2] = { { "via", route->gateway },
					 { "metric", route->metric },
					 { "advmss", route->mss },
					 { "window", route->window } };
	const char *text = network_of(src, route);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i][1])
			text = arena_printf(src->loader->arena, "%s %s %s", text,
					    words[i][0], words[i][1]);
	*ret = (struct route_line){ .pos = route->pos };
	ret->words = source_split(src, NULL, text);
	return ret->words;
}

static void tell_obsolete(const struct source *src, const struct route_line *line,
			  const struct iface *iface)
{
	struct static_routes *routes = &src->loader->static_routes;

	if (routes->is_told)
		return;
	routes->is_told = true;
	diag_warning(src->diag, (struct pos){ line->pos.file, 0 },
		     _("this file is obsolete"));
	diag_hint(src->diag,
		  "write its routes into route-%s, in the words of ip-route(8)",
		  iface->name);
}

static int read_static_ip4(const struct source *src, struct iface *iface)
{
	const struct route_lines *lines = &src->loader->static_routes.ip4;
	struct old_route route;
	struct route_line line;
	int r = 0;

	for (size_t i = 0; i < lines->n && r == 0; i++) {
		if (strcmp(lines->list[i].words[0], "any") != 0)
			continue;
		if (!understand(&lines->list[i], &route)) {
			diag_warning(src->diag, lines->list[i].pos,
				     "route ignored: this is not how route(8) has it");
			diag_hint(src->diag, "it reads like: any net 10.0.0.0 netmask "
					     "255.0.0.0 gw 192.168.1.1");
			continue;
		}
		if (!is_through(src, &route, iface))
			continue;
		tell_obsolete(src, &lines->list[i], iface);
		translate(src, &route, &line);
		r = iface_add_route_line(src, iface, AF_INET, &line, true);
	}
	return r;
}

/* ---- IPv6 ---- */

/* "DEVICE NETWORK GATEWAY", the last of which is optional. */
static int read_ip6_line(const struct source *src, struct iface *iface,
			 const struct route_line *line)
{
	const char *net = line->words[1], *gateway = net ? line->words[2] : NULL;
	struct route_line same = { .pos = line->pos };
	const char *text;

	if (!net || (gateway && line->words[3])) {
		diag_warning(src->diag, line->pos, "route ignored: this is not a route");
		diag_hint(src->diag, "it reads like: %s 2001:db8:1::/48 2001:db8::1",
			  iface->name);
		return 0;
	}
	text = gateway && strcmp(gateway, "::") != 0
		       ? arena_printf(src->loader->arena, "%s via %s metric %s", net,
				      gateway, IP6_METRIC)
		       : arena_printf(src->loader->arena, "%s metric %s", net,
				      IP6_METRIC);
	same.words = source_split(src, NULL, text);
	return iface_add_route_line(src, iface, AF_INET6, &same, true);
}

static int read_static_ip6(const struct source *src, struct iface *iface)
{
	const struct route_lines *lines = &src->loader->static_routes.ip6;
	int r = 0;

	if (source_off(src, "IPV6INIT"))
		return 0;
	for (size_t i = 0; i < lines->n && r == 0; i++)
		if (is_device(src, lines->list[i].words[0], iface->name))
			r = read_ip6_line(src, iface, &lines->list[i]);
	return r;
}

int iface_read_static_routes(const struct source *src, struct iface *iface)
{
	int r = read_static_files(src);

	if (r == 0)
		r = read_static_ip4(src, iface);
	return r == 0 ? read_static_ip6(src, iface) : r;
}
