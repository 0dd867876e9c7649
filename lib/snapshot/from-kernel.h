/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

struct nlattr;
struct rtnl;

/**
 * routes_from_kernel() - read the routes of all tables, of both families
 * @snapshot: already contains its links
 *
 * Skips routes of the kernel itself and of routing daemons, and those that the files
 * cannot express (encapsulation, next hop objects, realms).
 *
 * Return: 0; a negative errno. Source: fib_dump_info(), rt6_fill_node() in Linux net/.
 */
int routes_from_kernel(struct rtnl *rtnl, struct snapshot *snapshot);

/* The routes of one family, through the device @oif or, if it is 0, through any. */
int routes_from_kernel_of(struct rtnl *rtnl, struct snapshot *snapshot, uint8_t family,
			  int oif);
/* The policy rules of both families. Source: fib_nl_fill_rule() in Linux net/core. */
int rules_from_kernel(struct rtnl *rtnl, struct snapshot *snapshot);

/**
 * scope_mark() - find the links that a part of the kernel's state is about
 * @snapshot: has all links; some get .is_free
 * @ret_meant: a flag for each link: its addresses and routes matter
 *
 * Return: 0; 1 if everything is cheaper.
 */
int scope_mark(const struct snap_scope *scope, struct snapshot *snapshot,
	       bool **ret_meant);

/**
 * vlan_from_kernel() - read the data of a link of kind vlan
 * @data: its IFLA_INFO_DATA
 *
 * Return: 0 with @link->vlan set; -EBADMSG. Source: vlan_fill_info() in Linux
 * net/8021q/vlan_netlink.c.
 */
int vlan_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);

/* The same for links of kind tun and ipoib: tun_fill_info(), ipoib_fill_info(). */
int tun_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);
int ipoib_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);

/**
 * bridge_from_kernel() - correct the options of a bridge, which have been read
 * @data: its IFLA_INFO_DATA
 *
 * Values that come from another bridge, because that one is the root of the spanning
 * tree, stay unset.
 *
 * Source: br_fill_info() in Linux
 * net/bridge/br_netlink.c; br_record_config_timeout_values()
 */
void bridge_from_kernel(const struct nlattr *data, struct option_values *values);

/* The same for the port of a bridge. */
void bridge_port_from_kernel(struct option_values *values);
