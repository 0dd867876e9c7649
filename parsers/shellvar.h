/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/**
 * struct shellvar - one assignment, as bash would have made it
 * @key: variable name
 * @value: after quoting, joining, expansion and `+=`
 * @pos: line on which the assignment starts
 * @appends: `+=`, or the value has the key's own earlier value in it
 * @stray: NULL; or the word behind an unquoted blank (`NAME=bond0 slave 1`), which makes
 *         bash run that word as a command, so that the assignment is not in force. The
 *         parser has not reported it: whether it is an error depends on the key. As it
 *         stands in the file, quotes and all, but fit for a message: cut when long.
 * @start, @end: from where to where it stands in the plain text of the file
 */
struct shellvar {
	const char *key;
	const char *value;
	struct pos pos;
	bool appends;
	const char *stray;
	size_t start, end;
};

/* All assignments of a file in their order; a key may stand there more than once. */
struct shellvars {
	struct shellvar *vars;
	size_t n, cap;
};

/**
 * shellvar_parse() - read a file of shell assignments without running it
 * @text: the file's bytes, @len of them; need not end in NUL
 * @file: its name, for messages; must outlive @arena's users and @diag
 * @outer: assignments that $NAME may refer to besides the file's own; may be NULL
 * @arena: owns the values in @ret
 * @table: owns the rest of @ret, which is needed only as long as keys are looked up; may be
 *         @arena
 * @diag: receives an error at its line for all that is shell but not an assignment
 *        (commands, substitutions, arithmetic, arrays, if, functions, unended quotes),
 *        and warnings for CRLF, a byte order mark and characters that look like ASCII
 *        quotes, blanks or '=' but are not
 * @ret: the assignments, also those around an erroneous line
 *
 * Whatever bash accepts as plain assignments reads the same as bash reads it. Lines and
 * files may be of any length.
 *
 * Return: 0 (also with errors in @diag); -ENOMEM.
 * Spec: POSIX XCU 2.2, 2.3, 2.6, 2.9.1; bash(1) QUOTING.
 */
int shellvar_parse(const char *text, size_t len, const char *file,
		   const struct shellvars *outer, struct arena *arena,
		   struct arena *table, struct diag *diag, struct shellvars *ret);

/* The assignment of @key in force: the last one without @stray; NULL if there is none. */
const struct shellvar *shellvar_get(const struct shellvars *vars, const char *key);
