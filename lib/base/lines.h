/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/strbuf.h"

/* As many as a message names. */
#define LINES_NAMED 4

/**
 * struct lines - where in a file one and the same thing is found
 * @at: the first ones; @n: how many there are, which may be more
 */
struct lines {
	unsigned int at[LINES_NAMED];
	size_t n;
};

/* Lines come in rising order; the same one again is the same place. */
void lines_add(struct lines *lines, unsigned int line);

/* Takes @line away, if it is the last one. */
void lines_drop(struct lines *lines, unsigned int line);

/* Appends " (also in lines 4, 7 and 9)": all but the first; nothing if there is one only. */
void lines_also(const struct lines *lines, struct strbuf *out);
