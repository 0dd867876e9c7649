/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/*
 * Whether the driver lacks an option. It silently accepts options that it does not know,
 * so this shows only once the link exists: the option is not reported.
 */
bool driver_lacks(const struct planner *p, const char *dev,
		  const struct option_table *table, size_t id);

/* Warns about it. */
void driver_tell_lacking(struct planner *p, struct pos pos,
			 const struct option_table *table, size_t id);

/*
 * Whether a kernel is older than @release, for example "6.18". Distributions backport
 * options.
 */
bool driver_is_older(const struct snap_kernel *kernel, const char *release);

/*
 * Removes from a bond's options, with a warning, those that the driver refuses or has
 * overridden, and names of links that do not exist; the active port is set later.
 */
void driver_judge_bond(struct planner *p, const struct iface *bond,
		       struct option_values *options);
