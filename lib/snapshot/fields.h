/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum field_kind {
	FIELD_U8,
	FIELD_U16,
	FIELD_U32,
	FIELD_MAC,
	FIELD_IP,
	FIELD_IP4,
	FIELD_IP6,
	FIELD_SCOPE, /* of an address, which always has one */
	FIELD_TEXT,
	/* from here on, the name is all there is to it */
	FIELD_BOOL,
	FIELD_BIT,    /* one of an unsigned int */
	FIELD_NO_BIT, /* the name says that it is not set */
};

/**
 * struct field - a member of a struct as text: its name, and mostly its value
 * @offset: where it is in the struct
 * @flag: where the bool is that says whether it is there at all; 0 for none: then it is always
 *        there, and not written while it is zero
 * @words: names of its values 0, 1, 2 …, ending with NULL; NULL for plain numbers
 * @bit: of FIELD_BIT and FIELD_NO_BIT
 *
 * Tables of them end with a NULL name.
 */
struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
	size_t flag;
	const char *const *words;
	uint32_t bit;
};

/* NULL when there is none of that name. */
const struct field *field_find(const struct field *fields, const char *name);

static inline bool field_has_value(const struct field *field)
{
	return field->kind < FIELD_BOOL;
}

/**
 * field_read() - set a member, and its flag
 * @value: borrowed by the record if it is a text; NULL when the field has none
 * @ret_why: the reason of a failure
 *
 * Return: 0; -EINVAL if @value is not valid for it.
 */
int field_read(const struct field *field, void *record, const char *value,
	       const char **ret_why);

/*
 * Writes " WORD". For a host with thousands of links, printf() takes longer than everything else
 * about its state.
 */
void fields_word(const char *word, FILE *out);

/* Writes " NAME VALUE" for each member that is set. */
void fields_write(const struct field *fields, const void *record, FILE *out);
