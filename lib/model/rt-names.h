/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

/* Size of a name or a number as text. */
#define RT_NAME_MAX 16

/*
 * Names of route scopes and protocols, as spelled by ip(8); a value without a name is its
 * number. The parsers accept both. Return: @buf; 0, or -EINVAL. Source: enum rt_scope_t
 * and RTPROT_* in linux/rtnetlink.h.
 */
const char *rt_scope_format(uint8_t scope, char buf[static RT_NAME_MAX]);
int rt_scope_parse(const char *text, uint8_t *ret);
const char *rt_protocol_format(uint8_t protocol, char buf[static RT_NAME_MAX]);
int rt_protocol_parse(const char *text, uint8_t *ret);
