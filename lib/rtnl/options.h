/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/option.h"

struct nl_msg;
struct nlattr;

/**
 * rtnl_put_options() - add IFLA_LINKINFO for a bond, a bridge, or a port of either
 * @values: those that are set are added, in the driver's order; other links are given by
 * .num
 *
 * Return: 0; -EMSGSIZE if there is no room. Source: bond_changelink(),
 * bond_slave_changelink() in Linux drivers/net/bonding/bond_netlink.c; br_changelink(),
 * br_setport() in net/bridge/br_netlink.c.
 */
int rtnl_put_options(struct nl_msg *msg, const struct option_values *values);

/**
 * rtnl_get_options() - read the options that a driver reports
 * @data: IFLA_INFO_DATA or IFLA_INFO_SLAVE_DATA
 * @arena: owns the result
 *
 * Other links are given by .num and have no names yet.
 *
 */
struct option_values *rtnl_get_options(const struct option_table *table,
				       const struct nlattr *data, struct arena *arena);
