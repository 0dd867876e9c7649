/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One value of a file, of the global one where it has none. */
#include "lib/model/source.h"

#include "lib/base/num.h"
#include "lib/model/ifcfg-keys.h"

#define WAIT_MAX_S 3600

const char *source_value(const struct source *src, const char *key)
{
	return ifcfg_value(&src->loader->dir, src->file, key);
}

struct pos source_pos(const struct source *src, const char *key)
{
	const struct shellvar *var = ifcfg_var(&src->loader->dir, src->file, key);

	return var ? var->pos : (struct pos){ src->file->path, 0 };
}

bool source_off(const struct source *src, const char *key)
{
	const char *value = source_value(src, key);

	return value && ifcfg_is_false(value);
}

uint32_t source_seconds(const struct source *src, const char *key, uint32_t fallback_ms)
{
	const char *value = source_value(src, key);
	uint32_t s;

	if (!value)
		return fallback_ms;
	if (num_parse_u32(value, WAIT_MAX_S, &s) == 0)
		return s * 1000;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' left out: it is not a number of seconds", key, value);
	diag_hint(src->diag, "it is 0 to %d", WAIT_MAX_S);
	return fallback_ms;
}

const char *source_indexed(const struct source *src, const char *key, int index)
{
	if (index < 0)
		return key;
	return arena_printf(src->loader->arena, "%s%d", key, index);
}

bool source_switched_on(const struct source *src, const char *key, int index)
{
	const char *own = source_indexed(src, key, index);

	return own && source_value(src, own) ? !source_off(src, own)
					     : !source_off(src, key);
}
