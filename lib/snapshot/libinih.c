/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens inih at run time. */
#include "lib/snapshot/libinih.h"

#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/dynlib.h"

static const struct dynlib_call calls[] = {
	{ "ini_parse_file", offsetof(struct libinih, parse_file) },
};

/* Debian has a number of its own. */
static const char *const names[] = { "libinih.so.0", "libinih.so.1" };

const struct libinih *libinih_open(void)
{
	static struct libinih lib;
	static void *handle;

	for (size_t i = 0; !handle && i < ARRAY_SIZE(names); i++)
		handle = dynlib_open(names[i], NULL, calls, ARRAY_SIZE(calls), &lib);
	return handle ? &lib : NULL;
}
