/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that other programs do for a link: ethtool and firewalld. */
#include "lib/base/argv.h"
#include "lib/plan/down.h"
#include "lib/plan/up.h"

#include <errno.h>
#include <string.h>

#define ETHTOOL_LIMIT_MS  30000
#define FIREWALL_LIMIT_MS 60000

/* ---- ethtool ---- */

/* All commands that the files ask for; ends with NULL. */
static const char *const **ethtool_commands(struct planner *p, const char *path,
					    const struct want_ethtool *want)
{
	const char *const **list = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; want && want->calls[i]; i++) {
		const char *const first[] = { path, NULL };
		const char *const *argv =
			argv_join(p->plan->arena, first, want->calls[i]);

		ARENA_PUSH(p->plan->arena, list, n, cap, argv);
	}
	ARENA_PUSH(p->plan->arena, list, n, cap, NULL);
	return list;
}

static void forget_all_but(struct planner *p, const char *dev,
			   const char *const *const *commands)
{
	struct snap_link *made = snapshot_link(p->plan->made, dev);
	const struct snap_run *run;

	while ((run = planner_stale_run(made, "ethtool", commands)))
		snap_link_drop_run(made, run);
}

static void tell_tool_missing(struct planner *p, const struct want_ethtool *want)
{
	diag_warning(p->diag, want->pos,
		     "ETHTOOL_OPTS ignored: ethtool is not installed");
	diag_hint(p->diag, "install the package ethtool");
}

/* Whether these words of ethtool concern what LACP needs to know about a link. */
static bool is_about_speed(const char *const *words)
{
	if (!*words || (strcmp(*words, "-s") != 0 && strcmp(*words, "--change") != 0))
		return false;
	while (*words && !text_lists("speed duplex autoneg advertise", *words))
		words++;
	return *words;
}

size_t up_try_speed(struct planner *p, const struct iface *port,
		    const struct snap_link *nic, size_t needs)
{
	const struct want_ethtool *want = port->ethtool;
	const char *path = snapshot_program(p->have, "ethtool");
	struct program program = { .limit_ms = ETHTOOL_LIMIT_MS };
	const char *const **commands =
		want && path ? ethtool_commands(p, path, want) : NULL;
	size_t first = 0;

	if (!want || !path)
		return 0;
	program.delay_us = want->delay_us;
	for (size_t i = 0; commands[i]; i++) {
		size_t step;

		if (!is_about_speed(want->calls[i]))
			continue;
		program.argv = commands[i];
		step = planner_run_once(p, want->pos, nic, &program, needs);
		if (!first && step != PLAN_NO_OP)
			first = step + 1;
		program.delay_us = 0;
	}
	return first;
}

void up_want_ethtool(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs, size_t tried)
{
	const struct want_ethtool *want = iface->ethtool;
	const char *path = snapshot_program(p->have, "ethtool");
	struct program program = { .limit_ms = ETHTOOL_LIMIT_MS };
	const char *const **commands;

	if (want && !path) {
		tell_tool_missing(p, want);
		return;
	}
	commands = ethtool_commands(p, path, want);
	if (!commands)
		return;
	forget_all_but(p, link->name, commands);
	program.delay_us = want ? want->delay_us : 0;
	for (size_t i = 0; want && commands[i]; i++) {
		size_t step;

		program.argv = commands[i];
		step = planner_run_once(p, want->pos, link, &program, needs);
		if (step == PLAN_NO_OP)
			continue;
		if (tried && is_about_speed(want->calls[i]))
			p->plan->ops[step].unless = tried++;
		else
			program.delay_us = 0;
	}
}

/* ---- firewalld ---- */

/* Moves it into that zone, or out of its zone if @zone is "". */
static struct program *move_to(struct planner *p, const char *dev, const char *zone,
			       const char *now)
{
	struct arena *arena = p->plan->arena;
	const char **argv = arena_alloc(arena, 5 * sizeof(*argv));
	struct program *program = arena_alloc(arena, sizeof(*program));

	argv[0] = snapshot_program(p->have, "firewall-cmd");
	argv[1] = "-q";
	argv[2] = arena_printf(arena, "--zone=%s", *zone ? zone : now);
	argv[3] = arena_printf(arena, "--%s-interface=%s", *zone ? "change" : "remove",
			       dev);
	program->argv = argv;
	program->limit_ms = FIREWALL_LIMIT_MS;
	return program;
}

/* Requested before there is an address: the zone is right from the first moment. */
static void change_zone(struct planner *p, struct pos pos, const struct snap_link *link,
			const char *zone)
{
	const char *now = snapshot_zone(p->have, link->name);
	struct program *program = move_to(p, link->name, zone, now);

	program->undo = move_to(p, link->name, now, zone);
	PLANNER_ADD(p, OP_RUN, pos, link, PLAN_NO_OP, .is_wish = true,
		    .program = program);
}

static bool can_be_asked(const struct planner *p)
{
	return p->have->has_firewalld && snapshot_program(p->have, "firewall-cmd");
}

/* Whether it is still where an earlier run put it. */
static bool is_in_our_zone(const struct planner *p, const struct snap_link *made)
{
	return made && made->zone &&
	       strcmp(snapshot_zone(p->have, made->name), made->zone) == 0;
}

void up_want_zone(struct planner *p, const struct iface *iface,
		  const struct snap_link *link)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const char *zone = iface->zone;

	if (can_be_asked(p) && zone &&
	    strcmp(snapshot_zone(p->have, link->name), zone) != 0)
		change_zone(p, iface->zone_pos, link, zone);
	else if (can_be_asked(p) && !zone && is_in_our_zone(p, made))
		change_zone(p, iface->pos, link, "");
	if (zone)
		made = planner_note_made(p, iface->name);
	if (made)
		made->zone = p->have->has_firewalld ? zone : NULL;
}

void down_zone(struct planner *p, const struct iface *iface)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const struct snap_link *link = planner_link(p, iface->name);

	if (can_be_asked(p) && is_in_our_zone(p, made))
		change_zone(p, iface->pos, link ? link : made, "");
}
