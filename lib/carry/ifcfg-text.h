/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "lib/model/addr.h"
#include "lib/model/link-kind.h"

struct snap_addr;

/**
 * struct ip_net - an address with the length of its network's prefix, and perhaps a peer
 * @scope: RT_SCOPE_*, of IPv4
 * @broadcast: of IPv4, if it is another one than usual
 * @tail: of its label, what is after the ':', borrowed from the address; NULL when it has none
 *        of its own
 */
struct ip_net {
	struct ip addr;
	uint8_t prefix_len;
	struct ip peer;
	uint8_t scope;
	struct ip broadcast;
	const char *tail;
};

/**
 * ip_net_of() - what files can say of an address that the kernel has
 * @device: whose address it is from now on
 * @routes6: gets the route to a peer of IPv6, which no key has: the address is one without a
 *           network then, and the same hosts are reached
 */
struct ip_net ip_net_of(const struct snap_addr *addr, const char *device,
			struct strbuf *routes6);

/* Parses "192.168.1.22/24". Return: 0; -EINVAL if it is not an address. */
int ip_net_parse(const char *text, struct ip_net *ret);

/* Appends "KEY=value" as a line, quoted if necessary. */
void ifcfg_text_key(struct strbuf *out, const char *key, const char *value);
void ifcfg_text_keyf(struct strbuf *out, const char *key, const char *fmt, ...)
	_printf_(3, 4);

/* Appends the keys that say of what kind a link is. */
void ifcfg_text_kind(struct strbuf *out, enum iface_kind kind);

/* Appends the keys of VLAN_FLAG_* that are not as usual. */
void ifcfg_text_vlan_flags(struct strbuf *out, uint32_t flags);

/*
 * Whether the address has the peer and scope of the first IPv4 address, and no label.
 * SCOPE has no number: an address with another peer or scope needs a file of its own,
 * that of an alias.
 */
bool ifcfg_text_fits(const struct ip_net *addrs, size_t n, size_t i);

/* Appends the keys for addresses of both families, all of which fit. */
void ifcfg_text_addrs(struct strbuf *out, const struct ip_net *addrs, size_t n);

/* Appends the key for a gateway of either family. */
void ifcfg_text_gateway(struct strbuf *out, const struct ip *gateway);
