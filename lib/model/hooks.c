/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hooks: their paths. */
#include "lib/model/hooks.h"

#include <string.h>

const char *const hook_paths[HOOK_COUNT] = {
	[HOOK_BEFORE_UP] = "/sbin/ifup-pre-local",
	[HOOK_BEHIND_UP] = "/sbin/ifup-local",
	[HOOK_BEFORE_DOWN] = "/sbin/ifdown-pre-local",
	[HOOK_BEHIND_DOWN] = "/sbin/ifdown-local",
};

bool hook_is_path(const char *path)
{
	for (size_t i = 0; i < HOOK_COUNT; i++)
		if (strcmp(hook_paths[i], path) == 0)
			return true;
	return false;
}
