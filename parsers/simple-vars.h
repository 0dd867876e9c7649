/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/strbuf.h"

/*
 * Files whose meaning is obvious: each line is empty, a comment or KEY=value, in ASCII,
 * without anything that a shell would have to interpret. Most files are like that, and a
 * host may have thousands of them of which a run needs few: those are not parsed.
 */

/* struct simple_var - offsets of the key and the value in the text; and the line */
struct simple_var {
	uint16_t key, value, line;
};

/**
 * struct simple_vars - such a file
 * @len: of its text, which follows the @n assignments; keys and values in it end in NUL
 */
struct simple_vars {
	uint16_t n, len;
	struct simple_var of[];
};

/* A larger file is not a simple one. */
#define SIMPLE_VARS_MAX 4095

/**
 * simple_vars_read() - find the assignments of a simple file
 * @text: its bytes, @len of them
 * @arena: owns the result
 *
 * What is found is what shellvar_parse() finds, which has nothing to report then.
 *
 * Return: NULL if it is not a simple file.
 */
const struct simple_vars *simple_vars_read(const char *text, size_t len,
					   struct arena *arena);

const char *simple_vars_key(const struct simple_vars *vars, size_t i);
const char *simple_vars_value(const struct simple_vars *vars, size_t i);

/* The place of the last assignment of @key; .n if there is none. */
size_t simple_vars_find(const struct simple_vars *vars, const char *key);

/* Appends the bytes of the file. */
void simple_vars_text(const struct simple_vars *vars, struct strbuf *out);
