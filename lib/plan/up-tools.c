/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that other programs do for a link: ethtool. */
#include "lib/plan/up.h"

#include <errno.h>
#include <string.h>

#define ETHTOOL_LIMIT_MS 30000

/* @first and the words behind it. NULL when memory is short. */
static const char *const *with_first(struct arena *arena, const char *first,
				     const char *const *rest)
{
	size_t n = 0;
	const char **words;

	while (rest[n])
		n++;
	words = arena_alloc(arena, (n + 2) * sizeof(*words));
	if (!words)
		return NULL;
	words[0] = first;
	memcpy(&words[1], rest, n * sizeof(*words));
	return words;
}

/* All that the files ask for, as commands; ends with NULL. NULL when memory is short. */
static const char *const **ethtool_commands(struct planner *p, const char *path,
					    const struct want_ethtool *want)
{
	const char *const **list = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; want && want->calls[i]; i++) {
		const char *const *argv =
			with_first(p->plan->arena, path, want->calls[i]);

		if (!argv || ARENA_PUSH(p->plan->arena, list, n, cap, argv) < 0)
			return NULL;
	}
	return ARENA_PUSH(p->plan->arena, list, n, cap, NULL) < 0 ? NULL : list;
}

static void tell_missing(struct planner *p, const struct want_ethtool *want)
{
	diag_warning(p->diag, want->pos,
		     "ETHTOOL_OPTS left out: ethtool is not installed");
	diag_hint(p->diag, "install the package ethtool");
}

void up_want_ethtool(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs)
{
	const struct want_ethtool *want = iface->ethtool;
	const char *path = snapshot_program(p->have, "ethtool");
	struct program program = { .limit_ms = ETHTOOL_LIMIT_MS };
	const char *const **commands;

	if (want && !path) {
		tell_missing(p, want);
		return;
	}
	commands = ethtool_commands(p, path, want);
	if (!commands) {
		p->failed = true;
		return;
	}
	planner_forget_runs(p, link->name, "ethtool", commands);
	program.delay_us = want ? want->delay_us : 0;
	for (size_t i = 0; want && !p->failed && commands[i]; i++) {
		size_t before = p->plan->n;

		program.argv = commands[i];
		planner_run_once(p, want->pos, link, &program, needs);
		if (p->plan->n > before)
			program.delay_us = 0;
	}
}
