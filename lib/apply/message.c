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
#include "lib/apply/message-kinds.h"
#include "lib/apply/message-routes.h"
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

static int fill_link_add(struct nl_msg *msg, const struct plan_op *op,
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

static int fill_vlan_set(struct nl_msg *msg, const struct plan_op *op,
			 const struct snapshot *have)
{
	(void)have;
	return message_put_vlan(msg, op->vlan_change.want, op->vlan_change.now);
}

static int fill_bridge_set(struct nl_msg *msg, const struct plan_op *op,
			   const struct snapshot *have)
{
	(void)have;
	return message_put_bridge(msg, op->bridge_options);
}

static int fill_bridge_port_set(struct nl_msg *msg, const struct plan_op *op,
				const struct snapshot *have)
{
	(void)have;
	return message_put_bridge_port(msg, op->bridge_options);
}

static int fill_bond_set(struct nl_msg *msg, const struct plan_op *op,
			 const struct snapshot *have)
{
	return put_bond(msg, op->options, have);
}

static int fill_mtu(struct nl_msg *msg, const struct plan_op *op,
		    const struct snapshot *have)
{
	(void)have;
	return nla_put_u32(msg, IFLA_MTU, op->mtu);
}

static int fill_token(struct nl_msg *msg, const struct plan_op *op,
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

static int fill_mac(struct nl_msg *msg, const struct plan_op *op,
		    const struct snapshot *have)
{
	(void)have;
	return put_hwaddr(msg, IFLA_ADDRESS, &op->mac);
}

/* The bond alone: some 6.1 kernels leave a port down when flags come along. */
static int fill_master(struct nl_msg *msg, const struct plan_op *op,
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

static int fill_port_set(struct nl_msg *msg, const struct plan_op *op,
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

static int fill_no_master(struct nl_msg *msg, const struct plan_op *op,
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

static int build_addr_add(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_rtnl_addr_ struct rtnl_addr *addr = addr_object(op);

	return addr ? rtnl_addr_build_add_request(addr, NLM_F_REPLACE, ret) : -ENOMEM;
}

static int build_addr_del(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_rtnl_addr_ struct rtnl_addr *addr = addr_object(op);

	return addr ? rtnl_addr_build_delete_request(addr, 0, ret) : -ENOMEM;
}

/* ---- how each step is sent ---- */

/*
 * Links: @type and what goes into the header and behind it. Options travel by
 * RTM_NEWLINK even to a bond that exists: RTM_SETLINK ignores them and still answers
 * that all is well. Addresses and routes: @build. Neither: no request.
 * @may_be_gone: what it takes away may have gone by itself, which is as good.
 */
static const struct op_send {
	uint16_t type, flags;
	unsigned int change, on; /* IFF_* */
	int (*fill)(struct nl_msg *msg, const struct plan_op *op,
		    const struct snapshot *have);
	int (*build)(const struct plan_op *op, struct nl_msg **ret);
	bool may_be_gone;
} op_send[] = {
	[OP_MODULE_LOAD] = { 0 },
	[OP_LINK_ADD] = { RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, .fill = fill_link_add },
	[OP_BOND_SET] = { RTM_NEWLINK, .fill = fill_bond_set },
	[OP_VLAN_SET] = { RTM_NEWLINK, .fill = fill_vlan_set },
	[OP_TUN_SET] = { 0 },
	[OP_IPOIB_MODE] = { 0 },
	[OP_BRIDGE_SET] = { RTM_NEWLINK, .fill = fill_bridge_set },
	[OP_BR_PORT_SET] = { RTM_NEWLINK, .fill = fill_bridge_port_set },
	[OP_LINK_DEL] = { RTM_DELLINK, .may_be_gone = true },
	[OP_LINK_UP] = { RTM_NEWLINK, .change = IFF_UP, .on = IFF_UP },
	[OP_LINK_DOWN] = { RTM_NEWLINK, .change = IFF_UP },
	[OP_LINK_MTU] = { RTM_NEWLINK, .fill = fill_mtu },
	[OP_LINK_MAC] = { RTM_NEWLINK, .fill = fill_mac },
	[OP_LINK_ARP] = { RTM_NEWLINK, .change = IFF_NOARP },
	[OP_LINK_TOKEN] = { RTM_NEWLINK, .fill = fill_token },
	[OP_PORT_ADD] = { RTM_NEWLINK, .fill = fill_master },
	[OP_PORT_REMOVE] = { RTM_NEWLINK, .fill = fill_no_master, .may_be_gone = true },
	[OP_PORT_SET] = { RTM_NEWLINK, .fill = fill_port_set },
	[OP_LINK_WAIT] = { 0 },
	[OP_ADDR_PROBE] = { 0 },
	[OP_ADDR_ADD] = { .build = build_addr_add },
	[OP_ADDR_DEL] = { .build = build_addr_del, .may_be_gone = true },
	[OP_ROUTE_ADD] = { .build = message_route_add },
	[OP_ROUTE_DEL] = { .build = message_route_del, .may_be_gone = true },
	[OP_CONF_SET] = { 0 },
	[OP_DAD_WAIT] = { 0 },
	[OP_RULE_ADD] = { .build = message_rule_add },
	[OP_RULE_DEL] = { .build = message_rule_del, .may_be_gone = true },
	[OP_ADDR_ANNOUNCE] = { 0 },
	[OP_RUN] = { 0 },
	[OP_RESOLV_SET] = { 0 },
	[OP_DHCP_STOP] = { 0 },
	[OP_DHCP_START] = { 0 },
};
_Static_assert(ARRAY_SIZE(op_send) == OP_COUNT, "a kind of step has no row");

static struct nl_msg *link_request(const struct plan_op *op, const struct op_send *send)
{
	struct ifinfomsg header = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = op->ifindex,
		.ifi_flags = send->on,
		.ifi_change = send->change,
	};

	if (op->kind == OP_LINK_ARP && !op->arp)
		header.ifi_flags = IFF_NOARP;
	if (op->kind == OP_LINK_ADD && op->link->flags & IFF_UP)
		header.ifi_flags = header.ifi_change = IFF_UP;
	return rtnl_msg_new(send->type, send->flags, &header, sizeof(header));
}

static int build_link(const struct plan_op *op, const struct op_send *send,
		      const struct snapshot *have, struct nl_msg **ret)
{
	_cleanup_nl_msg_ struct nl_msg *msg = link_request(op, send);
	int r = msg ? 0 : -ENOMEM;

	if (r == 0 && send->fill)
		r = send->fill(msg, op, have);
	if (r == 0)
		*ret = TAKE_PTR(msg);
	return r;
}

bool message_exists(enum plan_op_kind kind)
{
	return op_send[kind].type || op_send[kind].build;
}

int message_build(const struct plan_op *op, const struct snapshot *have,
		  struct nl_msg **ret)
{
	const struct op_send *send = &op_send[op->kind];
	int r = send->build ? send->build(op, ret) : build_link(op, send, have, ret);

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
	return op_send[kind].may_be_gone && (error == -ENODEV || error == -ESRCH ||
					     error == -ENOENT || error == -EADDRNOTAVAIL);
}
