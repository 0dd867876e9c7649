/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/model.h"
#include "lib/plan/plan.h"
#include "lib/snapshot/snapshot.h"

/**
 * scope_of() - the part of the kernel's state that matters to a run
 * @want: what it is about; borrowed, like @made, as long as the scope
 * @made: what earlier runs made
 * @arena: owns the scope
 *
 * Return: the scope.
 */
const struct snap_scope *scope_of(const struct model *want, const struct snapshot *made,
				  struct arena *arena);

/* Whether a plan made on @have needs nothing that may be missing in it. */
bool scope_holds(const struct plan *plan, const struct snapshot *have);
