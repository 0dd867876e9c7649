/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of route and rule files with words that only ip(8) knows: it is run for them. */
#include <string.h>

#include "lib/base/argv.h"
#include "lib/plan/down.h"
#include "lib/plan/up.h"

#define IP_LIMIT_MS 30000

/* Behind its path, ip(8) has the family, "route" or "rule", and what is to be done. */
enum { AT_OBJECT = 2, AT_VERB = 3 };

static bool is_rule(const char *const *argv)
{
	return strcmp(argv[AT_OBJECT], "rule") == 0;
}

/* What takes the effect of @argv back. Others may have done so, and so it may fail. */
static const struct program *opposite(struct planner *p, const char *const *argv)
{
	struct program program = { .limit_ms = IP_LIMIT_MS, .is_silent = true };
	const char *const none[] = { NULL };
	const char **words = argv_join(p->plan->arena, argv, none);
	struct program *copy;

	p->failed |= !words;
	if (!words)
		return NULL;
	words[AT_VERB] = "delete";
	program.argv = words;
	copy = arena_memdup(p->plan->arena, &program, sizeof(program));
	p->failed |= !copy;
	return copy;
}

static void take_back(struct planner *p, const struct iface *iface,
		      struct snap_link *made, const struct snap_run *run)
{
	const struct snap_link *link = planner_link(p, iface->name);
	struct plan_op op =
		planner_step(OP_RUN, iface->pos, link ? link : p->sim->nowhere);

	op.program = opposite(p, run->argv);
	op.is_wish = true;
	if (op.program)
		planner_add(p, op);
	snap_link_drop_run(made, run);
}

/* Those of earlier runs but for @keep, a list that ends with NULL. */
static void take_back_all_but(struct planner *p, const struct iface *iface,
			      const char *const *const *keep)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	const struct snap_run *run;

	while (!p->failed && (run = planner_stale_run(made, "ip", keep)))
		take_back(p, iface, made, run);
}

void down_ip_lines(struct planner *p, const struct iface *iface)
{
	static const char *const *const none[] = { NULL };

	take_back_all_but(p, iface, none);
}

static void tell_missing(struct planner *p, const struct want_ip_line *line)
{
	diag_warning(p->diag, line->pos,
		     "left out: '%s' is not known here, and ip(8) is not installed",
		     line->word);
	diag_hint(p->diag, "install the package iproute");
}

static void want_line(struct planner *p, const struct iface *iface,
		      const struct want_ip_line *line, const char *const *argv,
		      size_t needs)
{
	const struct program program = { .argv = argv,
					 .limit_ms = IP_LIMIT_MS,
					 .outlasts_link = is_rule(argv),
					 .undo = opposite(p, argv) };

	diag_note(p->diag, line->pos, "'%s' is not known here: the line is for ip(8)",
		  line->word);
	planner_run_once(p, line->pos, planner_link(p, iface->name), &program, needs);
}

void up_want_ip_lines(struct planner *p, const struct iface *iface, size_t needs)
{
	const char *path = snapshot_program(p->have, "ip");
	const size_t n = path ? iface->n_ip_lines : 0;
	const char *const **wanted =
		arena_alloc(p->plan->arena, (n + 1) * sizeof(*wanted));

	p->failed |= !wanted;
	for (size_t i = 0; i < n && !p->failed; i++) {
		const char *const first[] = { path, NULL };

		wanted[i] = argv_join(p->plan->arena, first, iface->ip_lines[i].args);
		p->failed |= !wanted[i];
	}
	if (p->failed)
		return;
	if (path || !iface->n_ip_lines)
		take_back_all_but(p, iface, wanted);
	else
		tell_missing(p, iface->ip_lines);
	for (size_t i = 0; i < n && !p->failed; i++)
		want_line(p, iface, &iface->ip_lines[i], wanted[i], needs);
}
