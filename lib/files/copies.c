/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells names of copies, which people and programs leave beside a file. */
#include "lib/files/ifcfg-dir.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"

/* Six digits or more after a dot or the like are a date; fewer are a VLAN. */
static bool is_date(const char *part, size_t len)
{
	size_t digits = strspn(part, "0123456789");

	return digits >= 6 && digits <= 14 && digits == len;
}

static bool is_copy_word(const char *part, size_t len)
{
	static const char *const words[] = { "bak",    "bkp",    "bkup",     "bk",
					     "backup", "old",    "orig",     "save",
					     "sav",    "copy",   "original", "disabled",
					     "off",    "prev",   "new",      "tmp",
					     "saved",  "disable" };
	size_t letters = len;

	while (letters && isdigit((unsigned char)part[letters - 1]))
		letters--; /* bak2 */
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == letters &&
		    strncasecmp(part, words[i], letters) == 0)
			return true;
	return is_date(part, len);
}

bool ifcfg_is_copy(const char *name)
{
	static const char separators[] = ".-_ ()+";
	const char *part = name + strcspn(name, separators);

	while (*part) {
		size_t len;

		part += strspn(part, separators);
		len = strcspn(part, separators);
		if (len && is_copy_word(part, len))
			return true;
		part += len;
	}
	return false;
}
