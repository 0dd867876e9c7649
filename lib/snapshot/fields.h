/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum field_kind { FIELD_U8, FIELD_U16, FIELD_U32, FIELD_MAC };

#define FIELD_UNFLAGGED SIZE_MAX

/**
 * struct field - a member of a struct as two words of text, its name and its value
 * @offset: where it is in the struct
 * @flag: where the bool is that says whether it is there at all, or FIELD_UNFLAGGED: then
 *        it is always there, and not written while it is zero
 * @words: names of its values 0, 1, 2 …, ending with NULL; NULL for plain numbers
 *
 * Tables of them end with a NULL name.
 */
struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
	size_t flag;
	const char *const *words;
};

/**
 * field_read() - set the member called @name, and its flag
 * @ret_why: the reason of a failure
 *
 * Return: 0; -ENOENT if there is no member of that name; -EINVAL if @value is not valid
 * for it.
 */
int field_read(const struct field *fields, void *record, const char *name,
	       const char *value, const char **ret_why);

/* Writes " NAME VALUE" for each member that is set. */
void fields_write(const struct field *fields, const void *record, FILE *out);
