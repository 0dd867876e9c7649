/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_helper_is_due() - whether an interface's helper is to be run
 * @made: what earlier runs made
 * @goes_up: to bring it up, not to take it down
 *
 * Whoever asks for the one interface has it run; of all, and of what others are stacked on,
 * it depends on whether the interface is up. One that has no link is up if its helper was
 * run since the bridge that it is in is there: plan_note_helper().
 */
bool plan_helper_is_due(const struct model *want, const struct snapshot *have,
			const struct snapshot *made, const struct iface *iface,
			bool goes_up);

/* Whether that was noted: the helper of an interface without a link was run. */
bool plan_helper_was_run(const struct snapshot *have, const struct snapshot *made,
			 const struct iface *iface);

/**
 * plan_note_helper() - what is remembered of a helper that has ended well
 * @have: what is there now
 * @made: gets, or loses, the note; only of an interface without a link there is one
 *
 * Return: 0, or -ENOMEM.
 */
int plan_note_helper(const struct snapshot *have, const struct iface *iface, bool goes_up,
		     struct snapshot *made);

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
