/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * order_after() - the step of another interface that must precede @op
 *
 * Steps of several interfaces are done in any order, as some of them wait. But an address
 * must leave one link before it is probed on another, and a route can use an address of
 * another link as its source only once that exists.
 *
 * Return: its number, for .follows; 0 if there is none.
 */
size_t order_after(const struct planner *p, const struct plan_op *op);

/**
 * order_redo_after_leases() - repeat what a DHCP client may replace after its lease
 *
 * These are default routes of the files, which used to come later than those of leases,
 * and the resolver's file. Called after all other steps.
 */
void order_redo_after_leases(struct planner *p, const struct model *want);
