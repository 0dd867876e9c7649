/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which keys have values that are nobody else's business. */
#include "lib/base/secrets.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/diag.h"

bool secret_key(const char *key)
{
	static const char *const parts[] = { "PASSWORD", "PASSWD",  "PASSPHRASE",
					     "PSK",      "SECRET",  "PRIVATE_KEY",
					     "WEP_KEY",  "MKA_CAK", "SOPASS" };
	const size_t len = strlen(key);

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strcasestr(key, parts[i]))
			return true;
	if (strcasecmp(key, "PIN") == 0 ||
	    (len > 4 && strcasecmp(key + len - 4, "_PIN") == 0))
		return true;
	/* Of which kind the keys are may be known. */
	return strncasecmp(key, "KEY", 3) == 0 && strcasecmp(key, "KEY_MGMT") != 0;
}

bool secret_file(const char *name)
{
	return strncmp(name, "keys-", 5) == 0;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool secret_mentions(const char *text)
{
	char name[64];

	while (*text) {
		size_t len = 0;

		while (is_word(text[len]))
			len++;
		snprintf(name, sizeof(name), "%.*s", (int)len, text);
		/* In lower case it is a word like any other, but for that of ethtool. */
		if ((isupper((unsigned char)*name) && secret_key(name)) ||
		    strcmp(name, "sopass") == 0)
			return true;
		text += len ? len : 1;
	}
	return false;
}

bool secret_message(const struct diag_line *line)
{
	const char *file = line->pos.file ? line->pos.file : "";
	const char *slash = strrchr(file, '/');

	return secret_file(slash ? slash + 1 : file) || secret_mentions(line->text) ||
	       (line->hint && secret_mentions(line->hint));
}
