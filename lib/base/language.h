/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"

/*
 * Messages in the language of the caller's locale, from the catalogues in po/.
 *
 * Formats given to struct diag and to lib/base/print.h are translated there: call sites have
 * plain English, which xgettext finds (see po/update.sh). Only text that gets into a message
 * as an argument, and text that is printed otherwise, is marked: with _() where it is used,
 * or with N_() in a table, whose reader then uses _().
 *
 * The locale is set up with the first text that is asked for. Text inside the program is
 * UTF-8 whatever the locale.
 */
#define _(text)  language_text(text)
#define N_(text) text

/*
 * In a locale without a catalogue, on a virtual console, which has no fonts for it, and where
 * the encoding of the locale lacks its characters: as it is.
 *
 * Return: the translation, for ever.
 */
const char *language_text(const char *text) _format_of_(1);

/* The same of two texts, by the plural forms of the language. */
const char *language_plural(const char *one, const char *many, size_t n) _format_of_(1)
	_format_of_(2);

/* strerror() in the same language, which the C library has. */
const char *language_error(int error);

/* From now on all is English: for output that programs read, or other people. */
void language_off(void);

/* Prints text in the encoding of the locale, if that has a catalogue. */
void language_print(FILE *out, const char *text);
