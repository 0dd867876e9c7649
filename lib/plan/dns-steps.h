/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* From now on, what the interface brings to the resolver is what its file says. */
void dns_remember(struct planner *p, const struct iface *iface);

/**
 * dns_finish() - the steps that bring the resolver from what earlier runs told to what the
 * plan's .made has by now
 * @want: where steps come from, and warnings go to
 *
 * Behind all other steps. A link that is gone has told nothing.
 */
void dns_finish(struct planner *p, const struct model *want);

/**
 * dns_redo() - write the resolver's file once more after a lease, which may have changed it
 * @owner: the interface that gets the lease; @lease: number of that step
 *
 * After dns_finish(). Nothing, if there is nothing of the files in it, or only what follows
 * the lease anyway.
 */
void dns_redo(struct planner *p, const struct model *want, size_t owner, size_t lease);
