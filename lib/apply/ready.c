/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a link can carry frames: its carrier and, in 802.3ad, what LACP has negotiated.
 */
#include "lib/apply/ready.h"

#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdbool.h>
#include <string.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/model/bond-options.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/ethtool.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/snapshot.h"

/* IF_OPER_UNKNOWN; <linux/if.h> cannot be included together with <net/if.h>. */
#define OPER_UNKNOWN 0

struct look {
	int ifindex;
	bool carrier;
	bool lacp;    /* a bond in mode 802.3ad */
	bool partner; /* one of its ports is in use at both ends */
	bool unused;  /* the port of a bond, which does not use it */
	struct ready_lacp progress;
	ready_port_fn *fn;
	void *arg;
};

static const struct nlattr *find_link_attr(const struct nlmsghdr *answer, int type)
{
	const int header = sizeof(struct ifinfomsg);

	return nla_find(nlmsg_attrdata(answer, header), nlmsg_attrlen(answer, header),
			type);
}

static const struct nlattr *find_nested(const struct nlattr *nest, int type)
{
	return nest ? nla_find(nla_data(nest), nla_len(nest), type) : NULL;
}

/* As the driver reports it, and as the kernel has processed it: either may be late. */
static bool link_has_carrier(const struct nlmsghdr *answer)
{
	const struct ifinfomsg *header = nlmsg_data(answer);

	return header->ifi_flags & IFF_RUNNING &&
	       rtnl_attr_number(find_link_attr(answer, IFLA_CARRIER));
}

/*
 * Links of these kinds drop packets until the kernel has processed their carrier, a
 * moment after they have it: linkwatch_do_dev() in Linux net/core/link_watch.c. Others
 * may stay in the unknown state for ever.
 */
static bool is_noticed(const struct nlattr *kind, uint32_t operstate)
{
	static const char *const watched[] = { "bond", "bridge", "vlan", "veth" };

	for (size_t i = 0; kind && i < ARRAY_SIZE(watched); i++)
		if (nla_strcmp(kind, watched[i]) == 0)
			return operstate != OPER_UNKNOWN;
	return true;
}

static bool in_use(const struct nlattr *port, int state)
{
	const uint32_t both = LACP_COLLECTING | LACP_DISTRIBUTING;

	return (rtnl_attr_number(find_nested(port, state)) & both) == both;
}

static bool in_use_at_both_ends(const struct nlattr *port)
{
	return in_use(port, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) &&
	       in_use(port, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE);
}

/* @info: of a link. Only ports in mode 802.3ad have an LACP state. */
static bool is_unused_port(const struct nlattr *info)
{
	const struct nlattr *kind = find_nested(info, IFLA_INFO_SLAVE_KIND);
	const struct nlattr *port = find_nested(info, IFLA_INFO_SLAVE_DATA);

	if (!kind || nla_strcmp(kind, "bond") != 0)
		return false;
	return rtnl_attr_number(find_nested(port, IFLA_BOND_SLAVE_MII_STATUS)) != 0 ||
	       (find_nested(port, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) &&
		!in_use_at_both_ends(port));
}

/* Set while the driver has heard nothing, or nothing new. */
static bool is_answered(const struct nlattr *port)
{
	const uint32_t state = rtnl_attr_number(
		find_nested(port, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE));

	return state && !(state & (LACP_DEFAULTED | LACP_EXPIRED));
}

static int look_at_link(const struct nlmsghdr *answer, void *arg)
{
	const struct nlattr *info, *kind;
	struct look *look = arg;

	if (!nlmsg_valid_hdr(answer, sizeof(struct ifinfomsg)))
		return -EBADMSG;
	info = find_link_attr(answer, IFLA_LINKINFO);
	look->unused = is_unused_port(info);
	kind = find_nested(info, IFLA_INFO_KIND);
	look->carrier =
		link_has_carrier(answer) &&
		is_noticed(kind,
			   rtnl_attr_number(find_link_attr(answer, IFLA_OPERSTATE)));
	look->lacp = kind && nla_strcmp(kind, "bond") == 0 &&
		     rtnl_attr_number(find_nested(find_nested(info, IFLA_INFO_DATA),
						  IFLA_BOND_MODE)) == BOND_MODE_802_3AD;
	return 0;
}

static void show_port(const struct look *look, const struct nlmsghdr *answer)
{
	const struct nlattr *attr = find_link_attr(answer, IFLA_IFNAME);
	char name[IFNAMSIZ];
	struct link_speed speed;

	if (!attr || !link_has_carrier(answer) ||
	    nla_strlcpy(name, attr, sizeof(name)) >= sizeof(name))
		return;
	speed = ethtool_speed(name);
	look->fn(name, link_speed_flaw(&speed), look->arg);
}

static int look_at_port(const struct nlmsghdr *answer, void *arg)
{
	const struct nlattr *port;
	struct look *look = arg;

	if (!nlmsg_valid_hdr(answer, sizeof(struct ifinfomsg)))
		return -EBADMSG;
	if (rtnl_attr_number(find_link_attr(answer, IFLA_MASTER)) !=
	    (uint32_t)look->ifindex)
		return 0;
	if (look->fn)
		show_port(look, answer);
	port = find_nested(find_link_attr(answer, IFLA_LINKINFO), IFLA_INFO_SLAVE_DATA);
	look->partner = look->partner || in_use_at_both_ends(port);
	if (link_has_carrier(answer)) {
		look->progress.has_link = true;
		look->progress.is_answered |= is_answered(port);
	}
	return 0;
}

static int ask_link(struct rtnl *rtnl, struct look *look)
{
	const struct ifinfomsg header = { .ifi_index = look->ifindex };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, 0, &header, sizeof(header));

	if (nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -EMSGSIZE;
	return rtnl_dump(rtnl, request, look_at_link, look);
}

static int ask_ports(struct rtnl *rtnl, struct look *look)
{
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, NLM_F_DUMP, &header, sizeof(header));
	int r;

	if (nla_put_u32(request, IFLA_MASTER, (uint32_t)look->ifindex) < 0 ||
	    nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -EMSGSIZE;
	r = rtnl_dump(rtnl, request, look_at_port, look);
	return r == -EINTR ? 0 : r; /* links came or went meanwhile: ask again later */
}

static enum ready judge_ready(const struct look *look)
{
	if (!look->carrier)
		return READY_NO_CARRIER;
	if (look->unused)
		return READY_NOT_USED;
	return look->lacp && !look->partner ? READY_NO_PARTNER : READY;
}

int ready_ask(struct rtnl *rtnl, int ifindex, struct ready_lacp *ret_lacp,
	      enum ready *ret)
{
	struct look look = { .ifindex = ifindex };
	int r = ask_link(rtnl, &look);

	if (r == 0 && look.lacp)
		r = ask_ports(rtnl, &look);
	if (r < 0)
		return r;
	if (ret_lacp)
		*ret_lacp = look.progress;
	*ret = judge_ready(&look);
	return 0;
}

int ready_each_port(struct rtnl *rtnl, int ifindex, ready_port_fn *fn, void *arg)
{
	struct look look = { .ifindex = ifindex, .fn = fn, .arg = arg };
	int r = ask_link(rtnl, &look);

	return r == 0 && look.lacp ? ask_ports(rtnl, &look) : r;
}

static const struct {
	const char *words, *hint;
} texts[] = {
	[READY_NO_CARRIER] = { N_("has no carrier"),
			       N_("look after its cables and the switch ports") },
	[READY_NO_PARTNER] = { N_("has no LACP partner"),
			       N_("look whether the switch ports are one LACP group") },
	[READY_NOT_USED] = { N_("is not in use by its bond"),
			     N_("look after its cable and the switch port") },
};

const char *ready_words(enum ready ready)
{
	return _(texts[ready].words);
}

const char *ready_hint(enum ready ready)
{
	return texts[ready].hint ? _(texts[ready].hint) : NULL;
}
