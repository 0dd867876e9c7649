/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that is freed all at once: a chain of chunks, each filled from front to back. */
#include "lib/base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "lib/base/memory.h"

/*
 * Many arenas hold little, so the first chunk is small. Each further one is twice as large,
 * up to nearly a page.
 */
#define FIRST_CHUNK 440
#define CHUNK_SIZE  4000
/* Texts that fit in that are put together once. */
#define USUAL_SIZE 128
/* Bytes. Elements of this size or more usually come alone or in small numbers. */
#define LARGE_ELEMENT 64

struct chunk {
	struct chunk *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct chunk *chunks; /* the first one is being filled */
};

struct arena *arena_new(void)
{
	return memory_zeroed(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	while (arena->chunks) {
		struct chunk *next = arena->chunks->next;

		free(arena->chunks);
		arena->chunks = next;
	}
	free(arena);
}

static struct chunk *chunk_add(struct arena *arena, size_t need)
{
	size_t size = arena->chunks ? 2 * arena->chunks->size : FIRST_CHUNK;
	struct chunk *chunk;

	if (size > CHUNK_SIZE)
		size = CHUNK_SIZE;
	if (size < need)
		size = need;
	if (size > PTRDIFF_MAX - sizeof(*chunk))
		memory_end();
	chunk = memory_resize(NULL, sizeof(*chunk) + size);
	chunk->used = 0;
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

static void *take_room(struct arena *arena, size_t size, size_t align)
{
	struct chunk *chunk = arena->chunks;
	size_t start = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;

	if (!chunk || start > chunk->size || chunk->size - start < size) {
		chunk = chunk_add(arena, size);
		start = 0;
	}
	chunk->used = start + size;
	return chunk->data + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take_room(arena, size, _Alignof(max_align_t)), 0, size);
}

void *arena_memdup(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, data, size);
	return copy;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = take_room(arena, len + 1, 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	char usual[USUAL_SIZE];
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = vsnprintf(usual, sizeof(usual), fmt, args);
	va_end(args);
	if (len < 0) /* longer than an int can say */
		memory_end();
	if ((size_t)len < sizeof(usual))
		return arena_strndup(arena, usual, (size_t)len);
	text = take_room(arena, (size_t)len + 1, 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *arena, void *array, size_t n, size_t *cap, size_t size)
{
	size_t first = size < LARGE_ELEMENT ? 8 : 2;
	size_t wanted = *cap ? *cap * 2 : first;
	void *bigger;

	if (n < *cap)
		return array;
	if (wanted > SIZE_MAX / size)
		memory_end();
	bigger = arena_alloc(arena, wanted * size);
	if (n)
		memcpy(bigger, array, n * size);
	*cap = wanted;
	return bigger;
}
