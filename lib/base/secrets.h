/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/cleanup.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/* Whether it may be part of the name of a key. */
bool secret_is_name_char(char c);

/* What is printed in place of a secret. */
#define SECRET_BLANK "(hidden)"

/* Whether the value of this key must not be shown. */
bool secret_key(const char *key);

/* Whether a file, by its name, exists to keep secrets separate: keys-bond0. */
bool secret_file(const char *path);

/* Whether a text mentions a key with a secret, whose value it may quote. */
bool secret_mentions(const char *text);

/* struct secrets - values that must not be shown anywhere */
struct secrets;

/*
 * Return: an empty collection. secrets_free() accepts NULL.
 */
struct secrets *secrets_new(void);
void secrets_free(struct secrets *secrets);

static inline void secrets_freep(struct secrets **secrets)
{
	secrets_free(*secrets);
}
#define _cleanup_secrets_ _cleanup_(secrets_freep)

/**
 * secrets_note() - note a value, or any text of a file, that must not be shown
 * @file: the file it is in; NULL for none
 *
 * The text is noted as a whole and by its words, each in all forms in which we print
 * values: with \xNN, with %XX, quoted for the shell, and as in JSON. A word of four bytes
 * or more is hidden everywhere. Hiding a shorter one everywhere would remove too much, so
 * it is hidden only as a separate word in a text about a file of the same interface.
 */
void secrets_note(struct secrets *secrets, const char *file, const char *text);

/* Whether this file and text have been noted already: files are read repeatedly. */
bool secrets_know(const struct secrets *secrets, const char *file, const char *text);
void secrets_know_file(struct secrets *secrets, const char *file, const char *text);

/**
 * secrets_hide() - append a text with the secrets replaced
 * @secrets: or NULL
 * @pos: the position that the text is about
 *
 * A quoted part of a value from the same file, as messages have it, is hidden as well.
 */
void secrets_hide(const struct secrets *secrets, struct pos pos, const char *text,
		  struct strbuf *out);
