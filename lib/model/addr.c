/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IP and link-layer addresses: parsing, formatting and comparing. */
#include "lib/model/addr.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/typo.h"

/*
 * Characters that get to an end of a value by mistake, for example in DEVICE="bond0",.
 * The kernel would accept them as part of the name; nobody names an interface like that.
 */
static const char *const strays[] = {
	",",
	";",
	"'",
	"\"",
	"`",
	"=",
	"|",
	"&",
	"<",
	">",
	"\xEF\xBC\x8C" /* full-width comma */,
	"\xE3\x80\x81" /* ideographic comma */,
	"\xE3\x80\x82" /* ideographic full stop */,
};

/*
 * The length of a stray character at the start or end of @text, which has @len bytes; 0
 * for none.
 */
static size_t stray_len(const char *text, size_t len, bool at_end)
{
	for (size_t i = 0; i < ARRAY_SIZE(strays); i++) {
		size_t n = strlen(strays[i]);

		if (n <= len && memcmp(at_end ? text + len - n : text, strays[i], n) == 0)
			return n;
	}
	return 0;
}

const char *ifname_core(const char *name, size_t *ret_len)
{
	size_t len = strlen(name), n;

	while ((n = stray_len(name, len, false))) {
		name += n;
		len -= n;
	}
	while ((n = stray_len(name, len, true)))
		len -= n;
	*ret_len = len;
	return name;
}

/* ALTIFNAMSIZ of linux/if.h, which cannot be included together with net/if.h. */
#define ALTNAME_SIZE 128

/*
 * The first part is the kernel's dev_valid_name(); programs would mistake "-d" for an
 * option.
 */
static bool is_device_name(const char *name, size_t size)
{
	size_t len = strlen(name), core;

	if (!len || len >= size || *name == '-' || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] == '/' || name[i] == ':' || isspace((unsigned char)name[i]))
			return false;
	ifname_core(name, &core);
	return core == len;
}

/* "bond%d" is not a name: the kernel replaces it by the next free number. */
bool ifname_is_valid(const char *name)
{
	return is_device_name(name, IFNAMSIZ) && !strchr(name, '%');
}

bool ifname_may_be_altname(const char *name)
{
	return is_device_name(name, ALTNAME_SIZE);
}

size_t ip_len(const struct ip *ip)
{
	return ip->family == AF_INET ? 4 : ip->family == AF_INET6 ? 16 : 0;
}

int ip_parse(const char *text, int family, struct ip *ret)
{
	struct ip ip = { 0 };

	if (family != AF_INET6 && inet_pton(AF_INET, text, ip.bytes) == 1)
		ip.family = AF_INET;
	else if (family != AF_INET && inet_pton(AF_INET6, text, ip.bytes) == 1)
		ip.family = AF_INET6;
	else
		return -EINVAL;
	*ret = ip;
	return 0;
}

/* Four numbers with dots, in @base unless they have no leading zero. */
static bool parse_quad(const char *text, int base, struct ip *ret)
{
	*ret = (struct ip){ .family = AF_INET };
	for (size_t i = 0; i < 4; i++) {
		char *end;
		unsigned long number = strtoul(text, &end, *text == '0' ? base : 10);

		if (!isdigit((unsigned char)*text) || number > UINT8_MAX ||
		    *end != (i < 3 ? '.' : '\0'))
			return false;
		ret->bytes[i] = (uint8_t)number;
		text = end + 1;
	}
	return true;
}

static const char *zeros_hint(const char *plain, struct arena *arena)
{
	char ten[IP_TEXT_MAX], eight[IP_TEXT_MAX];
	struct ip decimal, octal;

	if (!parse_quad(plain, 10, &decimal))
		return NULL;
	ip_format(&decimal, ten);
	if (!parse_quad(plain, 8, &octal) || ip_equal(&octal, &decimal))
		return arena_printf(arena, _("remove the leading zeros: write %s"), ten);
	return arena_printf(arena,
			    _("remove the leading zeros: write %s, or %s if the zeros "
			      "stand for octal numbers, as ip(8) reads them"),
			    ten, ip_format(&octal, eight));
}

/* Characters that are mistaken for others, because of their key or shape. */
static char meant_by(char c)
{
	static const char written[] = ",;:OoIl", meant[] = "...0011";
	const char *at = c ? strchr(written, c) : NULL;

	if (at)
		c = meant[at - written];
	return c;
}

/* Reduces several dots to one, and removes those at the ends. */
static void tidy(char *text)
{
	size_t n = 0;

	for (const char *c = text; *c; c++) {
		char plain = meant_by(*c);

		if (plain != '.' || (n && text[n - 1] != '.'))
			text[n++] = plain;
	}
	while (n && text[n - 1] == '.')
		n--;
	text[n] = '\0';
}

const char *ip_slip_hint(const char *text, struct arena *arena)
{
	char narrow[2 * IP_TEXT_MAX];
	const char *hint, *slash = "";
	struct ip ip;
	char *end;

	if (!typo_narrow(text, narrow, sizeof(narrow)))
		return NULL;
	end = strchr(narrow, '/');
	if (end) {
		slash = arena_strdup(arena, end);
		*end = '\0';
	}
	if (strcmp(narrow, text) == 0 && ip_parse(narrow, AF_UNSPEC, &ip) == 0)
		return NULL;
	hint = zeros_hint(narrow, arena);
	if (hint && strcmp(narrow, text) == 0)
		return hint;
	tidy(narrow);
	if (ip_parse(narrow, AF_INET, &ip) < 0)
		return hint;
	return arena_printf(arena, _("did you mean '%s%s'?"), narrow, slash);
}

const char *ip_format(const struct ip *ip, char buf[static IP_TEXT_MAX])
{
	if (!ip_is_set(ip) || !inet_ntop(ip->family, ip->bytes, buf, IP_TEXT_MAX))
		snprintf(buf, IP_TEXT_MAX, "none");
	return buf;
}

const char *ip_format_prefix(const struct ip *ip, unsigned int prefix_len,
			     char buf[static IP_TEXT_MAX])
{
	size_t len;

	ip_format(ip, buf);
	len = strlen(buf);
	snprintf(buf + len, IP_TEXT_MAX - len, "/%u", prefix_len);
	return buf;
}

bool ip_equal(const struct ip *a, const struct ip *b)
{
	return a->family == b->family && memcmp(a->bytes, b->bytes, ip_len(a)) == 0;
}

bool ip_is_zero(const struct ip *ip)
{
	for (size_t i = 0; i < ip_len(ip); i++)
		if (ip->bytes[i])
			return false;
	return true;
}

/* Byte @i of the mask. */
static uint8_t mask_byte(unsigned int prefix_len, size_t i)
{
	unsigned int before = (unsigned int)i * 8;

	if (prefix_len <= before)
		return 0;
	if (prefix_len >= before + 8)
		return 0xff;
	return (uint8_t)(0xff << (before + 8 - prefix_len));
}

struct ip ip_network(const struct ip *ip, unsigned int prefix_len)
{
	struct ip network = *ip;

	for (size_t i = 0; i < ip_len(ip); i++)
		network.bytes[i] &= mask_byte(prefix_len, i);
	return network;
}

struct ip ip_broadcast(const struct ip *ip, unsigned int prefix_len)
{
	struct ip broadcast = *ip;

	for (size_t i = 0; i < ip_len(ip); i++)
		broadcast.bytes[i] |= (uint8_t)~mask_byte(prefix_len, i);
	return broadcast;
}

bool ip_is_link_local(const struct ip *ip)
{
	return ip->family == AF_INET6 && ip->bytes[0] == 0xfe &&
	       (ip->bytes[1] & 0xc0) == 0x80;
}

bool ip_same_network(const struct ip *a, const struct ip *b, unsigned int prefix_len)
{
	struct ip na = ip_network(a, prefix_len), nb = ip_network(b, prefix_len);

	return ip_equal(&na, &nb);
}

uint8_t ip_class_len(const struct ip *ip)
{
	if (ip->bytes[0] < 128)
		return 8;
	return ip->bytes[0] < 192 ? 16 : 24;
}

int ip_parse_netmask(const char *text, uint8_t *ret_prefix_len)
{
	struct ip mask;
	uint8_t len = 0;

	if (ip_parse(text, AF_INET, &mask) < 0)
		return -EINVAL;
	while (len < 32 && mask.bytes[len / 8] & (0x80 >> len % 8))
		len++;
	for (size_t i = 0; i < 4; i++)
		if (mask.bytes[i] != mask_byte(len, i))
			return -EDOM;
	*ret_prefix_len = len;
	return 0;
}

static int hex_digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

int hwaddr_parse(const char *text, struct hwaddr *ret)
{
	struct hwaddr addr = { 0 };

	for (;;) {
		int high = hex_digit(text[0]), low = high < 0 ? -1 : hex_digit(text[1]);

		if (low < 0 || addr.len == HWADDR_MAX)
			return -EINVAL;
		addr.bytes[addr.len++] = (uint8_t)(high << 4 | low);
		text += 2;
		if (!*text)
			break;
		if (*text++ != ':')
			return -EINVAL;
	}
	if (addr.len != 6 && addr.len != 20)
		return -EINVAL;
	*ret = addr;
	return 0;
}

const char *hwaddr_format(const struct hwaddr *addr, char buf[static HWADDR_TEXT_MAX])
{
	char *at = buf;

	*at = '\0';
	for (size_t i = 0; i < addr->len; i++)
		at += snprintf(at, 4, i ? ":%02x" : "%02x", addr->bytes[i]);
	return buf;
}

bool hwaddr_equal(const struct hwaddr *a, const struct hwaddr *b)
{
	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

/* The last 8 bytes of a longer address identify the port: RFC 4391 section 9.1.1. */
#define INFINIBAND_LEN  20
#define INFINIBAND_PART 8

bool hwaddr_is_same_card(const struct hwaddr *a, const struct hwaddr *b)
{
	size_t skip = a->len == INFINIBAND_LEN ? INFINIBAND_LEN - INFINIBAND_PART : 0;

	return a->len == b->len && a->len &&
	       memcmp(a->bytes + skip, b->bytes + skip, a->len - skip) == 0;
}

bool hwaddr_is_unicast(const struct hwaddr *addr)
{
	uint8_t any = 0;

	for (size_t i = 0; i < addr->len; i++)
		any |= addr->bytes[i];
	return any && !(addr->bytes[0] & 1);
}
