/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules between options: what the driver would refuse or ignore is removed. */
#include <inttypes.h>

#include "lib/base/language.h"
#include "lib/model/option-load.h"

/* Whether an option is set to a value other than zero or nothing. */
static bool wants(const struct option_values *values, size_t id)
{
	const struct option_value *value = &values->of[id];

	return value->is_set && (value->num || value->n);
}

/* The interval in force, in milliseconds; 0 is off. */
static int64_t miimon(const struct option_values *values)
{
	const struct option_value *value = &values->of[BOND_OPT_MIIMON];

	if (value->is_set)
		return value->num;
	return bond_default(BOND_OPT_MIIMON, bond_values_mode(values)).num;
}

static bool has_miimon(const struct option_values *values)
{
	return miimon(values);
}

static bool wants_arp_monitor(const struct option_values *values)
{
	return wants(values, BOND_OPT_ARP_INTERVAL);
}

static bool lacks_arp_monitor(const struct option_values *values)
{
	return !wants_arp_monitor(values);
}

static bool lacks_target(const struct option_values *values)
{
	return !wants(values, BOND_OPT_ARP_IP_TARGET) &&
	       !wants(values, BOND_OPT_NS_IP6_TARGET);
}

static bool lacks_filtering(const struct option_values *values)
{
	return !wants(values, BRIDGE_OPT_VLAN_FILTERING);
}

static bool has_pvid(const struct option_values *values)
{
	const struct option_value *pvid = &values->of[BRIDGE_OPT_DEFAULT_PVID];

	return !pvid->is_set || pvid->num;
}

static bool is_unlocked(const struct option_values *values)
{
	return !wants(values, BRIDGE_PORT_OPT_LOCKED);
}

/*
 * Each row is applied to what the previous ones left. Of miimon and arp_interval, the
 * driver would use the one written last; network-scripts wrote miimon first.
 */
static const struct {
	const struct option_table *table;
	size_t option; /* removed if it is not 0 and @clashes */
	bool (*clashes)(const struct option_values *values);
	const char *why;
	const char *hint;
} option_rules[] = {
	{ &bond_table, BOND_OPT_ARP_INTERVAL, lacks_target,
	  N_("without arp_ip_target or ns_ip6_target all ports would count as failed"),
	  N_("add arp_ip_target=ADDRESS, or use miimon=100 instead") },
	{ &bond_table, BOND_OPT_MIIMON, wants_arp_monitor,
	  N_("arp_interval is set, and a bond has one monitor only"),
	  N_("remove miimon, or arp_interval and its targets") },
	{ &bond_table, BOND_OPT_ARP_VALIDATE, has_miimon,
	  N_("it belongs to arp_interval, and this bond uses miimon"),
	  N_("remove arp_validate, or replace miimon by arp_interval and "
	     "arp_ip_target") },
	{ &bond_table, BOND_OPT_ARP_VALIDATE, lacks_arp_monitor,
	  N_("it needs arp_interval"),
	  N_("remove arp_validate, or add arp_interval and arp_ip_target") },
	{ &bond_table, BOND_OPT_ARP_ALL_TARGETS, lacks_arp_monitor,
	  N_("it needs arp_interval"),
	  N_("remove arp_all_targets, or add arp_interval and arp_ip_target") },
	{ &bridge_table, BRIDGE_OPT_MCAST_VLAN_SNOOPING, lacks_filtering,
	  N_("it needs vlan_filtering=1"), N_("remove it, or add vlan_filtering=1") },
	{ &bridge_table, BRIDGE_OPT_MST_ENABLED, has_pvid, N_("it needs default_pvid=0"),
	  N_("remove it, or add default_pvid=0") },
	{ &bridge_port_table, BRIDGE_PORT_OPT_MAB, is_unlocked, N_("it needs locked=1"),
	  N_("remove it, or add locked=1") },
};

static void leave_option_out(struct option_values *values, size_t id)
{
	values->of[id] = (struct option_value){ 0 };
}

static void apply_rules(struct option_values *values, struct diag *diag)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_rules); i++) {
		const size_t id = option_rules[i].option;

		if (option_rules[i].table != values->table || !wants(values, id) ||
		    !option_rules[i].clashes(values))
			continue;
		diag_warning(diag, values->of[id].pos, "%s ignored: %s",
			     values->table->rows[id].name, _(option_rules[i].why));
		diag_hint(diag, "%s", _(option_rules[i].hint));
		leave_option_out(values, id);
	}
}

void bond_modes_list(unsigned int modes, struct strbuf *out)
{
	for (unsigned int mode = 0; mode < BOND_MODE_COUNT; mode++) {
		unsigned int bit = 1U << mode, after = modes & ~(2 * bit - 1);

		if (!(modes & bit))
			continue;
		if (modes & (bit - 1))
			strbuf_add(out, after ? ", " : _(" or "));
		strbuf_add(out, bond_mode_name((enum bond_mode)mode));
	}
}

static bool is_single(unsigned int modes)
{
	return !(modes & (modes - 1));
}

static void tell_foreign(const struct option_row *option, struct pos pos,
			 enum bond_mode mode, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf modes = STRBUF_EMPTY;

	bond_modes_list(option->modes, &modes);
	diag_warning(diag, pos, "%s ignored: it needs mode %s, and mode is %s",
		     option->name, strbuf_text(&modes), bond_mode_name(mode));
	if (is_single(option->modes))
		diag_hint(diag, "remove %s, or set mode=%s (also spelled mode=%d)",
			  option->name, strbuf_text(&modes),
			  __builtin_ctz(option->modes));
	else
		diag_hint(diag, "remove %s, or set one of these modes", option->name);
}

static void drop_foreign_options(struct option_values *values, struct diag *diag)
{
	enum bond_mode mode = bond_values_mode(values);

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		struct option_value *value = &values->of[id];

		if (!value->is_set || bond_table.rows[id].modes & 1U << mode)
			continue;
		tell_foreign(&bond_table.rows[id], value->pos, mode, diag);
		leave_option_out(values, id);
	}
}

static void note_idle(const struct option_values *values, struct diag *diag)
{
	enum bond_mode mode = bond_values_mode(values);

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (values->of[id].is_set && !(bond_table.rows[id].acts & 1U << mode))
			diag_note(diag, values->of[id].pos, "%s has no effect in mode %s",
				  bond_table.rows[id].name, bond_mode_name(mode));
}

/* Without miimon the driver refuses even 0, which the delay then is anyway. */
static void drop_delay(struct option_values *values, enum bond_option_id id,
		       struct diag *diag)
{
	if (wants(values, id)) {
		diag_warning(diag, values->of[id].pos, "%s ignored: it needs miimon",
			     bond_table.rows[id].name);
		diag_hint(diag, "remove %s, or add miimon=100", bond_table.rows[id].name);
	}
	leave_option_out(values, id);
}

/* The driver counts delays in intervals of miimon, and reports the rounded value. */
static void check_delay(struct option_values *values, enum bond_option_id id,
			struct diag *diag)
{
	const struct option_row *option = &bond_table.rows[id];
	struct option_value *value = &values->of[id];
	int64_t interval = miimon(values), rest;

	if (!interval) {
		drop_delay(values, id, diag);
		return;
	}
	rest = value->num % interval;
	if (!rest)
		return;
	diag_warning(diag, value->pos,
		     "%s=%" PRId64 " rounded down to %" PRId64
		     ", a multiple of miimon=%" PRId64,
		     option->name, value->num, value->num - rest, interval);
	diag_hint(diag, "write %s=%" PRId64 " or %s=%" PRId64, option->name,
		  value->num - rest, option->name, value->num - rest + interval);
	value->num -= rest;
}

/* Whether the driver's parameter is replaced by the monitor in the file. */
static bool is_driver_overruled(size_t id, bool asks_miimon, bool asks_arp)
{
	const bool of_arp = id == BOND_OPT_ARP_INTERVAL || id == BOND_OPT_ARP_VALIDATE ||
			    id == BOND_OPT_ARP_ALL_TARGETS ||
			    id == BOND_OPT_ARP_IP_TARGET;
	const bool of_miimon =
		id == BOND_OPT_MIIMON || bond_table.rows[id].multiple_of_miimon;

	return (of_arp && asks_miimon) || (of_miimon && asks_arp);
}

void bond_options_inherit(struct option_values *values,
			  const struct option_values *driver)
{
	const bool asks_miimon = wants(values, BOND_OPT_MIIMON);
	const bool asks_arp = wants_arp_monitor(values);

	if (!values->of[BOND_OPT_MODE].is_set)
		values->of[BOND_OPT_MODE] = driver->of[BOND_OPT_MODE];
	for (size_t id = 0; id < BOND_OPT_COUNT; id++)
		if (!values->of[id].is_set && driver->of[id].is_set &&
		    option_has_mode(&bond_table.rows[id], bond_values_mode(values)) &&
		    !is_driver_overruled(id, asks_miimon, asks_arp))
			values->of[id] = driver->of[id];
}

/* ---- bridges ---- */

#define CENTISECONDS_PER_S 100

/* br_stp_start(): BR_MIN_FORWARD_DELAY, BR_MAX_FORWARD_DELAY */
int64_t bridge_bound_delay(int64_t delay)
{
	const int64_t min = 200, max = 3000;

	if (delay < min)
		return min;
	return delay > max ? max : delay;
}

static void bound_forward_delay(struct option_values *values, struct diag *diag)
{
	struct option_value *delay = &values->of[BRIDGE_OPT_FORWARD_DELAY];
	int64_t bound = bridge_bound_delay(delay->num);

	if (!wants(values, BRIDGE_OPT_STP_STATE) || !delay->is_set || bound == delay->num)
		return;
	diag_warning(diag, delay->pos,
		     "the forward delay becomes %" PRId64 " s: with STP, it is 2 to 30 s",
		     bound / CENTISECONDS_PER_S);
	diag_hint(diag, "write DELAY=%" PRId64 ", or STP=no", bound / CENTISECONDS_PER_S);
	delay->num = bound;
}

void options_validate(struct option_values *values, struct diag *diag)
{
	if (values->is_wrong)
		return;
	if (values->table == &bond_table)
		drop_foreign_options(values, diag);
	apply_rules(values, diag);
	if (values->table == &bridge_table)
		bound_forward_delay(values, diag);
	if (values->table != &bond_table)
		return;
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (values->of[id].is_set && bond_table.rows[id].multiple_of_miimon)
			check_delay(values, id, diag);
	note_idle(values, diag);
}

void bond_options_judge_monitor(const struct option_values *values, const char *bond,
				struct pos pos, struct diag *diag)
{
	if (values->is_wrong || miimon(values) || wants_arp_monitor(values))
		return;
	diag_warning(diag, pos, "%s has no link monitoring: a failed port goes unnoticed",
		     bond);
	diag_hint(diag, "add miimon=100 to BONDING_OPTS");
}
