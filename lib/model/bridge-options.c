/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of the bridge driver, for bridges and for ports, one row each. */
#include "lib/model/bridge-options.h"

#include <linux/if_link.h>

#include "lib/base/language.h"

/* Attributes that are missing in the kernel headers of older distributions. */
enum {
	ATTR_VLAN_STATS_PER_PORT = 45,
	ATTR_MULTI_BOOLOPT = 46,
	ATTR_ISOLATED = 33,
	ATTR_BACKUP_PORT = 34,
	ATTR_MCAST_EHT_HOSTS_LIMIT = 37,
	ATTR_LOCKED = 39,
	ATTR_MAB = 40,
	ATTR_MCAST_MAX_GROUPS = 42,
	ATTR_NEIGH_VLAN_SUPPRESS = 43,
	ATTR_BACKUP_NHID = 44,
};

#define TIME_MAX INT32_MAX
/*
 * The driver refuses a querier that asks more than once a second, or less than once a
 * day.
 */
#define QUERY_MIN 100
#define QUERY_MAX 8640000

static const struct option_word switch_words[] = {
	{ "off", 0 },
	{ "on", 1 },
	{ NULL, 0 },
};

/* NetworkManager's names. */
static const struct option_word router_words[] = {
	{ "disabled", 0 },
	{ "auto", 1 },
	{ "enabled", 2 },
	{ NULL, 0 },
};

static const struct option_word protocol_words[] = {
	{ "802.1Q", 0x8100 },
	{ "802.1ad", 0x88a8 },
	{ NULL, 0 },
};

#define SWITCH          .kind = OPT_SWITCH, .words = switch_words, .ip = IP_NUMBER
#define CENTISECONDS    .kind = OPT_NUMBER, .unit = "in 1/100 s", .is_centiseconds = true
#define NUMBER(counted) .kind = OPT_NUMBER, .unit = counted

/* clang-format off */
static const struct option_row bridge_options[BRIDGE_OPT_COUNT] = {
	[BRIDGE_OPT_FORWARD_DELAY] = {
		.name = "forward_delay", .ip_word = "forward_delay",
		.networkd = "ForwardDelaySec",
		.attr = IFLA_BR_FORWARD_DELAY, .wire = WIRE_U32, .since = "3.18",
		CENTISECONDS, .max = TIME_MAX, .def = 1500, .follows_root = true, .is_masked = true,
	},
	[BRIDGE_OPT_HELLO_TIME] = {
		.name = "hello_time", .ip_word = "hello_time",
		.networkd = "HelloTimeSec",
		.attr = IFLA_BR_HELLO_TIME, .wire = WIRE_U32, .since = "3.18",
		CENTISECONDS, .min = 100, .max = 1000, .def = 200, .follows_root = true, .is_masked = true,
	},
	[BRIDGE_OPT_MAX_AGE] = {
		.name = "max_age", .ip_word = "max_age",
		.networkd = "MaxAgeSec",
		.attr = IFLA_BR_MAX_AGE, .wire = WIRE_U32, .since = "3.18",
		CENTISECONDS, .min = 600, .max = 4000, .def = 2000, .follows_root = true, .is_masked = true,
	},
	[BRIDGE_OPT_AGEING_TIME] = {
		.name = "ageing_time", .ip_word = "ageing_time",
		.networkd = "AgeingTimeSec",
		.attr = IFLA_BR_AGEING_TIME, .wire = WIRE_U32, .since = "4.1",
		CENTISECONDS, .max = TIME_MAX, .def = 30000, .is_masked = true,
	},
	[BRIDGE_OPT_STP_STATE] = {
		.name = "stp_state", .ip_word = "stp_state",
		.networkd = "STP",
		.attr = IFLA_BR_STP_STATE, .wire = WIRE_U32, .since = "4.1",
		SWITCH,
	},
	[BRIDGE_OPT_PRIORITY] = {
		.name = "priority", .ip_word = "priority",
		.networkd = "Priority",
		.attr = IFLA_BR_PRIORITY, .wire = WIRE_U16, .since = "4.1",
		NUMBER(""), .max = UINT16_MAX, .def = 32768,
	},
	[BRIDGE_OPT_VLAN_FILTERING] = {
		.name = "vlan_filtering", .ip_word = "vlan_filtering",
		.networkd = "VLANFiltering",
		.attr = IFLA_BR_VLAN_FILTERING, .wire = WIRE_U8, .since = "4.3",
		SWITCH,
	},
	[BRIDGE_OPT_VLAN_PROTOCOL] = {
		.name = "vlan_protocol", .ip_word = "vlan_protocol",
		.attr = IFLA_BR_VLAN_PROTOCOL, .wire = WIRE_BE16, .since = "4.3",
		.kind = OPT_ENUM, .words = protocol_words, .def = 0x8100,
	},
	[BRIDGE_OPT_DEFAULT_PVID] = {
		.name = "default_pvid", .ip_word = "vlan_default_pvid",
		.networkd = "DefaultPVID",
		.attr = IFLA_BR_VLAN_DEFAULT_PVID, .wire = WIRE_U16, .since = "4.4",
		NUMBER(""), .max = 4094, .def = 1,
	},
	[BRIDGE_OPT_VLAN_STATS_ENABLED] = {
		.name = "vlan_stats_enabled", .ip_word = "vlan_stats_enabled",
		.attr = IFLA_BR_VLAN_STATS_ENABLED, .wire = WIRE_U8, .since = "4.7",
		SWITCH,
	},
	[BRIDGE_OPT_VLAN_STATS_PER_PORT] = {
		.name = "vlan_stats_per_port", .ip_word = "vlan_stats_per_port",
		.attr = ATTR_VLAN_STATS_PER_PORT, .wire = WIRE_U8, .since = "4.20",
		SWITCH, .when = WHEN_NO_PORTS,
	},
	[BRIDGE_OPT_GROUP_FWD_MASK] = {
		.name = "group_fwd_mask", .ip_word = "group_fwd_mask",
		.networkd = "GroupForwardMask",
		.attr = IFLA_BR_GROUP_FWD_MASK, .wire = WIRE_U16, .since = "4.4",
		.kind = OPT_MASK, .ip = IP_NUMBER, .min = 0x7,
	},
	[BRIDGE_OPT_GROUP_ADDR] = {
		.name = "group_addr", .ip_word = "group_address",
		.attr = IFLA_BR_GROUP_ADDR, .wire = WIRE_MAC, .since = "4.4",
		.kind = OPT_GROUP_MAC, .def = 0x0180c2000000,
	},
	[BRIDGE_OPT_MCAST_ROUTER] = {
		.name = "multicast_router", .ip_word = "mcast_router",
		.attr = IFLA_BR_MCAST_ROUTER, .wire = WIRE_U8, .since = "4.4",
		.kind = OPT_ENUM, .words = router_words, .ip = IP_NUMBER, .def = 1,
	},
	[BRIDGE_OPT_MCAST_SNOOPING] = {
		.name = "multicast_snooping", .ip_word = "mcast_snooping",
		.networkd = "MulticastSnooping",
		.attr = IFLA_BR_MCAST_SNOOPING, .wire = WIRE_U8, .since = "4.4",
		SWITCH, .def = 1,
	},
	[BRIDGE_OPT_MCAST_QUERY_USE_IFADDR] = {
		.name = "multicast_query_use_ifaddr", .ip_word = "mcast_query_use_ifaddr",
		.attr = IFLA_BR_MCAST_QUERY_USE_IFADDR, .wire = WIRE_U8, .since = "4.4",
		SWITCH,
	},
	[BRIDGE_OPT_MCAST_QUERIER] = {
		.name = "multicast_querier", .ip_word = "mcast_querier",
		.networkd = "MulticastQuerier",
		.attr = IFLA_BR_MCAST_QUERIER, .wire = WIRE_U8, .since = "4.4",
		SWITCH,
	},
	[BRIDGE_OPT_HASH_MAX] = {
		.name = "hash_max", .alias = "multicast_hash_max",
		.ip_word = "mcast_hash_max",
		.attr = IFLA_BR_MCAST_HASH_MAX, .wire = WIRE_U32, .since = "4.4",
		NUMBER("groups"), .min = 1, .max = INT32_MAX, .def = 4096,
	},
	[BRIDGE_OPT_MCAST_LAST_MEMBER_COUNT] = {
		.name = "multicast_last_member_count",
		.ip_word = "mcast_last_member_count",
		.attr = IFLA_BR_MCAST_LAST_MEMBER_CNT, .wire = WIRE_U32, .since = "4.4",
		NUMBER("queries"), .max = INT32_MAX, .def = 2,
	},
	[BRIDGE_OPT_MCAST_STARTUP_QUERY_COUNT] = {
		.name = "multicast_startup_query_count",
		.ip_word = "mcast_startup_query_count",
		.attr = IFLA_BR_MCAST_STARTUP_QUERY_CNT, .wire = WIRE_U32, .since = "4.4",
		NUMBER("queries"), .max = INT32_MAX, .def = 2,
	},
	[BRIDGE_OPT_MCAST_LAST_MEMBER_INTERVAL] = {
		.name = "multicast_last_member_interval",
		.ip_word = "mcast_last_member_interval",
		.attr = IFLA_BR_MCAST_LAST_MEMBER_INTVL, .wire = WIRE_U64, .since = "4.4",
		CENTISECONDS, .max = TIME_MAX, .def = 100,
	},
	[BRIDGE_OPT_MCAST_MEMBERSHIP_INTERVAL] = {
		.name = "multicast_membership_interval",
		.ip_word = "mcast_membership_interval",
		.attr = IFLA_BR_MCAST_MEMBERSHIP_INTVL, .wire = WIRE_U64, .since = "4.4",
		CENTISECONDS, .max = TIME_MAX, .def = 26000,
	},
	[BRIDGE_OPT_MCAST_QUERIER_INTERVAL] = {
		.name = "multicast_querier_interval",
		.ip_word = "mcast_querier_interval",
		.attr = IFLA_BR_MCAST_QUERIER_INTVL, .wire = WIRE_U64, .since = "4.4",
		CENTISECONDS, .max = TIME_MAX, .def = 25500,
	},
	[BRIDGE_OPT_MCAST_QUERY_INTERVAL] = {
		.name = "multicast_query_interval",
		.ip_word = "mcast_query_interval",
		.attr = IFLA_BR_MCAST_QUERY_INTVL, .wire = WIRE_U64, .since = "4.4",
		CENTISECONDS, .min = QUERY_MIN, .max = QUERY_MAX, .def = 12500,
	},
	[BRIDGE_OPT_MCAST_QUERY_RESPONSE_INTERVAL] = {
		.name = "multicast_query_response_interval",
		.ip_word = "mcast_query_response_interval",
		.attr = IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, .wire = WIRE_U64,
		.since = "4.4",
		CENTISECONDS, .max = TIME_MAX, .def = 1000,
	},
	[BRIDGE_OPT_MCAST_STARTUP_QUERY_INTERVAL] = {
		.name = "multicast_startup_query_interval",
		.ip_word = "mcast_startup_query_interval",
		.attr = IFLA_BR_MCAST_STARTUP_QUERY_INTVL, .wire = WIRE_U64,
		.since = "4.4",
		CENTISECONDS, .min = QUERY_MIN, .max = QUERY_MAX, .def = 3125,
	},
	[BRIDGE_OPT_MCAST_STATS_ENABLED] = {
		.name = "multicast_stats_enabled", .ip_word = "mcast_stats_enabled",
		.attr = IFLA_BR_MCAST_STATS_ENABLED, .wire = WIRE_U8, .since = "4.7",
		SWITCH,
	},
	[BRIDGE_OPT_MCAST_IGMP_VERSION] = {
		.name = "multicast_igmp_version", .ip_word = "mcast_igmp_version",
		.networkd = "MulticastIGMPVersion",
		.attr = IFLA_BR_MCAST_IGMP_VERSION, .wire = WIRE_U8, .since = "4.10",
		NUMBER(""), .min = 2, .max = 3, .def = 2,
	},
	[BRIDGE_OPT_MCAST_MLD_VERSION] = {
		.name = "multicast_mld_version", .ip_word = "mcast_mld_version",
		.attr = IFLA_BR_MCAST_MLD_VERSION, .wire = WIRE_U8, .since = "4.10",
		NUMBER(""), .min = 1, .max = 2, .def = 1,
	},
	[BRIDGE_OPT_NF_CALL_IPTABLES] = {
		.name = "nf_call_iptables", .ip_word = "nf_call_iptables",
		.attr = IFLA_BR_NF_CALL_IPTABLES, .wire = WIRE_U8, .since = "4.4",
		SWITCH,
	},
	[BRIDGE_OPT_NF_CALL_IP6TABLES] = {
		.name = "nf_call_ip6tables", .ip_word = "nf_call_ip6tables",
		.attr = IFLA_BR_NF_CALL_IP6TABLES, .wire = WIRE_U8, .since = "4.4",
		SWITCH,
	},
	[BRIDGE_OPT_NF_CALL_ARPTABLES] = {
		.name = "nf_call_arptables", .ip_word = "nf_call_arptables",
		.attr = IFLA_BR_NF_CALL_ARPTABLES, .wire = WIRE_U8, .since = "4.4",
		SWITCH,
	},
	[BRIDGE_OPT_NO_LINKLOCAL_LEARN] = {
		.name = "no_linklocal_learn", .ip_word = "no_linklocal_learn",
		.attr = ATTR_MULTI_BOOLOPT, .wire = WIRE_BIT, .bit = 0, .since = "5.0",
		SWITCH,
	},
	[BRIDGE_OPT_MCAST_VLAN_SNOOPING] = {
		.name = "mcast_vlan_snooping", .alias = "multicast_vlan_snooping",
		.ip_word = "mcast_vlan_snooping",
		.attr = ATTR_MULTI_BOOLOPT, .wire = WIRE_BIT, .bit = 1, .since = "5.15",
		SWITCH,
	},
	[BRIDGE_OPT_MST_ENABLED] = {
		.name = "mst_enabled", .ip_word = "mst_enabled",
		.attr = ATTR_MULTI_BOOLOPT, .wire = WIRE_BIT, .bit = 2, .since = "5.18",
		SWITCH, .when = WHEN_NO_PORTS,
	},
	[BRIDGE_OPT_MDB_OFFLOAD_FAIL_NOTIFICATION] = {
		.name = "mdb_offload_fail_notification",
		.ip_word = "mdb_offload_fail_notification",
		.attr = ATTR_MULTI_BOOLOPT, .wire = WIRE_BIT, .bit = 3, .since = "6.16",
		SWITCH,
	},
	[BRIDGE_OPT_FDB_LOCAL_VLAN_0] = {
		.name = "fdb_local_vlan_0", .ip_word = "fdb_local_vlan_0",
		.attr = ATTR_MULTI_BOOLOPT, .wire = WIRE_BIT, .bit = 4, .since = "6.18",
		SWITCH,
	},
};

#define PORT_SWITCH .kind = OPT_SWITCH, .words = switch_words

static const struct option_row bridge_port_options[BRIDGE_PORT_OPT_COUNT] = {
	[BRIDGE_PORT_OPT_HAIRPIN_MODE] = {
		.name = "hairpin_mode", .ip_word = "hairpin",
		.attr = IFLA_BRPORT_MODE, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_BPDU_GUARD] = {
		.name = "bpdu_guard", .ip_word = "guard",
		.attr = IFLA_BRPORT_GUARD, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_MCAST_FAST_LEAVE] = {
		.name = "multicast_fast_leave", .alias = "fast_leave",
		.ip_word = "mcast_fast_leave",
		.attr = IFLA_BRPORT_FAST_LEAVE, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_ROOT_BLOCK] = {
		.name = "root_block", .ip_word = "root_block",
		.attr = IFLA_BRPORT_PROTECT, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_LEARNING] = {
		.name = "learning", .ip_word = "learning",
		.attr = IFLA_BRPORT_LEARNING, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH, .def = 1,
	},
	[BRIDGE_PORT_OPT_UNICAST_FLOOD] = {
		.name = "unicast_flood", .ip_word = "flood",
		.attr = IFLA_BRPORT_UNICAST_FLOOD, .wire = WIRE_U8, .since = "3.18",
		PORT_SWITCH, .def = 1,
	},
	[BRIDGE_PORT_OPT_MCAST_FLOOD] = {
		.name = "multicast_flood", .ip_word = "mcast_flood",
		.attr = IFLA_BRPORT_MCAST_FLOOD, .wire = WIRE_U8, .since = "4.9",
		PORT_SWITCH, .def = 1,
	},
	[BRIDGE_PORT_OPT_MCAST_TO_UNICAST] = {
		.name = "multicast_to_unicast", .ip_word = "mcast_to_unicast",
		.attr = IFLA_BRPORT_MCAST_TO_UCAST, .wire = WIRE_U8, .since = "4.11",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_BROADCAST_FLOOD] = {
		.name = "broadcast_flood", .ip_word = "bcast_flood",
		.attr = IFLA_BRPORT_BCAST_FLOOD, .wire = WIRE_U8, .since = "4.12",
		PORT_SWITCH, .def = 1,
	},
	[BRIDGE_PORT_OPT_PROXYARP] = {
		.name = "proxyarp", .ip_word = "proxy_arp",
		.attr = IFLA_BRPORT_PROXYARP, .wire = WIRE_U8, .since = "3.19",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_PROXYARP_WIFI] = {
		.name = "proxyarp_wifi", .ip_word = "proxy_arp_wifi",
		.attr = IFLA_BRPORT_PROXYARP_WIFI, .wire = WIRE_U8, .since = "4.1",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_VLAN_TUNNEL] = {
		.name = "vlan_tunnel", .ip_word = "vlan_tunnel",
		.attr = IFLA_BRPORT_VLAN_TUNNEL, .wire = WIRE_U8, .since = "4.11",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_NEIGH_SUPPRESS] = {
		.name = "neigh_suppress", .ip_word = "neigh_suppress",
		.attr = IFLA_BRPORT_NEIGH_SUPPRESS, .wire = WIRE_U8, .since = "4.15",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_NEIGH_VLAN_SUPPRESS] = {
		.name = "neigh_vlan_suppress", .ip_word = "neigh_vlan_suppress",
		.attr = ATTR_NEIGH_VLAN_SUPPRESS, .wire = WIRE_U8, .since = "6.4",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_ISOLATED] = {
		.name = "isolated", .ip_word = "isolated",
		.attr = ATTR_ISOLATED, .wire = WIRE_U8, .since = "4.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_LOCKED] = {
		.name = "locked", .ip_word = "locked",
		.attr = ATTR_LOCKED, .wire = WIRE_U8, .since = "5.18",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_MAB] = {
		.name = "mab", .ip_word = "mab",
		.attr = ATTR_MAB, .wire = WIRE_U8, .since = "6.2",
		PORT_SWITCH,
	},
	[BRIDGE_PORT_OPT_PATH_COST] = {
		.name = "path_cost", .ip_word = "cost",
		.attr = IFLA_BRPORT_COST, .wire = WIRE_U32, .since = "3.18",
		NUMBER(""), .min = 1, .max = UINT16_MAX, .def_words = "by the link's speed",
	},
	[BRIDGE_PORT_OPT_PRIORITY] = {
		.name = "priority", .ip_word = "priority",
		.attr = IFLA_BRPORT_PRIORITY, .wire = WIRE_U16, .since = "3.18",
		NUMBER(""), .max = 63, .def = 32,
	},
	[BRIDGE_PORT_OPT_MCAST_ROUTER] = {
		.name = "multicast_router", .ip_word = "mcast_router",
		.attr = IFLA_BRPORT_MULTICAST_ROUTER, .wire = WIRE_U8, .since = "4.4",
		.kind = OPT_ENUM, .words = router_words, .ip = IP_NUMBER, .def = 1,
	},
	[BRIDGE_PORT_OPT_MCAST_EHT_HOSTS_LIMIT] = {
		.name = "multicast_eht_hosts_limit",
		.ip_word = "multicast_eht_hosts_limit", .ip = IP_NOT,
		.attr = ATTR_MCAST_EHT_HOSTS_LIMIT, .wire = WIRE_U32, .since = "5.12",
		NUMBER("hosts"), .min = 1, .max = INT32_MAX, .def = 512,
	},
	[BRIDGE_PORT_OPT_MCAST_MAX_GROUPS] = {
		.name = "mcast_max_groups", .alias = "multicast_max_groups",
		.ip_word = "mcast_max_groups",
		.attr = ATTR_MCAST_MAX_GROUPS, .wire = WIRE_U32, .since = "6.3",
		NUMBER("groups"), .max = INT32_MAX,
	},
	[BRIDGE_PORT_OPT_GROUP_FWD_MASK] = {
		.name = "group_fwd_mask", .ip_word = "group_fwd_mask",
		.attr = IFLA_BRPORT_GROUP_FWD_MASK, .wire = WIRE_U16, .since = "4.15",
		.kind = OPT_MASK, .ip = IP_NUMBER, .min = 0x2,
	},
	[BRIDGE_PORT_OPT_BACKUP_PORT] = {
		.name = "backup_port", .ip_word = "backup_port",
		.attr = ATTR_BACKUP_PORT, .wire = WIRE_IFINDEX, .since = "4.19",
		.kind = OPT_IFNAME, .unit = "another port", .ip_none = "nobackup_port",
	},
	[BRIDGE_PORT_OPT_BACKUP_NHID] = {
		.name = "backup_nhid", .ip_word = "backup_nhid",
		.attr = ATTR_BACKUP_NHID, .wire = WIRE_U32, .since = "6.6",
		NUMBER(""), .max = INT32_MAX,
	},
};
/* clang-format on */

const struct option_table bridge_table = {
	.whose = N_("bridge"),
	.kind = "bridge",
	.driver = "bridge",
	.directory = "bridge",
	.rows = bridge_options,
	.n = BRIDGE_OPT_COUNT,
	.beside = &bridge_port_table,
	.takes_ip_words = true,
	.takes_hex = true,
};
const struct option_table bridge_port_table = {
	.whose = N_("bridge port"),
	.kind = "bridge",
	.driver = "bridge",
	.is_of_port = true,
	.directory = "brport",
	.rows = bridge_port_options,
	.n = BRIDGE_PORT_OPT_COUNT,
	.beside = &bridge_table,
	.takes_ip_words = true,
	.takes_hex = true,
};
