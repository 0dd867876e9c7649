/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens a library at run time. */
#include "lib/base/dynlib.h"

#include <dlfcn.h>
#include <string.h>

#include "lib/base/memory.h"

void *dynlib_open(const char *name, const struct dynlib_call *calls, size_t n, void *into)
{
	void *handle = MEMORY_TRY(dlopen(name, RTLD_NOW | RTLD_LOCAL));

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
