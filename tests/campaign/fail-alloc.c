/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For LD_PRELOAD: allocations are counted, and one of them fails.
 *
 * FAIL_ALLOC is the number of a descriptor of a shared struct fail_alloc.
 */
#include "tests/campaign/fail-alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

/* What glibc calls its own, so that nothing has to be looked up before the first one. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);

static struct fail_alloc *shared;

/* Runs before main(): the loader's and the libraries' own start is not the program's. */
__attribute__((constructor)) static void begin(void)
{
	const char *fd = getenv("FAIL_ALLOC");
	void *map = fd ? mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED,
			      atoi(fd), 0)
		       : MAP_FAILED;

	if (map != MAP_FAILED)
		shared = map;
}

static int fails(void)
{
	if (!shared || ++shared->n != shared->at)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *block, size_t size)
{
	return fails() ? NULL : __libc_realloc(block, size);
}

void *reallocarray(void *block, size_t n, size_t size)
{
	size_t whole;

	if (__builtin_mul_overflow(n, size, &whole)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(block, whole);
}
