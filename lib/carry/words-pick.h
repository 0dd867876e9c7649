/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/diag.h"

/**
 * words_pick() - find the word that an abbreviation stands for
 * @what: for messages: "property"
 *
 * Return: its index; -EINVAL if there is none, or several begin so, reported.
 */
int words_pick(const char *word, const char *const *words, size_t n, const char *what,
	       struct diag *diag);
