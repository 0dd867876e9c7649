/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

struct nlattr;

/**
 * vlan_from_kernel() - what a link of kind vlan reports
 * @data: its IFLA_INFO_DATA
 *
 * Return: 0, @link->vlan being set; -ENOMEM; -EBADMSG.
 * Source: vlan_fill_info() in Linux net/8021q/vlan_netlink.c.
 */
int vlan_from_kernel(struct nlattr *data, struct arena *arena, struct snap_link *link);
