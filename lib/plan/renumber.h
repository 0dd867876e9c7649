/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

/**
 * plan_highest_index() - above the index of each link that the plan creates or acts on
 */
int plan_highest_index(const struct plan *plan);

/**
 * plan_renumber() - give a link that the plan creates another index, in all that uses it
 * @from: what the plan has chosen
 * @to: above plan_highest_index()
 *
 * For when somebody else has made a link with that index meanwhile. The route to
 * 169.254.0.0/16, whose metric has the index in it, gets another one, in .made too.
 *
 * Return: 0; -ENOMEM.
 */
int plan_renumber(struct plan *plan, int from, int to);
