/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "lib/model/addr.h"

/* One for each row of the bridge's table, in the order in which the driver applies them. */
enum bridge_option_id {
	BRIDGE_OPT_FORWARD_DELAY,
	BRIDGE_OPT_HELLO_TIME,
	BRIDGE_OPT_MAX_AGE,
	BRIDGE_OPT_AGEING_TIME,
	BRIDGE_OPT_STP_STATE,
	BRIDGE_OPT_PRIORITY,
	BRIDGE_OPT_VLAN_FILTERING,
	BRIDGE_OPT_VLAN_PROTOCOL,
	BRIDGE_OPT_DEFAULT_PVID,
	BRIDGE_OPT_VLAN_STATS_ENABLED,
	BRIDGE_OPT_VLAN_STATS_PER_PORT,
	BRIDGE_OPT_GROUP_FWD_MASK,
	BRIDGE_OPT_GROUP_ADDR,
	BRIDGE_OPT_MCAST_ROUTER,
	BRIDGE_OPT_MCAST_SNOOPING,
	BRIDGE_OPT_MCAST_QUERY_USE_IFADDR,
	BRIDGE_OPT_MCAST_QUERIER,
	BRIDGE_OPT_HASH_MAX,
	BRIDGE_OPT_MCAST_LAST_MEMBER_COUNT,
	BRIDGE_OPT_MCAST_STARTUP_QUERY_COUNT,
	BRIDGE_OPT_MCAST_LAST_MEMBER_INTERVAL,
	BRIDGE_OPT_MCAST_MEMBERSHIP_INTERVAL,
	BRIDGE_OPT_MCAST_QUERIER_INTERVAL,
	BRIDGE_OPT_MCAST_QUERY_INTERVAL,
	BRIDGE_OPT_MCAST_QUERY_RESPONSE_INTERVAL,
	BRIDGE_OPT_MCAST_STARTUP_QUERY_INTERVAL,
	BRIDGE_OPT_MCAST_STATS_ENABLED,
	BRIDGE_OPT_MCAST_IGMP_VERSION,
	BRIDGE_OPT_MCAST_MLD_VERSION,
	BRIDGE_OPT_NF_CALL_IPTABLES,
	BRIDGE_OPT_NF_CALL_IP6TABLES,
	BRIDGE_OPT_NF_CALL_ARPTABLES,
	BRIDGE_OPT_NO_LINKLOCAL_LEARN,
	BRIDGE_OPT_MCAST_VLAN_SNOOPING,
	BRIDGE_OPT_MST_ENABLED,
	BRIDGE_OPT_MDB_OFFLOAD_FAIL_NOTIFICATION,
	BRIDGE_OPT_FDB_LOCAL_VLAN_0,
	BRIDGE_OPT_COUNT
};

/* The same for its ports. */
enum bridge_port_option_id {
	BRIDGE_PORT_OPT_HAIRPIN_MODE,
	BRIDGE_PORT_OPT_BPDU_GUARD,
	BRIDGE_PORT_OPT_MCAST_FAST_LEAVE,
	BRIDGE_PORT_OPT_ROOT_BLOCK,
	BRIDGE_PORT_OPT_LEARNING,
	BRIDGE_PORT_OPT_UNICAST_FLOOD,
	BRIDGE_PORT_OPT_MCAST_FLOOD,
	BRIDGE_PORT_OPT_MCAST_TO_UNICAST,
	BRIDGE_PORT_OPT_BROADCAST_FLOOD,
	BRIDGE_PORT_OPT_PROXYARP,
	BRIDGE_PORT_OPT_PROXYARP_WIFI,
	BRIDGE_PORT_OPT_VLAN_TUNNEL,
	BRIDGE_PORT_OPT_NEIGH_SUPPRESS,
	BRIDGE_PORT_OPT_NEIGH_VLAN_SUPPRESS,
	BRIDGE_PORT_OPT_ISOLATED,
	BRIDGE_PORT_OPT_LOCKED,
	BRIDGE_PORT_OPT_MAB,
	BRIDGE_PORT_OPT_PATH_COST,
	BRIDGE_PORT_OPT_PRIORITY,
	BRIDGE_PORT_OPT_MCAST_ROUTER,
	BRIDGE_PORT_OPT_MCAST_EHT_HOSTS_LIMIT,
	BRIDGE_PORT_OPT_MCAST_MAX_GROUPS,
	BRIDGE_PORT_OPT_GROUP_FWD_MASK,
	BRIDGE_PORT_OPT_BACKUP_PORT,
	BRIDGE_PORT_OPT_BACKUP_NHID,
	BRIDGE_PORT_OPT_COUNT
};

enum bridge_wire {
	BRIDGE_U8,
	BRIDGE_U16,
	BRIDGE_U32,
	BRIDGE_U64,
	BRIDGE_BE16,
	BRIDGE_BIT,     /* of struct br_boolopt_multi */
	BRIDGE_MAC,     /* six bytes */
	BRIDGE_IFINDEX, /* u32; a name in our structs */
};

enum bridge_kind {
	BRIDGE_SWITCH,
	BRIDGE_UINT,
	BRIDGE_ENUM,
	BRIDGE_MASK,       /* 16 bits; written in hexadecimal, too */
	BRIDGE_GROUP_ADDR, /* the MAC address that STP speaks to */
	BRIDGE_PORT_NAME,
};

/* What a value means to ip(8). */
enum bridge_ip {
	BRIDGE_IP_NUMBER,
	BRIDGE_IP_WORD,
	BRIDGE_IP_NONE, /* it does not know the option: the driver's file has to do */
};

/* A symbolic value; tables end with a NULL name. */
struct bridge_word {
	const char *name;
	uint32_t value;
};

/**
 * struct bridge_option - all we know of one option of a bridge, or of a port of one
 * @name: of the driver's file in sysfs, or, where there is none, the word of ip(8)
 * @alias: another name that is met in files, or NULL
 * @ip_word: word of ip(8), which is taken in files, too
 * @ip: how ip(8) takes the value
 * @attr: IFLA_BR_* or IFLA_BRPORT_*
 * @bit: of BRIDGE_BIT, BR_BOOLOPT_*
 * @min, @max: of BRIDGE_UINT; of BRIDGE_MASK, @min are the bits that the driver refuses
 * @words: of BRIDGE_SWITCH and BRIDGE_ENUM
 * @unit: of BRIDGE_UINT, "" when it has none
 * @def: the driver's own default
 * @def_words: what @def is in words, where the number tells nothing
 * @since: first kernel whose netlink has it
 * @is_centiseconds: 1/100 s; kernels whose tick is 4 ms keep an odd number as one less
 * @follows_root: while another bridge is the root of the spanning tree, the driver reports
 *                what that one has told it instead
 * @needs_no_ports: the driver refuses a change while there are any with VLANs
 *
 * Spec: br_changelink(), br_setport(), br_fill_info() in Linux net/bridge/br_netlink.c
 */
struct bridge_option {
	const char *name, *alias, *ip_word;
	enum bridge_ip ip;
	uint16_t attr;
	enum bridge_wire wire;
	uint8_t bit;
	enum bridge_kind kind;
	uint32_t min, max;
	const struct bridge_word *words;
	const char *unit;
	uint64_t def;
	const char *def_words;
	const char *since;
	bool is_centiseconds;
	bool follows_root;
	bool needs_no_ports;
};

/**
 * struct bridge_table - the options of bridges, or those of their ports
 * @whose: for messages: "bridge", "bridge port"
 * @rows: @n of them, indexed by enum bridge_option_id or enum bridge_port_option_id
 */
struct bridge_table {
	const char *whose;
	const struct bridge_option *rows;
	size_t n;
};

extern const struct bridge_table bridge_table, bridge_port_table;

/**
 * struct bridge_value - what an option is set to
 * @is_set: whether it was asked for (model) or is reported (snapshot)
 * @pos: who asked for it
 * @num: a number; a MAC address by its bytes, the first one highest; of an interface, its
 *       index as far as it is known
 * @ifname: of BRIDGE_PORT_NAME, "" for none
 *
 * All options of one link are an array of these, with the indexes of its table.
 */
struct bridge_value {
	bool is_set;
	struct pos pos;
	uint64_t num;
	const char *ifname;
};

/* By any of its names, case-sensitive; NULL when there is none. */
const struct bridge_option *bridge_option_find(const struct bridge_table *table,
					       const char *name);
/* The known name that @name was probably meant to be, or NULL. */
const char *bridge_option_nearest(const struct bridge_table *table, const char *name);

/* Nothing set. Return: NULL when memory is short. */
struct bridge_value *bridge_values_new(const struct bridge_table *table,
				       struct arena *arena);
/* A copy that shares nothing with @from. Return: NULL when memory is short. */
struct bridge_value *bridge_values_copy(const struct bridge_table *table,
					const struct bridge_value *from,
					struct arena *arena);

/**
 * bridge_value_parse() - read a value as the driver's sysfs file would
 * @text: a word or a number
 * @arena: owns what @ret points to
 * @ret: is_set and the value; @ret->pos is left alone. Untouched on failure.
 *
 * Return: 0; -EINVAL when the option has no such value; -ENOMEM.
 */
int bridge_value_parse(const struct bridge_option *option, const char *text,
		       struct arena *arena, struct bridge_value *ret);

/* Appends the value as bridge_value_parse() reads it: by its word if it has one. */
void bridge_value_format(const struct bridge_option *option,
			 const struct bridge_value *value, struct strbuf *out);

/* Appends what values it takes: "off (0) or on (1)", "1 to 65535". */
void bridge_option_describe(const struct bridge_option *option, struct strbuf *out);

/* What it is as long as nobody sets it. */
struct bridge_value bridge_value_default(const struct bridge_option *option);
bool bridge_value_equal(const struct bridge_option *option, const struct bridge_value *a,
			const struct bridge_value *b);

/**
 * bridge_options_load() - read BRIDGING_OPTS
 * @text: words `option=value`
 * @arena: owns what @values points to
 * @diag: warnings for what is left out, each with a hint
 * @values: as the other keys have set them; what they say, too, is told
 *
 * Return: 0; -ENOMEM.
 * Spec: ifup-eth of network-scripts; units are those of the driver's files in sysfs.
 */
int bridge_options_load(const struct bridge_table *table, const char *text,
			struct pos pos, struct arena *arena, struct diag *diag,
			struct bridge_value *values);

/* What the driver makes of a forward delay once STP is on. */
uint64_t bridge_bound_delay(uint64_t delay);

/* Leaves out, or adjusts, what the driver would not take beside the rest; with warnings. */
void bridge_options_validate(struct bridge_value *values, const char *bridge,
			     struct diag *diag);
void bridge_port_options_validate(struct bridge_value *values, struct diag *diag);
