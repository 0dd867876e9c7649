/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/*
 * Appends a value quoted so that bash, shellvar_parse() and NetworkManager read it
 * unchanged.
 */
void shellvar_quote(const char *value, struct strbuf *out);

/**
 * shellvar_edit() - change the value of a variable in a file of assignments
 * @text, @len: the file's bytes
 * @file: its name, for messages
 * @key: a variable's name
 * @value: the new value; NULL removes the assignments of @key
 * @diag: messages of shellvar_parse() about the file as it is
 * @out: the new text is appended, with plain line ends; nothing is appended on failure
 *
 * The assignment in force is replaced in place; if there is none, a line is added at the
 * end. Everything else, including comments and order, stays as it is. Removing an
 * assignment removes its line as well unless the line has other content.
 *
 * Return: 0; -EINVAL if the file has errors (which are reported), or if it would not have
 * the new value.
 */
int shellvar_edit(const char *text, size_t len, const char *file, const char *key,
		  const char *value, struct diag *diag, struct strbuf *out);
