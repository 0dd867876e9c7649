/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/base/cleanup.h"

struct ctl;
struct json_object;

/*
 * Output for programs: an object, to be freed. In the functions below, @at is an object; or a
 * list, and then @key is NULL. Members keep the order in which they are added.
 */
_returns_ struct json_object *json_new(void);
void json_release(struct json_object **json);
#define _cleanup_json_ _cleanup_(json_release)

/* A text; null if it is NULL. Bytes that are not UTF-8 become question marks. */
void json_put_text(struct json_object *at, const char *key, const char *text);
void json_put_number(struct json_object *at, const char *key, int64_t number);
void json_put_bool(struct json_object *at, const char *key, bool value);
void json_put_null(struct json_object *at, const char *key);

/* A new, empty object or list, which is @at's. */
struct json_object *json_put_object(struct json_object *at, const char *key);
struct json_object *json_put_list(struct json_object *at, const char *key);

/* As "error", why there is no answer: the latest error so far; null if @ctl is NULL. */
void json_put_error(struct json_object *at, const struct ctl *ctl);

void json_print(struct json_object *json, FILE *out);
