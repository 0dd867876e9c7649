/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/strbuf.h"

/**
 * redact() - copy a file without its secrets
 * @text: of an ifcfg file or a related one
 * @all: every value is a secret
 * @out: receives the lines without secrets: assignments, in comments too, are removed with all
 *       lines that their value spans
 */
int redact(const char *text, bool all, struct strbuf *out);

struct secrets;
struct shellvars;

/* Whether a text may have secrets: most files have none, and need not be read twice. */
bool redact_is_needed(const char *text);

/**
 * redact_note() - note the parts of a file that must not be shown
 * @path: as shown in messages
 * @text: its content
 * @secrets: or NULL
 */
int redact_note(const char *path, const char *text, struct secrets *secrets);

/*
 * The same for its resulting values: in the text, they may be written as $'\x61' or $X.
 */
void redact_note_values(const char *path, const struct shellvars *vars,
			struct secrets *secrets);
