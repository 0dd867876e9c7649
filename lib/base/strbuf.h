/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/base/cleanup.h"

/**
 * struct strbuf - text that grows
 *
 * Start with `_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;`.
 */
struct strbuf {
	char *text;
	size_t len, cap;
};

#define STRBUF_EMPTY \
	{            \
		0    \
	}

void strbuf_addc(struct strbuf *buf, char c);
void strbuf_add(struct strbuf *buf, const char *text);
void strbuf_addn(struct strbuf *buf, const char *text, size_t len);
void strbuf_addf(struct strbuf *buf, const char *fmt, ...) _printf_(2, 3);

/* Appends at most @size bytes of a file. Return: as read(). */
ssize_t strbuf_read(struct strbuf *buf, int fd, size_t size);

/* Appends a shell word, quoted if necessary. */
void strbuf_add_quoted(struct strbuf *buf, const char *word);

/* Return: the length in bytes of the character at @text; 0 if it is not valid UTF-8. */
size_t utf8_decode(const char *text, uint32_t *ret_code);
/* Whether a character can be shown as it is, without acting on a terminal. */
bool utf8_is_visible(uint32_t code);

/* The text, and blanks up to that many columns of a terminal. */
void strbuf_add_padded(struct strbuf *buf, const char *text, size_t columns);

/*
 * Appends text as one line that is safe on a terminal and in a log: whatever would act
 * there (control characters, line ends, bytes that are not UTF-8, direction marks) is
 * spelled \xNN.
 */
void strbuf_add_visible(struct strbuf *buf, const char *text);

/* The text so far, "" while empty; borrowed until the next append. */
const char *strbuf_text(const struct strbuf *buf);

/* Hands over the text, to be freed with free(). */
char *strbuf_take(struct strbuf *buf);

void strbuf_release(struct strbuf *buf);
#define _cleanup_strbuf_ _cleanup_(strbuf_release)
