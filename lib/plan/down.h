/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * down_gone() - take down what no file describes any more
 * @made: of the plan's .made; what it tells of, and no more, goes, and it is forgotten
 */
void down_gone(struct planner *p, struct snap_link *made);
