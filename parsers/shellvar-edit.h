/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/* Appends a value so that bash, shellvar_parse() and NetworkManager read it as it is. */
void shellvar_quote(const char *value, struct strbuf *out);

/**
 * shellvar_edit() - give a variable another value in a file of assignments
 * @text, @len: the file's bytes
 * @file: its name, for messages
 * @key: a variable's name
 * @value: the new value; NULL takes the assignments of @key away
 * @diag: what shellvar_parse() finds in the file as it is
 * @out: the new text is appended, with plain line ends; nothing on failure
 *
 * The assignment in force is replaced where it stands; where there is none, a line is added
 * at the end. Everything else stays as it is, comments and order too. An assignment that
 * is taken away takes its line along unless there is something else on it.
 *
 * Return: 0; -EINVAL when the file has errors (told), or when it would not say the new
 * value; -ENOMEM.
 */
int shellvar_edit(const char *text, size_t len, const char *file, const char *key,
		  const char *value, struct diag *diag, struct strbuf *out);
