/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Name servers, search domains and options as lists of words. */
#include "lib/model/dns.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/model/addr.h"

const char *const dns_kind_names[DNS_COUNT] = {
	[DNS_SERVER] = "server",
	[DNS_DOMAIN] = "domain",
	[DNS_OPTION] = "option",
};

int dns_server_format(struct arena *arena, const char *text, const char **ret)
{
	const char *zone = strchr(text, '%');
	char buf[IP_TEXT_MAX];
	struct ip ip;

	if (zone)
		text = arena_strndup(arena, text, (size_t)(zone - text));
	if (ip_parse(text, zone ? AF_INET6 : AF_UNSPEC, &ip) < 0 ||
	    (zone && !ifname_is_valid(zone + 1)))
		return -EINVAL;
	*ret = arena_printf(arena, "%s%s", ip_format(&ip, buf), zone ? zone : "");
	return 0;
}

bool dns_is_empty(const struct dns *dns)
{
	for (unsigned int kind = 0; kind < DNS_COUNT; kind++)
		if (dns->of[kind].n)
			return false;
	return true;
}

static bool same_word(enum dns_kind kind, const char *a, const char *b)
{
	return kind == DNS_DOMAIN ? strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

static bool same_dns_words(const struct dns *a, const struct dns *b, enum dns_kind kind)
{
	if (a->of[kind].n != b->of[kind].n)
		return false;
	for (size_t i = 0; i < a->of[kind].n; i++)
		if (!same_word(kind, a->of[kind].words[i], b->of[kind].words[i]))
			return false;
	return true;
}

bool dns_equal(const struct dns *a, const struct dns *b)
{
	for (unsigned int kind = 0; kind < DNS_COUNT; kind++)
		if (!same_dns_words(a, b, kind))
			return false;
	return true;
}

bool dns_has(const struct dns *dns, enum dns_kind kind, const char *word)
{
	for (size_t i = 0; i < dns->of[kind].n; i++)
		if (same_word(kind, dns->of[kind].words[i], word))
			return true;
	return false;
}

void dns_add(struct dns *dns, struct arena *arena, enum dns_kind kind, const char *word)
{
	struct dns_list *list = &dns->of[kind];
	const char *copy;

	if (dns_has(dns, kind, word))
		return;
	copy = arena_strdup(arena, word);
	ARENA_PUSH(arena, list->words, list->n, list->cap, copy);
}

void dns_merge(struct dns *dns, struct arena *arena, const struct dns *from)
{
	for (unsigned int kind = 0; kind < DNS_COUNT; kind++)
		for (size_t i = 0; i < from->of[kind].n; i++)
			dns_add(dns, arena, kind, from->of[kind].words[i]);
}
