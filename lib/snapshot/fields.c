/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Converts members of a struct to text and back, by a table. */
#include "lib/snapshot/fields.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/model/addr.h"
#include "lib/model/rt-names.h"

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

static uint32_t load_number(const struct field *field, const void *member)
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

static int parse_field_word(const char *const *words, const char *value, uint32_t *ret)
{
	for (uint32_t i = 0; words[i]; i++) {
		if (strcmp(words[i], value) != 0)
			continue;
		*ret = i;
		return 0;
	}
	return -EINVAL;
}

static int read_field_number(const struct field *field, void *member, const char *value)
{
	uint32_t num = 0;
	int r = field->words ? parse_field_word(field->words, value, &num)
			     : num_parse_u32(value, max_of[field->kind], &num);

	if (r == 0)
		store(field, member, num);
	return r;
}

static void read_bit(const struct field *field, void *member)
{
	uint32_t bits;

	memcpy(&bits, member, sizeof(bits));
	bits = field->kind == FIELD_BIT ? bits | field->bit : bits & ~field->bit;
	memcpy(member, &bits, sizeof(bits));
}

static int read_field_value(const struct field *field, void *member, const char *value)
{
	switch (field->kind) {
	case FIELD_MAC:
		return hwaddr_parse(value, member);
	case FIELD_IP:
		return ip_parse(value, AF_UNSPEC, member);
	case FIELD_IP4:
		return ip_parse(value, AF_INET, member);
	case FIELD_IP6:
		return ip_parse(value, AF_INET6, member);
	case FIELD_SCOPE:
		return rt_scope_parse(value, member);
	case FIELD_TEXT:
		memcpy(member, &value, sizeof(value));
		return 0;
	case FIELD_BOOL:
		*(bool *)member = true;
		return 0;
	case FIELD_BIT:
	case FIELD_NO_BIT:
		read_bit(field, member);
		return 0;
	case FIELD_U8:
	case FIELD_U16:
	case FIELD_U32:
		break;
	}
	return read_field_number(field, member, value);
}

const struct field *field_find(const struct field *fields, const char *name)
{
	while (fields->name && strcmp(fields->name, name) != 0)
		fields++;
	return fields->name ? fields : NULL;
}

int field_read(const struct field *field, void *record, const char *value,
	       const char **ret_why)
{
	if (read_field_value(field, (char *)record + field->offset, value) < 0) {
		*ret_why = field->kind == FIELD_MAC
				   ? _("is not a MAC address")
				   : _("has a value that its word does not take");
		return -EINVAL;
	}
	if (field->flag)
		*((bool *)record + field->flag) = true;
	return 0;
}

static bool has_field(const struct field *field, const void *record)
{
	const void *member = (const char *)record + field->offset;
	const char *text;

	if (field->flag)
		return *((const bool *)record + field->flag);
	switch (field->kind) {
	case FIELD_MAC:
		return ((const struct hwaddr *)member)->len;
	case FIELD_IP:
	case FIELD_IP4:
	case FIELD_IP6:
		return ip_is_set(member);
	case FIELD_SCOPE:
		return true;
	case FIELD_TEXT:
		memcpy(&text, member, sizeof(text));
		return text && *text;
	case FIELD_BOOL:
		return *(const bool *)member;
	case FIELD_BIT:
		return load_number(field, member) & field->bit;
	case FIELD_NO_BIT:
		return !(load_number(field, member) & field->bit);
	case FIELD_U8:
	case FIELD_U16:
	case FIELD_U32:
		break;
	}
	return load_number(field, member);
}

static const char *word_of(const struct field *field, uint32_t num)
{
	for (uint32_t i = 0; field->words && field->words[i]; i++)
		if (i == num)
			return field->words[i];
	return NULL;
}

void fields_word(const char *word, FILE *out)
{
	fputc_unlocked(' ', out);
	fputs_unlocked(word, out);
}

static void write_value(const struct field *field, const void *member, FILE *out)
{
	char mac[HWADDR_TEXT_MAX], ip[IP_TEXT_MAX], scope[RT_NAME_MAX];
	const char *text = NULL;

	switch (field->kind) {
	case FIELD_MAC:
		text = hwaddr_format(member, mac);
		break;
	case FIELD_IP:
	case FIELD_IP4:
	case FIELD_IP6:
		text = ip_format(member, ip);
		break;
	case FIELD_SCOPE:
		text = rt_scope_format(*(const uint8_t *)member, scope);
		break;
	case FIELD_TEXT:
		memcpy(&text, member, sizeof(text));
		break;
	case FIELD_U8:
	case FIELD_U16:
	case FIELD_U32:
	case FIELD_BOOL:
	case FIELD_BIT:
	case FIELD_NO_BIT:
		text = word_of(field, load_number(field, member));
		break;
	}
	if (text)
		fields_word(text, out);
	else
		fprintf(out, " %" PRIu32, load_number(field, member));
}

void fields_write(const struct field *fields, const void *record, FILE *out)
{
	for (; fields->name; fields++) {
		if (!has_field(fields, record))
			continue;
		fields_word(fields->name, out);
		if (field_has_value(fields))
			write_value(fields, (const char *)record + fields->offset, out);
	}
}
