/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output for programs, using json-c, with one place that notices a lack of memory. */
#include "lib/ctl/json.h"

#include <errno.h>
#include <json-c/json.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/ctl/ctl.h"

struct json_object *json_new(void)
{
	struct json_object *json = MEMORY_TRY(json_object_new_object());

	if (!json)
		memory_end();
	return json;
}

void json_release(struct json_object **json)
{
	json_object_put(TAKE_PTR(*json));
}

/* Takes @value over in any case. */
static void put_member(struct json_object *at, const char *key, struct json_object *value)
{
	int r;

	do
		r = key ? json_object_object_add(at, key, value)
			: json_object_array_add(at, value);
	while (r < 0 && memory_release());
	if (r < 0)
		memory_end();
}

static void put_made(struct json_object *at, const char *key, struct json_object *value)
{
	if (!value)
		memory_end();
	put_member(at, key, value);
}

/* The length of the character in bytes; 0 if it is not valid. */
static size_t utf8_len(const unsigned char *text)
{
	static const struct {
		unsigned char mask, lead;
	} leads[] = { { 0x80, 0x00 }, { 0xe0, 0xc0 }, { 0xf0, 0xe0 }, { 0xf8, 0xf0 } };

	for (size_t len = 1; len <= ARRAY_SIZE(leads); len++) {
		size_t k = 1;

		if ((text[0] & leads[len - 1].mask) != leads[len - 1].lead)
			continue;
		while (k < len && (text[k] & 0xc0) == 0x80)
			k++;
		return k == len ? len : 0;
	}
	return 0;
}

/* Works in place. */
static void make_utf8(char *text)
{
	while (*text) {
		size_t len = utf8_len((unsigned char *)text);

		if (!len)
			*text = '?';
		text += len ? len : 1;
	}
}

void json_put_text(struct json_object *at, const char *key, const char *text)
{
	_cleanup_free_ char *copy = NULL;

	if (!text) {
		json_put_null(at, key);
		return;
	}
	copy = memory_dup(text);
	make_utf8(copy);
	put_made(at, key, MEMORY_TRY(json_object_new_string(copy)));
}

void json_put_number(struct json_object *at, const char *key, int64_t number)
{
	put_made(at, key, MEMORY_TRY(json_object_new_int64(number)));
}

void json_put_bool(struct json_object *at, const char *key, bool value)
{
	put_made(at, key, MEMORY_TRY(json_object_new_boolean(value)));
}

/* json-c has no object for it. */
void json_put_null(struct json_object *at, const char *key)
{
	put_member(at, key, NULL);
}

struct json_object *json_put_object(struct json_object *at, const char *key)
{
	struct json_object *object = MEMORY_TRY(json_object_new_object());

	put_made(at, key, object);
	return object;
}

struct json_object *json_put_list(struct json_object *at, const char *key)
{
	struct json_object *list = MEMORY_TRY(json_object_new_array());

	put_made(at, key, list);
	return list;
}

void json_put_error(struct json_object *at, const struct ctl *ctl)
{
	_cleanup_strbuf_ struct strbuf error = STRBUF_EMPTY;

	if (ctl)
		ctl_last_error(ctl, &error);
	json_put_text(at, "error", ctl ? strbuf_text(&error) : NULL);
}

/*
 * json-c escapes the first 32 control characters. The others affect a terminal, too, and
 * text that is not UTF-8 is not valid JSON; of an invalid byte, programs only learn that
 * there was one.
 */
static void print_safe(const char *text, FILE *out)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	while (*text) {
		uint32_t code = 0xFFFD;
		size_t len = utf8_decode(text, &code);

		if (len && (utf8_is_visible(code) || code == '\n'))
			strbuf_addn(&clean, text, len);
		else
			strbuf_addf(&clean, "\\u%04x", code);
		text += len ? len : 1;
	}
	fprintf(out, "%s\n", strbuf_text(&clean));
}

void json_print(struct json_object *json, FILE *out)
{
	static const int style = JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
				 JSON_C_TO_STRING_NOSLASHESCAPE;
	const char *text;

	do {
		errno = 0;
		text = json_object_to_json_string_ext(json, style);
	} while (errno == ENOMEM && memory_release()); /* it may be incomplete */
	if (text && errno != ENOMEM)
		print_safe(text, out);
	else
		memory_end();
}
