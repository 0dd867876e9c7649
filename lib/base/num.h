/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

/**
 * num_parse_u32() - a decimal number and nothing else
 *
 * No sign, blank, 0x or trailing text. Leading zeros are decimal, as people mean them
 * (and as the bonding driver reads them).
 *
 * Return: 0; -EINVAL when it is no such number; -ERANGE when it is above @max.
 */
int num_parse_u32(const char *text, uint32_t max, uint32_t *ret);

/* The same, but as C writes it and ip(8) reads it: 0x10 is 16, and 010 is 8. */
int num_parse_c(const char *text, uint32_t max, uint32_t *ret);

/* The same for a number that may carry a '-'. */
int num_parse_s32(const char *text, int32_t *ret);

/* The same for hexadecimal digits, in upper or lower case, without 0x in front. */
int num_parse_hex(const char *text, uint32_t max, uint32_t *ret);
