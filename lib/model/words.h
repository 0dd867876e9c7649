/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/model/route.h"

/**
 * struct words - the words of a route or rule being read
 * @at: the next one; the list ends with NULL
 * @key: the keyword that is being read, for messages
 */
struct words {
	const char *const *at;
	const char *key;
	int family;
	const struct route_names *names;
	struct arena *arena;
	struct words_error *error;
};

/* struct keyword - a word, and what reads what stands behind it into @object */
struct keyword {
	const char *name;
	int (*read)(struct words *words, const struct keyword *keyword, void *object);
	size_t offset; /* of the member it goes to */
	uint32_t max;  /* of a number */
	int detail;    /* whatever else its reader needs */
};

/*
 * Reads all words by a table of them, which ends with a NULL name. Return: 0; -EINVAL, with
 * what is wrong; -ENOTSUP, with a word that is not in the table, nor near to one that is;
 * -ENOMEM.
 */
int words_read(struct words *words, const struct keyword *table, void *object);

/* The word behind the keyword. Return: NULL, with the error, when there is none. */
const char *words_value(struct words *words);

/* Return: -EINVAL, with the error; @hint may be NULL. */
int words_wrong(struct words *words, const char *word, const char *why, const char *hint);

/* An address or network; a prefix length, and octets at the end, may be missing. */
int words_prefix(struct words *words, const char *word, struct ip *ret, uint8_t *ret_len);

/* Readers of the commonest kinds: u32, u8, a name or number, a device, an address. */
int words_u32(struct words *words, const struct keyword *keyword, void *object);
int words_u8(struct words *words, const struct keyword *keyword, void *object);
/* detail: enum route_namespace */
int words_name8(struct words *words, const struct keyword *keyword, void *object);
int words_name32(struct words *words, const struct keyword *keyword, void *object);
int words_device(struct words *words, const struct keyword *keyword, void *object);
/* detail: where the length goes, behind the address */
int words_network(struct words *words, const struct keyword *keyword, void *object);
/* offset: of a bool */
int words_flag(struct words *words, const struct keyword *keyword, void *object);
