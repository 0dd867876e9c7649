/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/strbuf.h"

/**
 * redact() - a file without its secrets
 * @text: of an ifcfg file or one beside it
 * @all: every value is one
 * @out: gets the lines, with what is secret left out: assignments, in comments too, with all
 *       lines that their value spans
 *
 * Return: 0; -ENOMEM.
 */
int redact(const char *text, bool all, struct strbuf *out);

/* Any text, with @words, which end with NULL, left out wherever they stand in it. */
void redact_words(const char *text, const char *const *words, struct strbuf *out);
