/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/* struct route_line - one line of a route or rule file; @words ends with NULL */
struct route_line {
	struct pos pos;
	const char **words;
	size_t n, cap;
};

/* struct route_lines - all lines that are not empty */
struct route_lines {
	struct route_line *list;
	size_t n, cap;
};

/*
 * Whether the text uses the syntax with ADDRESS0=, NETMASK0= and so on: a list of
 * assignments, to be read by shellvar_parse().
 */
bool route_file_has_keys(const char *text);

/* Whether the line is NAME=value, or that with a stray blank before the '='. */
bool route_line_is_key(const char *line);

/**
 * route_file_parse() - split a route or rule file into lines of words
 * @text: NUL-terminated; @file: path, for positions
 * @arena: owns the words
 *
 * Words are separated by blanks; there is no quoting. A '#' where a word could start
 * begins a comment. A backslash at the end of a line joins the next line to it. CR LF
 * ends a line as LF does.
 *
 * Spec: handle_ip_file() of network-scripts' ifup-routes.
 */
int route_file_parse(const char *text, const char *file, struct arena *arena,
		     struct route_lines *ret);
