/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_helper_is_due() - whether an interface's helper is to be run
 * @goes_up: to bring it up, not to take it down
 *
 * Whoever asks for the one interface has it run; of all, and of what others stand on, it
 * depends on whether the interface is up.
 */
bool plan_helper_is_due(const struct model *want, const struct snapshot *have,
			const struct iface *iface, bool goes_up);

/**
 * plan_add_helpers() - the helpers of the interfaces that a plan is about
 * @plan: gets them in .before when something stands on what they make, else in .after
 *
 * Other than hooks, they must not fail.
 *
 * Return: 0, or -ENOMEM.
 * Spec: ifup and ifdown of network-scripts.
 */
int plan_add_helpers(struct plan *plan, const struct model *want, bool goes_up,
		     bool at_boot);
