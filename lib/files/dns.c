/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the settings of name servers: DNS1 …, DOMAIN, SEARCH, RES_OPTIONS, PEERDNS. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"
#include "lib/model/dns.h"

/* Nobody uses higher numbers; their order is not kept. */
#define NUMBER_MAX 999
#define DOMAIN_MAX 253 /* RFC 1035 */

/* struct numbered - the keys DNS1, DNS2 … that have a value, in the order of numbers */
struct numbered {
	struct numbered_key {
		const char *key;
		uint32_t number;
	} * list;
	size_t n, cap;
};

/* Creates the settings if necessary; from then on the file has some. */
static struct want_dns *begin_dns(const struct source *src, struct iface *iface,
				  const char *key)
{
	if (!iface->dns) {
		iface->dns = arena_alloc(src->loader->arena, sizeof(*iface->dns));
		iface->dns->pos = source_pos(src, key);
	}
	return iface->dns;
}

/* ---- servers ---- */

static void insert_number(struct arena *arena, struct numbered *all, const char *key,
			  uint32_t number)
{
	const struct numbered_key entry = { key, number };
	size_t at = 0;

	while (at < all->n && all->list[at].number < number)
		at++;
	if (at < all->n && all->list[at].number == number)
		return;
	ARENA_PUSH(arena, all->list, all->n, all->cap, entry);
	memmove(&all->list[at + 1], &all->list[at], (all->n - 1 - at) * sizeof(entry));
	all->list[at] = entry;
}

static void tell_number(const struct source *src, const char *key)
{
	diag_warning(src->diag, source_pos(src, key), "%s has no effect", key);
	diag_hint(src->diag, "name servers are DNS1, DNS2 and so on");
}

static void find_numbers(const struct source *src, const struct shellvars *vars,
			 struct numbered *all)
{
	for (size_t i = 0; i < vars->n; i++) {
		const char *key = vars->vars[i].key;
		uint32_t number = 0;

		if (strncmp(key, "DNS", 3) != 0 ||
		    key[3 + strspn(key + 3, "0123456789")] || !source_value(src, key))
			continue;
		if (num_parse_u32(key + 3, NUMBER_MAX, &number) == 0 && number)
			insert_number(src->loader->arena, all, key, number);
		else
			tell_number(src, key);
	}
}

static void complain_of_server(const struct source *src, const char *key,
			       const char *text)
{
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not the address of a name server", key,
		     text);
	if (strpbrk(text, ",;"))
		diag_hint(src->diag, "each has a key of its own: DNS1=…, DNS2=…");
	else
		diag_hint(src->diag,
			  "it reads like 192.168.1.53, 2001:db8::53 or fe80::1%%bond0");
}

/* The resolver took the first word of a line and ignored the rest. */
static void judge_more(const struct source *src, const char *key, const char *more)
{
	if (!more)
		return;
	diag_warning(src->diag, source_pos(src, key),
		     "only the first address of %s is used; '%s' is ignored", key, more);
	diag_hint(src->diag, "each has a key of its own: DNS1=…, DNS2=…");
}

/*
 * The length of the address in the text: NetworkManager appends the name for DNS over TLS
 * after a '#', and others a port after a ':', with brackets around an IPv6 address.
 */
static size_t address_len(const char *text)
{
	const size_t len = strcspn(text, "#");
	const char *colon = memchr(text, ':', len);

	if (*text == '[')
		return strcspn(text, "]");
	if (colon && memchr(text, '.', (size_t)(colon - text)))
		return (size_t)(colon - text);
	return len;
}

/* Return: the address alone. */
static const char *take_address(const struct source *src, const char *key,
				const char *text)
{
	const size_t skip = *text == '[', len = address_len(text);
	const char *addr = arena_strndup(src->loader->arena, text + skip, len - skip);
	const char *rest = text + len + (skip && text[len] == ']');
	const char *server;

	if (!*rest || dns_server_format(src->loader->arena, addr, &server) < 0)
		return skip && !*rest ? addr : text;
	diag_warning(src->diag, source_pos(src, key),
		     "'%s' of %s='%s' ignored: programs ask %s in plain DNS", rest, key,
		     text, server);
	diag_hint(src->diag, "set DNS over TLS or a port in the resolver's own "
			     "configuration");
	return addr;
}

static int add_server(const struct source *src, const char *key, struct iface *iface)
{
	struct arena *arena = src->loader->arena;
	const char **words = source_split(src, NULL, source_value(src, key));
	struct want_dns *want;
	const char *server, *addr;
	int r;

	if (!words || !words[0])
		return 0;
	addr = take_address(src, key, words[0]);
	r = dns_server_format(arena, addr, &server);
	if (r < 0) {
		if (r == -EINVAL)
			complain_of_server(src, key, words[0]);
		return r == -EINVAL ? 0 : r;
	}
	judge_more(src, key, words[1]);
	want = begin_dns(src, iface, key);
	if (dns_has(&want->dns, DNS_SERVER, server))
		return 0;
	dns_add(&want->dns, arena, DNS_SERVER, server);
	ARENA_PUSH(arena, want->server_pos, want->n_pos, want->pos_cap,
		   source_pos(src, key));
	return 0;
}

/* ---- domains and options ---- */

/*
 * Letters, digits and '-' in labels, as in host names; '_' and non-ASCII characters are
 * accepted, too.
 */
static bool is_domain(const char *word)
{
	size_t label = 0;

	/* Programs would mistake a leading hyphen for an option. */
	if (strlen(word) > DOMAIN_MAX || *word == '-')
		return false;
	for (const char *c = word; *c; c++) {
		if (*c == '.' && !label)
			return false;
		label = *c == '.' ? 0 : label + 1;
		if ((unsigned char)*c < 0x80 && !isalnum((unsigned char)*c) &&
		    !strchr("-_.", *c))
			return false;
	}
	return true;
}

static bool is_resolver_option(const char *word)
{
	while (isgraph((unsigned char)*word))
		word++;
	return !*word;
}

static void complain_of_word(const struct source *src, enum dns_kind kind,
			     const char *key, const char *word)
{
	if (kind == DNS_DOMAIN) {
		diag_warning(src->diag, source_pos(src, key),
			     "'%s' of %s ignored: it is not a domain", word, key);
		diag_hint(src->diag,
			  "it reads like example.com; several are separated by blanks");
	} else {
		diag_warning(src->diag, source_pos(src, key),
			     "an option of %s ignored: it is not plain text", key);
		diag_hint(src->diag, "options are separated by blanks: timeout:2 rotate");
	}
}

static void add_dns_words(const struct source *src, enum dns_kind kind, const char *key,
			  struct iface *iface)
{
	const char *value = source_value(src, key), **words;

	if (!value)
		return;
	words = source_split(src, NULL, value);
	for (; *words; words++) {
		if (!(kind == DNS_DOMAIN ? is_domain(*words)
					 : is_resolver_option(*words))) {
			complain_of_word(src, kind, key, *words);
			continue;
		}
		begin_dns(src, iface, key);
		dns_add(&iface->dns->dns, src->loader->arena, kind, *words);
	}
}

static const char *domain_key(const struct source *src)
{
	if (!source_value(src, "DOMAIN"))
		return "SEARCH";
	if (ifcfg_own_value(src->file, "SEARCH")) {
		diag_warning(src->diag, source_pos(src, "SEARCH"),
			     "SEARCH ignored: there is DOMAIN");
		diag_hint(src->diag, "put all domains into DOMAIN");
	}
	return "DOMAIN";
}

/* ---- all settings ---- */

/* With NetworkManager, PEERDNS=no would exclude only what DHCP brings. */
static void judge_unused(const struct source *src, const struct numbered *servers)
{
	const char *key = servers->n ? servers->list[0].key : "DOMAIN";

	if (!ifcfg_own_value(src->file, key) || !ifcfg_own_value(src->file, "PEERDNS"))
		return;
	diag_warning(src->diag, source_pos(src, key), "%s has no effect with PEERDNS=%s",
		     key, source_value(src, "PEERDNS"));
	diag_hint(src->diag, "RESOLV_MODS=yes lets it count, or remove PEERDNS");
}

int iface_read_dns(const struct source *src, struct iface *iface)
{
	const char *mods = source_value(src, "RESOLV_MODS");
	struct numbered servers = { 0 };
	int r = 0;

	find_numbers(src, ifcfg_vars(src->file), &servers);
	find_numbers(src, &src->loader->dir.global, &servers);
	if (source_off(src, "PEERDNS") && !(mods && ifcfg_is_true(mods))) {
		judge_unused(src, &servers);
		return 0;
	}
	for (size_t i = 0; i < servers.n && r == 0; i++)
		r = add_server(src, servers.list[i].key, iface);
	if (r == 0)
		add_dns_words(src, DNS_DOMAIN, domain_key(src), iface);
	if (r == 0)
		add_dns_words(src, DNS_OPTION, "RES_OPTIONS", iface);
	return r;
}
