/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <netlink/route/addr.h>

/*
 * If libnl-route were linked, every run would map and initialize it, which takes a third of
 * the time before main(). Only runs that set or remove addresses need it.
 */

/* struct libnl_route - the functions that we call, with the types of its header */
struct libnl_route {
	__typeof__(rtnl_addr_alloc) *alloc;
	__typeof__(rtnl_addr_put) *put;
	__typeof__(rtnl_addr_set_local) *set_local;
	__typeof__(rtnl_addr_set_peer) *set_peer;
	__typeof__(rtnl_addr_set_broadcast) *set_broadcast;
	__typeof__(rtnl_addr_set_label) *set_label;
	__typeof__(rtnl_addr_set_ifindex) *set_ifindex;
	__typeof__(rtnl_addr_set_scope) *set_scope;
	__typeof__(rtnl_addr_set_flags) *set_flags;
	__typeof__(rtnl_addr_set_valid_lifetime) *set_valid_lifetime;
	__typeof__(rtnl_addr_set_preferred_lifetime) *set_preferred_lifetime;
	__typeof__(rtnl_addr_build_add_request) *build_add_request;
	__typeof__(rtnl_addr_build_delete_request) *build_delete_request;
};

/* Opens it once for the process. Return: NULL if there is no libnl-route-3.so.200. */
const struct libnl_route *libnl_route_open(void);
