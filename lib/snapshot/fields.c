/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Converts members of a struct to text and back, by a table. */
#include "lib/snapshot/fields.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/model/addr.h"

static const uint32_t max_of[] = {
	[FIELD_U8] = UINT8_MAX,
	[FIELD_U16] = UINT16_MAX,
	[FIELD_U32] = UINT32_MAX,
};

static void store(const struct field *field, void *member, uint32_t num)
{
	const uint8_t num8 = (uint8_t)num;
	const uint16_t num16 = (uint16_t)num;

	if (field->kind == FIELD_U8)
		memcpy(member, &num8, sizeof(num8));
	else if (field->kind == FIELD_U16)
		memcpy(member, &num16, sizeof(num16));
	else
		memcpy(member, &num, sizeof(num));
}

static uint32_t load(const struct field *field, const void *member)
{
	uint32_t num = 0;
	uint16_t num16;

	if (field->kind == FIELD_U8)
		return *(const uint8_t *)member;
	if (field->kind == FIELD_U16) {
		memcpy(&num16, member, sizeof(num16));
		return num16;
	}
	memcpy(&num, member, sizeof(num));
	return num;
}

static int parse_word(const char *const *words, const char *value, uint32_t *ret)
{
	for (uint32_t i = 0; words[i]; i++) {
		if (strcmp(words[i], value) != 0)
			continue;
		*ret = i;
		return 0;
	}
	return -EINVAL;
}

static int read_value(const struct field *field, void *member, const char *value,
		      const char **ret_why)
{
	uint32_t num = 0;

	if (field->kind == FIELD_MAC) {
		*ret_why = "is not a MAC address";
		return hwaddr_parse(value, member) < 0 ? -EINVAL : 0;
	}
	*ret_why = "has a value that its word does not take";
	if ((field->words ? parse_word(field->words, value, &num)
			  : num_parse_u32(value, max_of[field->kind], &num)) < 0)
		return -EINVAL;
	store(field, member, num);
	return 0;
}

int field_read(const struct field *fields, void *record, const char *name,
	       const char *value, const char **ret_why)
{
	const bool there = true;
	int r;

	while (fields->name && strcmp(fields->name, name) != 0)
		fields++;
	if (!fields->name) {
		*ret_why = "has a word that is not known here";
		return -ENOENT;
	}
	r = read_value(fields, (char *)record + fields->offset, value, ret_why);
	if (r == 0 && fields->flag != FIELD_UNFLAGGED)
		memcpy((char *)record + fields->flag, &there, sizeof(there));
	return r;
}

static bool is_there(const struct field *field, const void *record)
{
	const char *member = (const char *)record + field->offset;
	bool there;

	if (field->flag == FIELD_UNFLAGGED)
		return field->kind == FIELD_MAC
			       ? ((const struct hwaddr *)(const void *)member)->len
			       : load(field, member);
	memcpy(&there, (const char *)record + field->flag, sizeof(there));
	return there;
}

static const char *word_of(const struct field *field, uint32_t num)
{
	for (uint32_t i = 0; field->words && field->words[i]; i++)
		if (i == num)
			return field->words[i];
	return NULL;
}

static void write_value(const struct field *field, const void *member, FILE *out)
{
	char text[HWADDR_TEXT_MAX];
	const char *word;
	uint32_t num;

	if (field->kind == FIELD_MAC) {
		fputs(hwaddr_format(member, text), out);
		return;
	}
	num = load(field, member);
	word = word_of(field, num);
	if (word)
		fputs(word, out);
	else
		fprintf(out, "%" PRIu32, num);
}

void fields_write(const struct field *fields, const void *record, FILE *out)
{
	for (; fields->name; fields++) {
		if (!is_there(fields, record))
			continue;
		fprintf(out, " %s ", fields->name);
		write_value(fields, (const char *)record + fields->offset, out);
	}
}
