/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "lib/model/addr.h"

/* Modes by the driver's numbers (BOND_MODE_* in linux/if_bonding.h). */
enum bond_mode {
	BOND_MODE_BALANCE_RR,
	BOND_MODE_ACTIVE_BACKUP,
	BOND_MODE_BALANCE_XOR,
	BOND_MODE_BROADCAST,
	BOND_MODE_802_3AD,
	BOND_MODE_BALANCE_TLB,
	BOND_MODE_BALANCE_ALB,
	BOND_MODE_COUNT
};

/* One for each row of bond_options[], in the order in which the driver applies them. */
enum bond_option_id {
	BOND_OPT_MODE,
	BOND_OPT_ACTIVE_SLAVE,
	BOND_OPT_MIIMON,
	BOND_OPT_UPDELAY,
	BOND_OPT_DOWNDELAY,
	BOND_OPT_PEER_NOTIF_DELAY,
	BOND_OPT_USE_CARRIER,
	BOND_OPT_ARP_INTERVAL,
	BOND_OPT_ARP_IP_TARGET,
	BOND_OPT_NS_IP6_TARGET,
	BOND_OPT_ARP_VALIDATE,
	BOND_OPT_ARP_ALL_TARGETS,
	BOND_OPT_PRIMARY,
	BOND_OPT_PRIMARY_RESELECT,
	BOND_OPT_FAIL_OVER_MAC,
	BOND_OPT_XMIT_HASH_POLICY,
	BOND_OPT_RESEND_IGMP,
	BOND_OPT_NUM_GRAT_ARP,
	BOND_OPT_ALL_SLAVES_ACTIVE,
	BOND_OPT_MIN_LINKS,
	BOND_OPT_LP_INTERVAL,
	BOND_OPT_PACKETS_PER_SLAVE,
	BOND_OPT_LACP_ACTIVE,
	BOND_OPT_LACP_RATE,
	BOND_OPT_AD_SELECT,
	BOND_OPT_AD_ACTOR_SYS_PRIO,
	BOND_OPT_AD_USER_PORT_KEY,
	BOND_OPT_AD_ACTOR_SYSTEM,
	BOND_OPT_TLB_DYNAMIC_LB,
	BOND_OPT_ARP_MISSED_MAX,
	BOND_OPT_COUPLED_CONTROL,
	BOND_OPT_BROADCAST_NEIGHBOR,
	BOND_OPT_LACP_STRICT,
	BOND_OPT_COUNT
};

enum bond_wire {
	WIRE_U8,
	WIRE_U16,
	WIRE_U32,
	WIRE_IFINDEX,  /* u32; a name in our structs */
	WIRE_MAC,      /* six bytes */
	WIRE_IP4_LIST, /* nest of in_addr */
	WIRE_IP6_LIST, /* nest of in6_addr */
};

enum bond_option_kind { OPT_UINT, OPT_ENUM, OPT_IFNAME, OPT_MAC, OPT_IP_LIST };

/* When the driver accepts a changed value. */
enum bond_when {
	WHEN_ANY,
	WHEN_BOND_DOWN,   /* EBUSY while the bond is up, even when unchanged */
	WHEN_BOND_EMPTY,  /* ENOTEMPTY while it has ports, even when unchanged */
	WHEN_EMPTY_DOWN,  /* both */
	WHEN_AFTER_PORTS, /* names a port that must have joined and have carrier */
};

/* A symbolic value; tables end with a NULL name. */
struct bond_word {
	const char *name;
	uint32_t value;
};

/**
 * struct bond_option - all we know of one option of the driver
 * @name: as in BONDING_OPTS and sysfs
 * @alias: second name of the same variable, or NULL
 * @ip_word: word of ip(8)
 * @attr: IFLA_BOND_*
 * @min, @max: for OPT_UINT; lists: how many elements
 * @values: symbolic values of OPT_ENUM, the driver's own spelling first; of OPT_UINT,
 *          words that may stand for a number, or NULL
 * @unit: of OPT_UINT, "" when it has none
 * @modes: bit set of modes in which the driver accepts it
 * @acts: bit set of modes in which it does something, a subset of @modes
 * @def: the driver's own default (numbers; lists, names and MACs default to none)
 * @since: first kernel whose netlink has it
 * @multiple_of_miimon: the driver rounds it down to a multiple of miimon, and refuses it
 *                      without miimon
 * @may_be_silent: a driver that has it does not always report it
 *
 * Spec: bond_opts[] in Linux drivers/net/bonding/bond_options.c,
 *       bond_changelink() in bond_netlink.c
 */
struct bond_option {
	const char *name;
	const char *alias;
	const char *ip_word;
	uint16_t attr;
	enum bond_wire wire;
	enum bond_option_kind kind;
	uint32_t min, max;
	const struct bond_word *values;
	const char *unit;
	unsigned int modes, acts;
	enum bond_when when;
	uint32_t def;
	const char *since;
	bool multiple_of_miimon;
	bool may_be_silent;
};

/* Indexed by enum bond_option_id. */
extern const struct bond_option bond_options[BOND_OPT_COUNT];

/**
 * struct bond_value - what an option is set to
 * @is_set: whether it was asked for (model) or is reported (snapshot)
 * @pos: who asked for it
 * @num: OPT_UINT and OPT_ENUM
 * @ifname: OPT_IFNAME; "" means none
 * @mac: OPT_MAC
 * @list, @n: OPT_IP_LIST
 */
struct bond_value {
	bool is_set;
	struct pos pos;
	uint32_t num;
	const char *ifname;
	struct hwaddr mac;
	const struct ip *list;
	size_t n;
};

/**
 * struct bond_values - a bond's options
 * @of: indexed by enum bond_option_id
 * @is_wrong: the mode cannot be understood, which is reported, so that nothing else can be
 *            concluded from them
 */
struct bond_values {
	struct bond_value of[BOND_OPT_COUNT];
	bool is_wrong;
};

struct bond_port_wishes;

/* By name or alias, case-sensitive as in the driver; NULL when there is none. */
const struct bond_option *bond_option_find(const char *name);
/* The known name, also of a port's option, that @name was probably meant to be, or NULL. */
const char *bond_option_nearest(const char *name);
enum bond_option_id bond_option_id(const struct bond_option *option);

/**
 * bond_value_parse() - read a value as the driver's sysfs file would
 * @text: symbolic or decimal; lists are separated by commas, each with an optional '+'
 * @arena: owns what @ret points to
 * @ret: is_set and the value; @ret->pos is left alone. Untouched on failure.
 * @ret_why: on -EINVAL, what is wrong, owned by @arena; bond_option_describe() tells what
 *           would be right
 *
 * Return: 0; -EINVAL; -ENOMEM.
 */
int bond_value_parse(const struct bond_option *option, const char *text,
		     struct arena *arena, struct bond_value *ret, const char **ret_why);

/* Appends the value in the driver's spelling. */
void bond_value_format(const struct bond_option *option, const struct bond_value *value,
		       struct strbuf *out);

/* Warns that the running kernel's driver refuses the value, which is ignored. */
void bond_value_tell_refused(const struct bond_option *option,
			     const struct bond_value *value, struct diag *diag);

/* Appends what values it takes: "slow (0) or fast (1)", "0 to 2147483647 ms". */
void bond_option_describe(const struct bond_option *option, struct strbuf *out);

/*
 * Whether both are set to the same, or neither is set. Lists are the same when they hold
 * the same addresses, in any order.
 */
bool bond_value_equal(const struct bond_option *option, const struct bond_value *a,
		      const struct bond_value *b);

/**
 * bond_options_load() - BONDING_OPTS to values
 * @text: the key's value; @pos: its place
 * @arena: owns what @ret points to
 * @diag: warnings for what is left out (unknown option, bad value, an option given
 *        twice, module parameters), each with a hint; an error if the only mode cannot be
 *        understood
 * @ret: the values; the mode is not checked against the options here
 * @ret_ports: options of single ports
 *
 * Both are untouched on failure.
 *
 * Return: 0; -ENOMEM.
 * Spec: install_bonding_driver() in network-scripts' network-functions.
 */
int bond_options_load(const char *text, struct pos pos, struct arena *arena,
		      struct diag *diag, struct bond_values *ret,
		      struct bond_port_wishes *ret_ports);

/**
 * bond_options_validate() - leave out what the driver would refuse
 * @values: changed in place, each change with a warning that has a hint; untouched if they
 *          are wrong
 *
 * Walks bond_rules[]: options foreign to the mode, options that exclude or need one
 * another, delays that are no multiple of miimon.
 */
void bond_options_validate(struct bond_values *values, struct diag *diag);

/* Warns, at @pos, that a bond of that name watches no links, unless its values are wrong. */
void bond_options_judge_monitor(const struct bond_values *values, const char *bond,
				struct pos pos, struct diag *diag);

/**
 * bond_options_inherit() - take over the driver's own defaults
 * @values: of the file; what it says counts more
 * @driver: its parameters
 *
 * Those that do not fit the mode or the monitor of the file are passed over in silence.
 */
void bond_options_inherit(struct bond_values *values, const struct bond_values *driver);

/* What an option is in @mode as long as nobody sets it; an empty name, list or MAC. */
struct bond_value bond_value_default(enum bond_option_id id, enum bond_mode mode);
/* Whether it is an empty name or list. */
bool bond_value_is_none(const struct bond_option *option, const struct bond_value *value);

/* The mode asked for, or the driver's default. */
enum bond_mode bond_values_mode(const struct bond_values *values);
/* In the driver's spelling. */
const char *bond_mode_name(enum bond_mode mode);
/* Appends the names in a bit set: "active-backup, balance-tlb or balance-alb". */
void bond_modes_list(unsigned int modes, struct strbuf *out);
