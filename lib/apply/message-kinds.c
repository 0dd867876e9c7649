/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes of particular kinds of links. */
#include "lib/apply/message-kinds.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

static int put_qos_pair(struct nl_msg *msg, uint32_t from, uint32_t to)
{
	const struct ifla_vlan_qos_mapping pair = { .from = from, .to = to };

	return nla_put(msg, IFLA_VLAN_QOS_MAPPING, sizeof(pair), &pair);
}

/*
 * The pairs that are wanted, and those to be removed, which map to 0; sending unchanged
 * ones costs nothing.
 */
static int put_map(struct nl_msg *msg, int attr, const struct vlan_map *want,
		   size_t n_want, const struct vlan_map *now, size_t n_now)
{
	struct nlattr *nest;
	int r = 0;

	if (!n_want && !n_now)
		return 0;
	nest = nla_nest_start(msg, attr);
	for (size_t i = 0; nest && i < n_want && r == 0; i++)
		r = put_qos_pair(msg, want[i].from, want[i].to);
	for (size_t i = 0; nest && i < n_now && r == 0; i++)
		if (!vlan_map_find(want, n_want, now[i].from))
			r = put_qos_pair(msg, now[i].from, 0);
	if (!nest || r < 0)
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int put_flags(struct nl_msg *msg, uint32_t bits, uint32_t which)
{
	const struct ifla_vlan_flags flags = { .flags = bits, .mask = which };

	return which ? nla_put(msg, IFLA_VLAN_FLAGS, sizeof(flags), &flags) : 0;
}

static int put_vlan_data(struct nl_msg *msg, const struct vlan *vlan,
			 const struct vlan *now)
{
	static const struct vlan fresh = { .flags = VLAN_FLAG_REORDER_HDR };
	const struct vlan *old = now ? now : &fresh;

	if (!now && (nla_put_u16(msg, IFLA_VLAN_ID, vlan->id) < 0 ||
		     nla_put_u16(msg, IFLA_VLAN_PROTOCOL, htons(vlan->protocol)) < 0))
		return -EMSGSIZE;
	if (put_flags(msg, vlan->flags, vlan->flags ^ old->flags) < 0 ||
	    put_map(msg, IFLA_VLAN_EGRESS_QOS, vlan->egress, vlan->n_egress, old->egress,
		    old->n_egress) < 0)
		return -EMSGSIZE;
	return put_map(msg, IFLA_VLAN_INGRESS_QOS, vlan->ingress, vlan->n_ingress,
		       old->ingress, old->n_ingress);
}

static int put_ipoib_data(struct nl_msg *msg, const struct ipoib *ipoib)
{
	const uint16_t mode =
		ipoib->is_connected ? IPOIB_MODE_CONNECTED : IPOIB_MODE_DATAGRAM;

	return nla_put_u16(msg, IFLA_IPOIB_PKEY, ipoib->pkey) < 0
		       ? -EMSGSIZE
		       : nla_put_u16(msg, IFLA_IPOIB_MODE, mode);
}

/* The other end of a veth. */
static int put_peer(struct nl_msg *msg, const char *name, int ifindex)
{
	struct ifinfomsg header = { .ifi_index = ifindex };
	struct nlattr *peer = nla_nest_start(msg, VETH_INFO_PEER);

	if (!peer || nlmsg_append(msg, &header, sizeof(header), 0) < 0 ||
	    nla_put_string(msg, IFLA_IFNAME, name) < 0)
		return -EMSGSIZE;
	nla_nest_end(msg, peer);
	return 0;
}

static int put_data(struct nl_msg *msg, const struct snap_link *link,
		    const struct vlan *now)
{
	if (link->vlan)
		return put_vlan_data(msg, link->vlan, now);
	return link->ipoib ? put_ipoib_data(msg, link->ipoib)
			   : put_peer(msg, link->other, link->parent);
}

int message_put_kind(struct nl_msg *msg, const struct snap_link *link,
		     const struct vlan *now)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO), *data;

	if (!info || nla_put_string(msg, IFLA_INFO_KIND, link->kind) < 0)
		return -EMSGSIZE;
	if (link->vlan || link->ipoib || link->other) {
		data = nla_nest_start(msg, IFLA_INFO_DATA);
		if (!data || put_data(msg, link, now) < 0)
			return -EMSGSIZE;
		nla_nest_end(msg, data);
	}
	nla_nest_end(msg, info);
	return 0;
}
