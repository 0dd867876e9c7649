/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"
#include "lib/plan/planner.h"

/**
 * struct option_subject - a bond, a bridge, or a port of either, whose options are to
 * become those in the
 * files
 * @iface: what the files say of it
 * @want: the options in the files, with their table
 * @before: of a port that left for a moment, its former options; or NULL
 * @pos: the position of options that have no line of their own
 * @mode: of the bond itself, or the bond it is a port of, when the options are set
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
 * options_wanted() - the options in the files that the driver can be given
 *
 * Options that it lacks, refuses, or has overridden are removed with a warning, and so
 * are names of links that do not exist.
 *
 * Return: in the plan; NULL if memory ran out.
 */
struct option_values *options_wanted(struct planner *p, const struct option_subject *s);

/**
 * options_change() - the options that have to be set on an existing link
 *
 * These are the ones that differ from the driver's report, or would once the rest is set;
 * options that an earlier run set and the files no longer name are reset to their
 * defaults.
 *
 * Return: in the plan; NULL if there are none, and if memory ran out.
 */
struct option_values *options_change(struct planner *p, const struct option_subject *s);

/**
 * options_set() - add the steps that set options; each with those that come before it
 * @pos: of options without a line
 * @values: copied; those that are set
 * @needs: as in a step
 */
void options_set(struct planner *p, struct pos pos, const struct snap_link *link,
		 const struct option_values *values, size_t needs);

/* Records in @made, a link of the plan's .made, which options are ours now. */
void options_remember(struct planner *p, const struct option_subject *s,
		      struct snap_link *made);

/* The value of an option set by an earlier run; NULL if there is none. */
const struct option_value *options_made(const struct planner *p, const char *dev,
					const struct option_table *table, size_t id);

/* A single option. Return: in the plan; NULL if memory ran out. */
struct option_values *options_one(struct planner *p, const struct option_table *table,
				  size_t id, const struct option_value *value);

/* The step that sets it, which the driver may refuse. */
void options_wish(struct planner *p, const struct snap_link *link,
		  const struct option_table *table, size_t id,
		  const struct option_value *value, size_t needs);

#define OPTION_PARTS 2

/**
 * options_split() - split a change of options as the driver requires
 * @mode: the bond's mode afterwards
 * @ret: the changes to be made one after the other, in the plan
 *
 * Options that the bond's new mode does not have are set before. A bridge checks a
 * forward delay against STP as it was before the change, so STP is turned off first.
 *
 * Return: their number; 0 if memory ran out.
 */
size_t options_split(struct planner *p, const struct option_values *values,
		     enum bond_mode mode, struct option_values *ret[static OPTION_PARTS]);

/* For a bond; meaningless for other links. */
enum bond_mode option_mode_of(const struct option_values *values);
