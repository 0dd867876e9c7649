/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses and routes in the kernel, as nmcli shows them for a device. */
#include "lib/ctl/nm-live.h"

#include <errno.h>
#include <inttypes.h>

/* struct family - the one that is listed */
struct family {
	int af;
	const char *name, *none;
};

static void add_numbered(struct nm *nm, const struct family *family, const char *what,
			 size_t n, const char *value, struct nm_pairs *pairs)
{
	nm_add_pair(nm, pairs,
		    arena_printf(nm->arena, "%s.%s[%zu]", family->name, what, n), value);
}

static void add_addresses(struct nm *nm, const struct family *family,
			  const struct snap_link *link, struct nm_pairs *pairs)
{
	char text[SNAP_ADDR_TEXT_MAX];
	size_t n = 0;

	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (addr->addr.family == family->af)
			add_numbered(nm, family, "ADDRESS", ++n,
				     arena_strdup(nm->arena,
						  snap_addr_format(addr, text)),
				     pairs);
}

static bool is_shown(const struct family *family, const struct route *route)
{
	return route->family == family->af && route->type == RTN_UNICAST &&
	       !ip_is_set(&route->from);
}

static void add_gateway(struct nm *nm, const struct family *family,
			const struct snap_link *link, struct nm_pairs *pairs)
{
	const char *name = arena_printf(nm->arena, "%s.GATEWAY", family->name);
	char text[IP_TEXT_MAX] = "";

	for (const struct route *route = link->routes; route && !*text;
	     route = route->next)
		if (is_shown(family, route) && !route->dst_len &&
		    route->table == RT_TABLE_MAIN && ip_is_set(&route->gateway))
			ip_format(&route->gateway, text);
	nm_add_pair(nm, pairs, name, arena_strdup(nm->arena, text));
}

static void add_route_pair(struct nm *nm, const struct family *family,
			   const struct route *route, size_t n, struct nm_pairs *pairs)
{
	char to[IP_TEXT_MAX], via[IP_TEXT_MAX];
	const char *text =
		arena_printf(nm->arena, "dst = %s, nh = %s, mt = %" PRIu32,
			     ip_format_prefix(&route->dst, route->dst_len, to),
			     ip_is_set(&route->gateway) ? ip_format(&route->gateway, via)
							: family->none,
			     route->metric);

	if (route->table != RT_TABLE_MAIN)
		text = arena_printf(nm->arena, "%s, table=%" PRIu32, text, route->table);
	add_numbered(nm, family, "ROUTE", n, text, pairs);
}

void nm_add_live(struct nm *nm, const struct snap_link *link, struct nm_pairs *pairs)
{
	static const struct family families[] = { { AF_INET, "IP4", "0.0.0.0" },
						  { AF_INET6, "IP6", "::" } };

	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		const struct family *family = &families[i];
		size_t n = 0;

		add_addresses(nm, family, link, pairs);
		add_gateway(nm, family, link, pairs);
		for (const struct route *route = link->routes; route; route = route->next)
			if (is_shown(family, route))
				add_route_pair(nm, family, route, ++n, pairs);
	}
}
