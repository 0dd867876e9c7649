/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/diag.h"

/**
 * struct link_flag - a flag of a link that a key switches on and off
 * @key: of files; the other @also, or NULL
 * @word: of ip-link(8), followed by on or off
 * @bit: IFF_*
 * @networkd: of systemd-networkd's section [Link]
 * @is_inverse: @bit says that it is off
 */
struct link_flag {
	const char *key, *also;
	const char *word, *networkd;
	unsigned int bit;
	bool is_inverse;
};

/* The rows of the table, one after the other; NULL when there are no more. */
const struct link_flag *link_flag_nth(size_t i);

/* NULL if no flag has that key. */
const struct link_flag *link_flag_find(const char *key);

/* What IFF_* flags say of it, and these with another value of it. */
bool link_flag_is_on(const struct link_flag *flag, unsigned int flags);
unsigned int link_flag_set(const struct link_flag *flag, unsigned int flags, bool on);

/* struct want_flag - a flag that a file switches; in the table's order */
struct want_flag {
	const struct want_flag *next;
	const struct link_flag *flag;
	bool on;
	struct pos pos;
};

/* Whether two files want the same. */
bool link_flags_equal(const struct want_flag *a, const struct want_flag *b);
