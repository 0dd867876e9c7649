/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens a library at run time. */
#include "lib/base/dynlib.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/base/memory.h"

/*
 * Of a large library we use a few functions, so only those that are called are bound. That
 * they exist is checked with dlsym().
 */
static void *open_lazily(const char *name)
{
	return MEMORY_TRY(dlopen(name, RTLD_LAZY | RTLD_LOCAL));
}

/*
 * Most pages of a library are used while it is opened: they are relocated, or constructors
 * are spread over them. What is mapped meanwhile gets its pages at once, which is faster
 * than with a page fault for each. Where memory to lock is limited, opening fails.
 */
static void *open_at_once(const char *name)
{
	void *handle;

	if (mlockall(MCL_FUTURE) < 0)
		return NULL;
	handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
	munlockall();
	return handle;
}

/* In the directory that @neighbour was loaded from, without a search. NULL if it fails. */
static void *open_next_to(const void *neighbour, const char *name)
{
	const char *slash;
	char path[PATH_MAX];
	Dl_info of;
	int len;

	if (!neighbour || dladdr(neighbour, &of) == 0 || !of.dli_fname)
		return NULL;
	slash = strrchr(of.dli_fname, '/');
	if (!slash || *of.dli_fname != '/')
		return NULL;
	len = snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - of.dli_fname),
		       of.dli_fname, name);
	return len < (int)sizeof(path) ? open_at_once(path) : NULL;
}

void *dynlib_open(const char *name, const void *neighbour,
		  const struct dynlib_call *calls, size_t n, void *into)
{
	void *handle = open_next_to(neighbour, name);

	if (!handle)
		handle = open_lazily(name);
	for (size_t i = 0; handle && i < n; i++) {
		void *call = dlsym(handle, calls[i].name);

		if (!call) {
			dlclose(handle);
			return NULL;
		}
		memcpy((char *)into + calls[i].at, &call, sizeof(call));
	}
	return handle;
}
