/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes and rules as data: compare and copy. */
#include "lib/model/route.h"

#include <errno.h>
#include <string.h>

#include <linux/fib_rules.h>

#include "lib/base/hash-index.h"
#include "lib/base/text.h"

/* ---- routes ---- */

bool route_same_place(const struct route *a, const struct route *b)
{
	return a->family == b->family && a->table == b->table && a->metric == b->metric &&
	       a->tos == b->tos && a->dst_len == b->dst_len &&
	       ip_equal(&a->dst, &b->dst) && a->from_len == b->from_len &&
	       ip_equal(&a->from, &b->from);
}

/* FNV-1a, over the fields that determine the place. */
uint32_t route_place_hash(const struct route *route)
{
	uint32_t hash = hash_number(HASH_EMPTY, route->family);

	hash = hash_number(hash, route->table);
	hash = hash_number(hash, route->metric);
	hash = hash_number(hash, route->dst_len);
	return hash_bytes(hash, route->dst.bytes, sizeof(route->dst.bytes));
}

static bool hops_equal(const struct route *a, const struct route *b)
{
	if (a->n_hops != b->n_hops)
		return false;
	for (size_t i = 0; i < a->n_hops; i++) {
		const struct route_hop *x = &a->hops[i], *y = &b->hops[i];

		/* Without a device, the kernel finds it by the gateway. */
		if (!ip_equal(&x->gateway, &y->gateway) ||
		    (x->dev && y->dev && strcmp(x->dev, y->dev) != 0) ||
		    x->weight != y->weight || x->onlink != y->onlink)
			return false;
	}
	return true;
}

static bool metrics_equal(const struct route *a, const struct route *b)
{
	if (a->metrics_set != b->metrics_set || a->metrics_locked != b->metrics_locked ||
	    !text_equal(a->congctl, b->congctl))
		return false;
	for (size_t i = 0; i <= RTAX_MAX; i++)
		if (a->metrics_set & 1U << i && a->metrics[i] != b->metrics[i])
			return false;
	return true;
}

bool route_equal(const struct route *a, const struct route *b)
{
	return route_same_place(a, b) && a->type == b->type && a->scope == b->scope &&
	       a->protocol == b->protocol && ip_equal(&a->gateway, &b->gateway) &&
	       a->onlink == b->onlink && ip_equal(&a->source, &b->source) &&
	       a->pref == b->pref && hops_equal(a, b) && metrics_equal(a, b);
}

static bool copy_route_text(const char **text, struct arena *arena)
{
	if (*text)
		*text = arena_strdup(arena, *text);
	return *text;
}

static bool copy_hops(struct route *route, struct arena *arena)
{
	struct route_hop *hops =
		arena_memdup(arena, route->hops, route->n_hops * sizeof(*hops));

	route->hops = hops;
	for (size_t i = 0; i < route->n_hops; i++)
		if (hops[i].dev && !copy_route_text(&hops[i].dev, arena))
			return false;
	return hops;
}

bool route_copy(const struct route *from, struct arena *arena, struct route *ret)
{
	struct route copy = *from;

	copy.next = NULL;
	if ((copy.dev && !copy_route_text(&copy.dev, arena)) ||
	    (copy.congctl && !copy_route_text(&copy.congctl, arena)) ||
	    (copy.n_hops && !copy_hops(&copy, arena)))
		return false;
	*ret = copy;
	return true;
}

bool route_goes_through(const struct route *route, const char *dev)
{
	for (size_t i = 0; i < route->n_hops; i++)
		if (route->hops[i].dev && strcmp(route->hops[i].dev, dev) == 0)
			return true;
	return false;
}

/* ---- rules ---- */

static bool selectors_equal(const struct rule *a, const struct rule *b)
{
	return a->invert == b->invert && a->from_len == b->from_len &&
	       ip_equal(&a->from, &b->from) && a->to_len == b->to_len &&
	       ip_equal(&a->to, &b->to) && text_equal(a->iif, b->iif) &&
	       text_equal(a->oif, b->oif) && a->tos == b->tos &&
	       a->has_fwmark == b->has_fwmark && a->fwmark == b->fwmark &&
	       a->fwmask == b->fwmask && a->ip_proto == b->ip_proto &&
	       a->sport_first == b->sport_first && a->sport_last == b->sport_last &&
	       a->dport_first == b->dport_first && a->dport_last == b->dport_last &&
	       a->has_uids == b->has_uids && a->uid_first == b->uid_first &&
	       a->uid_last == b->uid_last && a->l3mdev == b->l3mdev;
}

uint32_t rule_hash(const struct rule *rule)
{
	uint32_t hash = hash_number(HASH_EMPTY, rule->family);

	hash = hash_number(hash, rule->table);
	hash = hash_number(hash, rule->fwmark);
	hash = hash_number(hash, rule->from_len);
	hash = hash_bytes(hash, rule->from.bytes, ip_len(&rule->from));
	hash = hash_number(hash, rule->to_len);
	return hash_bytes(hash, rule->to.bytes, ip_len(&rule->to));
}

bool rule_equal(const struct rule *a, const struct rule *b)
{
	if ((a->has_priority && b->has_priority && a->priority != b->priority) ||
	    a->has_more || b->has_more)
		return false;
	return a->family == b->family && a->action == b->action && a->table == b->table &&
	       a->goto_priority == b->goto_priority &&
	       a->suppress_prefixlength == b->suppress_prefixlength &&
	       a->suppress_ifgroup == b->suppress_ifgroup && a->protocol == b->protocol &&
	       selectors_equal(a, b);
}

bool rule_copy(const struct rule *from, struct arena *arena, struct rule *ret)
{
	struct rule copy = *from;

	copy.next = NULL;
	if ((copy.iif && !copy_route_text(&copy.iif, arena)) ||
	    (copy.oif && !copy_route_text(&copy.oif, arena)))
		return false;
	*ret = copy;
	return true;
}
