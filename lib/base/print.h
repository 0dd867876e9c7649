/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

#include "lib/base/cleanup.h"

/*
 * Everything for people to read goes through these functions or through struct diag: a
 * value, a file name or a link name, which the root of a container may choose, can neither
 * act on the terminal nor forge a line. See strbuf_add_visible().
 */

/* Prints one line; its end is added. */
void print_line(FILE *out, const char *fmt, ...) _printf_(2, 3);

/* Prints a part of a line. Return: how many bytes that were. */
int print_part(FILE *out, const char *fmt, ...) _printf_(2, 3);

/* Prints text of many lines; the last one is ended, too. */
void print_text(FILE *out, const char *text);
