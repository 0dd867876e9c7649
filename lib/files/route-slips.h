/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The keys of a route in the older syntax of route files. */
enum route_part {
	ROUTE_ADDRESS,
	ROUTE_PREFIX,
	ROUTE_NETMASK,
	ROUTE_GATEWAY,
	ROUTE_METRIC,
	ROUTE_OPTIONS,
	ROUTE_PARTS,
};

#define ROUTE_NUMBERS 256

extern const char *const route_parts[ROUTE_PARTS];

/* struct route_key - the parts of a key; it has no number unless @has_number */
struct route_key {
	enum route_part part;
	uint32_t number;
	bool has_number;
};

/* Whether it is a valid key: ADDRESS0, but not ADDRESS00, ADDRESS256 or ADDRESS. */
bool route_key_is(const char *key, struct route_key *ret);

/**
 * route_key_guess() - find what was probably meant by an invalid key
 * @key: with a typo, in lower case, with another program's name for it, or without a
 * number
 *
 * Return: false if nothing is similar.
 */
bool route_key_guess(const char *key, struct route_key *ret);
