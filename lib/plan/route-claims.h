/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* struct route_claim - a route that one of the planner's .works wants */
struct route_claim {
	uint32_t hash; /* of its place */
	size_t work;
	const struct route *route;
};

/* Collects all claims once the works are known. */
void route_claims_gather(struct planner *p);

/**
 * route_claims_next() - find other interfaces that want a route in that place
 * @before: the previous result; NULL for the first call
 *
 * Return: a claim of an interface after the current one; NULL if there are no more.
 */
const struct route_claim *route_claims_next(const struct planner *p,
					    const struct route *route,
					    const struct route_claim *before);
