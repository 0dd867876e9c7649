/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* Notes in the plan, once it is whole, which addresses and routes of others are lost with it. */
void lost_note(struct planner *p, const struct model *want);
