/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses words of ip(8) by tables. */
#include "lib/model/words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/typo.h"
#include "lib/model/host.h"

int words_wrong(struct words *words, const char *word, const char *why, const char *hint)
{
	*words->error = (struct words_error){ .word = word, .why = why, .hint = hint };
	return -EINVAL;
}

const char *words_value(struct words *words)
{
	if (*words->at)
		return *words->at++;
	words_wrong(words, words->key, _("has no value"), NULL);
	return NULL;
}

/* ---- a whole line ---- */

static const char *keyword_candidate(size_t i, const void *arg)
{
	const struct keyword *table = arg;

	return table[i].name;
}

/* Words of other syntaxes. */
static const struct {
	const char *word, *hint;
} habits[] = {
	{ "sudo", N_("remove the command: a line starts after `ip route add`") },
	{ "ip", N_("remove `ip route add` or `ip rule add`: a line starts after it") },
	{ "route", N_("remove `ip route add`: a line starts after it") },
	{ "rule", N_("remove `ip rule add`: a line starts after it") },
	{ "add", N_("leave it out: every line is added") },
	{ "replace", N_("leave it out: a route that is there already is replaced") },
	{ "-4", N_("leave it out: route- and rule- files are for IPv4") },
	{ "-6", N_("leave it out: route6- and rule6- files are for IPv6") },
	{ "-net", N_("that is how route(8) has it; write 10.0.0.0/8 via 192.168.1.1") },
	{ "-host", N_("that is how route(8) has it; write 10.1.1.1 via 192.168.1.1") },
	{ "net", N_("that is how route(8) has it; write 10.0.0.0/8 via 192.168.1.1") },
	{ "host", N_("that is how route(8) has it; write 10.1.1.1 via 192.168.1.1") },
	{ "netmask",
	  N_("that is how route(8) has it; write 10.0.0.0/8 or 10.0.0.0/255.0.0.0") },
	{ "gw", N_("that is how route(8) has it; write via") },
	{ "to", N_("the router comes after via") },
	{ "/", N_("write the network and its length without blanks: 10.0.0.0/8") },
	{ "//", N_("a comment starts with #") },
};

/* Commands are sometimes pasted with their path. */
static const char *without_path(const char *word)
{
	const char *slash = *word == '/' ? strrchr(word, '/') : NULL;

	return slash ? slash + 1 : word;
}

/* "via192.168.1.1", "metric=100": a keyword, and its value without a blank between. */
static const char *hint_of_glued(struct words *words, const struct keyword *table,
				 const char *word)
{
	for (; table->name; table++) {
		const size_t len = strlen(table->name);
		const char *value = word + len;

		if (strncmp(word, table->name, len) != 0 ||
		    (!isdigit((unsigned char)*value) && *value != '='))
			continue;
		return arena_printf(words->arena,
				    _("write '%s %s', with a blank between"), table->name,
				    value + (*value == '='));
	}
	return NULL;
}

/* A second address; for a network, its mask. */
static const char *hint_of_address(struct words *words, const char *word)
{
	uint8_t len;
	struct ip ip;

	if (ip_parse(word, words->family, &ip) < 0)
		return NULL;
	if (words->family == AF_INET && ip_parse_netmask(word, &len) == 0 && len)
		return _("write the mask after the network: 10.0.0.0/255.0.0.0");
	return arena_printf(words->arena, _("for a router, write via %s"), word);
}

static const char *hint_of_habit(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(habits); i++)
		if (strcmp(habits[i].word, word) == 0 ||
		    strcmp(habits[i].word, without_path(word)) == 0)
			return habits[i].hint;
	return NULL;
}

static const char *hint_of(struct words *words, const struct keyword *table,
			   const char *word)
{
	const char *hint = hint_of_habit(word), *nearest;
	size_t n = 0;

	if (!hint)
		hint = hint_of_glued(words, table, word);
	if (!hint)
		hint = hint_of_address(words, word);
	if (hint)
		return hint;
	while (table[n].name)
		n++;
	nearest = typo_nearest(word, n, keyword_candidate, table);
	if (!nearest && typo_is_near(word, "default"))
		nearest = "default";
	if (nearest && strcmp(nearest, word) != 0)
		return arena_printf(words->arena, _("did you mean '%s'?"), nearest);
	if (*words->at || !ifname_is_valid(word) || !isalpha((unsigned char)*word))
		return NULL;
	return arena_printf(words->arena, _("for an interface, write dev %s"), word);
}

static int tell_unknown_word(struct words *words, const struct keyword *table,
			     const char *word)
{
	return words_wrong(words, word,
			   arena_printf(words->arena, _("is not a word of %s"),
					words->page),
			   hint_of(words, table, word));
}

bool words_match(const char *word, const char *name, bool abbr)
{
	return abbr ? strncmp(name, word, strlen(word)) == 0 : strcmp(name, word) == 0;
}

int words_read(struct words *words, const struct keyword *table, void *object)
{
	int r = 0;

	while (r == 0 && *words->at) {
		const struct keyword *keyword = table;

		words->key = *words->at++;
		while (keyword->name &&
		       !words_match(words->key, keyword->name, keyword->abbr))
			keyword++;
		words->keyword = keyword;
		if (keyword->name)
			r = keyword->read(words, object);
		else
			r = words->other ? words->other(words, object) : -ENOENT;
		if (r == -ENOENT)
			r = tell_unknown_word(words, table, words->key);
	}
	return r;
}

int words_for_ip(struct words *words, void *object)
{
	(void)object;
	words_wrong(words, words->keyword->name, _("is for ip(8)"), NULL);
	return -ENOTSUP;
}

/* ---- single values ---- */

static void *member(void *object, size_t offset)
{
	return (char *)object + offset;
}

/* ip(8) accepts 10 for 10.0.0.0. */
static const char *fill_octets(struct words *words, const char *text)
{
	size_t dots = 0;

	for (const char *c = text; *c; c++)
		dots += *c == '.';
	if (words->family != AF_INET || dots >= 3 || text[strspn(text, "0123456789.")])
		return text;
	return arena_printf(words->arena, "%s%s", text, &".0.0.0"[2 * dots]);
}

static int wrong_address(struct words *words, const char *word)
{
	const bool has_colon = strchr(word, ':');

	if (words->family == AF_INET6)
		return words_wrong(words, word, _("is not an IPv6 address"),
				   has_colon ? NULL
					     : _("IPv4 has files of its own: route- and "
						 "rule-"));
	return words_wrong(words, word, _("is not an IPv4 address"),
			   has_colon ? _("IPv6 has files of its own: route6- and rule6-")
				     : ip_slip_hint(word, words->arena));
}

int words_prefix(struct words *words, const char *word, struct ip *ret, uint8_t *ret_len)
{
	const char *slash = strchr(word, '/');
	const char *text =
		slash ? arena_strndup(words->arena, word, (size_t)(slash - word)) : word;
	uint32_t bits = words->family == AF_INET ? 32 : 128, len = bits;

	if (text)
		text = fill_octets(words, text);
	if (ip_parse(text, words->family, ret) < 0)
		return wrong_address(words, word);
	if (slash && num_parse_c(slash + 1, bits, &len) < 0) {
		uint8_t mask;

		if (words->family != AF_INET || ip_parse_netmask(slash + 1, &mask) < 0)
			return words_wrong(words, word, _("has no valid prefix length"),
					   words->family == AF_INET
						   ? _("it is 0 to 32, or a mask")
						   : _("it is 0 to 128"));
		len = mask;
	}
	*ret_len = (uint8_t)len;
	return 0;
}

int words_u32(struct words *words, void *object)
{
	const char *value = words_value(words);

	if (!value)
		return -EINVAL;
	if (num_parse_c(value, words->keyword->max,
			member(object, words->keyword->offset)) < 0)
		return words_wrong(words, value, _("is not a number that fits there"),
				   arena_printf(words->arena, _("it is 0 to %u"),
						words->keyword->max));
	return 0;
}

/* A type of service is hexadecimal, with or without 0x. */
static const char *spell_number(struct words *words, enum route_namespace kind,
				const char *value)
{
	if (kind != NAMES_DSFIELD || value[strspn(value, "0123456789abcdefABCDEF")])
		return value;
	return arena_printf(words->arena, "0x%s", value);
}

static int read_named_number(struct words *words, uint32_t max, uint32_t *ret)
{
	const enum route_namespace kind = (enum route_namespace)words->keyword->detail;
	const char *value = words_value(words), *spelled;

	if (!value)
		return -EINVAL;
	spelled = spell_number(words, kind, value);
	if (route_number(words->names, kind, spelled, max, ret) < 0)
		return words_wrong(words, value,
				   _("is neither a number nor a known name"),
				   kind == NAMES_TABLE ? _("names of tables are in "
							   "/etc/iproute2/rt_tables")
						       : NULL);
	return 0;
}

int words_name8(struct words *words, void *object)
{
	uint32_t number;
	int r = read_named_number(words, UINT8_MAX, &number);

	if (r == 0)
		*(uint8_t *)member(object, words->keyword->offset) = (uint8_t)number;
	return r;
}

int words_name32(struct words *words, void *object)
{
	return read_named_number(words, UINT32_MAX,
				 member(object, words->keyword->offset));
}

int words_device(struct words *words, void *object)
{
	const char *value = words_value(words), *copy;
	const size_t len = value ? strlen(value) : 0;

	if (!value)
		return -EINVAL;
	copy = arena_strndup(words->arena, value, strcspn(value, ":"));
	if (words->names && words->names->options)
		copy = host_device_name(words->names->options, copy, words->arena);
	if (!ifname_is_valid(copy) || strchr(";,", value[len - 1]))
		return words_wrong(words, value, _("is not the name of an interface"),
				   NULL);
	*(const char **)member(object, words->keyword->offset) = copy;
	return 0;
}

/*
 * A prefix length of 0 means all addresses, which the kernel reports as no address at
 * all.
 */
int words_network(struct words *words, void *object)
{
	struct ip *ip = member(object, words->keyword->offset);
	uint8_t *len = member(object, (size_t)words->keyword->detail);
	const char *value = words_value(words);
	int r;

	if (!value)
		return -EINVAL;
	if (strcmp(value, "all") == 0 || strcmp(value, "any") == 0 ||
	    strcmp(value, "default") == 0)
		return 0;
	r = words_prefix(words, value, ip, len);
	if (r == 0 && !*len)
		*ip = (struct ip){ 0 };
	return r;
}

int words_flag(struct words *words, void *object)
{
	(void)words;
	*(bool *)member(object, words->keyword->offset) = true;
	return 0;
}
