/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_object;

/**
 * struct json - output for programs
 *
 * Start with `_cleanup_json_ struct json json = json_new();`. In the functions below, @at
 * is an object; or a list, and then @key is NULL. Members keep the order in which they
 * are added.
 */
struct json {
	struct json_object *root;
};

struct json json_new(void); /* an object */
void json_release(struct json *json);
#define _cleanup_json_ _cleanup_(json_release)

/* A text; null if it is NULL. Bytes that are not UTF-8 become question marks. */
void json_put_text(struct json *json, struct json_object *at, const char *key,
		   const char *text);
void json_put_number(struct json *json, struct json_object *at, const char *key,
		     int64_t number);
void json_put_bool(struct json *json, struct json_object *at, const char *key,
		   bool value);
void json_put_null(struct json *json, struct json_object *at, const char *key);

/* A new, empty object or list. */
struct json_object *json_put_object(struct json *json, struct json_object *at,
				    const char *key);
struct json_object *json_put_list(struct json *json, struct json_object *at,
				  const char *key);

struct ctl;

/* As "error", why there is no answer: the latest error so far; null if @ctl is NULL. */
void json_put_error(struct json *json, const struct ctl *ctl);

void json_print(const struct json *json, FILE *out);
