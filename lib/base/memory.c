/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocations that do not fail, and the reserve that makes it so. */
#include "lib/base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/base/compat.h"

/*
 * Enough to roll back a run with thousands of routes. It is never touched, so it costs
 * address space only.
 */
#define RESERVE_SIZE ((size_t)2 * 1024 * 1024)

/* What the programs end with when something failed (EXIT_FAILED). */
#define EXIT_SHORT 1

/* What planning and applying the changes of one bond takes at least. */
#define WARM_SIZE ((size_t)60 * 1024)

/* From the linker: where the program begins, and where its code ends. */
extern char __executable_start[], etext[];

static char reserve_bytes[RESERVE_SIZE];
static bool was_short;

bool memory_was_short(void)
{
	return was_short;
}

/* The pages that nothing else shares. */
static void unmap_reserve(void)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t before = -(uintptr_t)reserve_bytes % page;

	munmap(reserve_bytes + before, (sizeof(reserve_bytes) - before) / page * page);
}

bool memory_release(void)
{
	const bool had_reserve = !was_short;

	was_short = true;
	if (had_reserve)
		unmap_reserve();
	return had_reserve;
}

_Noreturn void memory_end(void)
{
	static const char message[] = ": error: out of memory\n";
	const char *name = program_invocation_short_name;

	/* Not through stdio, which may want memory. */
	if (write(STDERR_FILENO, name, strlen(name)) < 0 ||
	    write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(EXIT_SHORT);
	_exit(EXIT_SHORT);
}

/* Whether to try again; does not return if that is pointless. */
static bool is_short(const void *block)
{
	if (!block && !memory_release())
		memory_end();
	return !block;
}

/* Kernels before 5.14 refuse. */
static void get_pages(char *block, size_t size, int how)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t before = -(uintptr_t)block % page;

	if (before < size)
		madvise(block + before, (size - before) / page * page, how);
}

void memory_warm_up(void)
{
	char *block = malloc(WARM_SIZE);

	if (block)
		get_pages(block, WARM_SIZE, MADV_POPULATE_WRITE);
	free(block);
	/* cppcheck-suppress comparePointers ; the linker's two ends of the same thing */
	get_pages(__executable_start, (size_t)(etext - __executable_start),
		  MADV_POPULATE_READ);
}

void *memory_zeroed(size_t n, size_t size)
{
	void *block;

	do
		block = calloc(n ? n : 1, size ? size : 1);
	while (is_short(block));
	return block;
}

void *memory_resize(void *block, size_t size)
{
	void *bigger;

	do
		bigger = realloc(block, size ? size : 1);
	while (is_short(bigger));
	return bigger;
}

char *memory_dupn(const char *text, size_t len)
{
	const size_t n = strnlen(text, len);
	char *copy = memory_resize(NULL, n + 1);

	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *memory_dup(const char *text)
{
	return memory_dupn(text, strlen(text));
}

void memory_setenv(const char *name, const char *value)
{
	while (setenv(name, value, true) < 0)
		if (!memory_release())
			memory_end();
}

char *memory_vprintf(const char *fmt, va_list args)
{
	va_list again;
	size_t size;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0) /* longer than an int can say */
		memory_end();
	size = (size_t)len + 1;
	text = memory_resize(NULL, size);
	vsnprintf(text, size, fmt, args);
	return text;
}

char *memory_printf(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = memory_vprintf(fmt, args);
	va_end(args);
	return text;
}
