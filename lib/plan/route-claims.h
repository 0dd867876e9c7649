/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/* struct route_claim - a route that one of the planner's .works asks for */
struct route_claim {
	uint32_t hash; /* of its place */
	size_t work;
	const struct route *route;
};

/* All of them, once the works are known. */
void route_claims_gather(struct planner *p);

/**
 * route_claims_next() - who else wants a route in that place
 * @before: the one found before; NULL for the first
 *
 * Return: a claim of an interface that comes after the one at hand; NULL for no further one.
 */
const struct route_claim *route_claims_next(const struct planner *p,
					    const struct route *route,
					    const struct route_claim *before);
