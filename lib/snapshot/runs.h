/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

#include "lib/base/arena.h"

/* Encodes a word of a command for use in a line: blanks, '#', '%' and nothing at all become %XX. */
void run_word_encode(const char *word, FILE *out);
/* Decodes it again. */
const char *run_word_decode(struct arena *arena, const char *text);
