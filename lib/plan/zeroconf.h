/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/route.h"

/* The network of RFC 3927, and the first metric that network-scripts used for it. */
#define ZEROCONF_NET    ((struct ip){ .family = AF_INET, .bytes = { 169, 254 } })
#define ZEROCONF_LEN    16
#define ZEROCONF_METRIC 1000

/* The metric of the route to it on the link with that index. */
static inline uint32_t zeroconf_metric(int ifindex)
{
	return ZEROCONF_METRIC + (uint32_t)ifindex;
}

/* Whether this is that route. */
static inline bool zeroconf_is_of(const struct route *route, int ifindex)
{
	const struct ip net = ZEROCONF_NET;

	return route->dst_len == ZEROCONF_LEN && ip_equal(&route->dst, &net) &&
	       route->metric == zeroconf_metric(ifindex);
}
