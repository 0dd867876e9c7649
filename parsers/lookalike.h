/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The meaning of a character that looks like shell syntax. */
enum lookalike_sense {
	LOOKALIKE_BLANK,
	LOOKALIKE_NOTHING,
	LOOKALIKE_DOUBLE_QUOTE,
	LOOKALIKE_SINGLE_QUOTE,
	LOOKALIKE_HASH,
	LOOKALIKE_EQUALS,
};

/**
 * struct lookalike - characters that people take for shell syntax and the shell does not
 * @first, @last: code points
 * @what: what people call them
 * @visible: they can be shown in a message
 * @sense: what people mean by them
 */
struct lookalike {
	uint32_t first, last;
	const char *what;
	bool visible;
	enum lookalike_sense sense;
};

/**
 * struct lookalike_found - a look-alike found in a text
 * @kind: its row in the table
 * @code: its code point
 * @len: length in bytes
 */
struct lookalike_found {
	const struct lookalike *kind;
	uint32_t code;
	size_t len;
};

/**
 * lookalike_at() - whether @text starts with one
 * @text: NUL-terminated UTF-8; bytes that are not UTF-8 are not a look-alike
 * @ret: untouched if it does not
 */
bool lookalike_at(const char *text, struct lookalike_found *ret);
