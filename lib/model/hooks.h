/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* Programs that an administrator may install, to be run before and after the rest. */
enum hook {
	HOOK_BEFORE_UP,
	HOOK_BEHIND_UP,
	HOOK_BEFORE_DOWN,
	HOOK_BEHIND_DOWN,
	HOOK_COUNT
};

extern const char *const hook_paths[HOOK_COUNT];

bool hook_is_path(const char *path);

/* Unless HOOK_TIMEOUT is set. */
#define HOOK_LIMIT_MS 60000
