/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/route.h"

/**
 * struct route_index - numbers of routes in a list, by their place
 *
 * One of all zeros is empty. Numbers are never removed: whoever finds one looks whether it
 * still holds.
 */
struct route_index {
	struct route_slot *slots;
	size_t n, cap;
};

/* Return: 0, or -ENOMEM; @arena is to be the same each time. */
int route_index_add(struct route_index *index, struct arena *arena,
		    const struct route *route, size_t number);

/**
 * route_index_next() - the numbers of routes that may be in the place of @route
 * @at: 0 at first; for the next call
 *
 * In the order in which they were added. Return: whether there is one more.
 */
bool route_index_next(const struct route_index *index, const struct route *route,
		      size_t *at, size_t *ret_number);
