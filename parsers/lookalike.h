/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct lookalike - characters that people take for shell syntax and the shell does not
 * @first, @last: code points
 * @what: what people call them
 * @visible: they can be shown in a message
 * @mistaken_for: what they are not, for the shell
 * @hint: what to do
 */
struct lookalike {
	uint32_t first, last;
	const char *what;
	bool visible;
	const char *mistaken_for;
	const char *hint;
};

/**
 * struct lookalike_found - one of them in a text
 * @kind: its row
 * @index: the row's number, less than 64
 * @code: its code point
 * @len: bytes it takes
 */
struct lookalike_found {
	const struct lookalike *kind;
	size_t index;
	uint32_t code;
	size_t len;
};

/**
 * lookalike_at() - whether @text starts with one
 * @text: NUL-terminated UTF-8; what is not UTF-8 is no look-alike
 * @ret: untouched when it does not
 */
bool lookalike_at(const char *text, struct lookalike_found *ret);
