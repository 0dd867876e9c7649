/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * order_after() - the step of another interface that @op has to come after
 *
 * Steps of several interfaces are done in any order, as some of them wait. But an address
 * leaves one link before another link is asked who has it, and a route can have an address of
 * another link as its source only once that is there.
 *
 * Return: its number, for .follows; 0 when there is none.
 */
size_t order_after(const struct planner *p, const struct plan_op *op);

/**
 * order_redo_after_leases() - what a DHCP client may replace, once more after its lease
 *
 * Default routes of the files, which would have come later than those of leases before, and
 * the resolver's file. After all other steps.
 */
void order_redo_after_leases(struct planner *p, const struct model *want);
