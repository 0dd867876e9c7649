/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the fuzz targets share. */
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/arena.h"

/* Called by libFuzzer, or by replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that holds for every input; where it does not, the fuzzer keeps the input. */
#define must(what)                                                                 \
	do {                                                                       \
		if (!(what)) {                                                     \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
				#what);                                            \
			abort();                                                   \
		}                                                                  \
	} while (0)

/* The same of two texts, which are printed. */
static inline void must_be_same(const char *what, const char *first, const char *second)
{
	if (strcmp(first, second) == 0)
		return;
	fprintf(stderr, "%s\n--- first\n%s\n--- second\n%s\n", what, first, second);
	abort();
}

/**
 * fuzz_section() - the next of several texts in one input
 * @rest: what is left of the input; moved past the section
 * @arena: owns the results
 * @ret_name: what follows "== " in the line before the text
 *
 * Return: the text; NULL when there is no more.
 */
static inline char *fuzz_section(char **rest, struct arena *arena, const char **ret_name)
{
	char *name = *rest, *end, *next;

	if (!name || strncmp(name, "== ", 3) != 0)
		return NULL;
	name += 3;
	end = name + strcspn(name, "\n");
	next = strstr(end, "\n== ");
	*rest = next ? next + 1 : NULL;
	*ret_name = arena_strndup(arena, name, (size_t)(end - name));
	if (*end)
		end++;
	if (next && next >= end)
		return arena_strndup(arena, end, (size_t)(next + 1 - end));
	return arena_strdup(arena, next ? "" : end);
}
