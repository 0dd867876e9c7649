/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* struct rtnl_events - a socket that receives every change of links, addresses, routes */
struct rtnl_events;

/* Return: 0; a negative errno. rtnl_events_close() accepts NULL. */
int rtnl_events_open(struct rtnl_events **ret);
void rtnl_events_close(struct rtnl_events *events);

/**
 * rtnl_events_wait() - wait until something changes
 * @settle_ms: then wait until nothing has changed for that long, so that one cause is
 * reported once
 *
 * A notification that was lost because the socket overflowed counts as a change.
 *
 * Return: 0; a negative errno.
 */
int rtnl_events_wait(struct rtnl_events *events, int settle_ms);

/* Whether nothing has changed so far. */
bool rtnl_events_none(const struct rtnl_events *events);

static inline void rtnl_events_closep(struct rtnl_events **events)
{
	rtnl_events_close(*events);
}
#define _cleanup_rtnl_events_ _cleanup_(rtnl_events_closep)
