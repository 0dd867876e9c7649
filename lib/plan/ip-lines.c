/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of route and rule files with words that only ip(8) knows: it is run for them. */
#include "lib/plan/ip-lines.h"

#include "lib/base/argv.h"
#include "lib/plan/down.h"
#include "lib/plan/up.h"

#define IP_LIMIT_MS 30000

/* The words of a command: its path, the family, "route" or "rule", and then the verb. */
enum { AT_VERB = 3 };

/* A command that reverts @argv. It may fail, as others may have reverted it. */
static const struct program *opposite(struct planner *p, const char *const *argv)
{
	const struct program undo = { .argv = argv, .limit_ms = IP_LIMIT_MS };
	const char *const none[] = { NULL };
	const char **words = argv_join(p->plan->arena, argv, none);
	struct program *copy = arena_alloc(p->plan->arena, sizeof(*copy));

	words[AT_VERB] = "delete";
	*copy = (struct program){ .argv = words,
				  .limit_ms = IP_LIMIT_MS,
				  .is_silent = true,
				  .undo = arena_memdup(p->plan->arena, &undo,
						       sizeof(undo)) };
	return copy;
}

static void take_lines_back(struct planner *p, const struct iface *iface,
			    struct snap_link *made, const struct snap_run *run)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const struct program *program = opposite(p, run->argv);

	PLANNER_ADD(p, OP_RUN, iface->pos, link ? link : p->sim->nowhere, PLAN_NO_OP,
		    .is_wish = true, .program = program);
	snap_link_drop_run(made, run);
}

/* Reverts those of earlier runs except @keep, a list that ends with NULL. */
static void take_back_all_but(struct planner *p, const struct iface *iface,
			      const char *const *const *keep)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	const struct snap_run *run;

	while ((run = planner_stale_run(made, "ip", keep)))
		take_lines_back(p, iface, made, run);
}

void down_ip_lines(struct planner *p, const struct iface *iface)
{
	static const char *const *const none[] = { NULL };

	take_back_all_but(p, iface, none);
}

void ip_line_take_back(struct planner *p, const struct iface *iface,
		       const char *const *argv)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const struct snap_run *run = made && argv ? snap_link_run(made, argv) : NULL;

	if (run)
		take_lines_back(p, iface, made, run);
}

bool ip_line_was_run(const struct planner *p, const struct iface *iface,
		     const char *const *argv)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	return made && argv && snap_link_run(made, argv);
}

static void report_missing(struct planner *p, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_ip_lines; i++) {
		if (iface->ip_lines[i].is_asleep)
			continue;
		diag_warning(p->diag, iface->ip_lines[i].pos,
			     "%s ignored: '%s' is for ip(8), which is not installed",
			     iface->ip_lines[i].is_rule ? "rule" : "route",
			     iface->ip_lines[i].word);
		diag_hint(p->diag, "install the package iproute");
	}
}

const char *const **ip_lines_argv(struct planner *p, const struct iface *iface)
{
	const char *path = snapshot_program(p->have, "ip");
	const size_t n = path ? iface->n_ip_lines : 0;
	const char *const **argvs =
		arena_alloc(p->plan->arena, (iface->n_ip_lines + 1) * sizeof(*argvs));

	for (size_t i = 0; i < n; i++) {
		const char *const first[] = { path, NULL };

		argvs[i] = argv_join(p->plan->arena, first, iface->ip_lines[i].args);
	}
	return argvs;
}

const char *const **up_prepare_ip_lines(struct planner *p, const struct iface *iface)
{
	const char *const **argvs = ip_lines_argv(p, iface);

	if (iface->n_ip_lines && !*argvs)
		report_missing(p, iface);
	else
		take_back_all_but(p, iface, argvs);
	return argvs;
}

void up_want_ip_line(struct planner *p, const struct iface *iface,
		     const struct want_ip_line *line, const char *const *argv,
		     size_t needs)
{
	struct program program = { .argv = argv,
				   .limit_ms = IP_LIMIT_MS,
				   .outlasts_link = line->is_rule };

	if (!argv || line->is_asleep)
		return;
	program.undo = opposite(p, argv);
	diag_note(p->diag, line->pos, "'%s' is for ip(8), which gets the line",
		  line->word);
	planner_run_once(p, line->pos, planner_link(p, iface->name), &program, needs);
}

void up_want_ip_routes(struct planner *p, const struct iface *iface,
		       const char *const *const *argvs, size_t place, size_t needs)
{
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		if (!iface->ip_lines[i].is_rule && iface->ip_lines[i].place == place)
			up_want_ip_line(p, iface, &iface->ip_lines[i], argvs[i], needs);
}
