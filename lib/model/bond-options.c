/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bonding driver's options, for bonds and for their ports, one row each. */
#include "lib/model/bond-options.h"

#include <linux/if_link.h>

#include "lib/base/language.h"

/* Attributes that are missing in the kernel headers of older distributions. */
enum {
	ATTR_PEER_NOTIF_DELAY = 28,
	ATTR_AD_LACP_ACTIVE = 29,
	ATTR_MISSED_MAX = 30,
	ATTR_NS_IP6_TARGET = 31,
	ATTR_COUPLED_CONTROL = 32,
	ATTR_BROADCAST_NEIGH = 33,
	ATTR_LACP_STRICT = 34,
	ATTR_PORT_PRIO = 9,
	ATTR_PORT_ACTOR_PRIO = 10,
};

#define TARGETS_MAX 16 /* BOND_MAX_ARP_TARGETS, BOND_MAX_NS_TARGETS */

#define ALL     ((1U << BOND_MODE_COUNT) - 1)
#define RR      (1U << BOND_MODE_BALANCE_RR)
#define BACKUP  (1U << BOND_MODE_ACTIVE_BACKUP)
#define XOR     (1U << BOND_MODE_BALANCE_XOR)
#define LACP    (1U << BOND_MODE_802_3AD)
#define TLB     (1U << BOND_MODE_BALANCE_TLB)
#define ALB     (1U << BOND_MODE_BALANCE_ALB)
#define PRIMARY (BACKUP | TLB | ALB)
#define ARP     (ALL & ~(LACP | TLB | ALB))

static const struct option_word mode_words[] = {
	{ "balance-rr", BOND_MODE_BALANCE_RR },
	{ "active-backup", BOND_MODE_ACTIVE_BACKUP },
	{ "balance-xor", BOND_MODE_BALANCE_XOR },
	{ "broadcast", BOND_MODE_BROADCAST },
	{ "802.3ad", BOND_MODE_802_3AD },
	{ "balance-tlb", BOND_MODE_BALANCE_TLB },
	{ "balance-alb", BOND_MODE_BALANCE_ALB },
	{ NULL, 0 },
};

static const struct option_word off_word[] = { { "off", 0 }, { NULL, 0 } };
static const struct option_word on_off_words[] = {
	{ "off", 0 },
	{ "on", 1 },
	{ NULL, 0 },
};

static const struct option_word arp_validate_words[] = {
	{ "none", 0 },   { "active", 1 },        { "backup", 2 },        { "all", 3 },
	{ "filter", 4 }, { "filter_active", 5 }, { "filter_backup", 6 }, { NULL, 0 },
};

static const struct option_word arp_all_targets_words[] = {
	{ "any", 0 },
	{ "all", 1 },
	{ NULL, 0 },
};

static const struct option_word primary_reselect_words[] = {
	{ "always", 0 },
	{ "better", 1 },
	{ "failure", 2 },
	{ NULL, 0 },
};

static const struct option_word fail_over_mac_words[] = {
	{ "none", FAIL_OVER_MAC_NONE },
	{ "active", FAIL_OVER_MAC_ACTIVE },
	{ "follow", FAIL_OVER_MAC_FOLLOW },
	{ NULL, 0 },
};

static const struct option_word xmit_hash_policy_words[] = {
	{ "layer2", 0 },   { "layer3+4", 1 },    { "layer2+3", 2 }, { "encap2+3", 3 },
	{ "encap3+4", 4 }, { "vlan+srcmac", 5 }, { NULL, 0 },
};

static const struct option_word lacp_rate_words[] = {
	{ "slow", 0 },
	{ "fast", 1 },
	{ NULL, 0 },
};

static const struct option_word ad_select_words[] = {
	{ "stable", 0 },          { "bandwidth", 1 }, { "count", 2 },
	{ "actor_port_prio", 3 }, { NULL, 0 },
};

/*
 * Switches are numbers where the driver reports, and ip(8) accepts, a number, and words
 * where ip(8) requires "on" or "off".
 */
/* clang-format off */
static const struct option_row bond_options[BOND_OPT_COUNT] = {
	[BOND_OPT_MODE] = {
		.name = "mode", .ip_word = "mode",
		.networkd = "Mode",
		.attr = IFLA_BOND_MODE, .wire = WIRE_U8, .since = "3.13",
		.kind = OPT_ENUM, .words = mode_words,
		.modes = ALL, .acts = ALL, .when = WHEN_EMPTY_DOWN,
	},
	[BOND_OPT_ACTIVE_SLAVE] = {
		.name = "active_slave", .ip_word = "active_slave",
		.attr = IFLA_BOND_ACTIVE_SLAVE, .wire = WIRE_IFINDEX, .since = "3.13",
		.kind = OPT_IFNAME, .unit = "a port", .ip_none = "clear_active_slave",
		.modes = PRIMARY, .acts = PRIMARY, .when = WHEN_AFTER_PORTS,
		.may_be_silent = true,
	},
	[BOND_OPT_MIIMON] = {
		.name = "miimon", .ip_word = "miimon",
		.networkd = "MIIMonitorSec",
		.attr = IFLA_BOND_MIIMON, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = INT32_MAX, .unit = "ms", .words = off_word,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY,
	},
	[BOND_OPT_UPDELAY] = {
		.name = "updelay", .ip_word = "updelay",
		.networkd = "UpDelaySec",
		.attr = IFLA_BOND_UPDELAY, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = INT32_MAX, .unit = "ms", .words = off_word,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY, .multiple_of_miimon = true,
	},
	[BOND_OPT_DOWNDELAY] = {
		.name = "downdelay", .ip_word = "downdelay",
		.networkd = "DownDelaySec",
		.attr = IFLA_BOND_DOWNDELAY, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = INT32_MAX, .unit = "ms", .words = off_word,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY, .multiple_of_miimon = true,
	},
	[BOND_OPT_PEER_NOTIF_DELAY] = {
		.name = "peer_notif_delay", .ip_word = "peer_notify_delay",
		.attr = ATTR_PEER_NOTIF_DELAY, .wire = WIRE_U32, .since = "5.3",
		.kind = OPT_NUMBER, .max = 300000, .unit = "ms", .words = off_word,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY, .multiple_of_miimon = true,
	},
	[BOND_OPT_USE_CARRIER] = {
		.name = "use_carrier", .ip_word = "use_carrier",
		.attr = IFLA_BOND_USE_CARRIER, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_NUMBER, .max = 1, .unit = "", .words = on_off_words, .def = 1,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY,
	},
	[BOND_OPT_ARP_INTERVAL] = {
		.name = "arp_interval", .ip_word = "arp_interval",
		.networkd = "ARPIntervalSec",
		.attr = IFLA_BOND_ARP_INTERVAL, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = INT32_MAX, .unit = "ms", .words = off_word,
		.modes = ARP, .acts = ARP, .when = WHEN_ANY,
	},
	[BOND_OPT_ARP_IP_TARGET] = {
		.name = "arp_ip_target", .ip_word = "arp_ip_target",
		.networkd = "ARPIPTargets",
		.attr = IFLA_BOND_ARP_IP_TARGET, .wire = WIRE_IP4_LIST, .since = "3.14",
		.kind = OPT_IP_LIST, .max = TARGETS_MAX,
		.modes = ALL, .acts = ARP, .when = WHEN_ANY,
		.may_be_silent = true,
	},
	[BOND_OPT_NS_IP6_TARGET] = {
		.name = "ns_ip6_target", .ip_word = "ns_ip6_target",
		.attr = ATTR_NS_IP6_TARGET, .wire = WIRE_IP6_LIST, .since = "5.18",
		.kind = OPT_IP_LIST, .max = TARGETS_MAX,
		.modes = ALL, .acts = ARP, .when = WHEN_ANY,
		.may_be_silent = true,
	},
	[BOND_OPT_ARP_VALIDATE] = {
		.name = "arp_validate", .ip_word = "arp_validate",
		.networkd = "ARPValidate",
		.attr = IFLA_BOND_ARP_VALIDATE, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_ENUM, .words = arp_validate_words,
		.modes = ARP, .acts = ARP, .when = WHEN_ANY,
	},
	[BOND_OPT_ARP_ALL_TARGETS] = {
		.name = "arp_all_targets", .ip_word = "arp_all_targets",
		.networkd = "ARPAllTargets",
		.attr = IFLA_BOND_ARP_ALL_TARGETS, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_ENUM, .words = arp_all_targets_words,
		.modes = ALL, .acts = BACKUP, .when = WHEN_ANY,
	},
	[BOND_OPT_PRIMARY] = {
		.name = "primary", .ip_word = "primary",
		.attr = IFLA_BOND_PRIMARY, .wire = WIRE_IFINDEX, .since = "3.14",
		.kind = OPT_IFNAME, .unit = "a port",
		.modes = PRIMARY, .acts = PRIMARY, .when = WHEN_ANY,
		.may_be_silent = true,
	},
	[BOND_OPT_PRIMARY_RESELECT] = {
		.name = "primary_reselect", .ip_word = "primary_reselect",
		.networkd = "PrimaryReselectPolicy",
		.attr = IFLA_BOND_PRIMARY_RESELECT, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_ENUM, .words = primary_reselect_words,
		.modes = ALL, .acts = PRIMARY, .when = WHEN_ANY,
	},
	[BOND_OPT_FAIL_OVER_MAC] = {
		.name = "fail_over_mac", .ip_word = "fail_over_mac",
		.networkd = "FailOverMACPolicy",
		.attr = IFLA_BOND_FAIL_OVER_MAC, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_ENUM, .words = fail_over_mac_words,
		.modes = ALL, .acts = BACKUP, .when = WHEN_BOND_EMPTY,
	},
	[BOND_OPT_XMIT_HASH_POLICY] = {
		.name = "xmit_hash_policy", .ip_word = "xmit_hash_policy",
		.networkd = "TransmitHashPolicy",
		.attr = IFLA_BOND_XMIT_HASH_POLICY, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_ENUM, .words = xmit_hash_policy_words,
		.modes = ALL, .acts = XOR | LACP | TLB | ALB, .when = WHEN_ANY,
	},
	[BOND_OPT_RESEND_IGMP] = {
		.name = "resend_igmp", .ip_word = "resend_igmp",
		.networkd = "ResendIGMP",
		.attr = IFLA_BOND_RESEND_IGMP, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = 255, .unit = "reports", .words = off_word,
		.def = 1,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY,
	},
	[BOND_OPT_NUM_GRAT_ARP] = {
		.name = "num_grat_arp", .alias = "num_unsol_na",
		.networkd = "GratuitousARP",
		.ip_word = "num_grat_arp",
		.attr = IFLA_BOND_NUM_PEER_NOTIF, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_NUMBER, .max = 255, .unit = "announcements", .words = off_word,
		.def = 1,
		.modes = ALL, .acts = BACKUP | LACP, .when = WHEN_ANY,
	},
	[BOND_OPT_ALL_SLAVES_ACTIVE] = {
		.name = "all_slaves_active", .ip_word = "all_slaves_active",
		.networkd = "AllSlavesActive",
		.attr = IFLA_BOND_ALL_SLAVES_ACTIVE, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_NUMBER, .max = 1, .unit = "", .words = on_off_words,
		.modes = ALL, .acts = ALL, .when = WHEN_ANY,
	},
	[BOND_OPT_MIN_LINKS] = {
		.name = "min_links", .ip_word = "min_links",
		.networkd = "MinLinks",
		.attr = IFLA_BOND_MIN_LINKS, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = INT32_MAX, .unit = "ports", .words = off_word,
		.modes = ALL, .acts = LACP, .when = WHEN_ANY,
	},
	[BOND_OPT_LP_INTERVAL] = {
		.name = "lp_interval", .ip_word = "lp_interval",
		.networkd = "LearnPacketIntervalSec",
		.attr = IFLA_BOND_LP_INTERVAL, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .min = 1, .max = INT32_MAX, .unit = "s", .def = 1,
		.modes = ALL, .acts = TLB | ALB, .when = WHEN_ANY,
	},
	[BOND_OPT_PACKETS_PER_SLAVE] = {
		.name = "packets_per_slave", .ip_word = "packets_per_slave",
		.networkd = "PacketsPerSlave",
		.attr = IFLA_BOND_PACKETS_PER_SLAVE, .wire = WIRE_U32, .since = "3.14",
		.kind = OPT_NUMBER, .max = UINT16_MAX, .unit = "packets", .def = 1,
		.modes = RR, .acts = RR, .when = WHEN_ANY,
	},
	[BOND_OPT_LACP_ACTIVE] = {
		.name = "lacp_active", .ip_word = "lacp_active",
		.attr = ATTR_AD_LACP_ACTIVE, .wire = WIRE_U8, .since = "5.15",
		.kind = OPT_ENUM, .words = on_off_words, .def = 1,
		.modes = LACP, .acts = LACP, .when = WHEN_BOND_DOWN,
	},
	[BOND_OPT_LACP_RATE] = {
		.name = "lacp_rate", .ip_word = "lacp_rate",
		.networkd = "LACPTransmitRate",
		.attr = IFLA_BOND_AD_LACP_RATE, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_ENUM, .words = lacp_rate_words,
		.modes = LACP, .acts = LACP, .when = WHEN_BOND_DOWN,
	},
	[BOND_OPT_AD_SELECT] = {
		.name = "ad_select", .ip_word = "ad_select",
		.networkd = "AdSelect",
		.attr = IFLA_BOND_AD_SELECT, .wire = WIRE_U8, .since = "3.14",
		.kind = OPT_ENUM, .words = ad_select_words,
		.modes = ALL, .acts = LACP, .when = WHEN_BOND_DOWN,
	},
	[BOND_OPT_AD_ACTOR_SYS_PRIO] = {
		.name = "ad_actor_sys_prio", .ip_word = "ad_actor_sys_prio",
		.networkd = "AdActorSystemPriority",
		.attr = IFLA_BOND_AD_ACTOR_SYS_PRIO, .wire = WIRE_U16, .since = "4.2",
		.kind = OPT_NUMBER, .min = 1, .max = UINT16_MAX, .unit = "",
		.def = UINT16_MAX,
		.modes = LACP, .acts = LACP, .when = WHEN_ANY,
		.may_be_silent = true,
	},
	[BOND_OPT_AD_USER_PORT_KEY] = {
		.name = "ad_user_port_key", .ip_word = "ad_user_port_key",
		.networkd = "AdUserPortKey",
		.attr = IFLA_BOND_AD_USER_PORT_KEY, .wire = WIRE_U16, .since = "4.2",
		.kind = OPT_NUMBER, .max = 1023, .unit = "",
		.modes = LACP, .acts = LACP, .when = WHEN_BOND_DOWN,
		.may_be_silent = true,
	},
	[BOND_OPT_AD_ACTOR_SYSTEM] = {
		.name = "ad_actor_system", .ip_word = "ad_actor_system",
		.networkd = "AdActorSystem",
		.attr = IFLA_BOND_AD_ACTOR_SYSTEM, .wire = WIRE_MAC, .since = "4.2",
		.kind = OPT_MAC,
		.modes = LACP, .acts = LACP, .when = WHEN_ANY,
		.may_be_silent = true,
	},
	[BOND_OPT_TLB_DYNAMIC_LB] = {
		.name = "tlb_dynamic_lb", .ip_word = "tlb_dynamic_lb",
		.networkd = "DynamicTransmitLoadBalancing",
		.attr = IFLA_BOND_TLB_DYNAMIC_LB, .wire = WIRE_U8, .since = "4.3",
		.kind = OPT_NUMBER, .max = 1, .unit = "", .words = on_off_words, .def = 1,
		.modes = TLB | ALB, .acts = TLB | ALB, .when = WHEN_BOND_DOWN,
	},
	[BOND_OPT_ARP_MISSED_MAX] = {
		.name = "arp_missed_max", .ip_word = "arp_missed_max",
		.attr = ATTR_MISSED_MAX, .wire = WIRE_U8, .since = "5.17",
		.kind = OPT_NUMBER, .min = 1, .max = 255, .unit = "probes", .def = 2,
		.modes = ARP, .acts = ARP, .when = WHEN_ANY,
	},
	[BOND_OPT_COUPLED_CONTROL] = {
		.name = "coupled_control", .ip_word = "coupled_control",
		.attr = ATTR_COUPLED_CONTROL, .wire = WIRE_U8, .since = "6.9",
		.kind = OPT_ENUM, .words = on_off_words, .def = 1,
		.modes = LACP, .acts = LACP, .when = WHEN_BOND_DOWN,
	},
	[BOND_OPT_BROADCAST_NEIGHBOR] = {
		.name = "broadcast_neighbor", .ip_word = "broadcast_neighbor",
		.attr = ATTR_BROADCAST_NEIGH, .wire = WIRE_U8, .since = "6.17",
		.kind = OPT_ENUM, .words = on_off_words,
		.modes = LACP, .acts = LACP, .when = WHEN_ANY,
	},
	[BOND_OPT_LACP_STRICT] = {
		.name = "lacp_strict", .ip_word = "lacp_strict",
		.attr = ATTR_LACP_STRICT, .wire = WIRE_U8, .since = "7.2",
		.kind = OPT_ENUM, .words = on_off_words,
		.modes = LACP, .acts = LACP, .when = WHEN_ANY,
	},
};
static const struct option_row bond_port_options[PORT_OPT_COUNT] = {
	[PORT_OPT_QUEUE_ID] = {
		.name = "queue_id", .ip_word = "queue_id",
		.key = "BOND_PORT_QUEUE_ID",
		.attr = IFLA_BOND_SLAVE_QUEUE_ID, .wire = WIRE_U16, .since = "3.18",
		.kind = OPT_NUMBER, .max = UINT16_MAX, .unit = "",
		.modes = ALL,
	},
	[PORT_OPT_PRIO] = {
		.name = "prio", .ip_word = "prio", .key = "BOND_PORT_PRIO",
		.attr = ATTR_PORT_PRIO, .wire = WIRE_U32, .since = "6.0",
		.kind = OPT_NUMBER, .min = INT32_MIN, .max = INT32_MAX, .unit = "",
		.modes = PRIMARY,
	},
	[PORT_OPT_ACTOR_PORT_PRIO] = {
		.name = "actor_port_prio", .ip_word = "actor_port_prio",
		.attr = ATTR_PORT_ACTOR_PRIO, .wire = WIRE_U16, .since = "6.18",
		.kind = OPT_NUMBER, .max = UINT16_MAX, .unit = "", .def = 255,
		.modes = LACP,
	},
};
/* clang-format on */

const struct option_table bond_table = {
	.whose = N_("bonding"),
	.kind = "bond",
	.driver = "bonding",
	.directory = "bonding",
	.rows = bond_options,
	.n = BOND_OPT_COUNT,
	.beside = &bond_port_table,
	.takes_limits = true,
};
const struct option_table bond_port_table = {
	.whose = N_("bond port"),
	.kind = "bond",
	.driver = "bonding",
	.is_of_port = true,
	.directory = "bonding_slave",
	.rows = bond_port_options,
	.n = PORT_OPT_COUNT,
	.beside = &bond_table,
};

/* A mode without any monitor other than miimon turns miimon on. */
#define FORCED_MIIMON_MS 100

struct option_value bond_default(size_t id, enum bond_mode mode)
{
	struct option_value value = option_default(&bond_options[id]);

	if (id == BOND_OPT_MIIMON &&
	    !option_has_mode(&bond_options[BOND_OPT_ARP_INTERVAL], mode))
		value.num = FORCED_MIIMON_MS;
	return value;
}

enum bond_mode bond_values_mode(const struct option_values *values)
{
	const struct option_value *mode = &values->of[BOND_OPT_MODE];

	return (enum bond_mode)(mode->is_set ? mode->num
					     : bond_options[BOND_OPT_MODE].def);
}

bool bond_values_ignore_mac(const struct option_values *values)
{
	return bond_values_mode(values) == BOND_MODE_ACTIVE_BACKUP &&
	       values->of[BOND_OPT_FAIL_OVER_MAC].num != FAIL_OVER_MAC_NONE;
}

const char *bond_mode_name(enum bond_mode mode)
{
	for (const struct option_word *word = mode_words; word->name; word++)
		if (word->value == mode)
			return word->name;
	return "unknown";
}
