/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads routes of all tables and policy rules from the kernel's messages. */
#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

#include "lib/base/compat.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/from-kernel.h"

static struct ip read_route_ip(const struct nlattr *attr, uint8_t family)
{
	struct ip ip = { .family = family };

	if (!attr || (size_t)nla_len(attr) != ip_len(&ip))
		return (struct ip){ 0 };
	memcpy(ip.bytes, nla_data(attr), ip_len(&ip));
	return ip;
}

static uint32_t read_u32(const struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

/* RTA_VIA is a gateway whose family differs from that of the route. */
static struct ip read_route_gateway(struct nlattr *const tb[], uint8_t family)
{
	const struct rtvia *via;
	struct ip gateway = { 0 };

	if (!tb[RTA_VIA])
		return read_route_ip(tb[RTA_GATEWAY], family);
	via = nla_data(tb[RTA_VIA]);
	if (nla_len(tb[RTA_VIA]) < (int)sizeof(*via))
		return gateway;
	gateway.family = (uint8_t)via->rtvia_family;
	if (nla_len(tb[RTA_VIA]) - (int)sizeof(*via) != (int)ip_len(&gateway))
		return (struct ip){ 0 };
	memcpy(gateway.bytes, via->rtvia_addr, ip_len(&gateway));
	return gateway;
}

/* ---- routes ---- */

/*
 * Only routes that an administrator or a program sets once are read. Those of the kernel
 * itself and of routing daemons, which may have a million, are ignored. Source:
 * /etc/iproute2/rt_protos.
 */
static bool protocol_matters(uint8_t protocol)
{
	static const uint8_t others[] = {
		RTPROT_REDIRECT, RTPROT_KERNEL, RTPROT_GATED,    RTPROT_RA,   RTPROT_MRT,
		RTPROT_ZEBRA,    RTPROT_BIRD,   RTPROT_DNROUTED, RTPROT_XORP, RTPROT_NTK,
		RTPROT_BABEL,    RTPROT_OPENR,  RTPROT_BGP,      RTPROT_ISIS, RTPROT_OSPF,
		RTPROT_RIP,      RTPROT_EIGRP,
	};

	return !memchr(others, protocol, sizeof(others));
}

static bool route_matters(const struct rtmsg *header, struct nlattr *const tb[])
{
	const bool special = tb[RTA_ENCAP] || tb[ROUTE_ATTR_NH_ID] || tb[RTA_FLOW];

	return !(header->rtm_flags & RTM_F_CLONED) && !special &&
	       protocol_matters(header->rtm_protocol);
}

static void read_metrics(struct nlattr *nest, struct arena *arena, struct route *route)
{
	static const struct nla_policy policy[RTAX_MAX + 1] = {
		[RTAX_CC_ALGO] = { .type = NLA_STRING },
	};
	struct nlattr *tb[RTAX_MAX + 1];

	if (!nest || rtnl_parse_nested(nest, RTAX_MAX, policy, tb) < 0)
		return;
	route->metrics_locked = rtnl_attr_number(tb[RTAX_LOCK]);
	if (tb[RTAX_CC_ALGO])
		route->congctl = arena_strdup(arena, nla_get_string(tb[RTAX_CC_ALGO]));
	for (unsigned int i = RTAX_LOCK + 1; i <= RTAX_MAX; i++) {
		if (!tb[i] || i == RTAX_CC_ALGO)
			continue;
		route->metrics[i] = rtnl_attr_number(tb[i]);
		route->metrics_set |= 1U << i;
	}
}

static const char *name_of_index(const struct snapshot *snapshot, int ifindex)
{
	const struct snap_link *link =
		ifindex ? snapshot_link_by_index(snapshot, ifindex) : NULL;

	return link ? link->name : NULL;
}

static int count_hops(const struct nlattr *attr)
{
	struct rtnexthop *hop = nla_data(attr);
	int left = nla_len(attr), n = 0;

	/* RTNH_OK() reads the length of the one after the last. */
	for (; left >= (int)sizeof(*hop) && RTNH_OK(hop, left); n++) {
		left -= NLMSG_ALIGN(hop->rtnh_len);
		hop = RTNH_NEXT(hop);
	}
	return n;
}

static int read_hop(struct rtnexthop *from, const struct snapshot *snapshot,
		    uint8_t family, struct route_hop *ret)
{
	struct nlattr *tb[RTA_MAX + 1];

	if (nla_parse(tb, RTA_MAX, (void *)RTNH_DATA(from),
		      from->rtnh_len - (int)sizeof(*from), NULL) < 0)
		return -EBADMSG;
	ret->gateway = read_route_gateway(tb, family);
	ret->dev = name_of_index(snapshot, from->rtnh_ifindex);
	ret->weight = from->rtnh_hops + 1U;
	ret->onlink = from->rtnh_flags & RTNH_F_ONLINK;
	return 0;
}

static int read_hops(const struct nlattr *attr, const struct snapshot *snapshot,
		     struct route *route)
{
	struct rtnexthop *hop = nla_data(attr);
	int n = count_hops(attr), r = 0;
	struct route_hop *hops =
		arena_alloc(snapshot->arena, ((size_t)n + 1) * sizeof(*hops));

	for (int i = 0; i < n && r == 0; i++, hop = RTNH_NEXT(hop))
		r = read_hop(hop, snapshot, route->family, &hops[i]);
	route->hops = hops;
	route->n_hops = (size_t)n;
	return r;
}

static struct route plain_route(const struct rtmsg *header, struct nlattr *const tb[])
{
	struct route route = {
		.family = header->rtm_family,
		.type = header->rtm_type,
		.dst = read_route_ip(tb[RTA_DST], header->rtm_family),
		.dst_len = header->rtm_dst_len,
		.from = read_route_ip(tb[RTA_SRC], header->rtm_family),
		.from_len = header->rtm_src_len,
		.tos = header->rtm_tos,
		.scope = header->rtm_scope,
		.protocol = header->rtm_protocol,
		.table = tb[RTA_TABLE] ? nla_get_u32(tb[RTA_TABLE]) : header->rtm_table,
		.metric = read_u32(tb[RTA_PRIORITY]),
		.gateway = read_route_gateway(tb, header->rtm_family),
		.onlink = header->rtm_flags & RTNH_F_ONLINK,
		.source = read_route_ip(tb[RTA_PREFSRC], header->rtm_family),
		.pref = tb[RTA_PREF] ? nla_get_u8(tb[RTA_PREF]) : 0,
	};

	route.dst.family = header->rtm_family; /* the default route has no RTA_DST */
	return route;
}

static int add_kernel_route(struct snapshot *snapshot, const struct rtmsg *header,
			    struct nlattr *const tb[])
{
	struct snap_link *link = snapshot->nowhere;
	struct route route = plain_route(header, tb);
	int r = 0;

	read_metrics(tb[RTA_METRICS], snapshot->arena, &route);
	if (tb[RTA_MULTIPATH])
		r = read_hops(tb[RTA_MULTIPATH], snapshot, &route);
	if (r < 0)
		return r;
	if (route_has_device(&route))
		link = snapshot_link_by_index(snapshot, (int)read_u32(tb[RTA_OIF]));
	if (!link)
		return 0;
	route.dev = *link->name ? link->name : NULL;
	snapshot_add_route(snapshot, link, &route);
	return 0;
}

/* struct asking - which routes are requested, and where they go */
struct asking {
	struct snapshot *snapshot;
	uint8_t family;
	int oif;
};

static int read_route_message(const struct nlmsghdr *answer, void *arg)
{
	static const struct nla_policy policy[ROUTE_ATTR_MAX + 1] = {
		[RTA_OIF] = { .type = NLA_U32 },
		[RTA_PRIORITY] = { .type = NLA_U32 },
		[RTA_TABLE] = { .type = NLA_U32 },
		[RTA_PREF] = { .type = NLA_U8 },
	};
	const struct rtmsg *header = nlmsg_data(answer);
	const struct asking *asking = arg;
	struct nlattr *tb[ROUTE_ATTR_MAX + 1];

	if (answer->nlmsg_type != RTM_NEWROUTE || header->rtm_family != asking->family)
		return 0;
	if (rtnl_parse(answer, sizeof(*header), ROUTE_ATTR_MAX, policy, tb) < 0)
		return -EBADMSG;
	/* A route through several devices would be reported for each of them. */
	if (asking->oif && read_u32(tb[RTA_OIF]) != (uint32_t)asking->oif)
		return 0;
	return route_matters(header, tb) ? add_kernel_route(asking->snapshot, header, tb)
					 : 0;
}

/* A kernel without IPv6 has no such dump, and a new namespace has no table yet. */
static int none_if_missing(int r)
{
	return r == -ENOENT || r == -EOPNOTSUPP || r == -EAFNOSUPPORT ? 0 : r;
}

int routes_from_kernel_of(struct rtnl *rtnl, struct snapshot *snapshot, uint8_t family,
			  int oif)
{
	const struct rtmsg header = { .rtm_family = family };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETROUTE, NLM_F_DUMP, &header, sizeof(header));
	struct asking asking = { .snapshot = snapshot, .family = family, .oif = oif };

	if ((oif && nla_put_u32(request, RTA_OIF, (uint32_t)oif) < 0))
		return -EMSGSIZE;
	return none_if_missing(rtnl_dump(rtnl, request, read_route_message, &asking));
}

/* ---- rules ---- */

/* The three rules that every kernel starts with: local, main and default. */
static bool is_initial(const struct fib_rule_hdr *header, uint32_t priority,
		       uint32_t table)
{
	return header->action == FR_ACT_TO_TBL && !header->src_len && !header->dst_len &&
	       ((priority == 0 && table == RT_TABLE_LOCAL) ||
		(priority == 32766 && table == RT_TABLE_MAIN) ||
		(priority == 32767 && table == RT_TABLE_DEFAULT));
}

/* The rule that the kernel adds with the first VRF: vrf_fib_rule(). By hand, it is boot's. */
#define VRF_PRIORITY 1000

static bool is_of_vrfs(const struct rule *rule)
{
	return rule->l3mdev && rule->priority == VRF_PRIORITY &&
	       rule->protocol <= RTPROT_KERNEL && !rule->from_len && !rule->to_len;
}

static void read_ranges(struct nlattr *const tb[], struct rule *rule)
{
	const struct fib_rule_port_range *range;
	const struct fib_rule_uid_range *uids;

	if (tb[FRA_SPORT_RANGE]) {
		range = nla_data(tb[FRA_SPORT_RANGE]);
		rule->sport_first = range->start;
		rule->sport_last = range->end;
	}
	if (tb[FRA_DPORT_RANGE]) {
		range = nla_data(tb[FRA_DPORT_RANGE]);
		rule->dport_first = range->start;
		rule->dport_last = range->end;
	}
	if (tb[FRA_UID_RANGE]) {
		uids = nla_data(tb[FRA_UID_RANGE]);
		rule->has_uids = true;
		rule->uid_first = uids->start;
		rule->uid_last = uids->end;
	}
}

static int32_t read_suppress(const struct nlattr *attr)
{
	return attr ? (int32_t)nla_get_u32(attr) : -1;
}

static struct rule plain_rule(const struct fib_rule_hdr *header,
			      struct nlattr *const tb[])
{
	return (struct rule){
		.family = header->family,
		.action = header->action,
		.invert = header->flags & FIB_RULE_INVERT,
		.has_priority = true,
		.priority = read_u32(tb[FRA_PRIORITY]),
		.from = read_route_ip(tb[FRA_SRC], header->family),
		.to = read_route_ip(tb[FRA_DST], header->family),
		.from_len = header->src_len,
		.to_len = header->dst_len,
		.iif = tb[FRA_IIFNAME] ? nla_get_string(tb[FRA_IIFNAME]) : NULL,
		.oif = tb[FRA_OIFNAME] ? nla_get_string(tb[FRA_OIFNAME]) : NULL,
		.tos = header->tos,
		.has_fwmark = tb[FRA_FWMARK] || tb[FRA_FWMASK],
		.fwmark = read_u32(tb[FRA_FWMARK]),
		.fwmask = read_u32(tb[FRA_FWMASK]),
		.table = tb[FRA_TABLE] ? nla_get_u32(tb[FRA_TABLE]) : header->table,
		.goto_priority = read_u32(tb[FRA_GOTO]),
		.suppress_prefixlength = read_suppress(tb[FRA_SUPPRESS_PREFIXLEN]),
		.suppress_ifgroup = read_suppress(tb[FRA_SUPPRESS_IFGROUP]),
		.protocol = tb[FRA_PROTOCOL] ? nla_get_u8(tb[FRA_PROTOCOL]) : 0,
		.ip_proto = tb[FRA_IP_PROTO] ? nla_get_u8(tb[FRA_IP_PROTO]) : 0,
		.l3mdev = tb[FRA_L3MDEV] && nla_get_u8(tb[FRA_L3MDEV]),
	};
}

/* Defined by newer kernels; linux/fib_rules.h may lack them. */
enum { RULE_DSCP = 25, RULE_FLOWLABEL = 26, RULE_SPORT_MASK = 28, RULE_DPORT_MASK = 29 };

/* Whether a rule has an attribute that files can express only in the words of ip(8). */
static bool is_more(const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case FRA_TUN_ID:
	case FRA_FLOW:
	case RULE_DSCP:
	case RULE_FLOWLABEL:
		return true;
	case RULE_SPORT_MASK:
	case RULE_DPORT_MASK:
		return nla_len(attr) >= 2 && nla_get_u16(attr) != UINT16_MAX;
	default:
		return false;
	}
}

static bool has_more(const struct nlmsghdr *answer)
{
	const struct nlattr *attr;
	int rest;

	nlmsg_for_each_attr(attr, answer, (int)sizeof(struct fib_rule_hdr),
			    rest) if (is_more(attr)) return true;
	return false;
}

static int read_rule_message(const struct nlmsghdr *answer, void *arg)
{
	static const struct nla_policy policy[FRA_MAX + 1] = {
		[FRA_IIFNAME] = { .type = NLA_STRING },
		[FRA_OIFNAME] = { .type = NLA_STRING },
		[FRA_PRIORITY] = { .type = NLA_U32 },
		[FRA_TABLE] = { .type = NLA_U32 },
		[FRA_SPORT_RANGE] = { .minlen = sizeof(struct fib_rule_port_range) },
		[FRA_DPORT_RANGE] = { .minlen = sizeof(struct fib_rule_port_range) },
		[FRA_UID_RANGE] = { .minlen = sizeof(struct fib_rule_uid_range) },
	};
	const struct fib_rule_hdr *header = nlmsg_data(answer);
	struct nlattr *tb[FRA_MAX + 1];
	struct snapshot *snapshot = arg;
	struct rule rule;

	if (answer->nlmsg_type != RTM_NEWRULE)
		return 0;
	if (rtnl_parse(answer, sizeof(*header), FRA_MAX, policy, tb) < 0)
		return -EBADMSG;
	rule = plain_rule(header, tb);
	if ((header->family != AF_INET && header->family != AF_INET6) ||
	    is_initial(header, rule.priority, rule.table) || is_of_vrfs(&rule))
		return 0;
	read_ranges(tb, &rule);
	rule.has_more = has_more(answer);
	snapshot_add_rule(snapshot, snapshot->nowhere, &rule);
	return 0;
}

int rules_from_kernel(struct rtnl *rtnl, struct snapshot *snapshot)
{
	const struct fib_rule_hdr header = { .family = AF_UNSPEC };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETRULE, NLM_F_DUMP, &header, sizeof(header));

	return none_if_missing(rtnl_dump(rtnl, request, read_rule_message, snapshot));
}

int routes_from_kernel(struct rtnl *rtnl, struct snapshot *snapshot)
{
	int r = routes_from_kernel_of(rtnl, snapshot, AF_INET, 0);

	return r == 0 ? routes_from_kernel_of(rtnl, snapshot, AF_INET6, 0) : r;
}
