/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_add_hooks() - the hooks of the interfaces that a plan changes
 * @plan: gets them in .before and .after
 * @want: what it was made from
 * @goes_up: it is a plan to bring interfaces up
 * @at_boot: hooks are told so
 *
 * A hook that is not installed is left out, and so is the one before for an interface that
 * is marked as having had it.
 *
 * Return: 0, or -ENOMEM.
 * Spec: ifup, ifup-post, ifdown and ifdown-post of network-scripts.
 */
int plan_add_hooks(struct plan *plan, const struct model *want, bool goes_up,
		   bool at_boot);

/**
 * plan_hooks_alone() - a plan without steps, but with the hooks before all interfaces
 *
 * And with helpers. For when something is missing, which one of them may make.
 *
 * Return: 0; -ENODEV when there is no hook to be run; -ENOMEM.
 */
int plan_hooks_alone(const struct model *want, const struct snapshot *have,
		     const struct snapshot *made, bool at_boot, struct diag *diag,
		     struct plan **ret_plan);
