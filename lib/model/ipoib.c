/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IP over InfiniBand: the properties of a link, and their text form. */
#include "lib/model/ipoib.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FULL_MEMBER 0x8000 /* of a partition; the driver accepts no others */

const char *ipoib_mode_word(bool is_connected)
{
	return is_connected ? "connected" : "datagram";
}

bool ipoib_parse_pkey(const char *text, int base, uint16_t *ret)
{
	char *end;
	unsigned long number;

	if (!text || !strchr("0123456789abcdefABCDEF", *text) || !*text)
		return false;
	number = strtoul(text, &end, base);
	if (*end || number > UINT16_MAX || !(number & ~FULL_MEMBER))
		return false;
	*ret = (uint16_t)(number | FULL_MEMBER);
	return true;
}

void ipoib_format(const struct ipoib *ipoib, struct strbuf *out)
{
	if (ipoib->pkey)
		strbuf_addf(out, " pkey 0x%04x", (unsigned int)ipoib->pkey);
	strbuf_addf(out, " mode %s", ipoib_mode_word(ipoib->is_connected));
}

static int parse_ipoib_word(const char *word, const char *value, struct ipoib *ipoib)
{
	if (strcmp(word, "pkey") == 0)
		return ipoib_parse_pkey(value, 0, &ipoib->pkey) ? 0 : -EINVAL;
	ipoib->is_connected = strcmp(value, ipoib_mode_word(true)) == 0;
	return strcmp(word, "mode") == 0 && (ipoib->is_connected ||
					     strcmp(value, ipoib_mode_word(false)) == 0)
		       ? 0
		       : -EINVAL;
}

int ipoib_parse(char *text, struct ipoib *ret)
{
	struct ipoib ipoib = { 0 };
	const char *word, *value;
	char *rest = NULL;

	for (word = strtok_r(text, " \t", &rest); word;
	     word = strtok_r(NULL, " \t", &rest)) {
		value = strtok_r(NULL, " \t", &rest);
		if (!value || parse_ipoib_word(word, value, &ipoib) < 0)
			return -EINVAL;
	}
	*ret = ipoib;
	return 0;
}
