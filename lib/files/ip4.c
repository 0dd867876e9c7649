/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses and the default route of IPv4. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/key-slips.h"
#include "lib/files/loader.h"
#include "lib/files/source.h"
#include "lib/model/rt-names.h"

/* Defaults of network-scripts, which has them in seconds. */
#define ARP_WAIT_MS     3000
#define ARP_TRIES       1
#define ARP_TRIES_MAX   100
#define ACD_WAIT_MAX_MS 3600000
#define ADDR_INDEXES    256

/* ---- addresses ---- */

/* With or without a prefix length after it. */
static bool parse_ip4_addr(const struct source *src, const char *value, struct ip *ret,
			   const char **ret_length)
{
	const char *slash = strchr(value, '/');
	const char *addr =
		slash ? arena_strndup(src->loader->arena, value, (size_t)(slash - value))
		      : value;

	*ret_length = slash ? slash + 1 : NULL;
	return addr && ip_parse(addr, AF_INET, ret) == 0;
}

static bool has_usable(const struct source *src, int index)
{
	const char *key = source_indexed(src, "IPADDR", index), *length;
	const char *value = key ? source_value(src, key) : NULL;
	struct ip addr;

	return value && parse_ip4_addr(src, value, &addr, &length) && !ip_is_zero(&addr);
}

/*
 * A bad address is an error if the interface has no other IPv4 address. For an alias, the
 * reader of the alias decides.
 */
static enum diag_grade ip4_grade(const struct source *src, int index)
{
	if (src->label || src->range)
		return DIAG_ERROR;
	if (index != -1 && has_usable(src, -1))
		return DIAG_WARNING;
	for (int other = -1; source_next_index(src, "IPADDR", ADDR_INDEXES, &other);)
		if (other != index && has_usable(src, other))
			return DIAG_WARNING;
	return DIAG_ERROR;
}

/*
 * The two keys for a prefix length. ip(8) accepted a netmask as a length, too, and a
 * length in NETMASK is just as clear.
 */
static const struct length_key {
	const char *key, *what, *hint;
} length_keys[] = {
	{ "PREFIX", N_("a prefix length"),
	  N_("it is 0 to 32: 24 stands for 255.255.255.0") },
	{ "NETMASK", N_("a netmask"),
	  N_("it reads like 255.255.255.0: ones from the left, then zeros") },
};

static bool parse_length(const char *value, uint8_t *ret)
{
	uint32_t len;

	if (num_parse_u32(value, 32, &len) < 0)
		return ip_parse_netmask(value, ret) == 0;
	*ret = (uint8_t)len;
	return true;
}

/* struct length - the prefix length of an address, from PREFIX or NETMASK */
struct length {
	const char *key, *value;
	bool is_good;
	uint8_t len;
};

static struct length find_length(const struct source *src, const char *key, int index)
{
	struct length length = { .key = source_indexed(src, key, index) };

	length.value = length.key ? source_value(src, length.key) : NULL;
	length.is_good = length.value && parse_length(length.value, &length.len);
	return length;
}

static void complain_of_length(const struct source *src, enum diag_grade grade,
			       const struct length *length, const struct length_key *row)
{
	uint8_t len;

	if (ip_parse_netmask(length->value, &len) == -EDOM)
		diag_add(src->diag, grade, source_pos(src, length->key),
			 "%s=%s has holes", length->key, length->value);
	else
		diag_add(src->diag, grade, source_pos(src, length->key),
			 "%s='%s' is not %s", length->key, length->value, _(row->what));
	diag_hint(src->diag, "%s", _(row->hint));
}

static void judge_lengths(const struct source *src, const struct length *used,
			  const struct length *other)
{
	if (!used->value || !other->is_good || used->len == other->len)
		return;
	diag_warning(src->diag, source_pos(src, other->key),
		     "%s=%s ignored: it is a /%u, and %s=%s takes precedence", other->key,
		     other->value, other->len, used->key, used->value);
	diag_hint(src->diag, "remove one of the two");
}

static void guess_length(const struct source *src, const char *addr_key,
			 const struct length *prefix, const struct length *mask,
			 struct want_addr *addr)
{
	addr->prefix_len = ip_class_len(&addr->addr);
	if (iface_is_lost(src->file, prefix->key) || iface_is_lost(src->file, mask->key))
		return; /* which is reported */
	diag_warning(src->diag, addr->pos,
		     "%s has neither %s nor %s: taken as a /%u by its class", addr_key,
		     prefix->key, mask->key, addr->prefix_len);
	diag_hint(src->diag, "add %s=%u, or what is right", prefix->key,
		  addr->prefix_len);
}

/* Whether a prefix length written after the address, if there is one, is valid. */
static bool read_written_length(const struct source *src, const char *addr_key,
				const char *text, int index, struct want_addr *addr)
{
	if (!parse_length(text, &addr->prefix_len)) {
		diag_add(src->diag, ip4_grade(src, index), addr->pos,
			 "%s='%s' is not an IPv4 address", addr_key,
			 source_value(src, addr_key));
		diag_hint(src->diag, "'%s' is not a prefix length", text);
		return false;
	}
	diag_warning(src->diag, addr->pos, "%s=%s is read as an address and its length",
		     addr_key, source_value(src, addr_key));
	diag_hint(src->diag, "write the length as PREFIX%s=%u",
		  addr_key + strlen("IPADDR"), addr->prefix_len);
	return true;
}

static bool read_ip4_length(const struct source *src, int index, const char *addr_key,
			    const char *written, struct want_addr *addr)
{
	const struct length prefix = find_length(src, "PREFIX", index);
	const struct length mask = find_length(src, "NETMASK", index);
	const struct length *const used = prefix.is_good ? &prefix : &mask;
	const bool is_known = prefix.is_good || mask.is_good;
	const enum diag_grade grade = is_known ? DIAG_WARNING : ip4_grade(src, index);

	if (prefix.value && !prefix.is_good)
		complain_of_length(src, grade, &prefix, &length_keys[0]);
	if (mask.value && !mask.is_good && (is_known || !prefix.value))
		complain_of_length(src, grade, &mask, &length_keys[1]);
	if (is_known) {
		addr->prefix_len = used->len;
		judge_lengths(src, used, used == &prefix ? &mask : &prefix);
		return true;
	}
	if (prefix.value || mask.value)
		return false;
	if (written)
		return read_written_length(src, addr_key, written, index, addr);
	guess_length(src, addr_key, &prefix, &mask, addr);
	return true;
}

/* It is used as written, but a mistake in it would make broadcasts reach nobody. */
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

static void read_broadcast(const struct source *src, int index, struct want_addr *addr)
{
	const char *key = source_indexed(src, "BROADCAST", index),
		   *value = source_value(src, key);

	addr->asks_broadcast = value && ip_parse(value, AF_INET, &addr->broadcast) == 0;
	if (addr->asks_broadcast) {
		judge_broadcast(src, key, addr);
		return;
	}
	/*
	 * RFC 3021: the two addresses of a /31 are both hosts; a /32 has no other
	 * address.
	 */
	if (addr->prefix_len < 31)
		addr->broadcast = ip_broadcast(want_addr_network(addr), addr->prefix_len);
	if (!value)
		return;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not an IPv4 address", key, value);
	diag_hint(src->diag, "remove the line: it is computed from the address");
}

/* It has no neighbours, and its addresses are valid only on this host. */
static bool is_loopback(const struct iface *iface)
{
	return strcmp(iface->name, "lo") == 0;
}

/*
 * The kernel accepts the first and the last address of a network, but neighbours take the
 * last for a broadcast, and the first as well before Linux 5.14. The loopback may have a whole
 * network; with a peer, the length is that of the peer's network.
 */
static void judge_host(const struct source *src, const struct iface *iface,
		       const struct want_addr *addr)
{
	struct ip first = ip_network(&addr->addr, addr->prefix_len),
		  last = ip_broadcast(&addr->addr, addr->prefix_len);
	const bool is_first = ip_equal(&addr->addr, &first),
		   is_last = ip_equal(&addr->addr, &last);
	char own[IP_TEXT_MAX], network[IP_TEXT_MAX], from[IP_TEXT_MAX], to[IP_TEXT_MAX];

	if (addr->prefix_len >= 31 || (!is_first && !is_last) || is_loopback(iface) ||
	    ip_is_set(&addr->peer))
		return;
	diag_warning(src->diag, addr->pos, "%s is the %s address of %s/%u",
		     ip_format(&addr->addr, own), is_first ? "network" : "broadcast",
		     ip_format(&first, network), addr->prefix_len);
	first.bytes[3]++;
	last.bytes[3]--;
	diag_hint(src->diag,
		  "write an address from %s to %s, or correct the prefix length",
		  ip_format(&first, from), ip_format(&last, to));
}

/* ---- SCOPE, which network-scripts added to the words of `ip address add` ---- */

/* Like ip(8): 127.0.0.0/8 is useless elsewhere. Aliases of lo are visible to others. */
static uint8_t default_scope(const struct source *src, const struct iface *iface,
			     const struct ip *addr)
{
	const bool is_for_host =
		addr->bytes[0] == 127 || (is_loopback(iface) && !src->label);

	return is_for_host ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
}

/* The prefix length belongs to the network of the peer, which is usually alone in it. */
static bool read_peer(const struct source *src, const char *word, struct want_addr *addr)
{
	const char *length;
	struct ip peer;
	uint8_t len = 32;

	if (!word || !parse_ip4_addr(src, word, &peer, &length) ||
	    (length && !parse_length(length, &len)))
		return false;
	addr->prefix_len = len;
	if (!ip_equal(&peer, &addr->addr))
		addr->peer = peer;
	return true;
}

/* Return: the word that is unknown, or NULL. */
static const char *read_scope_words(const struct source *src, const char *const *words,
				    struct want_addr *addr)
{
	for (; *words; words++) {
		const bool is_peer = strcmp(*words, "peer") == 0;

		if (is_peer || (strcmp(*words, "scope") == 0 && words[1]))
			words++;
		if (is_peer ? !read_peer(src, *words, addr)
			    : rt_scope_parse(*words, &addr->scope) < 0)
			return *words ? *words : "peer";
	}
	return NULL;
}

static void read_scope(const struct source *src, const struct iface *iface,
		       struct want_addr *addr)
{
	const char *value = source_value(src, "SCOPE"), *wrong;
	const char **words = value ? source_split(src, NULL, value) : NULL;

	addr->scope = default_scope(src, iface, &addr->addr);
	if (!words)
		return;
	wrong = read_scope_words(src, words, addr);
	if (!wrong)
		return;
	diag_warning(src->diag, source_pos(src, "SCOPE"),
		     "SCOPE: '%s' ignored: it is not a scope, nor an address after peer",
		     wrong);
	diag_hint(src->diag, "write global, site, link or host, or \"peer 192.0.2.1\"");
}

/* With or without a prefix length. */
static bool is_ip6(const struct source *src, const char *value)
{
	const char *text = arena_strndup(src->loader->arena, value, strcspn(value, "/"));
	struct ip ip6;

	return ip_parse(text, AF_INET6, &ip6) == 0;
}

/* Two or more IPv4 addresses. */
static bool is_list(const struct source *src, const char *value)
{
	static const char *const between = " \t,;";
	const size_t len = strcspn(value, between);
	const char *second = value + len + strspn(value + len, between);
	struct arena *arena = src->loader->arena;
	const char *texts[] = { arena_strndup(arena, value, strcspn(value, " \t,;/")),
				arena_strndup(arena, second, strcspn(second, " \t,;/")) };
	struct ip ip;

	return texts[0] && texts[1] && ip_parse(texts[0], AF_INET, &ip) == 0 &&
	       ip_parse(texts[1], AF_INET, &ip) == 0;
}

static void complain_of_ip4(const struct source *src, enum diag_grade grade,
			    const char *key, const char *value)
{
	const char *zeros = ip_slip_hint(value, src->loader->arena);

	diag_add(src->diag, grade, source_pos(src, key), "%s='%s' is not an IPv4 address",
		 key, value);
	if (is_ip6(src, value))
		diag_hint(src->diag, "an IPv6 address goes into IPV6ADDR");
	else if (is_list(src, value))
		diag_hint(src->diag, "each address has a key of its own: IPADDR, "
				     "IPADDR1, IPADDR2, with PREFIX, PREFIX1, PREFIX2");
	else if (dhcp_is_meant(value))
		diag_hint(src->diag, "write BOOTPROTO=dhcp, without IPADDR");
	else
		diag_hint(
			src->diag, "%s",
			zeros ? zeros
			      : _("it is four numbers from 0 to 255 with dots between"));
}

/* Adding it again would fail. An alias then has nothing left. */
static bool is_ip4_twice(const struct source *src, const char *key,
			 const struct want_addr *addr, const struct iface *iface)
{
	const struct want_addr *other;
	size_t at = 0;

	while ((other = iface_next_addr(iface, &addr->addr, &at))) {
		if (other->prefix_len != addr->prefix_len)
			continue;
		if (src->label)
			diag_error(src->diag, addr->pos, "%s:%u has the same address",
				   other->pos.file, other->pos.line);
		else
			diag_warning(src->diag, addr->pos,
				     "%s ignored: line %u has it already", key,
				     other->pos.line);
		diag_hint(src->diag, "remove one of the two");
		return true;
	}
	return false;
}

/* ACD_TIMEOUT=0, NetworkManager's key. */
static bool acd_is_off(const struct source *src)
{
	const char *value = source_value(src, "ACD_TIMEOUT");
	uint32_t ms;

	return value && num_parse_u32(value, UINT32_MAX, &ms) == 0 && !ms;
}

static void add_ip4_addr(const struct source *src, const char *key, const char *value,
			 int index, struct iface *iface)
{
	struct want_addr addr = { .pos = source_pos(src, key),
				  .label = src->label ? src->label : iface->name,
				  .alias = source_alias(src),
				  .is_asleep = src->is_asleep,
				  .is_unhooked = alias_is_unrouted(src) };
	const char *written;

	if (!parse_ip4_addr(src, value, &addr.addr, &written)) {
		complain_of_ip4(src, ip4_grade(src, index), key, value);
		iface->lacks_addr = true;
		return;
	}
	if (ip_is_zero(&addr.addr)) {
		diag_warning(src->diag, addr.pos, "%s=%s ignored: it is not an address",
			     key, value);
		diag_hint(src->diag, "without an address, the line has no effect");
		return;
	}
	if (!read_ip4_length(src, index, key, written, &addr)) {
		iface->lacks_addr = true;
		return;
	}
	read_scope(src, iface, &addr);
	if (is_ip4_twice(src, key, &addr, iface))
		return;
	judge_host(src, iface, &addr);
	read_broadcast(src, index, &addr);
	addr.check = !is_loopback(iface) && source_switched_on(src, "ARPCHECK", index) &&
		     !acd_is_off(src);
	addr.announce =
		!is_loopback(iface) && source_switched_on(src, "ARPUPDATE", index);
	/* The kernel sets 127.0.0.1/8 without one, whatever BROADCAST says. */
	if (is_loopback(iface) && !src->label)
		addr.broadcast = (struct ip){ 0 };
	iface_push_addr(src->loader->arena, iface, &addr);
}

void iface_add_addr(const struct source *src, const char *key, const char *value,
		    struct iface *iface)
{
	add_ip4_addr(src, key, value, -1, iface);
}

static void read_ip4_addr(const struct source *src, int index, struct iface *iface)
{
	const char *key = source_indexed(src, "IPADDR", index), *value;

	value = source_value(src, key);
	if (!value)
		iface->lacks_addr |= iface_is_lost(src->file, key);
	if (value)
		add_ip4_addr(src, key, value, index, iface);
}

/*
 * network-scripts allowed 0 and 1 to be missing, and stopped at the first gap after them.
 */
static void judge_gap(const struct source *src, int before, int index)
{
	const char *key = source_indexed(src, "IPADDR", index);

	if (index <= 2 || before == index - 1 || !key || !source_value(src, key))
		return;
	diag_warning(
		src->diag, source_pos(src, key),
		"%s is used, though there is no IPADDR%d: network-scripts ignored it",
		key, index - 1);
	diag_hint(src->diag, "number the addresses without gaps");
}

void iface_read_addrs(const struct source *src, struct iface *iface)
{
	int index = -1, before = -1;

	read_ip4_addr(src, -1, iface);
	while (source_next_index(src, "IPADDR", ADDR_INDEXES, &index)) {
		const size_t n_addrs = iface->n_addrs;

		read_ip4_addr(src, index, iface);
		if (iface->n_addrs > n_addrs)
			judge_gap(src, before, index);
		before = index;
	}
}

/* Any text suppresses the route, as with network-scripts: also NOZEROCONF=no. */
static void read_zeroconf(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "NOZEROCONF");

	iface->zeroconf =
		!value && !is_loopback(iface) && !link_kinds[iface->kind].has_hosts;
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
		     "ARPING_TRIES='%s' ignored: it is not a number of tries", value);
	diag_hint(src->diag, "it is 1 to %d", ARP_TRIES_MAX);
	return ARP_TRIES;
}

/*
 * It is derived from the first address; network-scripts compared the gateway with this
 * value, and ignored it if they differed.
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
		     "NETWORK=%s ignored: the network of the first address is %s", value,
		     ip_format_prefix(&network, first->prefix_len, text));
	diag_hint(src->diag, "remove the line: it is computed from the address");
}

/* NetworkManager's key, in milliseconds; 0 disables the check. */
static bool read_acd_timeout(const struct source *src, uint32_t *ret)
{
	const char *value = source_value(src, "ACD_TIMEOUT");

	if (!value || strcmp(value, "-1") == 0)
		return false;
	if (num_parse_u32(value, ACD_WAIT_MAX_MS, ret) == 0)
		return true;
	diag_warning(src->diag, source_pos(src, "ACD_TIMEOUT"),
		     "ACD_TIMEOUT='%s' ignored: it is not a number of milliseconds",
		     value);
	diag_hint(src->diag, "it is 0 to %d, and 0 disables the probe", ACD_WAIT_MAX_MS);
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
	read_zeroconf(src, iface);
	read_arp(src, iface);
	if (iface_dhcp(iface, DHCP_IP4))
		return 0;
	iface_read_addrs(src, iface);
	judge_network(src, iface);
	return iface_read_default_route(src, iface);
}
