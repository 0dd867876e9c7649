/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens libkmod at run time. */
#include "lib/apply/libkmod.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/dynlib.h"
#include "lib/base/memory.h"

static const struct dynlib_call kmod_calls[] = {
	{ "kmod_new", offsetof(struct libkmod, new) },
	{ "kmod_unref", offsetof(struct libkmod, unref) },
	{ "kmod_set_log_fn", offsetof(struct libkmod, set_log_fn) },
	{ "kmod_module_new_from_name", offsetof(struct libkmod, module_new_from_name) },
	{ "kmod_module_unref", offsetof(struct libkmod, module_unref) },
	{ "kmod_module_get_initstate", offsetof(struct libkmod, module_get_initstate) },
	{ "kmod_module_probe_insert_module",
	  offsetof(struct libkmod, module_probe_insert_module) },
	{ "kmod_module_get_options", offsetof(struct libkmod, module_get_options) },
	{ "kmod_module_get_name", offsetof(struct libkmod, module_get_name) },
	{ "kmod_module_new_from_lookup",
	  offsetof(struct libkmod, module_new_from_lookup) },
	{ "kmod_module_get_module", offsetof(struct libkmod, module_get_module) },
	{ "kmod_module_unref_list", offsetof(struct libkmod, module_unref_list) },
	{ "kmod_list_next", offsetof(struct libkmod, list_next) },
};

/* libkmod would print errors, which it also returns as an errno. */
static void log_nothing(void *data, int priority, const char *file, int line,
			const char *fn, const char *format, va_list args)
{
	(void)data;
	(void)priority;
	(void)file;
	(void)line;
	(void)fn;
	(void)format;
	(void)args;
}

/* If /lib is not a link to /usr/lib, it has a modprobe.d as well. */
const char *const libkmod_dirs[] = { "/etc/modprobe.d", "/run/modprobe.d",
				     "/usr/local/lib/modprobe.d", "/lib/modprobe.d",
				     NULL };

static void open_image(const char *root, struct libkmod *lib)
{
	const char *paths[ARRAY_SIZE(libkmod_dirs)] = { NULL };
	_cleanup_arena_ struct arena *arena = arena_new();

	for (size_t i = 0; libkmod_dirs[i]; i++)
		paths[i] = arena_printf(arena, "%s%s", root, libkmod_dirs[i]);
	lib->ctx = MEMORY_TRY(lib->new (NULL, paths));
}

int libkmod_open(const char *root, const char *module, struct libkmod *lib)
{
	lib->handle = dynlib_open("libkmod.so.2", NULL, kmod_calls,
				  ARRAY_SIZE(kmod_calls), lib);
	if (!lib->handle)
		return -ENOENT;
	if (*root)
		open_image(root, lib);
	else
		lib->ctx = MEMORY_TRY(lib->new (NULL, NULL));
	if (!lib->ctx)
		return -EIO;
	lib->set_log_fn(lib->ctx, log_nothing, NULL);
	return lib->module_new_from_name(lib->ctx, module, &lib->module);
}

void libkmod_close(const struct libkmod *lib)
{
	if (lib->module)
		lib->module_unref(lib->module);
	if (lib->ctx)
		lib->unref(lib->ctx);
	if (lib->handle)
		dlclose(lib->handle);
}
