/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/*
 * Whether the driver has not got an option. It takes options that it does not know in
 * silence, so this shows only once the link is there: it is not reported.
 */
bool driver_lacks(const struct planner *p, const char *dev,
		  const struct option_table *table, size_t id);

/* Warns of it. */
void driver_tell_lacking(struct planner *p, struct pos pos,
			 const struct option_table *table, size_t id);

/* Whether a kernel came before @release, "6.18" for example. Distributions carry options back. */
bool driver_is_older(const struct snap_kernel *kernel, const char *release);

/*
 * Leaves out of a bond's options, with a warning, what the driver refuses or has overruled,
 * and names of what is not there; the active port is left for later.
 */
void driver_judge_bond(struct planner *p, const struct iface *bond,
		       struct option_values *options);
