/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <libkmod.h>

#include "lib/base/cleanup.h"

/*
 * If libkmod were linked, every run would map libcrypto, which takes as long as all the
 * rest.
 */

/**
 * struct libkmod - the functions that we call, with the types of its header
 * @ctx, @module: its context, and the module that it was opened for
 */
struct libkmod {
	void *handle;
	struct kmod_ctx *ctx;
	struct kmod_module *module;
	__typeof__(kmod_new) *new;
	__typeof__(kmod_unref) *unref;
	__typeof__(kmod_set_log_fn) *set_log_fn;
	__typeof__(kmod_module_new_from_name) *module_new_from_name;
	__typeof__(kmod_module_unref) *module_unref;
	__typeof__(kmod_module_get_initstate) *module_get_initstate;
	__typeof__(kmod_module_probe_insert_module) *module_probe_insert_module;
	__typeof__(kmod_module_get_options) *module_get_options;
	__typeof__(kmod_module_get_name) *module_get_name;
	__typeof__(kmod_module_new_from_lookup) *module_new_from_lookup;
	__typeof__(kmod_module_get_module) *module_get_module;
	__typeof__(kmod_module_unref_list) *module_unref_list;
	__typeof__(kmod_list_next) *list_next;
};

/*
 * @root: the image whose modprobe.d is used; "" for the running system. Return: 0;
 * -ENOENT if there is no libkmod.so.2. Close it in any case.
 */
int libkmod_open(const char *root, const char *module, struct libkmod *lib);

/* The possible directories of modprobe.d; the last one is NULL. */
extern const char *const libkmod_dirs[];
void libkmod_close(const struct libkmod *lib);
#define _cleanup_libkmod_ _cleanup_(libkmod_close)
