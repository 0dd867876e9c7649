/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/option.h"

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

/* One for each row of the table, in the order in which the driver applies them. */
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

/* The same for its ports. */
enum bond_port_option_id {
	PORT_OPT_QUEUE_ID,
	PORT_OPT_PRIO,
	PORT_OPT_ACTOR_PORT_PRIO,
	PORT_OPT_COUNT
};

/*
 * Warns, at @pos, that the bond does not monitor its links, unless the values themselves
 * are wrong.
 */
void bond_options_judge_monitor(const struct option_values *values, const char *bond,
				struct pos pos, struct diag *diag);

/**
 * bond_options_inherit() - add the driver's own defaults
 * @values: from the file; they take precedence
 * @driver: its parameters
 *
 * Those that do not fit the mode or the monitor of the file are silently ignored.
 */
void bond_options_inherit(struct option_values *values,
			  const struct option_values *driver);

/* The default of an option in @mode. */
struct option_value bond_default(size_t id, enum bond_mode mode);

/* Values of BOND_OPT_FAIL_OVER_MAC: BOND_FOM_* of the driver. */
enum { FAIL_OVER_MAC_NONE, FAIL_OVER_MAC_ACTIVE, FAIL_OVER_MAC_FOLLOW };

/* The requested mode, or the driver's default. */
enum bond_mode bond_values_mode(const struct option_values *values);
/*
 * Whether the driver accepts any MAC address for the bond without setting it: with fail_over_mac,
 * it is the ports' (bond_set_mac_address() of the driver).
 */
bool bond_values_ignore_mac(const struct option_values *values);
/* In the driver's spelling. */
const char *bond_mode_name(enum bond_mode mode);
/* Appends the names in a bit set: "active-backup, balance-tlb or balance-alb". */
void bond_modes_list(unsigned int modes, struct strbuf *out);
