/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/**
 * plain_text() - a file's bytes as text with plain line ends
 * @bytes, @len: as read
 * @file: its name, for messages
 * @diag: receives, once a file, a warning for a byte order mark and for CR LF, and an
 *        error for NUL
 * @out: the text is appended, without any of these; lines keep their numbers
 */
void plain_text(const char *bytes, size_t len, const char *file, struct diag *diag,
		struct strbuf *out);
