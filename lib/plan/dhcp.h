/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * dhcp_choose() - which client is to be used
 * @running: the one that runs already, or NULL; it stays in use while it is installed
 * @ret: untouched when there is none
 */
bool dhcp_choose(const struct snapshot *have, const struct snap_client *running,
		 enum dhcp_family family, enum dhcp_client_id *ret);

/**
 * dhcp_start_as_wanted() - what the client is to be started with
 * @host_name: the host's own, to be sent when the files name none; NULL to send none then
 *
 * What it cannot do is told in the planner's diag.
 *
 * Return: owned by the plan; NULL when memory ran out, which the planner knows.
 */
struct dhcp_start *dhcp_start_as_wanted(struct planner *p, const struct iface *iface,
					enum dhcp_family family, enum dhcp_client_id id,
					const char *host_name);

/* The same for one as it was. NULL when that is not known. */
struct dhcp_start *dhcp_start_as_before(struct planner *p, const char *dev,
					const struct snap_client *client);

/* How it is stopped; its addresses and its undo are still to be set. */
struct dhcp_stop *dhcp_stop_for(struct planner *p, const char *dev,
				const struct snap_client *client, bool release);

/**
 * dhcp_stop() - stop a client that runs, if one does
 * @link: simulated
 * @release: it gives the address back first
 *
 * The addresses of its lease go with it.
 */
void dhcp_stop(struct planner *p, struct pos pos, const struct snap_link *link,
	       enum dhcp_family family, bool release);

/* Addresses that the kernel keeps behind one of a lease, and may or may not take along. */
void dhcp_remove_secondaries(struct planner *p, struct pos pos, struct snap_link *link);

/* Addresses of a lease whose client has died. */
void dhcp_remove_leased(struct planner *p, struct pos pos, struct snap_link *link,
			enum dhcp_family family);

/* The client that runs, with what is remembered of it. Return: whether there is one. */
bool dhcp_running(const struct planner *p, const char *dev, enum dhcp_family family,
		  struct snap_client *ret);

/* What an earlier run started; NULL when it started none. */
const struct snap_client *dhcp_started(const struct planner *p, const char *dev,
				       enum dhcp_family family);

/* All of an interface that goes down. */
void dhcp_down(struct planner *p, const struct iface *iface);
