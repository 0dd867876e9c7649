/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/strbuf.h"

/* The number of places that a message names. */
#define LINES_NAMED 4

/**
 * struct lines - the lines of a file where something was found
 * @at: the first ones; @n: the total, which may be larger
 */
struct lines {
	unsigned int at[LINES_NAMED];
	size_t n;
};

/* Lines must come in ascending order; a repeated line counts once. */
void lines_add(struct lines *lines, unsigned int line);

/* Removes @line if it is the last one. */
void lines_drop(struct lines *lines, unsigned int line);

/*
 * Appends " (also in lines 4, 7 and 9)": all but the first; nothing if there is only one.
 */
void lines_also(const struct lines *lines, struct strbuf *out);
