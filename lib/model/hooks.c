/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hooks: their paths and time limits. */
#include "lib/model/hooks.h"

#include <string.h>

#include "lib/base/num.h"
#include "lib/model/source.h"

#define LIMIT_MAX_S 3600

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

uint32_t source_limit(const struct source *src, const char *key, uint32_t fallback_ms)
{
	const char *value = source_value(src, key);
	uint32_t s;

	if (!value)
		return fallback_ms;
	if (num_parse_u32(value, LIMIT_MAX_S, &s) == 0 && s)
		return s * 1000;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not a limit in seconds", key, value);
	diag_hint(src->diag, "it is 1 to %d", LIMIT_MAX_S);
	return fallback_ms;
}
