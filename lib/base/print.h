/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

#include "lib/base/cleanup.h"

/*
 * All text for people is printed by these functions or through struct diag, so that a
 * value, a file name or a link name, which root in a container may choose, can neither
 * act on the terminal nor forge a line. See strbuf_add_visible(). Formats are translated
 * here: see language.h.
 */

/* Prints one line and ends it. */
void print_line(FILE *out, const char *fmt, ...) _printf_(2, 3);

/* Prints part of a line. Return: the number of columns it takes. */
int print_part(FILE *out, const char *fmt, ...) _printf_(2, 3);

/* Prints part of a line, in a colour of terminal.h; @colour may be NULL. */
void print_coloured(FILE *out, const char *colour, const char *text);

/* Prints part of a line, padded with blanks to that many columns. */
void print_cell(FILE *out, size_t columns, const char *text);

/* Prints text of several lines, ending the last one as well. */
void print_text(FILE *out, const char *text);
