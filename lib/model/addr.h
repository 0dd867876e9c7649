/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "lib/base/arena.h"

/* Longest link-layer address of the kernel (MAX_ADDR_LEN); InfiniBand uses 20 bytes. */
#define HWADDR_MAX 32
/* Size of any of them as text. */
#define HWADDR_TEXT_MAX (HWADDR_MAX * 3)
/* Size of "address/prefix length" as text. */
#define IP_TEXT_MAX 50

/**
 * struct ip - an IPv4 or IPv6 address
 * @family: AF_INET, AF_INET6, or AF_UNSPEC for none
 * @bytes: in network order; 4 or 16 of them are used, the rest is zero
 */
struct ip {
	uint8_t family;
	uint8_t bytes[16];
};

/* struct hwaddr - a link-layer address; @len 0 means none */
struct hwaddr {
	uint8_t len;
	uint8_t bytes[HWADDR_MAX];
};

/*
 * Whether it can be a device name: the kernel accepts 1 to 15 bytes without '/', ':', '%'
 * and blanks; commas, quotes and the like at either end are not accepted here.
 */
bool ifname_is_valid(const char *name);
/* The same for an alternative name, which may have up to 127 bytes. */
bool ifname_may_be_altname(const char *name);

/* The name without commas, quotes and the like at its ends. */
const char *ifname_core(const char *name, size_t *ret_len);

/* Parses an address of @family (AF_UNSPEC: either). Return: 0, or -EINVAL. */
int ip_parse(const char *text, int family, struct ip *ret);
/* Writes it into @buf. Return: @buf. */
const char *ip_format(const struct ip *ip, char buf[static IP_TEXT_MAX]);
/* The same with "/@prefix_len" appended. */
const char *ip_format_prefix(const struct ip *ip, unsigned int prefix_len,
			     char buf[static IP_TEXT_MAX]);

static inline bool ip_is_set(const struct ip *ip)
{
	return ip->family != AF_UNSPEC;
}
/* The length in bytes, 0 for none. */
size_t ip_len(const struct ip *ip);
bool ip_equal(const struct ip *a, const struct ip *b);
bool ip_is_zero(const struct ip *ip);
/*
 * Whether it is an IPv6 address in fe80::/10, which the kernel gives every link (RFC
 * 4291).
 */
bool ip_is_link_local(const struct ip *ip);
/* Whether both lie in one network of @prefix_len bits. */
bool ip_same_network(const struct ip *a, const struct ip *b, unsigned int prefix_len);
/* The network address: the bits after @prefix_len cleared. */
struct ip ip_network(const struct ip *ip, unsigned int prefix_len);
/* The IPv4 broadcast address: the bits after @prefix_len set (RFC 919). */
struct ip ip_broadcast(const struct ip *ip, unsigned int prefix_len);

/**
 * ip_slip_hint() - how to correct a mistyped IPv4 address
 * @text: may have a prefix length
 *
 * Recognizes leading zeros, a comma instead of a dot, a letter instead of a digit and the
 * like. ip(8) reads numbers with leading zeros as octal, people as decimal, so neither is
 * assumed.
 *
 * Return: a hint in @arena; NULL if @text is anything else.
 */
const char *ip_slip_hint(const char *text, struct arena *arena);

/* The prefix length of an IPv4 address's class (RFC 791), as ipcalc assumes it. */
uint8_t ip_class_len(const struct ip *ip);

/**
 * ip_parse_netmask() - convert a dotted IPv4 mask to a prefix length
 *
 * Return: 0; -EINVAL if @text is not an IPv4 address; -EDOM if the mask has holes.
 */
int ip_parse_netmask(const char *text, uint8_t *ret_prefix_len);

/* Parses XX:XX:… (6 or 20 bytes). Return: 0, or -EINVAL. */
int hwaddr_parse(const char *text, struct hwaddr *ret);
const char *hwaddr_format(const struct hwaddr *addr, char buf[static HWADDR_TEXT_MAX]);
bool hwaddr_equal(const struct hwaddr *a, const struct hwaddr *b);
/* Whether both belong to one card: for InfiniBand, only the constant part is compared. */
bool hwaddr_is_same_card(const struct hwaddr *a, const struct hwaddr *b);
/* Whether a NIC can have it: set, not all zeros, not multicast. */
bool hwaddr_is_unicast(const struct hwaddr *addr);
