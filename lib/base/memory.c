/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Remembers whether the process has run out of memory. */
#include "lib/base/memory.h"

#include <stddef.h>

static bool was_short;

void memory_note_short(void)
{
	was_short = true;
}

void *memory_note(void *p)
{
	if (!p)
		memory_note_short();
	return p;
}

bool memory_was_short(void)
{
	return was_short;
}
