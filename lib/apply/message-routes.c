/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes and policy rules as rtnetlink requests. */
#include "lib/apply/message-routes.h"

#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

static int put_ip(struct nl_msg *msg, int attr, const struct ip *ip)
{
	return ip_is_set(ip) ? nla_put(msg, attr, (int)ip_len(ip), ip->bytes) : 0;
}

/* Adds a number attribute, which is omitted if it is 0. */
static int put_u32(struct nl_msg *msg, int attr, uint32_t number)
{
	return number ? nla_put_u32(msg, attr, number) : 0;
}

static int put_name_attr(struct nl_msg *msg, int attr, const char *name)
{
	return name ? nla_put_string(msg, attr, name) : 0;
}

/* ---- routes ---- */

/* A gateway of another family than the route's is preceded by its family. */
static int put_gateway(struct nl_msg *msg, const struct ip *gateway, uint8_t family)
{
	struct {
		uint16_t family;
		uint8_t bytes[16];
	} via = { .family = gateway->family };

	if (!ip_is_set(gateway) || gateway->family == family)
		return put_ip(msg, RTA_GATEWAY, gateway);
	memcpy(via.bytes, gateway->bytes, ip_len(gateway));
	return nla_put(msg, RTA_VIA, (int)(sizeof(via.family) + ip_len(gateway)), &via);
}

static int put_metrics(struct nl_msg *msg, const struct route *route)
{
	struct nlattr *nest;

	if (!route->metrics_set && !route->congctl)
		return 0;
	nest = nla_nest_start(msg, RTA_METRICS);
	if (!nest || put_u32(msg, RTAX_LOCK, route->metrics_locked) < 0 ||
	    put_name_attr(msg, RTAX_CC_ALGO, route->congctl) < 0)
		return -EMSGSIZE;
	for (int i = RTAX_LOCK + 1; i <= RTAX_MAX; i++)
		if (route->metrics_set & 1U << i &&
		    nla_put_u32(msg, i, route->metrics[i]) < 0)
			return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int put_hop(struct nl_msg *msg, const struct route_hop *hop, uint8_t family)
{
	struct rtnexthop *header = nlmsg_reserve(msg, sizeof(*header), 0);
	size_t at;

	if (!header)
		return -EMSGSIZE;
	at = (size_t)((char *)header - (char *)nlmsg_hdr(msg));
	*header = (struct rtnexthop){ .rtnh_ifindex = hop->ifindex,
				      .rtnh_hops = (uint8_t)(hop->weight - 1),
				      .rtnh_flags = hop->onlink ? RTNH_F_ONLINK : 0 };
	if (put_gateway(msg, &hop->gateway, family) < 0)
		return -EMSGSIZE;
	header->rtnh_len = (uint16_t)(nlmsg_hdr(msg)->nlmsg_len - at);
	return 0;
}

static int put_hops(struct nl_msg *msg, const struct route *route)
{
	struct nlattr *nest = nla_nest_start(msg, RTA_MULTIPATH);

	for (size_t i = 0; nest && i < route->n_hops; i++)
		if (put_hop(msg, &route->hops[i], route->family) < 0)
			return -EMSGSIZE;
	if (!nest)
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}

static int put_way(struct nl_msg *msg, const struct plan_op *op)
{
	const struct route *route = op->route;

	if (route->n_hops)
		return put_hops(msg, route);
	return put_gateway(msg, &route->gateway, route->family) < 0 ||
			       put_u32(msg, RTA_OIF, (uint32_t)op->ifindex) < 0
		       ? -EMSGSIZE
		       : 0;
}

static int put_route_attrs(struct nl_msg *msg, const struct plan_op *op)
{
	const struct route *route = op->route;

	if ((route->dst_len || !ip_is_zero(&route->dst)) &&
	    put_ip(msg, RTA_DST, &route->dst) < 0)
		return -EMSGSIZE;
	if (put_ip(msg, RTA_SRC, &route->from) < 0 ||
	    put_ip(msg, RTA_PREFSRC, &route->source) < 0 ||
	    put_u32(msg, RTA_PRIORITY, route->metric) < 0 ||
	    nla_put_u32(msg, RTA_TABLE, route->table) < 0 ||
	    (route->pref && nla_put_u8(msg, RTA_PREF, route->pref) < 0) ||
	    put_metrics(msg, route) < 0)
		return -EMSGSIZE;
	return put_way(msg, op);
}

static int build_route(const struct plan_op *op, uint16_t type, uint16_t flags,
		       struct nl_msg **ret)
{
	const struct route *route = op->route;
	const struct rtmsg header = {
		.rtm_family = route->family,
		.rtm_type = route->type,
		.rtm_dst_len = route->dst_len,
		.rtm_src_len = route->from_len,
		.rtm_tos = route->tos,
		.rtm_scope = route->scope,
		.rtm_protocol = route->protocol,
		.rtm_table = route->table <= UINT8_MAX ? (uint8_t)route->table
						       : RT_TABLE_UNSPEC,
		.rtm_flags = route->onlink ? RTNH_F_ONLINK : 0,
	};
	_cleanup_nl_msg_ struct nl_msg *msg =
		rtnl_msg_new(type, flags, &header, sizeof(header));

	if (put_route_attrs(msg, op) < 0)
		return -EMSGSIZE;
	*ret = TAKE_PTR(msg);
	return 0;
}

int message_route_add(const struct plan_op *op, struct nl_msg **ret)
{
	return build_route(op, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, ret);
}

int message_route_del(const struct plan_op *op, struct nl_msg **ret)
{
	return build_route(op, RTM_DELROUTE, 0, ret);
}

/* ---- rules ---- */

static int put_ports(struct nl_msg *msg, int attr, uint16_t first, uint16_t last)
{
	const struct fib_rule_port_range range = { .start = first, .end = last };

	return first ? nla_put(msg, attr, sizeof(range), &range) : 0;
}

static int put_selectors(struct nl_msg *msg, const struct rule *rule)
{
	const struct fib_rule_uid_range uids = { .start = rule->uid_first,
						 .end = rule->uid_last };

	if (put_ip(msg, FRA_SRC, &rule->from) < 0 ||
	    put_ip(msg, FRA_DST, &rule->to) < 0 ||
	    put_name_attr(msg, FRA_IIFNAME, rule->iif) < 0 ||
	    put_name_attr(msg, FRA_OIFNAME, rule->oif) < 0)
		return -EMSGSIZE;
	if (rule->has_fwmark && (nla_put_u32(msg, FRA_FWMARK, rule->fwmark) < 0 ||
				 nla_put_u32(msg, FRA_FWMASK, rule->fwmask) < 0))
		return -EMSGSIZE;
	if ((rule->ip_proto && nla_put_u8(msg, FRA_IP_PROTO, rule->ip_proto) < 0) ||
	    put_ports(msg, FRA_SPORT_RANGE, rule->sport_first, rule->sport_last) < 0 ||
	    put_ports(msg, FRA_DPORT_RANGE, rule->dport_first, rule->dport_last) < 0)
		return -EMSGSIZE;
	return rule->has_uids ? nla_put(msg, FRA_UID_RANGE, sizeof(uids), &uids) : 0;
}

static int put_suppress(struct nl_msg *msg, int attr, int32_t number)
{
	return number < 0 ? 0 : nla_put_u32(msg, attr, (uint32_t)number);
}

static int put_rule(struct nl_msg *msg, const struct rule *rule)
{
	if ((rule->has_priority && nla_put_u32(msg, FRA_PRIORITY, rule->priority) < 0) ||
	    put_selectors(msg, rule) < 0 || put_u32(msg, FRA_TABLE, rule->table) < 0 ||
	    put_u32(msg, FRA_GOTO, rule->goto_priority) < 0 ||
	    (rule->l3mdev && nla_put_u8(msg, FRA_L3MDEV, 1) < 0) ||
	    (rule->protocol && nla_put_u8(msg, FRA_PROTOCOL, rule->protocol) < 0))
		return -EMSGSIZE;
	return put_suppress(msg, FRA_SUPPRESS_PREFIXLEN, rule->suppress_prefixlength) <
				       0 ||
			       put_suppress(msg, FRA_SUPPRESS_IFGROUP,
					    rule->suppress_ifgroup) < 0
		       ? -EMSGSIZE
		       : 0;
}

static int build_rule(const struct rule *rule, uint16_t type, uint16_t flags,
		      struct nl_msg **ret)
{
	const struct fib_rule_hdr header = {
		.family = rule->family,
		.dst_len = rule->to_len,
		.src_len = rule->from_len,
		.tos = rule->tos,
		.table =
			rule->table <= UINT8_MAX ? (uint8_t)rule->table : RT_TABLE_UNSPEC,
		.action = rule->action,
		.flags = rule->invert ? FIB_RULE_INVERT : 0,
	};
	_cleanup_nl_msg_ struct nl_msg *msg =
		rtnl_msg_new(type, flags, &header, sizeof(header));

	if (put_rule(msg, rule) < 0)
		return -EMSGSIZE;
	*ret = TAKE_PTR(msg);
	return 0;
}

int message_rule_add(const struct plan_op *op, struct nl_msg **ret)
{
	return build_rule(op->rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, ret);
}

int message_rule_del(const struct plan_op *op, struct nl_msg **ret)
{
	return build_rule(op->rule, RTM_DELRULE, 0, ret);
}
