/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

#include "lib/base/arena.h"

/* A word of a command as one of a line: blanks, '#' and '%' become %XX. And back. */
void run_word_encode(const char *word, FILE *out);
/* Return: NULL when memory is short. */
const char *run_word_decode(struct arena *arena, const char *text);
