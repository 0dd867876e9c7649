/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/ipoib.h"
#include "lib/model/vlan.h"

struct nl_msg;

/**
 * message_put_vlan() - add IFLA_LINKINFO of a VLAN
 * @now: its present state, so that only differences are sent; NULL for a new one
 *
 * Return: 0, or a negative number if there is no room. Source: vlan_newlink(),
 * vlan_changelink() in Linux net/8021q/vlan_netlink.c.
 */
int message_put_vlan(struct nl_msg *msg, const struct vlan *vlan, const struct vlan *now);

/*
 * Adds IFLA_LINKINFO of a new child interface of InfiniBand: ipoib_new_child_link(). As
 * above.
 */
int message_put_ipoib(struct nl_msg *msg, const struct ipoib *ipoib);

/* Adds IFLA_INFO_DATA of a veth: its other end. Return: as above. */
int message_put_peer(struct nl_msg *msg, const char *name, int ifindex);
