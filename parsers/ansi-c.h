/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/strbuf.h"

/**
 * ansi_c_decode() - decode the text between the quotes of $'…'
 * @text, @len: as in the file, including the backslashes
 * @out: the decoded text is appended
 *
 * An escape that yields NUL ends the text, and \u and \U give UTF-8, as in bash. A
 * backslash before any other character is kept.
 *
 * Spec: bash(1) QUOTING.
 */
void ansi_c_decode(const char *text, size_t len, struct strbuf *out);
