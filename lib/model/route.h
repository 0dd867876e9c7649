/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/rtnetlink.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/model/addr.h"

/* The metric that the kernel gives an IPv6 route without one: IP6_RT_PRIO_USER. */
#define ROUTE_IP6_METRIC 1024
/*
 * The message about a route that the kernel would refuse, for the files and for the plan.
 */
#define ROUTER_IS_FAR N_("the gateway %s is in no network of %s")
#define ROUTER_IS_FAR_HINT \
	N_("correct it; if it is reached directly all the same, add the word onlink")
/* The metric of the route to the network of an address: IP6_RT_PRIO_ADDRCONF. */
#define ROUTE_IP6_CONNECTED_METRIC 256

/**
 * struct route_hop - a next hop of a multipath route
 * @gateway: AF_UNSPEC for none; @dev: NULL for none
 * @ifindex: of @dev; used by the planner, and 0 elsewhere
 * @weight: 1 to 256, as in ip(8)
 */
struct route_hop {
	struct ip gateway;
	const char *dev;
	int ifindex;
	uint32_t weight;
	bool onlink;
};

/**
 * struct route - a route, as it is wanted or as it is
 * @next: in the list of a link of a snapshot
 * @family: AF_INET or AF_INET6; @dst has it, too
 * @type: RTN_*
 * @dst: the network; all zero with @dst_len 0 for the default route
 * @from, @from_len: IPv6 only: for packets from there; AF_UNSPEC for all
 * @tos: IPv4 only
 * @scope, @protocol: RT_SCOPE_*, RTPROT_*; of an IPv6 route, @scope is always 0
 * @table, @metric: of an IPv6 route, the metric is never 0
 * @dev: NULL for routes without one (blackhole) and for multipath
 * @gateway: AF_UNSPEC for none, or for multipath; it may be IPv6 in an IPv4 route
 * @onlink: the gateway counts as reachable, whatever the addresses say
 * @source: preferred source address, AF_UNSPEC for none
 * @hops, @n_hops: of multipath routes only, then two or more
 * @metrics: by RTAX_*, when the bit of that number is set in @metrics_set; in the units of
 *           the kernel (ms for RTAX_RTT's like); those of @metrics_locked are locked
 * @congctl: congestion control, or NULL
 * @pref: IPv6 only: ICMPV6_ROUTER_PREF_*
 */
struct route {
	struct route *next;
	uint8_t family;
	uint8_t type;
	struct ip dst;
	uint8_t dst_len;
	struct ip from;
	uint8_t from_len;
	uint8_t tos;
	uint8_t scope, protocol;
	uint32_t table, metric;
	const char *dev;
	struct ip gateway;
	bool onlink;
	struct ip source;
	struct route_hop *hops;
	size_t n_hops;
	uint32_t metrics[RTAX_MAX + 1];
	uint32_t metrics_set, metrics_locked;
	const char *congctl;
	uint8_t pref;
};

/* Whether it goes through a router, which another route leads to. */
static inline bool route_has_router(const struct route *route)
{
	return ip_is_set(&route->gateway) || route->n_hops;
}

/**
 * struct rule - a policy rule
 * @next: in the list of a snapshot
 * @family: AF_INET or AF_INET6
 * @action: FR_ACT_TO_TBL and others of linux/fib_rules.h
 * @invert: "not"
 * @priority: if @has_priority; else the kernel chooses one below the lowest
 * @from, @from_len, @to, @to_len: AF_UNSPEC for all
 * @iif, @oif: NULL for any
 * @fwmark, @fwmask: if @has_fwmark
 * @table: for FR_ACT_TO_TBL; @goto_priority: for FR_ACT_GOTO
 * @suppress_prefixlength, @suppress_ifgroup: -1 for none
 * @has_more: the kernel reports properties that are unknown here: it equals no other rule
 * @ip_proto: 0 for any; @sport, @dport: 0 to 0 for any
 */
struct rule {
	struct rule *next;
	uint8_t family;
	uint8_t action;
	bool invert, has_more;
	bool has_priority;
	uint32_t priority;
	struct ip from, to;
	uint8_t from_len, to_len;
	const char *iif, *oif;
	uint8_t tos;
	bool has_fwmark;
	uint32_t fwmark, fwmask;
	uint32_t table, goto_priority;
	int32_t suppress_prefixlength, suppress_ifgroup;
	uint8_t protocol;
	uint8_t ip_proto;
	uint16_t sport_first, sport_last, dport_first, dport_last;
	bool has_uids;
	uint32_t uid_first, uid_last;
	bool l3mdev;
};

/* struct route_name - a number's name, from /etc/iproute2/rt_tables and similar files */
struct route_name {
	const char *name;
	uint32_t number;
};

enum route_namespace {
	NAMES_TABLE,
	NAMES_PROTOCOL,
	NAMES_SCOPE,
	NAMES_DSFIELD,
	NAMES_COUNT,
};

struct model_options;

/**
 * struct route_names - names besides the built-in ones; any of it may be empty
 * @options: their host knows the alternative names of interfaces; borrowed, or NULL
 */
struct route_names {
	const struct model_options *options;
	struct {
		struct route_name *list;
		size_t n, cap;
	} of[NAMES_COUNT];
};

/**
 * route_names_read() - from the files of iproute2
 * @sysconfig: IMAGE/etc/sysconfig for those of an image; by any other name, and for
 *             /etc/sysconfig, they are those of the running system
 * @arena: owns what is read
 *
 * /etc/iproute2/rt_tables and rt_tables.d/ *.conf (also under /usr/share and /usr/lib),
 * rt_protos, rt_scopes, rt_dsfield likewise. A file or a line that cannot be read is
 * skipped, as ip(8) does.
 */
void route_names_read(const char *sysconfig, struct arena *arena,
		      struct route_names *ret);

/* A name or a number. Return: 0, or -EINVAL if it is neither. */
int route_number(const struct route_names *names, enum route_namespace kind,
		 const char *word, uint32_t max, uint32_t *ret);

/**
 * struct words_error - why words are not a route or rule
 * @word: the wrong one; @why: a text, in the arena
 */
struct words_error {
	const char *word;
	const char *why;
	const char *hint; /* or NULL */
};

/**
 * route_parse() - parse the words of `ip route add`, without "add"
 * @family: AF_INET or AF_INET6
 * @words: NULL-terminated; borrowed
 * @names: names of tables and so on
 * @usual: the table of a route without that word, which is the main one for most interfaces
 * @arena: owns what the route points to
 *
 * Unspecified values are filled in as ip(8) and the kernel do, so that equal routes are
 * equal structs: protocol boot; scope link without a gateway; an IPv6 metric of 1024.
 *
 * Return: 0; -EINVAL with @ret_error; -ENOTSUP with it if only ip(8) can parse a word. Spec: ip-route(8); iproute_modify() of iproute2.
 */
int route_parse(int family, const char *const *words, const struct route_names *names,
		uint32_t usual, struct arena *arena, struct route *ret,
		struct words_error *ret_error);

/* Appends words for route_parse(), "default via … dev …"; numbers instead of names. */
void route_format(const struct route *route, struct strbuf *out);

/* Whether its type uses one device: not blackhole, not multipath. */
bool route_has_device(const struct route *route);

/* Whether one of its next hops uses that device. */
bool route_goes_through(const struct route *route, const char *dev);

/* Whether both are the same in everything that files can express, except for @dev. */
bool route_equal(const struct route *a, const struct route *b);

/*
 * Whether the kernel can have only one of the two: same table, destination, metric, and
 * type of service (IPv4) or source network (IPv6).
 */
bool route_same_place(const struct route *a, const struct route *b);

/* A number that is the same for both if route_same_place(). */
uint32_t route_place_hash(const struct route *route);

/* A copy with everything it points to. */
bool route_copy(const struct route *from, struct arena *arena, struct route *ret);

/* The same for rules, with the words of `ip rule add`. */
int rule_parse(int family, const char *const *words, const struct route_names *names,
	       struct arena *arena, struct rule *ret, struct words_error *ret_error);
/* Whether the words of a rule that only ip(8) can parse include its priority. */
bool rule_has_priority(const char *const *words);
/* Appends the words, each after a blank. */
void rule_format(const struct rule *rule, struct strbuf *out);
/* A rule without a priority equals those that do not differ otherwise. */
bool rule_equal(const struct rule *a, const struct rule *b);

/* The same for rules that are equal. */
uint32_t rule_hash(const struct rule *rule);
bool rule_copy(const struct rule *from, struct arena *arena, struct rule *ret);
