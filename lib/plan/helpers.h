/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_helper_is_due() - whether an interface's helper has to be run
 * @made: what earlier runs made
 * @goes_up: it brings the interface up, rather than down
 *
 * A helper is always run for an interface that was requested by name; with -a, and below
 * others, only depending on whether the interface is up. An interface without a link is
 * up if its helper was run since the bridge that it is in exists: plan_note_helper().
 */
bool plan_helper_is_due(const struct model *want, const struct snapshot *have,
			const struct snapshot *made, const struct iface *iface,
			bool goes_up);

/* Whether a note says that the helper of an interface without a link was run. */
bool plan_helper_was_run(const struct snapshot *have, const struct snapshot *made,
			 const struct iface *iface);

/**
 * plan_note_helper() - note that a helper has succeeded
 * @have: the present state
 * @made: the note is added or removed; only an interface without a link has one
 */
void plan_note_helper(const struct snapshot *have, const struct iface *iface,
		      bool goes_up, struct snapshot *made);

/**
 * plan_add_helpers() - add the helpers of the interfaces in a plan
 * @plan: they go to .before if something is stacked on what they make, else to .after
 *
 * Unlike hooks, they must not fail.
 *
 * Spec: ifup and ifdown of network-scripts.
 */
void plan_add_helpers(struct plan *plan, const struct model *want, bool goes_up,
		      bool at_boot);
