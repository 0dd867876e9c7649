/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* SGR sequences, and the one that ends each of them. */
#define COLOUR_BOLD   "\033[1m"
#define COLOUR_RED    "\033[31m"
#define COLOUR_GREEN  "\033[32m"
#define COLOUR_YELLOW "\033[33m"
#define COLOUR_CYAN   "\033[36m"
#define COLOUR_END    "\033[0m"

/* Whether it is a terminal that obeys control sequences: TERM is set, and is not "dumb". */
bool terminal_obeys(int fd);

/*
 * Whether text may have colours there: on such a terminal, unless NO_COLOR has a value.
 * Spec: https://no-color.org
 */
bool terminal_has_colours(int fd);

/* Return: its columns; 0 if they are not known, or if it is not a terminal. */
unsigned int terminal_width(int fd);

/* The encoding of the locale of the environment, as iconv(3) names it. Return: false: unknown. */
bool locale_encoding(char ret[static 64]);

/* Whether the locale of the environment is one in UTF-8. */
bool locale_is_utf8(void);

/*
 * Return: how many columns text in UTF-8 takes. A character of Chinese takes two, an accent of
 * its own none. Characters are measured one by one, as terminals do.
 */
size_t text_width(const char *text);
