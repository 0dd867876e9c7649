/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

/**
 * num_parse_u32() - parse a decimal number and nothing else
 *
 * No sign, blank, 0x or trailing text. Leading zeros do not make it octal, which is what
 * people expect (and what the bonding driver does).
 *
 * Return: 0; -EINVAL if it is not such a number; -ERANGE if it is above @max.
 */
int num_parse_u32(const char *text, uint32_t max, uint32_t *ret);

/* The same with C's prefixes, as ip(8) reads numbers: 0x10 is 16, and 010 is 8. */
int num_parse_c(const char *text, uint32_t max, uint32_t *ret);

/* The same for a number that may have a '-'. */
int num_parse_s32(const char *text, int32_t *ret);

/* The same for hexadecimal digits in upper or lower case, without 0x. */
int num_parse_hex(const char *text, uint32_t max, uint32_t *ret);
