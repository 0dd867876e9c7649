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

/* struct route_key - a key taken apart; without @has_number, it has no number */
struct route_key {
	enum route_part part;
	uint32_t number;
	bool has_number;
};

/* Whether it is a key as it has to be: ADDRESS0, but not ADDRESS00, ADDRESS256 or ADDRESS. */
bool route_key_is(const char *key, struct route_key *ret);

/**
 * route_key_guess() - what was probably meant by a key that is not one
 * @key: with a slip, in lower case, with a word for it of another program, without a number
 *
 * Return: false when nothing is near.
 */
bool route_key_guess(const char *key, struct route_key *ret);
