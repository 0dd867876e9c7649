/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* From now on, the interface's part of the resolver's settings is what its file says. */
void dns_remember(struct planner *p, const struct iface *iface);

/**
 * dns_finish() - add the steps that change the resolver from what earlier runs set to the
 * plan's .made has by now
 * @want: source of positions and receiver of warnings
 *
 * Called after all other steps. A link that is gone has no settings.
 */
void dns_finish(struct planner *p, const struct model *want);

/**
 * dns_redo() - write the resolver's file again after a lease, which may have changed it
 * @owner: the interface that gets the lease; @lease: the number of that step
 *
 * Called after dns_finish(). Does nothing if the file contains nothing of ours, or only
 * what comes after the lease anyway.
 */
void dns_redo(struct planner *p, const struct model *want, size_t owner, size_t lease);
