/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs that are run for a link, and not again while it stays up. */
#include <net/if.h>
#include <string.h>

#include "lib/plan/planner.h"

/* Whether the link is as before the first step: up, and not taken down since. */
static bool has_stayed_up(const struct planner *p, const char *name)
{
	const struct snap_link *was = snapshot_link(p->have, name);
	const struct snap_link *now = planner_link(p, name);

	return was && was->flags & IFF_UP && now && now->flags & IFF_UP &&
	       !now->was_reset;
}

size_t planner_run_once(struct planner *p, struct pos pos, const struct snap_link *link,
			const struct program *program, size_t needs)
{
	struct snap_link *made = planner_note_made(p, link->name);
	size_t step;

	if ((snap_link_run(made, program->argv) &&
	     (program->outlasts_link || has_stayed_up(p, link->name))))
		return PLAN_NO_OP;
	step = PLANNER_ADD(p, OP_RUN, pos, link, needs, .is_wish = true,
			   .program = program);
	if (!snap_link_run(made, program->argv))
		snapshot_add_run(p->plan->made, made, program->argv);
	return step;
}

static bool is_run_of(const struct snap_run *run, const char *name)
{
	return strcmp(basename(run->argv[0]), name) == 0;
}

static bool is_run_kept(const struct snap_run *run, const char *const *const *keep)
{
	for (; *keep; keep++)
		if (snap_same_words(run->argv, *keep))
			return true;
	return false;
}

struct snap_run *planner_stale_run(const struct snap_link *made, const char *name,
				   const char *const *const *keep)
{
	struct snap_run *run = made ? made->runs : NULL;

	while (run && (is_run_kept(run, keep) || !is_run_of(run, name)))
		run = run->next;
	return run;
}
