/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "parsers/shellvars.h"

/**
 * shellvar_parse() - read a file of shell assignments without running it
 * @text: the file's bytes, @len of them; need not end in NUL
 * @file: its name, for messages; must outlive @arena's users and @diag
 * @outer: assignments that $NAME may refer to besides the file's own; may be NULL
 * @arena: owns the values in @ret
 * @table: owns the rest of @ret, which is needed only as long as keys are looked up; may be
 *         @arena
 * @diag: receives a warning, one for each kind, for lines that are no assignment and that
 *        cannot set a variable; an error for a command that may set any (`.`, eval); and
 *        warnings for CRLF, a byte order mark and characters that look like ASCII quotes,
 *        blanks or '=' but are not
 * @ret: the assignments, those that are not in force too, and shell code that the parser has
 *       not reported
 *
 * Whatever bash accepts as plain assignments reads the same as bash reads it. Lines and
 * files may be of any length.
 *
 * Return: 0 (also with errors in @diag).
 * Spec: POSIX XCU 2.2, 2.3, 2.6, 2.9.1; bash(1) QUOTING.
 */
int shellvar_parse(const char *text, size_t len, const char *file,
		   const struct shellvars *outer, struct arena *arena,
		   struct arena *table, struct diag *diag, struct shellvars *ret);
