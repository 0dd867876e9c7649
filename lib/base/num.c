/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place where text becomes a number. */
#include "lib/base/num.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int num_parse_u32(const char *text, uint32_t max, uint32_t *ret)
{
	uint64_t value = 0;
	bool over = false;

	if (!*text || text[strspn(text, "0123456789")])
		return -EINVAL;
	for (; *text; text++) {
		value = value * 10 + (uint64_t)(*text - '0');
		over |= value > max;
		if (over)
			value = max;
	}
	if (over)
		return -ERANGE;
	*ret = (uint32_t)value;
	return 0;
}

int num_parse_c(const char *text, uint32_t max, uint32_t *ret)
{
	unsigned long long value;
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	value = strtoull(text, &end, 0); /* ULLONG_MAX if it is too long */
	if (*end)
		return -EINVAL;
	if (value > max)
		return -ERANGE;
	*ret = (uint32_t)value;
	return 0;
}

int num_parse_hex(const char *text, uint32_t max, uint32_t *ret)
{
	unsigned long long value;

	if (!*text || text[strspn(text, "0123456789abcdefABCDEF")])
		return -EINVAL;
	value = strtoull(text, NULL, 16); /* ULLONG_MAX if it is too long */
	if (value > max)
		return -ERANGE;
	*ret = (uint32_t)value;
	return 0;
}

int num_parse_s32(const char *text, int32_t *ret)
{
	bool negative = *text == '-';
	uint32_t value;
	int r;

	r = num_parse_u32(text + negative, negative ? (uint32_t)INT32_MAX + 1 : INT32_MAX,
			  &value);
	if (r < 0)
		return r;
	*ret = negative ? (int32_t)(-(int64_t)value) : (int32_t)value;
	return 0;
}
