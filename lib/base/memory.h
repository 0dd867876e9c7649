/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One policy for all allocations: none of them fails. If the system refuses memory, a
 * reserve that the process has had from its start is given back, and the allocation is
 * tried again. From then on memory_was_short(): nothing is begun any more, steps that
 * were done are rolled back, and the run ends with a message and a non-zero status. If
 * the reserve is used up as well, the run ends on the spot.
 */
#pragma once

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/base/cleanup.h"

/*
 * Gets the pages of the heap that every run fills, and those of the code, with one system call
 * each instead of with many page faults. To be called before anything is allocated.
 */
void memory_warm_up(void);

/* Zeroed memory for @n elements of @size bytes; to be freed with free(), as all here. */
_returns_ void *memory_zeroed(size_t n, size_t size);

/* As realloc(). */
_returns_ void *memory_resize(void *block, size_t size);

_returns_ char *memory_dup(const char *text);
_returns_ char *memory_dupn(const char *text, size_t len);
_returns_ char *memory_printf(const char *fmt, ...) _printf_(1, 2);
_returns_ char *memory_vprintf(const char *fmt, va_list args) _printf_(1, 0);

/* As setenv(), over what is there. */
void memory_setenv(const char *name, const char *value);

/* Whether an allocation has failed anywhere in the process. */
bool memory_was_short(void);

/*
 * For functions of libraries, which report that memory is short: gives the reserve back.
 *
 * Return: whether there was one, so that trying again makes sense.
 */
bool memory_release(void);

/*
 * Yields the pointer that @call returns. If that is NULL and errno says that memory is
 * short, it is called again, with the reserve.
 */
#define MEMORY_TRY(call)                                                  \
	({                                                                \
		__typeof__(call) tried_;                                  \
		do {                                                      \
			errno = 0;                                        \
			tried_ = (call);                                  \
		} while (!tried_ && errno == ENOMEM && memory_release()); \
		tried_;                                                   \
	})

/* Ends the process with a message: there is no memory for anything else. */
_Noreturn void memory_end(void);
