/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds out which interfaces want a route in the same place, so that the last one gets
 * it.
 */
#include "lib/plan/route-claims.h"

#include <errno.h>
#include <stdlib.h>

#include "lib/plan/up.h"

static int by_hash(const void *left, const void *right)
{
	const struct route_claim *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->work > b->work) - (a->work < b->work);
}

void route_claims_gather(struct planner *p)
{
	size_t cap = 0;

	for (size_t i = 0; i < p->n_works; i++) {
		const struct iface *iface = p->works[i].iface;

		for (size_t k = 0; k < iface->n_routes; k++) {
			const struct route *route = &iface->routes[k].route;
			const struct route_claim claim = { route_place_hash(route), i,
							   route };

			if (iface->routes[k].is_asleep)
				continue;
			ARENA_PUSH(p->plan->arena, p->claims, p->n_claims, cap, claim);
		}
	}
	if (p->n_claims)
		qsort(p->claims, p->n_claims, sizeof(*p->claims), by_hash);
}

const struct route_claim *route_claims_next(const struct planner *p,
					    const struct route *route,
					    const struct route_claim *before)
{
	const struct route_claim key = { .hash = route_place_hash(route),
					 .work = p->work + 1 };
	size_t first = 0, end = p->n_claims;

	/* The first claim of a later interface. */
	while (!before && first < end) {
		size_t middle = first + (end - first) / 2;

		if (by_hash(&p->claims[middle], &key) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	if (before)
		first = (size_t)(before - p->claims) + 1;
	for (; first < p->n_claims && p->claims[first].hash == key.hash; first++)
		if (route_same_place(p->claims[first].route, route))
			return &p->claims[first];
	return NULL;
}
