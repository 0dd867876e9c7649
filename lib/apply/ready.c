/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a link can carry frames: its carrier, and in 802.3ad what LACP agreed on. */
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
#include "lib/model/bond-options.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/ethtool.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/snapshot.h"

/* IF_OPER_UNKNOWN; <linux/if.h> cannot be included beside <net/if.h>. */
#define OPER_UNKNOWN 0

struct look {
	int ifindex;
	bool carrier;
	bool lacp;    /* a bond in mode 802.3ad */
	bool partner; /* one of its ports is in use at both ends */
	ready_port_fn *fn;
	void *arg;
};

static const struct nlattr *find(const struct nlmsghdr *answer, int type)
{
	const int header = sizeof(struct ifinfomsg);

	return nla_find(nlmsg_attrdata(answer, header), nlmsg_attrlen(answer, header),
			type);
}

static const struct nlattr *find_in(const struct nlattr *nest, int type)
{
	return nest ? nla_find(nla_data(nest), nla_len(nest), type) : NULL;
}

/*
 * Links of these kinds drop what they are given until the kernel has noticed their carrier, a
 * moment after they have it: linkwatch_do_dev() in Linux net/core/link_watch.c. Others may
 * never leave the unknown state.
 */
static bool is_noticed(const struct nlattr *kind, uint32_t operstate)
{
	static const char *const watched[] = { "bond", "bridge", "vlan", "veth" };

	for (size_t i = 0; kind && i < ARRAY_SIZE(watched); i++)
		if (nla_strcmp(kind, watched[i]) == 0)
			return operstate != OPER_UNKNOWN;
	return true;
}

static int look_at_link(const struct nlmsghdr *answer, void *arg)
{
	const struct ifinfomsg *header = nlmsg_data(answer);
	const struct nlattr *info, *kind;
	struct look *look = arg;

	if (!nlmsg_valid_hdr(answer, sizeof(*header)))
		return -EBADMSG;
	info = find(answer, IFLA_LINKINFO);
	kind = find_in(info, IFLA_INFO_KIND);
	look->carrier = header->ifi_flags & IFF_RUNNING &&
			rtnl_attr_number(find(answer, IFLA_CARRIER)) &&
			is_noticed(kind, rtnl_attr_number(find(answer, IFLA_OPERSTATE)));
	look->lacp = kind && nla_strcmp(kind, "bond") == 0 &&
		     rtnl_attr_number(find_in(find_in(info, IFLA_INFO_DATA),
					      IFLA_BOND_MODE)) == BOND_MODE_802_3AD;
	return 0;
}

static bool in_use(const struct nlattr *port, int state)
{
	const uint32_t both = LACP_COLLECTING | LACP_DISTRIBUTING;

	return (rtnl_attr_number(find_in(port, state)) & both) == both;
}

static void show_port(const struct look *look, const struct nlmsghdr *answer)
{
	const struct ifinfomsg *header = nlmsg_data(answer);
	const struct nlattr *attr = find(answer, IFLA_IFNAME);
	char name[IFNAMSIZ];
	struct link_speed speed;

	if (!attr || !(header->ifi_flags & IFF_RUNNING) ||
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
	if (rtnl_attr_number(find(answer, IFLA_MASTER)) != (uint32_t)look->ifindex)
		return 0;
	if (look->fn)
		show_port(look, answer);
	port = find_in(find(answer, IFLA_LINKINFO), IFLA_INFO_SLAVE_DATA);
	look->partner = look->partner ||
			(in_use(port, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) &&
			 in_use(port, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE));
	return 0;
}

static int ask_link(struct rtnl *rtnl, struct look *look)
{
	const struct ifinfomsg header = { .ifi_index = look->ifindex };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, 0, &header, sizeof(header));

	if (!request || nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -ENOMEM;
	return rtnl_dump(rtnl, request, look_at_link, look);
}

static int ask_ports(struct rtnl *rtnl, struct look *look)
{
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, NLM_F_DUMP, &header, sizeof(header));
	int r;

	if (!request || nla_put_u32(request, IFLA_MASTER, (uint32_t)look->ifindex) < 0 ||
	    nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -ENOMEM;
	r = rtnl_dump(rtnl, request, look_at_port, look);
	return r == -EINTR ? 0 : r; /* links came or went meanwhile: ask again later */
}

int ready_ask(struct rtnl *rtnl, int ifindex, enum ready *ret)
{
	struct look look = { .ifindex = ifindex };
	int r = ask_link(rtnl, &look);

	if (r == 0 && look.carrier && look.lacp)
		r = ask_ports(rtnl, &look);
	if (r < 0)
		return r;
	if (!look.carrier)
		*ret = READY_NO_CARRIER;
	else
		*ret = look.lacp && !look.partner ? READY_NO_PARTNER : READY;
	return 0;
}

int ready_each_port(struct rtnl *rtnl, int ifindex, ready_port_fn *fn, void *arg)
{
	struct look look = { .ifindex = ifindex, .fn = fn, .arg = arg };
	int r = ask_link(rtnl, &look);

	return r == 0 && look.lacp ? ask_ports(rtnl, &look) : r;
}

const char *ready_words(enum ready ready)
{
	return ready == READY_NO_PARTNER ? "has no LACP partner" : "has no carrier";
}

const char *ready_hint(enum ready ready)
{
	return ready == READY_NO_PARTNER
		       ? "look whether the switch ports are one LACP group"
		       : "look after its cables and the switch ports";
}
