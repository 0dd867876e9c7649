/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ETHTOOL_OPTS: one call of ethtool for each part between semicolons. */
#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/num.h"
#include "lib/files/source.h"

#define DELAY_MAX_US 60000000 /* a minute */

/*
 * A part that begins with '-' is passed to ethtool as it is; others are settings of the
 * link (-s).
 */
static const char *const *read_ethtool_call(const struct source *src,
					    const struct iface *iface, const char *part)
{
	const char *const first[] = { "-s", iface->name, NULL };
	const char **words = source_split(src, NULL, part);

	if (!words || strchr(part, '-') || !*words)
		return words;
	return argv_join(src->loader->arena, first, words);
}

static void read_calls(const struct source *src, const struct iface *iface,
		       const char *value, struct want_ethtool *want)
{
	struct arena *arena = src->loader->arena;
	char *rest = arena_strdup(arena, value), *part;
	size_t n = 0, cap = 0;

	while ((part = strsep(&rest, ";"))) {
		const char *const *call = read_ethtool_call(src, iface, part);

		if (*call)
			ARENA_PUSH(arena, want->calls, n, cap, call);
	}
	ARENA_PUSH(arena, want->calls, n, cap, NULL);
}

static uint32_t read_delay_us(const struct source *src)
{
	const char *value = source_value(src, "ETHTOOL_DELAY");
	uint32_t us;

	if (!value)
		return 0;
	if (num_parse_u32(value, DELAY_MAX_US, &us) == 0)
		return us;
	diag_warning(src->diag, source_pos(src, "ETHTOOL_DELAY"),
		     "ETHTOOL_DELAY='%s' ignored: it is not a number of microseconds",
		     value);
	diag_hint(src->diag, "it is 0 to %d", DELAY_MAX_US);
	return 0;
}

void iface_read_ethtool(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "ETHTOOL_OPTS");
	struct want_ethtool *want;

	if (!value)
		return;
	want = arena_alloc(src->loader->arena, sizeof(*want));
	want->pos = source_pos(src, "ETHTOOL_OPTS");
	want->delay_us = read_delay_us(src);
	read_calls(src, iface, value, want);
	if (*want->calls)
		iface->ethtool = want;
	load_needs_program(src->loader, "ethtool");
}
