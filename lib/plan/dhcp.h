/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * dhcp_choose() - choose the client to be used
 * @running: the one that is running, or NULL; it is kept as long as it is installed
 * @ret: untouched if there is none
 */
bool dhcp_choose(const struct snapshot *have, const struct snap_client *running,
		 enum dhcp_family family, enum dhcp_client_id *ret);

/**
 * dhcp_start_as_wanted() - how to start the client as the files want it
 * @host_name: the host's own, sent if the files name none; NULL to send none then
 *
 * Settings that it does not support are reported in the planner's diag.
 *
 * Return: owned by the plan; NULL if memory ran out, which the planner notes.
 */
struct dhcp_start *dhcp_start_as_wanted(struct planner *p, const struct iface *iface,
					enum dhcp_family family, enum dhcp_client_id id,
					const char *host_name);

/* The same for a client as it was before. NULL if that is not known. */
struct dhcp_start *dhcp_start_as_before(struct planner *p, const char *dev,
					const struct snap_client *client);

/* How to stop it; its addresses and its undo are set by the caller. */
struct dhcp_stop *dhcp_stop_for(struct planner *p, const char *dev,
				const struct snap_client *client, bool release);

/**
 * dhcp_stop() - stop a client if it is running
 * @link: simulated
 * @release: it releases the lease first
 *
 * The addresses of its lease are removed as well.
 */
void dhcp_stop(struct planner *p, struct pos pos, const struct snap_link *link,
	       enum dhcp_family family, bool release);

/*
 * Removes secondary addresses of a leased one, which the kernel may or may not remove
 * with it.
 */
void dhcp_remove_secondaries(struct planner *p, struct pos pos, struct snap_link *link);

/* Removes addresses of a lease whose client has died. */
void dhcp_remove_leased(struct planner *p, struct pos pos, struct snap_link *link,
			enum dhcp_family family);

/*
 * Looks up the running client, with what is remembered of it. Return: whether there is
 * one.
 */
bool dhcp_running(const struct planner *p, const char *dev, enum dhcp_family family,
		  struct snap_client *ret);

/* The client that an earlier run started; NULL if there is none. */
const struct snap_client *dhcp_started(const struct planner *p, const char *dev,
				       enum dhcp_family family);

/* Stops all clients of an interface that goes down. */
void dhcp_down(struct planner *p, const struct iface *iface);
