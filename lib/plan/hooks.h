/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_add_hooks() - add the hooks of the interfaces that a plan changes
 * @plan: they go to .before and .after
 * @want: the model from which it was made
 * @goes_up: it brings interfaces up
 * @at_boot: passed to the hooks
 *
 * Hooks that are not installed are skipped, and so is the one before for an interface
 * that is marked as having had it.
 *
 * Spec: ifup, ifup-post, ifdown and ifdown-post of
 * network-scripts.
 */
void plan_add_hooks(struct plan *plan, const struct model *want, bool goes_up,
		    bool at_boot);

/**
 * plan_hooks_alone() - a plan with only the hooks that come before all interfaces
 *
 * It also has helpers. It is for the case that something is missing which one of them may
 * make.
 *
 * Return: 0; -ENODEV if there is no hook to run.
 */
int plan_hooks_alone(const struct model *want, const struct snapshot *have,
		     const struct snapshot *made, bool at_boot, struct diag *diag,
		     struct plan **ret_plan);
