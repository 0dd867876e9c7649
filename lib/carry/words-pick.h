/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/diag.h"

/**
 * words_pick() - the word that is meant by one that may be cut short
 * @what: for messages: "property"
 *
 * Return: its place; -EINVAL when there is none, or several begin so, reported.
 */
int words_pick(const char *word, const char *const *words, size_t n, const char *what,
	       struct diag *diag);
