/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/cleanup.h"

/**
 * struct strbuf - text that grows
 * @failed: memory was short once; everything since was dropped, so that callers may
 *          append freely and ask once at the end
 *
 * Start with `_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;`.
 */
struct strbuf {
	char *text;
	size_t len, cap;
	bool failed;
};

#define STRBUF_EMPTY \
	{            \
		0    \
	}

void strbuf_addc(struct strbuf *buf, char c);
void strbuf_add(struct strbuf *buf, const char *text);
void strbuf_addn(struct strbuf *buf, const char *text, size_t len);
void strbuf_addf(struct strbuf *buf, const char *fmt, ...) _printf_(2, 3);

/* As one word of a shell: quoted if it has to be. */
void strbuf_add_quoted(struct strbuf *buf, const char *word);

/* Return: how many bytes the character at @text has; 0 if they are not UTF-8. */
size_t utf8_decode(const char *text, uint32_t *ret_code);
/* Whether a character may be shown as it is: it does not act on a terminal. */
bool utf8_is_visible(uint32_t code);

/*
 * As one line that is safe on a terminal and in a log: what would act there (control
 * characters, line ends, bytes that are no UTF-8, marks that turn text round) is spelled
 * \xNN.
 */
void strbuf_add_visible(struct strbuf *buf, const char *text);

/* The text so far, "" while empty; borrowed, until the next append. */
const char *strbuf_text(const struct strbuf *buf);

/* Hands the text over, to be freed with free(); NULL when memory was short. */
char *strbuf_take(struct strbuf *buf);

void strbuf_release(struct strbuf *buf);
#define _cleanup_strbuf_ _cleanup_(strbuf_release)
