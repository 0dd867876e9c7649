/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the key that was meant by a mistyped key of a route file. */
#include "lib/files/route-slips.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/num.h"
#include "lib/base/typo.h"

/* Longer names are not similar to anything. */
#define NAME_MAX_LEN 32

const char *const route_parts[ROUTE_PARTS] = {
	[ROUTE_ADDRESS] = "ADDRESS", [ROUTE_PREFIX] = "PREFIX",
	[ROUTE_NETMASK] = "NETMASK", [ROUTE_GATEWAY] = "GATEWAY",
	[ROUTE_METRIC] = "METRIC",   [ROUTE_OPTIONS] = "OPTIONS",
};

/* Names for the same thing in ifcfg files and other programs. */
static const struct {
	const char *name;
	enum route_part part;
} part_synonyms[] = {
	{ "ADDR", ROUTE_ADDRESS },     { "IPADDR", ROUTE_ADDRESS },
	{ "DEST", ROUTE_ADDRESS },     { "DESTINATION", ROUTE_ADDRESS },
	{ "NET", ROUTE_ADDRESS },      { "NETWORK", ROUTE_ADDRESS },
	{ "MASK", ROUTE_NETMASK },     { "GW", ROUTE_GATEWAY },
	{ "VIA", ROUTE_GATEWAY },      { "ROUTER", ROUTE_GATEWAY },
	{ "OPTS", ROUTE_OPTIONS },     { "OPTION", ROUTE_OPTIONS },
	{ "PREFIXLEN", ROUTE_PREFIX },
};

bool route_key_is(const char *key, struct route_key *ret)
{
	const size_t len = strcspn(key, "0123456789");
	const char *number = key + len;
	struct route_key found = { .has_number = true };

	for (; found.part < ROUTE_PARTS; found.part++)
		if (strlen(route_parts[found.part]) == len &&
		    strncmp(key, route_parts[found.part], len) == 0)
			break;
	if (found.part == ROUTE_PARTS || (*number == '0' && number[1]) ||
	    num_parse_u32(number, ROUTE_NUMBERS - 1, &found.number) < 0)
		return false;
	*ret = found;
	return true;
}

/* Letters that are mistaken for digits. */
static char digit_of(char c)
{
	if (c == 'O' || c == 'o')
		return '0';
	if (c == 'l' || c == 'I')
		return '1';
	return c;
}

/* Where the number begins, including letters that look like digits. */
static size_t name_len(const char *key)
{
	size_t len = strlen(key);

	while (len && isdigit((unsigned char)digit_of(key[len - 1])))
		len--;
	return len;
}

static uint32_t number_in_name(const char *text, bool *ret_has)
{
	uint32_t number = 0;

	*ret_has = *text;
	for (; *text; text++) {
		number = number * 10 + (uint32_t)(digit_of(*text) - '0');
		if (number >= ROUTE_NUMBERS) {
			*ret_has = false;
			return 0;
		}
	}
	return number;
}

static const char *part_name(size_t i, const void *arg)
{
	(void)arg;
	return route_parts[i];
}

static bool find_part(const char *name, enum route_part *ret)
{
	const char *nearest = typo_nearest(name, ROUTE_PARTS, part_name, NULL);

	for (enum route_part i = 0; i < ROUTE_PARTS; i++)
		if (nearest == route_parts[i]) {
			*ret = i;
			return true;
		}
	for (size_t i = 0; i < ARRAY_SIZE(part_synonyms); i++)
		if (strcasecmp(part_synonyms[i].name, name) == 0) {
			*ret = part_synonyms[i].part;
			return true;
		}
	return false;
}

bool route_key_guess(const char *key, struct route_key *ret)
{
	char name[NAME_MAX_LEN];
	size_t len = name_len(key);
	const char *number = key + len;
	struct route_key found = { 0 };

	while (len && strchr("_-", key[len - 1]))
		len--;
	if (!len || len >= sizeof(name))
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)len, key);
	if (!find_part(name, &found.part))
		return false;
	found.number = number_in_name(number, &found.has_number);
	*ret = found;
	return true;
}
