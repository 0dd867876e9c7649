/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The effects of setting options on other options: the drivers' side effects. */
#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"

/* An option that the driver does not report does not exist, and cannot change. */
static void reset(struct option_values *now, size_t id, int64_t num)
{
	if (now->of[id].is_set)
		now->of[id].num = num;
}

static void follow_mode(struct option_values *now)
{
	bool needs_mii = bond_values_mode(now) >= BOND_MODE_802_3AD;

	reset(now, BOND_OPT_ARP_VALIDATE, 0);
	reset(now, BOND_OPT_BROADCAST_NEIGHBOR, 0);
	if (needs_mii)
		reset(now, BOND_OPT_ARP_INTERVAL, 0);
	if (needs_mii && !now->of[BOND_OPT_MIIMON].num)
		reset(now, BOND_OPT_MIIMON, 100);
	if (bond_values_mode(now) == BOND_MODE_BALANCE_ALB)
		reset(now, BOND_OPT_TLB_DYNAMIC_LB, 1);
}

/* The driver keeps delays as multiples of miimon. */
static void scale_delays(struct option_values *now, int64_t old_miimon)
{
	int64_t miimon = now->of[BOND_OPT_MIIMON].num;

	for (size_t id = 0; id < BOND_OPT_COUNT; id++)
		if (bond_table.rows[id].multiple_of_miimon)
			reset(now, id,
			      old_miimon ? now->of[id].num / old_miimon * miimon : 0);
}

/* Of the two link monitors, setting one disables the other. */
static void follow_monitor(struct option_values *now, size_t set)
{
	if (!now->of[set].num)
		return;
	if (set == BOND_OPT_MIIMON) {
		reset(now, BOND_OPT_ARP_INTERVAL, 0);
		reset(now, BOND_OPT_ARP_VALIDATE, 0);
	} else {
		reset(now, BOND_OPT_MIIMON, 0);
	}
}

static void follow_bond(struct option_values *now, size_t set, int64_t old_miimon)
{
	if (set == BOND_OPT_MODE)
		follow_mode(now);
	else if (set == BOND_OPT_MIIMON || set == BOND_OPT_ARP_INTERVAL)
		follow_monitor(now, set);
	if (now->of[BOND_OPT_MIIMON].num != old_miimon)
		scale_delays(now, old_miimon);
}

static void follow_bridge(struct option_values *now)
{
	struct option_value *delay = &now->of[BRIDGE_OPT_FORWARD_DELAY];

	if (now->of[BRIDGE_OPT_STP_STATE].num && delay->is_set)
		delay->num = bridge_bound_delay(delay->num);
	if (!now->of[BRIDGE_OPT_VLAN_FILTERING].num)
		now->of[BRIDGE_OPT_MCAST_VLAN_SNOOPING].num = 0;
}

void options_play(struct option_values *now, const struct option_values *set)
{
	const struct option_table *table = set->table;

	for (size_t id = 0; id < table->n; id++) {
		const bool is_bond = table == &bond_table;
		const int64_t miimon = is_bond ? now->of[BOND_OPT_MIIMON].num : 0;

		if (!set->of[id].is_set)
			continue;
		now->of[id] = set->of[id];
		if (!is_bond)
			continue;
		now->of[id].is_set =
			!option_value_is_none(&table->rows[id], &set->of[id]);
		follow_bond(now, id, miimon);
	}
	if (table == &bridge_table)
		follow_bridge(now);
}
