/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/*
 * Whether the driver has not got an option. It takes options that it does not know in
 * silence, so this shows only once the bond, or the port, is there: it is not reported.
 */
bool driver_lacks_option(const struct planner *p, const struct iface *bond,
			 enum bond_option_id id);
bool driver_lacks_port_option(const struct planner *p, const struct iface *port,
			      enum bond_port_option_id id);

/* Whether a kernel came before @release, "6.18" for example. Distributions carry options back. */
bool driver_is_older(const struct snap_kernel *kernel, const char *release);

/* Warns of it. @since: the first kernel that has the option. */
void driver_tell_lacking(struct planner *p, struct pos pos, const char *option,
			 const char *since);

/* Leaves out, with a warning, what the driver has not got, refuses or has overruled. */
void driver_drop_lacking(struct planner *p, const struct iface *bond,
			 struct bond_values *options);
