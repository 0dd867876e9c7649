/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_highest_index() - the highest index of a link that the plan creates or acts on
 */
int plan_highest_index(const struct plan *plan);

/**
 * plan_renumber() - give a link that the plan creates another index wherever it is used
 * @from: the index chosen by the plan
 * @to: above plan_highest_index()
 *
 * For the case that another program has made a link with that index meanwhile. The route
 * to 169.254.0.0/16, whose metric contains the index, is changed too, also in .made.
 */
void plan_renumber(struct plan *plan, int from, int to);
