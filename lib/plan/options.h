/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"
#include "lib/plan/planner.h"

/**
 * struct option_subject - whose options are to become what the files want: a bond, a bridge, or
 * a port of one
 * @iface: what the files say of it
 * @want: what they want of its options; the table is theirs
 * @before: of a port that left for a moment, what it had; or NULL
 * @pos: where they stand, for what no line says
 * @mode: of the bond that it is, or is a port of, when the options are set
 */
struct option_subject {
	const struct iface *iface;
	const struct option_values *want, *before;
	struct pos pos;
	enum bond_mode mode;
};

/* Of a bond or a bridge; of what has no ports, it has nothing. */
static inline struct option_subject options_subject(const struct iface *iface)
{
	return (struct option_subject){ .iface = iface,
					.want = iface->options,
					.pos = iface->options_pos,
					.mode = iface->kind == IFACE_BOND
							? bond_values_mode(iface->options)
							: BOND_MODE_BALANCE_RR };
}

/**
 * options_wanted() - what a driver can be told of what the files want
 *
 * What it has not got, refuses, or has overruled is left out with a warning, and so is a
 * name of what is not there.
 *
 * Return: in the plan; NULL when memory ran out.
 */
struct option_values *options_wanted(struct planner *p, const struct option_subject *s);

/**
 * options_change() - what has to be set for a link that is there
 *
 * That is what differs from the driver's report, or would once the rest is set, and what an
 * earlier run set and the files no longer name, which goes back to its default.
 *
 * Return: in the plan; NULL for nothing, and when memory ran out.
 */
struct option_values *options_change(struct planner *p, const struct option_subject *s);

/**
 * options_set() - the steps that set options; each with those that come before it
 * @pos: of what no line says
 * @values: copied; those set are
 * @needs: as of a step
 */
void options_set(struct planner *p, struct pos pos, const struct snap_link *link,
		 const struct option_values *values, size_t needs);

/* Write into @made, of the plan's .made, which options are ours now. */
void options_remember(struct planner *p, const struct option_subject *s,
		      struct snap_link *made);

/* What an earlier run set of an option; NULL for nothing. */
const struct option_value *options_made(const struct planner *p, const char *dev,
					const struct option_table *table, size_t id);

/* Nothing but one option. Return: in the plan; NULL when memory ran out. */
struct option_values *options_one(struct planner *p, const struct option_table *table,
				  size_t id, const struct option_value *value);

/* The step that sets it, which the driver may refuse. */
void options_wish(struct planner *p, const struct snap_link *link,
		  const struct option_table *table, size_t id,
		  const struct option_value *value, size_t needs);

#define OPTION_PARTS 2

/**
 * options_split() - a change of options, as the driver takes it
 * @mode: that a bond is to have afterwards
 * @ret: the changes to be made one behind the other, in the plan
 *
 * What a bond's mode to come does not have is set before. A bridge judges a forward delay by
 * STP as it was before the change, so STP goes off first.
 *
 * Return: how many there are; 0 when memory ran out.
 */
size_t options_split(struct planner *p, const struct option_values *values,
		     enum bond_mode mode, struct option_values *ret[static OPTION_PARTS]);

/* Of a bond; for other links it means nothing. */
enum bond_mode option_mode_of(const struct option_values *values);
