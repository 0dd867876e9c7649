/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/arena.h"

/* Lists of words that end with NULL, as programs receive them. */

size_t argv_len(const char *const *words);

/* A new list made of both; the words themselves are shared. NULL if memory is short. */
const char **argv_join(struct arena *arena, const char *const *first,
		       const char *const *rest);
