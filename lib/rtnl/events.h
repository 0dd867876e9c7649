/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* struct rtnl_events - a socket that hears of every change of links, addresses, routes */
struct rtnl_events;

/* Return: 0; a negative errno. rtnl_events_close() accepts NULL. */
int rtnl_events_open(struct rtnl_events **ret);
void rtnl_events_close(struct rtnl_events *events);

/**
 * rtnl_events_wait() - until something has changed
 * @settle_ms: then also until nothing has for that long, so that one cause is told once
 *
 * What was lost because it came too fast is a change, too.
 *
 * Return: 0; a negative errno.
 */
int rtnl_events_wait(struct rtnl_events *events, int settle_ms);

static inline void rtnl_events_closep(struct rtnl_events **events)
{
	rtnl_events_close(*events);
}
#define _cleanup_rtnl_events_ _cleanup_(rtnl_events_closep)
