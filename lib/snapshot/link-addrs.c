/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The addresses of a link, and rules. */
#include "lib/base/hash-index.h"
#include "lib/snapshot/listed.h"

/* ---- addresses ---- */

static uint32_t addr_hash(const void *item)
{
	const struct snap_addr *addr = item;

	return hash_bytes(hash_number(HASH_EMPTY, addr->prefix_len), addr->addr.bytes,
			  ip_len(&addr->addr));
}

static bool is_addr(const void *item, const void *key)
{
	const struct snap_addr *at = item, *wanted = key;

	return at->prefix_len == wanted->prefix_len && ip_equal(&at->addr, &wanted->addr);
}

const struct listed snap_addrs = { offsetof(struct snap_link, addrs),
				   offsetof(struct snap_link, addr_tail),
				   offsetof(struct snap_addr, next), addr_hash };

struct snap_addr *snapshot_add_addr(struct snapshot *snapshot, struct snap_link *link,
				    const struct snap_addr *addr)
{
	struct snap_addr *copy = arena_memdup(snapshot->arena, addr, sizeof(*addr));

	copy->label = arena_strdup(snapshot->arena, addr->label ? addr->label : "");
	listed_add(&snap_addrs, snapshot, link, copy);
	return copy;
}

struct snap_addr *snap_link_addr(const struct snap_link *link, const struct ip *addr,
				 uint8_t prefix_len)
{
	const struct snap_addr like = { .addr = *addr, .prefix_len = prefix_len };

	return listed_find(&snap_addrs, link, &like, is_addr, &like);
}

bool snap_link_has_addr(const struct snap_link *link, const struct ip *addr)
{
	for (const struct snap_addr *at = link ? link->addrs : NULL; at; at = at->next)
		if (ip_equal(&at->addr, addr))
			return true;
	return false;
}

struct snap_addr *snap_link_drop_addr(struct snap_link *link,
				      const struct snap_addr *addr)
{
	return listed_drop(&snap_addrs, link, addr);
}

void snap_link_drop_addrs(struct snap_link *link)
{
	listed_clear(&snap_addrs, link);
}

/* ---- rules ---- */

static uint32_t hash_of_rule(const void *item)
{
	return rule_hash(item);
}

const struct listed snap_rules = { offsetof(struct snap_link, rules),
				   offsetof(struct snap_link, rule_tail),
				   offsetof(struct rule, next), hash_of_rule };

struct rule *snapshot_add_rule(struct snapshot *snapshot, struct snap_link *link,
			       const struct rule *rule)
{
	struct rule *copy = arena_alloc(snapshot->arena, sizeof(*copy));

	rule_copy(rule, snapshot->arena, copy);
	listed_add(&snap_rules, snapshot, link, copy);
	return copy;
}

/*
 * struct rule_key - the key to find a rule by: @fits, unless it is NULL, must hold for it
 */
struct rule_key {
	const struct rule *rule;
	bool (*fits)(const struct rule *rule, const void *arg);
	const void *arg;
};

static bool is_rule(const void *item, const void *key)
{
	const struct rule_key *wanted = key;

	return rule_equal(item, wanted->rule) &&
	       (!wanted->fits || wanted->fits(item, wanted->arg));
}

struct rule *snap_link_rule_that(const struct snap_link *link, const struct rule *rule,
				 bool (*fits)(const struct rule *rule, const void *arg),
				 const void *arg)
{
	const struct rule_key key = { rule, fits, arg };

	return listed_find(&snap_rules, link, rule, is_rule, &key);
}

struct rule *snap_link_rule(const struct snap_link *link, const struct rule *rule)
{
	return snap_link_rule_that(link, rule, NULL, NULL);
}

struct rule *snap_link_drop_rule(struct snap_link *link, const struct rule *rule)
{
	return listed_drop(&snap_rules, link, rule);
}

void snap_link_drop_rules(struct snap_link *link)
{
	listed_clear(&snap_rules, link);
}
