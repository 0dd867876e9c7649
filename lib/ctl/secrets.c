/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which keys have values that are nobody else's business. */
#include "lib/ctl/secrets.h"

#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"

bool secret_key(const char *key)
{
	static const char *const parts[] = { "PASSWORD", "PASSWD", "PASSPHRASE", "PSK",
					     "SECRET" };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strcasestr(key, parts[i]))
			return true;
	if (strcasecmp(key, "PIN") == 0)
		return true;
	/* Of which kind the keys are may be known. */
	return strncasecmp(key, "KEY", 3) == 0 && strcasecmp(key, "KEY_MGMT") != 0;
}

bool secret_file(const char *name)
{
	return strncmp(name, "keys-", 5) == 0;
}
