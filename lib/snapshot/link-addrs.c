/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The addresses of a link, and rules: lists, with hash tables if they are long. */
#include <errno.h>
#include <string.h>

#include "lib/snapshot/listed.h"
#include "lib/snapshot/snapshot.h"

/* ---- addresses ---- */

static uint32_t addr_hash(const struct ip *addr, uint8_t prefix_len)
{
	return hash_bytes(hash_number(HASH_EMPTY, prefix_len), addr->bytes, ip_len(addr));
}

static int list_addr(struct snapshot *snapshot, struct snap_listed *list,
		     struct snap_addr *addr)
{
	return snap_listed_add(list, snapshot->arena,
			       addr_hash(&addr->addr, addr->prefix_len), addr);
}

static int list_addrs(struct snapshot *snapshot, struct snap_link *link)
{
	size_t n = 0;
	int r = 0;

	for (const struct snap_addr *at = link->addrs; at && n < SNAP_LIST_FEW;
	     at = at->next)
		n++;
	if (n < SNAP_LIST_FEW)
		return 0;
	link->listed_addrs = arena_alloc(snapshot->arena, sizeof(*link->listed_addrs));
	if (!link->listed_addrs)
		return -ENOMEM;
	for (struct snap_addr *at = link->addrs; at && r == 0; at = at->next)
		r = list_addr(snapshot, link->listed_addrs, at);
	return r;
}

struct snap_addr *snapshot_add_addr(struct snapshot *snapshot, struct snap_link *link,
				    const struct snap_addr *addr)
{
	struct snap_addr *copy = arena_memdup(snapshot->arena, addr, sizeof(*addr));
	int r;

	if (!copy)
		return NULL;
	copy->next = NULL;
	copy->label = arena_strdup(snapshot->arena, addr->label ? addr->label : "");
	if (!copy->label)
		return NULL;
	if (!link->addrs)
		link->addrs = copy;
	else
		link->last_addr->next = copy;
	link->last_addr = copy;
	r = link->listed_addrs ? list_addr(snapshot, link->listed_addrs, copy)
			       : list_addrs(snapshot, link);
	return r == 0 ? copy : NULL;
}

/* struct addr_key - the key to find an address by */
struct addr_key {
	const struct ip *addr;
	uint8_t prefix_len;
};

static bool is_addr(const void *item, const void *key)
{
	const struct snap_addr *at = item;
	const struct addr_key *wanted = key;

	return at->prefix_len == wanted->prefix_len && ip_equal(&at->addr, wanted->addr);
}

struct snap_addr *snap_link_addr(const struct snap_link *link, const struct ip *addr,
				 uint8_t prefix_len)
{
	const struct addr_key key = { addr, prefix_len };
	struct snap_addr *at = link->addrs;
	void **found;

	if (at && link->listed_addrs) {
		found = snap_listed_find(link->listed_addrs, addr_hash(addr, prefix_len),
					 is_addr, &key);
		return found ? *found : NULL;
	}
	while (at && !is_addr(at, &key))
		at = at->next;
	return at;
}

struct snap_addr *snap_link_drop_addr(struct snap_link *link,
				      const struct snap_addr *addr)
{
	struct snap_addr **at = &link->addrs, *before = NULL;

	while (*at && *at != addr) {
		before = *at;
		at = &(*at)->next;
	}
	if (!*at)
		return NULL;
	if (link->listed_addrs)
		snap_listed_drop(link->listed_addrs,
				 addr_hash(&addr->addr, addr->prefix_len), addr);
	if (link->last_addr == *at)
		link->last_addr = before;
	*at = addr->next;
	return before;
}

int snap_link_mend_addr(struct snapshot *snapshot, struct snap_link *link,
			struct snap_addr *addr, struct snap_addr *before)
{
	struct snap_addr **at = before ? &before->next : &link->addrs;

	addr->next = *at;
	*at = addr;
	if (!addr->next)
		link->last_addr = addr;
	return link->listed_addrs
		       ? snap_listed_add(link->listed_addrs, snapshot->arena,
					 addr_hash(&addr->addr, addr->prefix_len), addr)
		       : 0;
}

void snap_link_drop_addrs(struct snap_link *link)
{
	link->addrs = link->last_addr = NULL;
	link->listed_addrs = NULL;
}

/* ---- rules ---- */

static int list_rules(struct snapshot *snapshot, struct snap_link *link)
{
	size_t n = 0;
	int r = 0;

	for (const struct rule *at = link->rules; at && n < SNAP_LIST_FEW; at = at->next)
		n++;
	if (n < SNAP_LIST_FEW)
		return 0;
	link->listed_rules = arena_alloc(snapshot->arena, sizeof(*link->listed_rules));
	if (!link->listed_rules)
		return -ENOMEM;
	for (struct rule *at = link->rules; at && r == 0; at = at->next)
		r = snap_listed_add(link->listed_rules, snapshot->arena, rule_hash(at),
				    at);
	return r;
}

struct rule *snapshot_add_rule(struct snapshot *snapshot, struct snap_link *link,
			       const struct rule *rule)
{
	struct rule *copy = arena_alloc(snapshot->arena, sizeof(*copy));
	int r;

	if (!copy || !rule_copy(rule, snapshot->arena, copy))
		return NULL;
	if (!link->rules)
		link->rules = copy;
	else
		link->last_rule->next = copy;
	link->last_rule = copy;
	r = link->listed_rules ? snap_listed_add(link->listed_rules, snapshot->arena,
						 rule_hash(copy), copy)
			       : list_rules(snapshot, link);
	return r == 0 ? copy : NULL;
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
	struct rule *at = link->rules;
	void **found;

	if (at && link->listed_rules) {
		found = snap_listed_find(link->listed_rules, rule_hash(rule), is_rule,
					 &key);
		return found ? *found : NULL;
	}
	while (at && !is_rule(at, &key))
		at = at->next;
	return at;
}

struct rule *snap_link_rule(const struct snap_link *link, const struct rule *rule)
{
	return snap_link_rule_that(link, rule, NULL, NULL);
}

struct rule *snap_link_drop_rule(struct snap_link *link, const struct rule *rule)
{
	struct rule **at = &link->rules, *before = NULL;

	while (*at && *at != rule) {
		before = *at;
		at = &(*at)->next;
	}
	if (!*at)
		return NULL;
	if (link->listed_rules)
		snap_listed_drop(link->listed_rules, rule_hash(rule), rule);
	if (link->last_rule == *at)
		link->last_rule = before;
	*at = rule->next;
	return before;
}

int snap_link_mend_rule(struct snapshot *snapshot, struct snap_link *link,
			struct rule *rule, struct rule *before)
{
	struct rule **at = before ? &before->next : &link->rules;

	rule->next = *at;
	*at = rule;
	if (!rule->next)
		link->last_rule = rule;
	return link->listed_rules ? snap_listed_add(link->listed_rules, snapshot->arena,
						    rule_hash(rule), rule)
				  : 0;
}

void snap_link_drop_rules(struct snap_link *link)
{
	link->rules = link->last_rule = NULL;
	link->listed_rules = NULL;
}
