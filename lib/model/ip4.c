/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses and the default route of IPv4. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <strings.h>

#include "lib/base/num.h"
#include "lib/model/ifcfg-keys.h"
#include "lib/model/load.h"
#include "lib/model/rt-names.h"
#include "lib/model/source.h"

/* Defaults of network-scripts, in seconds there. */
#define ARP_WAIT_MS     3000
#define ARP_TRIES       1
#define ARP_TRIES_MAX   100
#define ACD_WAIT_MAX_MS 3600000
#define ADDR_INDEXES    256

/* ---- addresses ---- */

static bool read_prefix(const struct source *src, const char *key, uint8_t *ret)
{
	const char *value = source_value(src, key);
	uint32_t prefix_len;

	if (num_parse_u32(value, 32, &prefix_len) == 0) {
		*ret = (uint8_t)prefix_len;
		return true;
	}
	diag_error(src->diag, source_pos(src, key), "%s='%s' is not a prefix length", key,
		   value);
	diag_hint(src->diag, "it is 0 to 32: 24 stands for 255.255.255.0");
	return false;
}

static bool read_netmask(const struct source *src, const char *key, uint8_t *ret)
{
	const char *value = source_value(src, key);
	int r = ip_parse_netmask(value, ret);

	if (r == 0)
		return true;
	if (r == -EDOM) {
		diag_error(src->diag, source_pos(src, key), "%s=%s has holes", key,
			   value);
		diag_hint(src->diag, "a netmask is ones from the left, then zeros: "
				     "255.255.255.0");
		return false;
	}
	diag_error(src->diag, source_pos(src, key), "%s='%s' is not a netmask", key,
		   value);
	diag_hint(src->diag,
		  "it reads like 255.255.255.0; a prefix length goes into PREFIX");
	return false;
}

static bool read_length(const struct source *src, int index, const char *addr_key,
			struct want_addr *addr)
{
	const char *prefix = source_indexed(src, "PREFIX", index);
	const char *mask = source_indexed(src, "NETMASK", index);
	uint8_t mask_len = 0;

	if (source_value(src, mask) && !read_netmask(src, mask, &mask_len))
		return false;
	if (source_value(src, prefix) && !read_prefix(src, prefix, &addr->prefix_len))
		return false;
	if (source_value(src, prefix) && source_value(src, mask) &&
	    mask_len != addr->prefix_len) {
		diag_warning(src->diag, source_pos(src, mask),
			     "%s=%s is left out: it is a /%u, and %s=%s wins", mask,
			     source_value(src, mask), mask_len, prefix,
			     source_value(src, prefix));
		diag_hint(src->diag, "remove one of the two");
	}
	if (source_value(src, prefix))
		return true;
	addr->prefix_len = source_value(src, mask) ? mask_len : ip_class_len(&addr->addr);
	if (!source_value(src, mask)) {
		diag_warning(src->diag, addr->pos,
			     "%s has neither %s nor %s: taken as a /%u by its class",
			     addr_key, prefix, mask, addr->prefix_len);
		diag_hint(src->diag, "add %s=%u, or what is right", prefix,
			  addr->prefix_len);
	}
	return true;
}

/* It is used as it stands, but with a mistake in it nobody would be reached by it. */
static void judge_broadcast(const struct source *src, const char *key,
			    const struct want_addr *addr)
{
	struct ip usual = ip_broadcast(&addr->addr, addr->prefix_len);
	char text[IP_TEXT_MAX];

	if (ip_same_network(&addr->broadcast, &addr->addr, addr->prefix_len) ||
	    memcmp(addr->broadcast.bytes, "\xff\xff\xff\xff", 4) == 0)
		return;
	diag_warning(src->diag, source_pos(src, key),
		     "%s=%s is not in the network of the address", key,
		     source_value(src, key));
	diag_hint(src->diag, "remove the line, or write %s", ip_format(&usual, text));
}

static bool read_broadcast(const struct source *src, int index, struct want_addr *addr)
{
	const char *key = source_indexed(src, "BROADCAST", index),
		   *value = source_value(src, key);

	/* RFC 3021: the two addresses of a /31 are both hosts; a /32 has no other. */
	if (!value && addr->prefix_len < 31)
		addr->broadcast = ip_broadcast(&addr->addr, addr->prefix_len);
	if (!value)
		return true;
	if (ip_parse(value, AF_INET, &addr->broadcast) == 0) {
		judge_broadcast(src, key, addr);
		return true;
	}
	diag_error(src->diag, source_pos(src, key), "%s='%s' is not an IPv4 address", key,
		   value);
	diag_hint(src->diag, "remove the line: it is worked out from the address");
	return false;
}

/* It has no neighbours, and addresses that count on this host only. */
static bool is_loopback(const struct iface *iface)
{
	return strcmp(iface->name, "lo") == 0;
}

static uint8_t read_scope(const struct source *src, const struct iface *iface)
{
	const char *value = source_value(src, "SCOPE"), *word = value;
	uint8_t scope;

	if (!value)
		return is_loopback(iface) ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
	if (strncmp(word, "scope ", 6) == 0)
		word += 6;
	if (rt_scope_parse(word, &scope) == 0)
		return scope;
	diag_warning(src->diag, source_pos(src, "SCOPE"),
		     "SCOPE='%s' left out: it is not a scope", value);
	diag_hint(src->diag, "it is global, site, link or host");
	return RT_SCOPE_UNIVERSE;
}

static void complain_of_addr(const struct source *src, const char *key, const char *value)
{
	const char *slash = strchr(value, '/');
	struct ip ip6;

	diag_error(src->diag, source_pos(src, key), "%s='%s' is not an IPv4 address", key,
		   value);
	if (slash)
		diag_hint(src->diag, "write %s=%.*s and PREFIX%s=%s", key,
			  (int)(slash - value), value, key + strlen("IPADDR"), slash + 1);
	else if (ip_parse(value, AF_INET6, &ip6) == 0)
		diag_hint(src->diag, "an IPv6 address goes into IPV6ADDR");
	else
		diag_hint(src->diag,
			  "it is four numbers from 0 to 255 with dots between");
}

/* Adding it again would fail. Of an alias, there is nothing left then. */
static bool is_twice(const struct source *src, const char *key,
		     const struct want_addr *addr, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *other = &iface->addrs[i];

		if (other->prefix_len != addr->prefix_len ||
		    !ip_equal(&other->addr, &addr->addr))
			continue;
		if (src->label)
			diag_error(src->diag, addr->pos, "%s:%u has the same address",
				   other->pos.file, other->pos.line);
		else
			diag_warning(src->diag, addr->pos,
				     "%s left out: line %u has it already", key,
				     other->pos.line);
		diag_hint(src->diag, "remove one of the two");
		return true;
	}
	return false;
}

/* ACD_TIMEOUT=0, as NetworkManager has it. */
static bool acd_is_off(const struct source *src)
{
	const char *value = source_value(src, "ACD_TIMEOUT");
	uint32_t ms;

	return value && num_parse_u32(value, UINT32_MAX, &ms) == 0 && !ms;
}

/* Return: 0, also for a bad one, which is told; -ENOMEM. */
static int add_addr(const struct source *src, const char *key, const char *value,
		    int index, struct iface *iface)
{
	struct want_addr addr = { .pos = source_pos(src, key),
				  .label = src->label ? src->label : iface->name,
				  .alias = src->range ? src->range : src->label,
				  .is_asleep = src->is_asleep,
				  .is_unhooked = alias_is_unrouted(src),
				  .scope = RT_SCOPE_UNIVERSE };

	if (ip_parse(value, AF_INET, &addr.addr) < 0) {
		complain_of_addr(src, key, value);
		return 0;
	}
	if (ip_is_zero(&addr.addr)) {
		diag_warning(src->diag, addr.pos, "%s=%s left out: it is no address", key,
			     value);
		diag_hint(src->diag, "without an address, there is no such line");
		return 0;
	}
	if (!read_length(src, index, key, &addr) || !read_broadcast(src, index, &addr) ||
	    is_twice(src, key, &addr, iface))
		return 0;
	addr.scope = read_scope(src, iface);
	addr.check = !is_loopback(iface) && source_switched_on(src, "ARPCHECK", index) &&
		     !acd_is_off(src);
	addr.announce =
		!is_loopback(iface) && source_switched_on(src, "ARPUPDATE", index);
	/* As the kernel has 127.0.0.1/8 there, whatever BROADCAST says. */
	if (is_loopback(iface))
		addr.broadcast = (struct ip){ 0 };
	return ARENA_PUSH(src->loader->arena, iface->addrs, iface->n_addrs,
			  iface->addrs_cap, addr);
}

int iface_add_addr(const struct source *src, const char *key, const char *value,
		   struct iface *iface)
{
	return add_addr(src, key, value, -1, iface);
}

static int read_addr(const struct source *src, int index, struct iface *iface)
{
	const char *key = source_indexed(src, "IPADDR", index), *value;

	if (!key)
		return -ENOMEM;
	value = source_value(src, key);
	return value ? add_addr(src, key, value, index, iface) : 0;
}

/* network-scripts let 0 and 1 be missing, and stopped at the first gap behind. */
static void judge_gap(const struct source *src, int before, int index)
{
	const char *key = source_indexed(src, "IPADDR", index);

	if (index <= 2 || before == index - 1 || !key || !source_value(src, key))
		return;
	diag_warning(
		src->diag, source_pos(src, key),
		"%s is used, though there is no IPADDR%d: network-scripts left it out",
		key, index - 1);
	diag_hint(src->diag, "number the addresses without gaps");
}

int iface_read_addrs(const struct source *src, struct iface *iface)
{
	int r = read_addr(src, -1, iface), index = -1, before = -1;

	while (r == 0 && source_next_index(src, "IPADDR", ADDR_INDEXES, &index)) {
		judge_gap(src, before, index);
		r = read_addr(src, index, iface);
		before = index;
	}
	return r;
}

/* Any text suppresses the route, as under network-scripts: also NOZEROCONF=no. */
static void read_zeroconf(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "NOZEROCONF");

	iface->zeroconf = !value && !is_loopback(iface);
	if (!value || !ifcfg_is_false(value))
		return;
	diag_warning(
		src->diag, source_pos(src, "NOZEROCONF"),
		"NOZEROCONF=%s suppresses the 169.254.0.0/16 route, as any text does",
		value);
	diag_hint(src->diag,
		  "remove the line to have the route, or write NOZEROCONF=yes");
}

static uint32_t read_tries(const struct source *src)
{
	const char *value = source_value(src, "ARPING_TRIES");
	uint32_t tries;

	if (!value)
		return ARP_TRIES;
	if (num_parse_u32(value, ARP_TRIES_MAX, &tries) == 0 && tries)
		return tries;
	diag_warning(src->diag, source_pos(src, "ARPING_TRIES"),
		     "ARPING_TRIES='%s' left out: it is not a number of tries", value);
	diag_hint(src->diag, "it is 1 to %d", ARP_TRIES_MAX);
	return ARP_TRIES;
}

/*
 * It is worked out from the first address; network-scripts compared the gateway with what
 * stands here, and left it out when they differed.
 */
static void judge_network(const struct source *src, const struct iface *iface)
{
	const char *value = ifcfg_own_value(src->file, "NETWORK");
	const struct want_addr *first = iface->addrs;
	struct ip written, network;
	char text[IP_TEXT_MAX];

	if (!value || !iface->n_addrs || first->addr.family != AF_INET)
		return;
	network = ip_network(&first->addr, first->prefix_len);
	if (ip_parse(value, AF_INET, &written) == 0 && ip_equal(&written, &network))
		return;
	diag_warning(src->diag, source_pos(src, "NETWORK"),
		     "NETWORK=%s left out: the network of the first address is %s", value,
		     ip_format_prefix(&network, first->prefix_len, text));
	diag_hint(src->diag, "remove the line: it is worked out from the address");
}

/* NetworkManager's spelling, in milliseconds; 0 says that nobody is asked. */
static bool read_acd_timeout(const struct source *src, uint32_t *ret)
{
	const char *value = source_value(src, "ACD_TIMEOUT");

	if (!value || strcmp(value, "-1") == 0)
		return false;
	if (num_parse_u32(value, ACD_WAIT_MAX_MS, ret) == 0)
		return true;
	diag_warning(src->diag, source_pos(src, "ACD_TIMEOUT"),
		     "ACD_TIMEOUT='%s' left out: it is not a number of milliseconds",
		     value);
	diag_hint(src->diag, "it is 0 to %d, and 0 means that nobody is asked",
		  ACD_WAIT_MAX_MS);
	return false;
}

static void read_arp(const struct source *src, struct iface *iface)
{
	uint32_t acd_ms;

	iface->arp_wait_ms = source_seconds(src, "ARPING_WAIT", ARP_WAIT_MS);
	iface->arp_tries = read_tries(src);
	if (!read_acd_timeout(src, &acd_ms))
		return;
	iface->arp_wait_ms = acd_ms;
}

int iface_read_ip4(const struct source *src, struct iface *iface)
{
	int r;

	read_zeroconf(src, iface);
	read_arp(src, iface);
	if (iface_dhcp(iface, DHCP_IP4))
		return 0;
	r = iface_read_addrs(src, iface);
	judge_network(src, iface);
	return r == 0 ? iface_read_default_route(src, iface) : r;
}
