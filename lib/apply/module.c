/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads the bonding driver, as `modprobe bonding max_bonds=0` does.
 *
 * libkmod is opened when there is a module to load, that is once after booting. Linking
 * it would make every run map libcrypto, which takes as long as all the rest.
 */
#include "lib/apply/module.h"

#include <dlfcn.h>
#include <errno.h>
#include <libkmod.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/cleanup.h"

/* What is called of libkmod, with the types that its header gives. */
struct libkmod {
	void *handle;
	__typeof__(kmod_new) *new;
	__typeof__(kmod_unref) *unref;
	__typeof__(kmod_set_log_fn) *set_log_fn;
	__typeof__(kmod_module_new_from_name) *module_new_from_name;
	__typeof__(kmod_module_unref) *module_unref;
	__typeof__(kmod_module_get_initstate) *module_get_initstate;
	__typeof__(kmod_module_probe_insert_module) *module_probe_insert_module;
};

static const struct {
	const char *name;
	size_t at;
} calls[] = {
	{ "kmod_new", offsetof(struct libkmod, new) },
	{ "kmod_unref", offsetof(struct libkmod, unref) },
	{ "kmod_set_log_fn", offsetof(struct libkmod, set_log_fn) },
	{ "kmod_module_new_from_name", offsetof(struct libkmod, module_new_from_name) },
	{ "kmod_module_unref", offsetof(struct libkmod, module_unref) },
	{ "kmod_module_get_initstate", offsetof(struct libkmod, module_get_initstate) },
	{ "kmod_module_probe_insert_module",
	  offsetof(struct libkmod, module_probe_insert_module) },
};

static void libkmod_close(const struct libkmod *lib)
{
	if (lib->handle)
		dlclose(lib->handle);
}
#define _cleanup_libkmod_ _cleanup_(libkmod_close)

static int libkmod_open(struct libkmod *lib)
{
	lib->handle = dlopen("libkmod.so.2", RTLD_NOW | RTLD_LOCAL);
	if (!lib->handle)
		return -ENOENT;
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		void *call = dlsym(lib->handle, calls[i].name);

		if (!call)
			return -ENOENT;
		memcpy((char *)lib + calls[i].at, &call, sizeof(call));
	}
	return 0;
}

/* libkmod would print; what it has to say comes back as an errno, too. */
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

/* Options from modprobe.d come first, so that of two max_bonds ours is in force. */
static int insert(const struct libkmod *lib, struct kmod_module *module,
		  const char **ret_why)
{
	int state = lib->module_get_initstate(module);
	int r;

	if (state == KMOD_MODULE_BUILTIN || state == KMOD_MODULE_LIVE)
		return 0;
	r = lib->module_probe_insert_module(module, KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY,
					    "max_bonds=0", NULL, NULL, NULL);
	if (r == -ENOENT)
		*ret_why = "the running kernel has no module 'bonding'";
	return r < 0 ? r : 0;
}

static int find_and_insert(const struct libkmod *lib, struct kmod_ctx *ctx,
			   const char **ret_why)
{
	struct kmod_module *module = NULL;
	int r = lib->module_new_from_name(ctx, "bonding", &module);

	if (r < 0)
		return r;
	r = insert(lib, module, ret_why);
	lib->module_unref(module);
	return r;
}

int module_load_bonding(const char **ret_why)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	struct kmod_ctx *ctx;
	int r;

	if (access("/sys/module/bonding", F_OK) == 0)
		return 0;
	r = libkmod_open(&lib);
	if (r < 0) {
		*ret_why = "libkmod.so.2 cannot be opened";
		return r;
	}
	ctx = lib.new(NULL, NULL);
	if (!ctx)
		return -ENOMEM;
	lib.set_log_fn(ctx, log_nothing, NULL);
	r = find_and_insert(&lib, ctx, ret_why);
	lib.unref(ctx);
	return r;
}
