/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step of a plan as one rtnetlink request.
 *
 * libnl-route builds the requests for addresses. Those for links are built here: its bonds
 * have five of some thirty options, and none in the older releases. Those for routes and
 * rules are built in message-routes.c, because it has not got all of theirs either.
 */
#include "lib/apply/message.h"

#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/route/addr.h>
#include <string.h>

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/apply/message-bridge.h"
#include "lib/apply/message-fill.h"
#include "lib/apply/message-kinds.h"
#include "lib/apply/way.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/rtnl.h"

/* Flags of an address that are a wish; the others are the kernel's to report. */
#define ADDR_WISHES                                                                 \
	(IFA_F_NODAD | IFA_F_NOPREFIXROUTE | IFA_F_HOMEADDRESS | IFA_F_MCAUTOJOIN | \
	 IFA_F_MANAGETEMPADDR)

static int put_ip(struct nl_msg *msg, int attr, const struct ip *ip)
{
	return ip_is_set(ip) ? nla_put(msg, attr, (int)ip_len(ip), ip->bytes) : 0;
}

static int put_hwaddr(struct nl_msg *msg, int attr, const struct hwaddr *addr)
{
	return addr->len ? nla_put(msg, attr, addr->len, addr->bytes) : 0;
}

static int put_ip_list(struct nl_msg *msg, int attr, const struct bond_value *value)
{
	struct nlattr *nest = nla_nest_start(msg, attr);

	if (!nest)
		return -ENOMEM;
	for (size_t i = 0; i < value->n; i++)
		if (put_ip(msg, (int)i, &value->list[i]) < 0)
			return -ENOMEM;
	/* An empty list is a wish, too: it clears the driver's. */
	rtnl_nest_end_keep_empty(msg, nest);
	return 0;
}

/* The driver knows ports by index; 0 means none. */
static int put_ifindex(struct nl_msg *msg, int attr, const char *name,
		       const struct snapshot *have)
{
	const struct snap_link *link = *name ? snapshot_link(have, name) : NULL;

	if (*name && !link)
		return -ENODEV;
	return nla_put_u32(msg, attr, link ? (uint32_t)link->ifindex : 0);
}

static int put_option(struct nl_msg *msg, const struct bond_option *option,
		      const struct bond_value *value, const struct snapshot *have)
{
	switch (option->wire) {
	case WIRE_U8:
		return nla_put_u8(msg, option->attr, (uint8_t)value->num);
	case WIRE_U16:
		return nla_put_u16(msg, option->attr, (uint16_t)value->num);
	case WIRE_U32:
		return nla_put_u32(msg, option->attr, value->num);
	case WIRE_IFINDEX:
		return put_ifindex(msg, option->attr, value->ifname, have);
	case WIRE_MAC:
		return put_hwaddr(msg, option->attr, &value->mac);
	case WIRE_IP4_LIST:
	case WIRE_IP6_LIST:
		return put_ip_list(msg, option->attr, value);
	}
	return -EINVAL;
}

static int put_options(struct nl_msg *msg, const struct bond_values *options,
		       const struct snapshot *have)
{
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	if (!data)
		return -ENOMEM;
	for (size_t id = 0; id < BOND_OPT_COUNT; id++) {
		int r = 0;

		if (options->of[id].is_set)
			r = put_option(msg, &bond_options[id], &options->of[id], have);
		if (r < 0)
			return r;
	}
	nla_nest_end(msg, data);
	return 0;
}

/* @options may be NULL. */
static int put_bond(struct nl_msg *msg, const struct bond_values *options,
		    const struct snapshot *have)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);
	int r = 0;

	if (!info || nla_put_string(msg, IFLA_INFO_KIND, "bond") < 0)
		return -ENOMEM;
	if (options)
		r = put_options(msg, options, have);
	nla_nest_end(msg, info);
	return r;
}

/* A kind without settings of its own, or with the other end of a veth. */
static int put_plain(struct nl_msg *msg, const struct snap_link *link)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	if (!info || nla_put_string(msg, IFLA_INFO_KIND, link->kind) < 0 ||
	    (link->other && message_put_peer(msg, link->other, link->parent) < 0))
		return -ENOMEM;
	nla_nest_end(msg, info);
	return 0;
}

static int put_kind(struct nl_msg *msg, const struct snap_link *link,
		    const struct snapshot *have)
{
	if (link->bond)
		return put_bond(msg, link->bond, have);
	if (link->vlan)
		return message_put_vlan(msg, link->vlan, NULL);
	if (link->ipoib)
		return message_put_ipoib(msg, link->ipoib);
	if (link->bridge)
		return message_put_bridge(msg, link->bridge);
	return put_plain(msg, link);
}

int message_fill_link_add(struct nl_msg *msg, const struct plan_op *op,
			  const struct snapshot *have)
{
	const struct snap_link *link = op->link;

	if (nla_put_string(msg, IFLA_IFNAME, link->name) < 0 ||
	    put_hwaddr(msg, IFLA_ADDRESS, &link->mac) < 0 ||
	    (link->mtu && nla_put_u32(msg, IFLA_MTU, link->mtu) < 0) ||
	    (snap_link_is_stacked(link) &&
	     nla_put_u32(msg, IFLA_LINK, (uint32_t)link->parent) < 0))
		return -ENOMEM;
	return put_kind(msg, link, have);
}

int message_fill_vlan_set(struct nl_msg *msg, const struct plan_op *op,
			  const struct snapshot *have)
{
	(void)have;
	return message_put_vlan(msg, op->vlan_change.want, op->vlan_change.now);
}

int message_fill_bridge_set(struct nl_msg *msg, const struct plan_op *op,
			    const struct snapshot *have)
{
	(void)have;
	return message_put_bridge(msg, op->bridge_options);
}

int message_fill_bridge_port_set(struct nl_msg *msg, const struct plan_op *op,
				 const struct snapshot *have)
{
	(void)have;
	return message_put_bridge_port(msg, op->bridge_options);
}

int message_fill_bond_set(struct nl_msg *msg, const struct plan_op *op,
			  const struct snapshot *have)
{
	return put_bond(msg, op->options, have);
}

int message_fill_mtu(struct nl_msg *msg, const struct plan_op *op,
		     const struct snapshot *have)
{
	(void)have;
	return nla_put_u32(msg, IFLA_MTU, op->mtu);
}

int message_fill_token(struct nl_msg *msg, const struct plan_op *op,
		       const struct snapshot *have)
{
	struct nlattr *families = nla_nest_start(msg, IFLA_AF_SPEC), *inet6;

	(void)have;
	inet6 = families ? nla_nest_start(msg, AF_INET6) : NULL;
	/* All zero takes it away. */
	if (!inet6 || nla_put(msg, IFLA_INET6_TOKEN, 16, op->token.bytes) < 0)
		return -ENOMEM;
	nla_nest_end(msg, inet6);
	nla_nest_end(msg, families);
	return 0;
}

int message_fill_mac(struct nl_msg *msg, const struct plan_op *op,
		     const struct snapshot *have)
{
	(void)have;
	return put_hwaddr(msg, IFLA_ADDRESS, &op->mac);
}

/* The bond alone: some 6.1 kernels leave a port down when flags come along. */
int message_fill_master(struct nl_msg *msg, const struct plan_op *op,
			const struct snapshot *have)
{
	(void)have;
	return nla_put_u32(msg, IFLA_MASTER, (uint32_t)op->master.ifindex);
}

/* Negative numbers travel in two's complement. */
static int put_port_option(struct nl_msg *msg, const struct bond_port_option *option,
			   int32_t num)
{
	if (option->wire == WIRE_U16)
		return nla_put_u16(msg, option->attr, (uint16_t)num);
	return nla_put_u32(msg, option->attr, (uint32_t)num);
}

static int put_port_options(struct nl_msg *msg, const struct bond_port_values *options)
{
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);

	if (!data)
		return -ENOMEM;
	for (size_t id = 0; id < PORT_OPT_COUNT; id++)
		if (options->of[id].is_set &&
		    put_port_option(msg, &bond_port_options[id], options->of[id].num) < 0)
			return -ENOMEM;
	nla_nest_end(msg, data);
	return 0;
}

int message_fill_port_set(struct nl_msg *msg, const struct plan_op *op,
			  const struct snapshot *have)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	(void)have;
	if (!info || nla_put_string(msg, IFLA_INFO_SLAVE_KIND, "bond") < 0 ||
	    put_port_options(msg, op->port_options) < 0)
		return -ENOMEM;
	nla_nest_end(msg, info);
	return 0;
}

int message_fill_no_master(struct nl_msg *msg, const struct plan_op *op,
			   const struct snapshot *have)
{
	(void)op;
	(void)have;
	return nla_put_u32(msg, IFLA_MASTER, 0);
}

/* ---- addresses, as libnl-route's objects ---- */

static void nl_addr_release(struct nl_addr **addr)
{
	nl_addr_put(*addr);
}
#define _cleanup_nl_addr_ _cleanup_(nl_addr_release)

static void rtnl_addr_release(struct rtnl_addr **addr)
{
	rtnl_addr_put(*addr);
}
#define _cleanup_rtnl_addr_ _cleanup_(rtnl_addr_release)

/* NULL when memory is short. */
static struct nl_addr *nl_addr_of(const struct ip *ip, unsigned int prefix_len)
{
	struct nl_addr *addr = nl_addr_build(ip->family, ip->bytes, ip_len(ip));

	if (addr)
		nl_addr_set_prefixlen(addr, (int)prefix_len);
	return addr;
}

static int set_broadcast(struct rtnl_addr *addr, const struct ip *broadcast)
{
	_cleanup_nl_addr_ struct nl_addr *to = NULL;

	if (!ip_is_set(broadcast))
		return 0;
	to = nl_addr_of(broadcast, 32);
	return to && rtnl_addr_set_broadcast(addr, to) == 0 ? 0 : -ENOMEM;
}

static int set_peer(struct rtnl_addr *addr, const struct snap_addr *want)
{
	_cleanup_nl_addr_ struct nl_addr *to = NULL;

	if (!ip_is_set(&want->peer))
		return 0;
	to = nl_addr_of(&want->peer, want->prefix_len);
	return to && rtnl_addr_set_peer(addr, to) == 0 ? 0 : -ENOMEM;
}

static struct rtnl_addr *addr_object(const struct plan_op *op)
{
	const struct snap_addr *want = op->addr;
	_cleanup_rtnl_addr_ struct rtnl_addr *addr = rtnl_addr_alloc();
	_cleanup_nl_addr_ struct nl_addr *local =
		nl_addr_of(&want->addr, want->prefix_len);

	if (!addr || !local || rtnl_addr_set_local(addr, local) < 0 ||
	    set_peer(addr, want) < 0 || set_broadcast(addr, &want->broadcast) < 0)
		return NULL;
	if (want->label && *want->label && rtnl_addr_set_label(addr, want->label) < 0)
		return NULL;
	rtnl_addr_set_ifindex(addr, op->ifindex);
	rtnl_addr_set_scope(addr, want->scope);
	rtnl_addr_set_flags(addr, want->flags & ADDR_WISHES);
	if (want->valid_s) {
		rtnl_addr_set_valid_lifetime(addr, want->valid_s);
		rtnl_addr_set_preferred_lifetime(addr, want->preferred_s);
	}
	return TAKE_PTR(addr);
}

int message_addr_add(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_rtnl_addr_ struct rtnl_addr *addr = addr_object(op);

	return addr ? rtnl_addr_build_add_request(addr, NLM_F_REPLACE, ret) : -ENOMEM;
}

int message_addr_del(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_rtnl_addr_ struct rtnl_addr *addr = addr_object(op);

	return addr ? rtnl_addr_build_delete_request(addr, 0, ret) : -ENOMEM;
}

/* ---- how each step is sent ---- */

static struct nl_msg *link_request(const struct plan_op *op, const struct step_way *way)
{
	struct ifinfomsg header = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = op->ifindex,
		.ifi_flags = way->on,
		.ifi_change = way->change,
	};

	if (op->kind == OP_LINK_ARP && !op->arp)
		header.ifi_flags = IFF_NOARP;
	if (op->kind == OP_LINK_ADD && op->link->flags & IFF_UP)
		header.ifi_flags = header.ifi_change = IFF_UP;
	return rtnl_msg_new(way->type, way->flags, &header, sizeof(header));
}

static int build_link(const struct plan_op *op, const struct step_way *way,
		      const struct snapshot *have, struct nl_msg **ret)
{
	_cleanup_nl_msg_ struct nl_msg *msg = link_request(op, way);
	int r = msg ? 0 : -ENOMEM;

	if (r == 0 && way->fill)
		r = way->fill(msg, op, have);
	if (r == 0)
		*ret = TAKE_PTR(msg);
	return r;
}

bool message_exists(enum plan_op_kind kind)
{
	return step_way(kind)->type || step_way(kind)->build;
}

int message_build(const struct plan_op *op, const struct snapshot *have,
		  struct nl_msg **ret)
{
	const struct step_way *way = step_way(op->kind);
	int r = way->build ? way->build(op, ret) : build_link(op, way, have, ret);

	if (r < 0)
		return r == -ENODEV ? r : -ENOMEM; /* libnl's own codes: no room */
	return 0;
}

int message_send(struct rtnl *rtnl, const struct plan_op *op, const struct snapshot *have,
		 struct rtnl_reply *reply)
{
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;
	int r;

	*reply = (struct rtnl_reply){ .error = message_build(op, have, &msg) };
	if (reply->error < 0)
		return 0;
	r = rtnl_queue(rtnl, msg, reply);
	return r == 0 ? rtnl_flush(rtnl) : r;
}

bool message_was_needless(enum plan_op_kind kind, int error)
{
	return step_way(kind)->may_be_gone &&
	       (error == -ENODEV || error == -ESRCH || error == -ENOENT ||
		error == -EADDRNOTAVAIL);
}
