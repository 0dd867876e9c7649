/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/cleanup.h"

/**
 * struct arena - memory that is freed all at once
 *
 * A model, a snapshot and a plan each own one; whatever they point to is allocated in it
 * and freed with it. Nothing inside is freed separately.
 */
struct arena;

/* Nothing here fails: see lib/base/memory.h. arena_free() accepts NULL. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

static inline void arena_freep(struct arena **arena)
{
	arena_free(*arena);
}
#define _cleanup_arena_ _cleanup_(arena_freep)

/* Zeroed memory, aligned for any type, owned by @arena. */
_returns_ void *arena_alloc(struct arena *arena, size_t size);

/* Copies text into the arena. */
_returns_ char *arena_strdup(struct arena *arena, const char *text);
_returns_ char *arena_strndup(struct arena *arena, const char *text, size_t len);
_returns_ char *arena_printf(struct arena *arena, const char *fmt, ...) _printf_(2, 3);
_returns_ void *arena_memdup(struct arena *arena, const void *data, size_t size);

/**
 * arena_grow() - make room for one more element of an array
 * @array: the array, or NULL while it is empty
 * @n: number of elements in use
 * @cap: number of elements there is room for; updated
 * @size: size of an element in bytes
 *
 * The array doubles when it is full, so the old copies in the arena add up to less than
 * the array itself.
 *
 * Return: the array, which may have moved.
 */
_returns_ void *arena_grow(struct arena *arena, void *array, size_t n, size_t *cap,
			   size_t size);

/* Appends @item to the array @list, whose counters are @n and @cap. */
#define ARENA_PUSH(arena, list, n, cap, item)                                 \
	do {                                                                  \
		(list) = arena_grow(arena, list, n, &(cap), sizeof(*(list))); \
		(list)[(n)++] = (item);                                       \
	} while (false)
