/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "lib/base/arena.h"

/* Longest link-layer address of the kernel (MAX_ADDR_LEN); InfiniBand uses 20 bytes. */
#define HWADDR_MAX 32
/* Room for any of them as text. */
#define HWADDR_TEXT_MAX (HWADDR_MAX * 3)
/* Room for "address/prefix length". */
#define IP_TEXT_MAX 50

/**
 * struct ip - an IPv4 or IPv6 address
 * @family: AF_INET, AF_INET6, or AF_UNSPEC for none
 * @bytes: network order; 4 or 16 of them count, the rest is zero
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
 * Whether it can be meant as a device: the kernel takes 1 to 15 bytes without '/', ':', '%' and
 * blanks; and no comma, quote or the like is at either end.
 */
bool ifname_is_valid(const char *name);
/* The same for an alternative name, which may have 127 bytes. */
bool ifname_may_be_altname(const char *name);

/* What is left of a name without commas, quotes and the like at its ends. */
const char *ifname_core(const char *name, size_t *ret_len);

/* Reads an address of @family (AF_UNSPEC: either). Return: 0, or -EINVAL. */
int ip_parse(const char *text, int family, struct ip *ret);
/* Writes it into @buf, which it returns. */
const char *ip_format(const struct ip *ip, char buf[static IP_TEXT_MAX]);
/* The same with "/@prefix_len" behind it. */
const char *ip_format_prefix(const struct ip *ip, unsigned int prefix_len,
			     char buf[static IP_TEXT_MAX]);

static inline bool ip_is_set(const struct ip *ip)
{
	return ip->family != AF_UNSPEC;
}
/* How many bytes, 0 for none. */
size_t ip_len(const struct ip *ip);
bool ip_equal(const struct ip *a, const struct ip *b);
bool ip_is_zero(const struct ip *ip);
/* Of IPv6 and in fe80::/10, which the kernel gives every link (RFC 4291). */
bool ip_is_link_local(const struct ip *ip);
/* Whether both lie in one network of @prefix_len bits. */
bool ip_same_network(const struct ip *a, const struct ip *b, unsigned int prefix_len);
/* The network's own address: the bits behind @prefix_len cleared. */
struct ip ip_network(const struct ip *ip, unsigned int prefix_len);
/* The IPv4 broadcast address: the bits behind @prefix_len set (RFC 919). */
struct ip ip_broadcast(const struct ip *ip, unsigned int prefix_len);

/**
 * ip_slip_hint() - what to write instead of an IPv4 address that is not quite one
 * @text: may have a prefix length
 *
 * For leading zeros, a comma for a dot, a letter for a digit and the like. ip(8) reads numbers
 * with leading zeros as octal, people as decimal: neither may be guessed.
 *
 * Return: a hint in @arena; NULL if @text is anything else, or memory is short.
 */
const char *ip_slip_hint(const char *text, struct arena *arena);

/* The prefix length of an IPv4 address's class (RFC 791), as ipcalc guesses it. */
uint8_t ip_class_len(const struct ip *ip);

/**
 * ip_parse_netmask() - a dotted IPv4 mask as a prefix length
 *
 * Return: 0; -EINVAL when @text is no IPv4 address; -EDOM when the mask has holes.
 */
int ip_parse_netmask(const char *text, uint8_t *ret_prefix_len);

/* Reads XX:XX:… (6 or 20 bytes). Return: 0, or -EINVAL. */
int hwaddr_parse(const char *text, struct hwaddr *ret);
const char *hwaddr_format(const struct hwaddr *addr, char buf[static HWADDR_TEXT_MAX]);
bool hwaddr_equal(const struct hwaddr *a, const struct hwaddr *b);
/* Whether a NIC can carry it: set, not all zero, not multicast. */
bool hwaddr_is_unicast(const struct hwaddr *addr);
