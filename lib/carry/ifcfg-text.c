/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes lines of ifcfg files. */
#include "lib/carry/ifcfg-text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>

#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/model/rt-names.h"
#include "lib/snapshot/snapshot.h"
#include "parsers/shellvar-edit.h"

int ip_net_parse(const char *text, struct ip_net *ret)
{
	const char *slash = strchr(text, '/');
	char before[IP_TEXT_MAX];
	uint32_t len, max;
	struct ip addr;

	if (!slash || (size_t)(slash - text) >= sizeof(before))
		return -EINVAL;
	snprintf(before, sizeof(before), "%.*s", (int)(slash - text), text);
	if (ip_parse(before, AF_UNSPEC, &addr) < 0)
		return -EINVAL;
	max = addr.family == AF_INET ? 32 : 128;
	if (num_parse_u32(slash + 1, max, &len) < 0)
		return -EINVAL;
	*ret = (struct ip_net){ .addr = addr, .prefix_len = (uint8_t)len };
	return 0;
}

struct ip_net ip_net_of(const struct snap_addr *addr, const char *device,
			struct strbuf *routes6)
{
	struct ip_net net = { .addr = addr->addr,
			      .prefix_len = addr->prefix_len,
			      .peer = addr->peer,
			      .scope = addr->scope };
	const struct ip usual = ip_broadcast(&addr->addr, addr->prefix_len);
	struct ip network;
	const char *colon = addr->label ? strchr(addr->label, ':') : NULL;
	char text[IP_TEXT_MAX];

	if (net.addr.family == AF_INET6 && ip_is_set(&net.peer)) {
		network = ip_network(&net.peer, net.prefix_len);
		strbuf_addf(routes6, "%s dev %s\n",
			    ip_format_prefix(&network, net.prefix_len, text), device);
		net.prefix_len = 128;
		net.peer = (struct ip){ 0 };
	}
	if (net.addr.family == AF_INET && ip_is_set(&addr->broadcast) &&
	    !ip_equal(&usual, &addr->broadcast))
		net.broadcast = addr->broadcast;
	if (net.addr.family == AF_INET && colon && colon[1])
		net.tail = colon + 1;
	return net;
}

void ifcfg_text_key(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, "%s=", key);
	shellvar_quote(value, out);
	strbuf_addc(out, '\n');
}

void ifcfg_text_keyf(struct strbuf *out, const char *key, const char *fmt, ...)
{
	_cleanup_free_ char *value = NULL;
	va_list args;

	va_start(args, fmt);
	value = memory_vprintf(fmt, args);
	va_end(args);
	ifcfg_text_key(out, key, value);
}

void ifcfg_text_kind(struct strbuf *out, enum iface_kind kind)
{
	ifcfg_text_key(out, "TYPE", link_kinds[kind].type);
	if (link_kinds[kind].sign)
		ifcfg_text_key(out, link_kinds[kind].sign, "yes");
}

void ifcfg_text_vlan_flags(struct strbuf *out, uint32_t flags)
{
	if (!(flags & VLAN_FLAG_REORDER_HDR))
		ifcfg_text_key(out, "REORDER_HDR", "no");
	if (flags & VLAN_FLAG_GVRP)
		ifcfg_text_key(out, "GVRP", "yes");
	if (flags & VLAN_FLAG_MVRP)
		ifcfg_text_key(out, "MVRP", "yes");
	if (flags & VLAN_FLAG_LOOSE_BINDING)
		ifcfg_text_key(out, "VLAN_FLAGS", "LOOSE_BINDING");
}

static void add_ip4_keys(struct strbuf *out, const struct ip_net *net, size_t index)
{
	char text[IP_TEXT_MAX], number[24] = "";

	if (index)
		snprintf(number, sizeof(number), "%zu", index);
	strbuf_addf(out, "IPADDR%s=%s\n", number, ip_format(&net->addr, text));
	strbuf_addf(out, "PREFIX%s=%u\n", number, net->prefix_len);
	if (ip_is_set(&net->broadcast))
		strbuf_addf(out, "BROADCAST%s=%s\n", number,
			    ip_format(&net->broadcast, text));
}

static void add_ip6_keys(struct strbuf *out, const struct ip_net *addrs, size_t n)
{
	_cleanup_strbuf_ struct strbuf more = STRBUF_EMPTY;
	char text[IP_TEXT_MAX];
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		if (addrs[i].addr.family != AF_INET6)
			continue;
		ip_format_prefix(&addrs[i].addr, addrs[i].prefix_len, text);
		if (!found++)
			strbuf_addf(out, "IPV6INIT=yes\nIPV6ADDR=%s\n", text);
		else
			strbuf_addf(&more, "%s%s", more.len ? " " : "", text);
	}
	if (more.len)
		ifcfg_text_key(out, "IPV6ADDR_SECONDARIES", strbuf_text(&more));
}

/* Addresses with a label have files of their own. */
static const struct ip_net *first_ip4(const struct ip_net *addrs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (addrs[i].addr.family == AF_INET && !addrs[i].tail)
			return &addrs[i];
	return NULL;
}

/* The scope that ifup gives it by default. */
static bool has_usual_scope(const struct ip_net *net)
{
	return net->scope ==
	       (net->addr.bytes[0] == 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE);
}

bool ifcfg_text_fits(const struct ip_net *addrs, size_t n, size_t i)
{
	const struct ip_net *first = first_ip4(addrs, n);

	return addrs[i].addr.family != AF_INET ||
	       (!addrs[i].tail && ip_equal(&addrs[i].peer, &first->peer) &&
		(addrs[i].scope == first->scope ||
		 (has_usual_scope(&addrs[i]) && has_usual_scope(first))));
}

static void add_scope(struct strbuf *out, const struct ip_net *net)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	char text[IP_TEXT_MAX], name[RT_NAME_MAX];

	if (ip_is_set(&net->peer))
		strbuf_addf(&words, "peer %s",
			    net->prefix_len == 32
				    ? ip_format(&net->peer, text)
				    : ip_format_prefix(&net->peer, net->prefix_len,
						       text));
	if (!has_usual_scope(net))
		strbuf_addf(&words, "%sscope %s", words.len ? " " : "",
			    rt_scope_format(net->scope, name));
	if (words.len)
		ifcfg_text_key(out, "SCOPE", strbuf_text(&words));
}

void ifcfg_text_addrs(struct strbuf *out, const struct ip_net *addrs, size_t n)
{
	const struct ip_net *first = first_ip4(addrs, n);
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (addrs[i].addr.family == AF_INET)
			add_ip4_keys(out, &addrs[i], found++);
	if (first)
		add_scope(out, first);
	add_ip6_keys(out, addrs, n);
}

void ifcfg_text_gateway(struct strbuf *out, const struct ip *gateway)
{
	char text[IP_TEXT_MAX];

	ifcfg_text_key(out, gateway->family == AF_INET ? "GATEWAY" : "IPV6_DEFAULTGW",
		       ip_format(gateway, text));
}
