/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step of a plan as one rtnetlink request.
 *
 * libnl-route builds the requests for addresses. Those for links are built here: its
 * bonds have five of some thirty options, and none in older releases. Those for routes
 * and rules are built in message-routes.c, because it lacks some of theirs, too.
 */
#include "lib/apply/message.h"

#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/apply/libnl-route.h"
#include "lib/apply/message-fill.h"
#include "lib/apply/message-kinds.h"
#include "lib/apply/way.h"
#include "lib/base/memory.h"
#include "lib/rtnl/options.h"
#include "lib/rtnl/rtnl.h"

/* The flags of an address that can be set; the kernel reports the others. */
#define ADDR_WISHES                                                                 \
	(IFA_F_NODAD | IFA_F_NOPREFIXROUTE | IFA_F_HOMEADDRESS | IFA_F_MCAUTOJOIN | \
	 IFA_F_MANAGETEMPADDR)

static int put_hwaddr(struct nl_msg *msg, int attr, const struct hwaddr *addr)
{
	return addr->len ? nla_put(msg, attr, addr->len, addr->bytes) : 0;
}

int message_fill_link_add(struct nl_msg *msg, const struct plan_op *op)
{
	const struct snap_link *link = op->link;

	if (nla_put_string(msg, IFLA_IFNAME, link->name) < 0 ||
	    put_hwaddr(msg, IFLA_ADDRESS, &link->mac) < 0 ||
	    (link->mtu && nla_put_u32(msg, IFLA_MTU, link->mtu) < 0) ||
	    (snap_link_is_stacked(link) &&
	     nla_put_u32(msg, IFLA_LINK, (uint32_t)link->parent) < 0))
		return -EMSGSIZE;
	if (link->options)
		return rtnl_put_options(msg, link->options);
	return message_put_kind(msg, link, NULL);
}

int message_fill_vlan_set(struct nl_msg *msg, const struct plan_op *op)
{
	struct vlan want = *op->vlan_change.want;
	const struct snap_link link = { .kind = "vlan", .vlan = &want };

	return message_put_kind(msg, &link, op->vlan_change.now);
}

int message_fill_options_set(struct nl_msg *msg, const struct plan_op *op)
{
	return rtnl_put_options(msg, op->options);
}

int message_fill_mtu(struct nl_msg *msg, const struct plan_op *op)
{
	return nla_put_u32(msg, IFLA_MTU, op->mtu);
}

int message_fill_token(struct nl_msg *msg, const struct plan_op *op)
{
	struct nlattr *families = nla_nest_start(msg, IFLA_AF_SPEC), *inet6;

	inet6 = families ? nla_nest_start(msg, AF_INET6) : NULL;
	/* All zeros removes it. */
	if (!inet6 || nla_put(msg, IFLA_INET6_TOKEN, 16, op->token.bytes) < 0)
		return -EMSGSIZE;
	nla_nest_end(msg, inet6);
	nla_nest_end(msg, families);
	return 0;
}

int message_fill_mac(struct nl_msg *msg, const struct plan_op *op)
{
	return put_hwaddr(msg, IFLA_ADDRESS, &op->mac);
}

/*
 * Sets the bond alone: some 6.1 kernels leave a port down if the request also has flags.
 */
int message_fill_master(struct nl_msg *msg, const struct plan_op *op)
{
	return nla_put_u32(msg, IFLA_MASTER, (uint32_t)op->master.ifindex);
}

int message_fill_no_master(struct nl_msg *msg, const struct plan_op *op)
{
	(void)op;
	return nla_put_u32(msg, IFLA_MASTER, 0);
}

/* ---- addresses, as libnl-route's objects ---- */

/* struct addr_object - an address of the library, which is to be put back */
struct addr_object {
	const struct libnl_route *lib;
	struct rtnl_addr *addr;
};

static void addr_object_release(const struct addr_object *object)
{
	if (object->addr)
		object->lib->put(object->addr);
}
#define _cleanup_addr_object_ _cleanup_(addr_object_release)

static void nl_addr_release(struct nl_addr **addr)
{
	nl_addr_put(*addr);
}
#define _cleanup_nl_addr_ _cleanup_(nl_addr_release)

/* Sets an address of an address by @set, if there is one. Return: 0; -EMSGSIZE. */
static int set_ip(struct rtnl_addr *addr, const struct ip *ip, unsigned int prefix_len,
		  int (*set)(struct rtnl_addr *addr, struct nl_addr *to))
{
	_cleanup_nl_addr_ struct nl_addr *to = NULL;

	if (!ip_is_set(ip))
		return 0;
	to = nl_addr_build(ip->family, ip->bytes, ip_len(ip));
	if (!to)
		return -EMSGSIZE;
	nl_addr_set_prefixlen(to, (int)prefix_len);
	return set(addr, to) == 0 ? 0 : -EMSGSIZE;
}

static int fill_addr(const struct addr_object *object, const struct plan_op *op)
{
	const struct libnl_route *lib = object->lib;
	const struct snap_addr *want = op->addr;
	struct rtnl_addr *addr = object->addr;

	if (set_ip(addr, &want->addr, want->prefix_len, lib->set_local) < 0 ||
	    set_ip(addr, &want->peer, want->prefix_len, lib->set_peer) < 0 ||
	    set_ip(addr, &want->broadcast, 32, lib->set_broadcast) < 0 ||
	    (want->label && *want->label && lib->set_label(addr, want->label) < 0))
		return -EMSGSIZE;
	lib->set_ifindex(addr, op->ifindex);
	lib->set_scope(addr, want->scope);
	lib->set_flags(addr, want->flags & ADDR_WISHES);
	if (want->valid_s) {
		lib->set_valid_lifetime(addr, want->valid_s);
		lib->set_preferred_lifetime(addr, want->preferred_s);
	}
	return 0;
}

/* Return: 0; -EMSGSIZE; -ENOPKG without the library. */
static int make_addr(const struct plan_op *op, struct addr_object *ret)
{
	ret->lib = libnl_route_open();
	if (!ret->lib)
		return -ENOPKG;
	ret->addr = ret->lib->alloc();
	return ret->addr ? fill_addr(ret, op) : -EMSGSIZE;
}

int message_addr_add(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_addr_object_ struct addr_object object = { NULL, NULL };
	int r = make_addr(op, &object);

	if (r == 0 && object.lib->build_add_request(object.addr, NLM_F_REPLACE, ret) < 0)
		r = -EMSGSIZE;
	return r;
}

int message_addr_del(const struct plan_op *op, struct nl_msg **ret)
{
	_cleanup_addr_object_ struct addr_object object = { NULL, NULL };
	int r = make_addr(op, &object);

	if (r == 0 && object.lib->build_delete_request(object.addr, 0, ret) < 0)
		r = -EMSGSIZE;
	return r;
}

/* ---- how each kind of step is sent ---- */

static struct nl_msg *link_request(const struct plan_op *op, const struct step_way *way)
{
	struct ifinfomsg header = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = op->ifindex,
		.ifi_flags = way->on,
		.ifi_change = way->change,
	};

	if (op->kind == OP_LINK_FLAG) {
		header.ifi_flags = link_flag_set(op->flag.of, 0, op->flag.on);
		header.ifi_change = op->flag.of->bit;
	}
	if (op->kind == OP_LINK_ADD && op->link->flags & IFF_UP)
		header.ifi_flags = header.ifi_change = IFF_UP;
	return rtnl_msg_new(way->type, way->flags, &header, sizeof(header));
}

static int build_link(const struct plan_op *op, const struct step_way *way,
		      struct nl_msg **ret)
{
	_cleanup_nl_msg_ struct nl_msg *msg = link_request(op, way);
	int r = way->fill ? way->fill(msg, op) : 0;

	if (r == 0)
		*ret = TAKE_PTR(msg);
	return r;
}

bool message_exists(enum plan_op_kind kind)
{
	return step_way(kind)->type || step_way(kind)->build;
}

int message_build(const struct plan_op *op, struct nl_msg **ret)
{
	const struct step_way *way = step_way(op->kind);
	int r;

	do {
		errno = 0;
		r = way->build ? way->build(op, ret) : build_link(op, way, ret);
	} while (r < 0 && errno == ENOMEM && memory_release());
	return r < 0 ? -EMSGSIZE : 0;
}

int message_send(struct rtnl *rtnl, const struct plan_op *op, struct rtnl_reply *reply)
{
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;
	int r;

	*reply = (struct rtnl_reply){ .error = message_build(op, &msg) };
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
