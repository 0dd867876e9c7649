/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/cleanup.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/* What is printed in place of a secret. */
#define SECRET_BLANK "(hidden)"

/* Whether the value of a key must not be shown. */
bool secret_key(const char *key);

/* Whether a file, by its name or path, is there to keep secrets apart: keys-bond0. */
bool secret_file(const char *path);

/* Whether a text speaks of a key with a secret, whose value it may then quote. */
bool secret_mentions(const char *text);

/* struct secrets - values that must not be shown, wherever they turn up */
struct secrets;

/* Return: an empty collection, or NULL when memory is short. secrets_free() accepts NULL. */
struct secrets *secrets_new(void);
void secrets_free(struct secrets *secrets);

static inline void secrets_freep(struct secrets **secrets)
{
	secrets_free(*secrets);
}
#define _cleanup_secrets_ _cleanup_(secrets_freep)

/**
 * secrets_note() - a value, or any text of a file, that must not be shown
 * @file: where it stands; NULL for nowhere
 *
 * It is noted as a whole and by its words, each in all forms in which we print values:
 * spelled out as \xNN, with %XX, quoted for the shell, and as in JSON. A word of four bytes
 * or more is a secret everywhere. A shorter one would take too much away, so it is one only
 * where it is a word of its own and the text is about a file of the same interface.
 *
 * Return: 0; -ENOMEM.
 */
int secrets_note(struct secrets *secrets, const char *file, const char *text);

/* Whether a file was noted with that text, and that it was: files are read repeatedly. */
bool secrets_know(const struct secrets *secrets, const char *file, const char *text);
int secrets_know_file(struct secrets *secrets, const char *file, const char *text);

/**
 * secrets_hide() - append a text without the secrets in it
 * @secrets: or NULL
 * @pos: what the text is about
 *
 * Where it quotes a piece of a value from the same file, as messages do, that is hidden, too.
 */
void secrets_hide(const struct secrets *secrets, struct pos pos, const char *text,
		  struct strbuf *out);
