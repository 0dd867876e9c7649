/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"

/* Lists of words that end with NULL, as programs receive them. */

size_t argv_len(const char *const *words);

/* A new list made of both; the words themselves are shared. */
const char **argv_join(struct arena *arena, const char *const *first,
		       const char *const *rest);

/* Whether a text of words with blanks between has @word, of @len bytes; NULL has none. */
bool text_has_word(const char *text, const char *word, size_t len);
bool text_lists(const char *text, const char *word);
