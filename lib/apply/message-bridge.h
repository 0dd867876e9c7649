/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bridge-options.h"

struct nl_msg;

/**
 * message_put_bridge() - IFLA_LINKINFO of a bridge
 * @options: by bridge_table; those set are put
 *
 * Return: 0, or a negative number when there is no room.
 * Source: br_changelink(), br_setport() in Linux net/bridge/br_netlink.c.
 */
int message_put_bridge(struct nl_msg *msg, const struct bridge_value *options);

/* The same of a port, by bridge_port_table; other ports are known by .num. */
int message_put_bridge_port(struct nl_msg *msg, const struct bridge_value *options);
