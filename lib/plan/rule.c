/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a plan that brings the policy rules of an interface, in the order of its
 * files.
 *
 * The kernel gives a rule without a priority one below the lowest existing one, so the
 * last one added is evaluated first. The files imply the order that results from adding
 * their lines one after the other, whether we or ip(8) do so.
 */
#include <string.h>

#include "lib/plan/ip-lines.h"
#include "lib/plan/up.h"

/* The priority of the rule for the main table, which every kernel starts with. */
#define RULE_PRIORITY_MAIN 32766

/* struct line - of a rule file; either @rule or @ip is set */
struct line {
	const struct want_rule *rule;
	const struct want_ip_line *ip;
	const char *const *argv;
};

struct lines {
	struct line *list;
	size_t n;
};

/* In the order of the files. */
static struct lines list_lines(struct planner *p, const struct iface *iface,
			       const char *const *const *argvs)
{
	struct lines lines = { 0 };

	lines.list = arena_alloc(p->plan->arena, (iface->n_rules + iface->n_ip_lines +
						  1) * sizeof(*lines.list));
	for (size_t i = 0; i <= iface->n_rules; i++) {
		for (size_t k = 0; k < iface->n_ip_lines; k++)
			if (iface->ip_lines[k].is_rule && iface->ip_lines[k].place == i)
				lines.list[lines.n++] =
					(struct line){ .ip = &iface->ip_lines[k],
						       .argv = argvs[k] };
		if (i < iface->n_rules)
			lines.list[lines.n++] = (struct line){ .rule = &iface->rules[i] };
	}
	return lines;
}

/* Whether a line with a priority wants this rule. */
static bool is_claimed(const struct iface *iface, const struct rule *rule)
{
	for (size_t i = 0; i < iface->n_rules; i++)
		if (iface->rules[i].rule.has_priority && rule->has_priority &&
		    rule_equal(&iface->rules[i].rule, rule))
			return true;
	return false;
}

static bool has_priority(const struct rule *rule, const void *arg)
{
	(void)arg;
	return rule->has_priority;
}

static bool is_unclaimed(const struct rule *rule, const void *arg)
{
	return !is_claimed(arg, rule);
}

/* The existing rule for the line, or NULL. */
static struct rule *find_held_rule(const struct planner *p, const struct iface *iface,
				   const struct rule *want)
{
	return snap_link_rule_that(p->sim->nowhere, want,
				   want->has_priority ? has_priority : is_unclaimed,
				   iface);
}

/* ---- rules that are no longer wanted ---- */

/* A rule that had a priority, and has none now, is a different one. */
static bool rule_is_wanted(const struct iface *iface, const struct rule *rule)
{
	for (size_t i = 0; i < iface->n_rules; i++)
		if (rule_equal(&iface->rules[i].rule, rule) &&
		    iface->rules[i].rule.has_priority == rule->has_priority)
			return true;
	return false;
}

static void remove_stale_rules(struct planner *p, const struct iface *iface)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	for (const struct rule *old = made ? made->rules : NULL; old; old = old->next) {
		const struct rule *now =
			rule_is_wanted(iface, old) ? NULL : find_held_rule(p, iface, old);

		if (now)
			PLANNER_ADD(p, OP_RULE_DEL, iface->pos, p->sim->nowhere,
				    PLAN_NO_OP, .rule = now);
	}
}

/* ---- the order ---- */

static bool has_rule(const struct iface *iface, const struct rule *rule)
{
	for (size_t i = 0; i < iface->n_rules; i++)
		if (!iface->rules[i].is_asleep && rule_equal(&iface->rules[i].rule, rule))
			return true;
	return false;
}

/* Whether another interface wants the same rule: its order is not ours alone. */
static bool is_shared(const struct planner *p, const struct iface *iface,
		      const struct rule *rule)
{
	for (size_t i = 0; i < p->n_works; i++)
		if (p->works[i].iface != iface && has_rule(p->works[i].iface, rule))
			return true;
	for (size_t i = 0; i < p->was_made->n_links; i++) {
		const struct snap_link *made = p->was_made->links[i];

		if (strcmp(made->name, iface->name) != 0 && snap_link_rule(made, rule))
			return true;
	}
	return false;
}

/*
 * struct order - how many rules of a family are in order
 * @lines: all lines; @at: the current one
 * @lowest: the lowest priority of the previous lines that have one
 * @is_broken: from here on, all rules have to be added again
 */
struct order {
	const struct lines *lines;
	size_t at;
	int family;
	uint32_t lowest;
	bool is_broken;
};

/* Whether a later line wants the priority. */
static bool comes_later(const struct order *order, uint32_t priority)
{
	for (size_t i = order->at + 1; i < order->lines->n; i++) {
		const struct want_rule *rule = order->lines->list[i].rule;

		if (rule && rule->rule.family == order->family && !rule->is_asleep &&
		    rule->rule.has_priority && rule->rule.priority == priority)
			return true;
	}
	return false;
}

/* Whether a rule that none of our lines wants has the priority. */
static bool is_of_others(const struct planner *p, const struct order *order,
			 uint32_t priority)
{
	if (priority >= RULE_PRIORITY_MAIN)
		return true;
	for (const struct rule *at = p->sim->nowhere->rules; at; at = at->next) {
		bool is_ours = false;

		if (at->family != order->family || at->priority != priority)
			continue;
		for (size_t i = 0; i < order->lines->n && !is_ours; i++)
			is_ours = order->lines->list[i].rule &&
				  rule_equal(&order->lines->list[i].rule->rule, at);
		if (!is_ours)
			return true;
	}
	return false;
}

/*
 * Whether the priority that the kernel chose shows that the line was added in its turn:
 * it is below those of the previous lines, and was not derived from a later one.
 */
static bool is_rule_in_order(const struct planner *p, const struct order *order,
			     const struct rule *now)
{
	return now->priority < order->lowest &&
	       (!comes_later(order, now->priority + 1) ||
		is_of_others(p, order, now->priority + 1));
}

static void settle_rule(struct planner *p, const struct iface *iface,
			const struct want_rule *want, struct order *order)
{
	const struct rule *now = find_held_rule(p, iface, &want->rule);
	const uint32_t priority = now ? now->priority : want->rule.priority;

	/* The kernel does not derive priorities from 0. */
	if (now && (!now->has_priority || !priority))
		return;
	if (!now && !want->rule.has_priority)
		order->is_broken = true;
	if (!order->is_broken &&
	    (want->rule.has_priority || is_rule_in_order(p, order, now))) {
		if (priority && priority < order->lowest)
			order->lowest = priority;
		return;
	}
	if (!now || is_shared(p, iface, now))
		return;
	order->is_broken = true;
	PLANNER_ADD(p, OP_RULE_DEL, want->pos, p->sim->nowhere, PLAN_NO_OP, .rule = now);
}

static void settle_ip_line(struct planner *p, const struct iface *iface,
			   const struct line *line, struct order *order)
{
	if (order->is_broken)
		ip_line_take_back(p, iface, line->argv);
	if (!line->ip->has_priority)
		order->is_broken |= !ip_line_was_run(p, iface, line->argv);
}

/* Removes rules that cannot stay in place; they are added again in their turn. */
static void settle_order(struct planner *p, const struct iface *iface,
			 const struct lines *lines, int family)
{
	struct order order = { .lines = lines, .family = family, .lowest = UINT32_MAX };

	for (size_t i = 0; i < lines->n; i++) {
		const struct line *line = &lines->list[i];

		order.at = i;
		if (line->rule && line->rule->rule.family == family &&
		    !line->rule->is_asleep)
			settle_rule(p, iface, line->rule, &order);
		if (line->ip && line->ip->family == family && !line->ip->is_asleep &&
		    line->argv)
			settle_ip_line(p, iface, line, &order);
	}
}

/* ---- wanted rules ---- */

static void add_rule_step(struct planner *p, const struct iface *iface,
			  const struct want_rule *want, size_t needs)
{
	if (!want->is_asleep && !find_held_rule(p, iface, &want->rule))
		PLANNER_ADD(p, OP_RULE_ADD, want->pos, p->sim->nowhere, needs,
			    .rule = &want->rule);
}

static void want_lines(struct planner *p, const struct iface *iface,
		       const char *const *const *argvs, size_t needs)
{
	const struct lines lines = list_lines(p, iface, argvs);

	settle_order(p, iface, &lines, AF_INET);
	settle_order(p, iface, &lines, AF_INET6);
	for (size_t i = 0; i < lines.n; i++)
		if (lines.list[i].rule)
			add_rule_step(p, iface, lines.list[i].rule, needs);
		else
			up_want_ip_line(p, iface, lines.list[i].ip, lines.list[i].argv,
					needs);
}

void up_want_rules(struct planner *p, const struct iface *iface,
		   const char *const *const *argvs, size_t needs)
{
	remove_stale_rules(p, iface);
	want_lines(p, iface, argvs, needs);
}

void up_want_alias_rules(struct planner *p, const struct iface *iface,
			 const char *const *const *argvs)
{
	want_lines(p, iface, argvs, PLAN_NO_OP);
}

static bool is_rule_among(const struct rule *list, const struct rule *rule)
{
	while (list &&
	       !(rule_equal(list, rule) && list->has_priority == rule->has_priority))
		list = list->next;
	return list;
}

void up_remember_rules(struct planner *p, const struct iface *iface,
		       struct snap_link *made)
{
	const struct rule *was = made->rules;

	snap_link_drop_rules(made);
	for (size_t i = 0; i < iface->n_rules; i++) {
		const struct want_rule *want = &iface->rules[i];

		/* Rules of an alias that was brought up by itself stay ours. */
		if (!want->is_asleep || is_rule_among(was, &want->rule))
			snapshot_add_rule(p->plan->made, made, &want->rule);
	}
}
