/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens inih at run time. */
#include "lib/snapshot/libinih.h"

#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/dynlib.h"

static const struct dynlib_call inih_calls[] = {
	{ "ini_parse_file", offsetof(struct libinih, parse_file) },
};

/* Debian has a number of its own. */
static const char *const inih_names[] = { "libinih.so.0", "libinih.so.1" };

const struct libinih *libinih_open(void)
{
	static struct libinih lib;
	static void *handle;

	for (size_t i = 0; !handle && i < ARRAY_SIZE(inih_names); i++)
		handle = dynlib_open(inih_names[i], NULL, inih_calls,
				     ARRAY_SIZE(inih_calls), &lib);
	return handle ? &lib : NULL;
}
