/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of how each kind of step is performed. */
#include "lib/apply/way.h"

#include <net/if.h>
#include <netlink/netlink.h>

#include <linux/rtnetlink.h>

#include "lib/apply/conf.h"
#include "lib/apply/dhcp.h"
#include "lib/apply/direct.h"
#include "lib/apply/message-fill.h"
#include "lib/apply/message-routes.h"
#include "lib/apply/resolv.h"
#include "lib/apply/special.h"
#include "lib/apply/waits.h"

static const struct step_way ways[] = {
	[OP_MODULE_LOAD] = { .run = module_load_run },
	[OP_LINK_ADD] = { .type = RTM_NEWLINK,
			  .flags = NLM_F_CREATE | NLM_F_EXCL,
			  .fill = message_fill_link_add },
	[OP_OPTIONS_SET] = { .type = RTM_NEWLINK, .fill = message_fill_options_set },
	[OP_VLAN_SET] = { .type = RTM_NEWLINK, .fill = message_fill_vlan_set },
	[OP_TUN_SET] = { .run = tun_run },
	[OP_IPOIB_MODE] = { .run = ipoib_run },
	[OP_LINK_DEL] = { .type = RTM_DELLINK, .may_be_gone = true },
	[OP_LINK_UP] = { .type = RTM_NEWLINK, .change = IFF_UP, .on = IFF_UP },
	[OP_LINK_DOWN] = { .type = RTM_NEWLINK, .change = IFF_UP },
	[OP_LINK_MTU] = { .type = RTM_NEWLINK, .fill = message_fill_mtu },
	[OP_LINK_MAC] = { .type = RTM_NEWLINK, .fill = message_fill_mac },
	[OP_LINK_FLAG] = { .type = RTM_NEWLINK },
	[OP_LINK_TOKEN] = { .type = RTM_NEWLINK, .fill = message_fill_token },
	[OP_PORT_ADD] = { .type = RTM_NEWLINK, .fill = message_fill_master },
	[OP_PORT_REMOVE] = { .type = RTM_NEWLINK,
			     .fill = message_fill_no_master,
			     .may_be_gone = true },
	[OP_LINK_WAIT] = { .begin = waits_begin_link },
	[OP_ADDR_PROBE] = { .begin = waits_begin_probe },
	[OP_ADDR_ADD] = { .build = message_addr_add },
	[OP_ADDR_DEL] = { .build = message_addr_del, .may_be_gone = true },
	[OP_ROUTE_ADD] = { .build = message_route_add },
	[OP_ROUTE_DEL] = { .build = message_route_del, .may_be_gone = true },
	[OP_CONF_SET] = { .run = conf_run },
	[OP_DAD_WAIT] = { .begin = waits_begin_dad },
	[OP_RULE_ADD] = { .build = message_rule_add },
	[OP_RULE_DEL] = { .build = message_rule_del, .may_be_gone = true },
	[OP_ADDR_ANNOUNCE] = { .run = addr_announce_run },
	[OP_RUN] = { .run = programs_run },
	[OP_RESOLV_SET] = { .run = resolv_run },
	[OP_DHCP_STOP] = { .run = dhcp_stop_run },
	[OP_DHCP_START] = { .begin = waits_begin_lease },
};
_Static_assert(ARRAY_SIZE(ways) == OP_COUNT, "every kind of step has its way");

const struct step_way *step_way(enum plan_op_kind kind)
{
	return &ways[kind];
}
