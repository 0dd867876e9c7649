/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

struct nlattr;
struct rtnl;

/**
 * routes_from_kernel() - the routes of all tables and the policy rules, of both families
 * @snapshot: has its links already
 *
 * Routes of the kernel itself and of routing daemons are left out, and so are those that
 * the files cannot say (encapsulation, next hop objects, realms).
 *
 * Return: 0; a negative errno.
 * Source: fib_dump_info(), rt6_fill_node(), fib_nl_fill_rule() in Linux net/.
 */
int routes_from_kernel(struct rtnl *rtnl, struct snapshot *snapshot);

/**
 * vlan_from_kernel() - what a link of kind vlan reports
 * @data: its IFLA_INFO_DATA
 *
 * Return: 0, @link->vlan being set; -ENOMEM; -EBADMSG.
 * Source: vlan_fill_info() in Linux net/8021q/vlan_netlink.c.
 */
int vlan_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);

/* The same for a link of kind tun, or of kind ipoib: tun_fill_info(), ipoib_fill_info(). */
int tun_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);
int ipoib_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);

/**
 * bridge_from_kernel() - what a link of kind bridge reports
 * @data: its IFLA_INFO_DATA
 *
 * What it reports of another bridge's doing, as long as that is the root of the spanning
 * tree, is left unset.
 *
 * Return: 0, @link->bridge being set; -ENOMEM.
 * Source: br_fill_info() in Linux net/bridge/br_netlink.c; br_record_config_timeout_values()
 */
int bridge_from_kernel(const struct nlattr *data, struct arena *arena,
		       struct snap_link *link);

/* The same of the port of a bridge, from IFLA_INFO_SLAVE_DATA, into @link->bridge_port. */
int bridge_port_from_kernel(const struct nlattr *data, struct arena *arena,
			    struct snap_link *link);
