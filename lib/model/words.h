/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/model/route.h"

struct keyword;

/**
 * struct words - the words of a route or rule being read
 * @at: the next one; the list ends with NULL
 * @key: what is being read, for messages; @keyword: its row, while that reads
 * @page: the manual page that explains the words, for messages
 * @other: reads a word that is not a keyword, which is @key; returns -ENOENT when it cannot
 *         be one either. May be NULL
 */
struct words {
	const char *const *at;
	const char *key;
	const struct keyword *keyword;
	const char *page;
	int family;
	const struct route_names *names;
	struct arena *arena;
	struct words_error *error;
	int (*other)(struct words *words, void *object);
};

/**
 * struct keyword - a word, and the function that reads the words after it into @object
 * @offset: of its member
 * @max: of a number
 * @detail: additional data for its function
 * @abbr: it may be abbreviated, as ip(8) accepts it
 */
struct keyword {
	const char *name;
	int (*read)(struct words *words, void *object);
	size_t offset;
	uint32_t max;
	int detail;
	bool abbr;
};

/**
 * words_read() - read all words
 * @table: of keywords, ending with a NULL name, in the order in which ip(8) compares them:
 *         of several that an abbreviation fits, the first one is meant
 *
 * Return: 0; -EINVAL, with what is wrong; -ENOTSUP, with a word that only ip(8) can read.
 */
int words_read(struct words *words, const struct keyword *table, void *object);

/* Whether the word means @name. */
bool words_match(const char *word, const char *name, bool abbr);

/* The word after the keyword. Return: NULL, with the error, if there is none. */
const char *words_value(struct words *words);

/* Return: -EINVAL, with the error; @hint may be NULL. */
int words_wrong(struct words *words, const char *word, const char *why, const char *hint);

/* An address or network; a prefix length, and trailing octets, are optional. */
int words_prefix(struct words *words, const char *word, struct ip *ret, uint8_t *ret_len);

/* For a keyword that is left to ip(8). Return: -ENOTSUP. */
int words_for_ip(struct words *words, void *object);

/* Functions for the most common kinds: u32, a name or number, a device, an address. */
int words_u32(struct words *words, void *object);
/* detail: enum route_namespace */
int words_name8(struct words *words, void *object);
int words_name32(struct words *words, void *object);
/* For an alias (bond0:1), the interface that it belongs to, as the kernel reads it. */
int words_device(struct words *words, void *object);
/* detail: the member for the length */
int words_network(struct words *words, void *object);
/* offset: of a bool */
int words_flag(struct words *words, void *object);
