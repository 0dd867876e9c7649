/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules between bonding options: what the driver would refuse or ignore is left out. */
#include "lib/model/bond-options.h"

/* Whether an option is set to more than zero or nothing. */
static bool wants(const struct bond_values *values, enum bond_option_id id)
{
	const struct bond_value *value = &values->of[id];

	return value->is_set && (value->num || value->n);
}

/* The interval in force, in milliseconds; 0 is off. */
static uint32_t miimon(const struct bond_values *values)
{
	const struct bond_value *value = &values->of[BOND_OPT_MIIMON];

	if (value->is_set)
		return value->num;
	return bond_value_default(BOND_OPT_MIIMON, bond_values_mode(values)).num;
}

static bool has_miimon(const struct bond_values *values)
{
	return miimon(values);
}

static bool has_arp_monitor(const struct bond_values *values)
{
	return wants(values, BOND_OPT_ARP_INTERVAL);
}

static bool lacks_arp_monitor(const struct bond_values *values)
{
	return !has_arp_monitor(values);
}

static bool lacks_target(const struct bond_values *values)
{
	return !wants(values, BOND_OPT_ARP_IP_TARGET) &&
	       !wants(values, BOND_OPT_NS_IP6_TARGET);
}

/*
 * In this order, each row on what the ones before it left in. The driver would take the
 * last one written of miimon and arp_interval; network-scripts wrote miimon first.
 */
static const struct {
	enum bond_option_id option; /* left out when it is not 0 and @clashes */
	bool (*clashes)(const struct bond_values *values);
	const char *why;
	const char *hint;
} bond_rules[] = {
	{ BOND_OPT_ARP_INTERVAL, lacks_target,
	  "without arp_ip_target or ns_ip6_target all ports would count as failed",
	  "add arp_ip_target=ADDRESS, or use miimon=100 instead" },
	{ BOND_OPT_MIIMON, has_arp_monitor,
	  "arp_interval is set, and a bond has one monitor only",
	  "remove miimon, or arp_interval and its targets" },
	{ BOND_OPT_ARP_VALIDATE, has_miimon,
	  "it belongs to arp_interval, and this bond uses miimon",
	  "remove arp_validate, or replace miimon by arp_interval and arp_ip_target" },
	{ BOND_OPT_ARP_VALIDATE, lacks_arp_monitor, "it needs arp_interval",
	  "remove arp_validate, or add arp_interval and arp_ip_target" },
	{ BOND_OPT_ARP_ALL_TARGETS, lacks_arp_monitor, "it needs arp_interval",
	  "remove arp_all_targets, or add arp_interval and arp_ip_target" },
};

static void leave_out(struct bond_values *values, enum bond_option_id id)
{
	values->of[id] = (struct bond_value){ 0 };
}

static void apply_rules(struct bond_values *values, struct diag *diag)
{
	for (size_t i = 0; i < ARRAY_SIZE(bond_rules); i++) {
		enum bond_option_id id = bond_rules[i].option;

		if (!wants(values, id) || !bond_rules[i].clashes(values))
			continue;
		diag_warning(diag, values->of[id].pos, "%s left out: %s",
			     bond_options[id].name, bond_rules[i].why);
		diag_hint(diag, "%s", bond_rules[i].hint);
		leave_out(values, id);
	}
}

void bond_modes_list(unsigned int modes, struct strbuf *out)
{
	for (unsigned int mode = 0; mode < BOND_MODE_COUNT; mode++) {
		unsigned int bit = 1U << mode, after = modes & ~(2 * bit - 1);

		if (!(modes & bit))
			continue;
		if (modes & (bit - 1))
			strbuf_add(out, after ? ", " : " or ");
		strbuf_add(out, bond_mode_name((enum bond_mode)mode));
	}
}

static bool is_single(unsigned int modes)
{
	return !(modes & (modes - 1));
}

static void tell_foreign(const struct bond_option *option, struct pos pos,
			 enum bond_mode mode, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf modes = STRBUF_EMPTY;

	bond_modes_list(option->modes, &modes);
	diag_warning(diag, pos, "%s left out: it needs mode %s, and mode is %s",
		     option->name, strbuf_text(&modes), bond_mode_name(mode));
	if (is_single(option->modes))
		diag_hint(diag, "remove %s, or set mode=%s (also spelled mode=%d)",
			  option->name, strbuf_text(&modes),
			  __builtin_ctz(option->modes));
	else
		diag_hint(diag, "remove %s, or set one of these modes", option->name);
}

static void drop_foreign(struct bond_values *values, struct diag *diag)
{
	enum bond_mode mode = bond_values_mode(values);

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		struct bond_value *value = &values->of[id];

		if (!value->is_set || bond_options[id].modes & 1U << mode)
			continue;
		tell_foreign(&bond_options[id], value->pos, mode, diag);
		leave_out(values, id);
	}
}

static void note_idle(const struct bond_values *values, struct diag *diag)
{
	enum bond_mode mode = bond_values_mode(values);

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (values->of[id].is_set && !(bond_options[id].acts & 1U << mode))
			diag_note(diag, values->of[id].pos, "%s has no effect in mode %s",
				  bond_options[id].name, bond_mode_name(mode));
}

/* Without miimon the driver refuses even 0, which is what the delay is then. */
static void drop_delay(struct bond_values *values, enum bond_option_id id,
		       struct diag *diag)
{
	if (wants(values, id)) {
		diag_warning(diag, values->of[id].pos, "%s left out: it needs miimon",
			     bond_options[id].name);
		diag_hint(diag, "remove %s, or add miimon=100", bond_options[id].name);
	}
	leave_out(values, id);
}

/* The driver counts delays in intervals of miimon, and reports what came of that. */
static void check_delay(struct bond_values *values, enum bond_option_id id,
			struct diag *diag)
{
	const struct bond_option *option = &bond_options[id];
	struct bond_value *value = &values->of[id];
	uint32_t interval = miimon(values), rest;

	if (!interval) {
		drop_delay(values, id, diag);
		return;
	}
	rest = value->num % interval;
	if (!rest)
		return;
	diag_warning(diag, value->pos,
		     "%s=%u rounded down to %u, a multiple of miimon=%u", option->name,
		     value->num, value->num - rest, interval);
	diag_hint(diag, "write %s=%u or %s=%u", option->name, value->num - rest,
		  option->name, value->num - rest + interval);
	value->num -= rest;
}

static void check_delays(struct bond_values *values, struct diag *diag)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (values->of[id].is_set && bond_options[id].multiple_of_miimon)
			check_delay(values, id, diag);
}

/* Whether the driver would forget its parameter because of what the file says. */
static bool is_overruled(const struct bond_values *values, enum bond_option_id id)
{
	const bool of_arp = id == BOND_OPT_ARP_INTERVAL || id == BOND_OPT_ARP_VALIDATE ||
			    id == BOND_OPT_ARP_ALL_TARGETS ||
			    id == BOND_OPT_ARP_IP_TARGET;
	const bool of_miimon =
		id == BOND_OPT_MIIMON || bond_options[id].multiple_of_miimon;

	return (of_arp && wants(values, BOND_OPT_MIIMON)) ||
	       (of_miimon && has_arp_monitor(values));
}

void bond_options_inherit(struct bond_values *values, const struct bond_values *driver)
{
	const struct bond_values own = *values;

	if (!own.of[BOND_OPT_MODE].is_set)
		values->of[BOND_OPT_MODE] = driver->of[BOND_OPT_MODE];
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (!own.of[id].is_set && driver->of[id].is_set &&
		    bond_options[id].modes & 1U << bond_values_mode(values) &&
		    !is_overruled(&own, id))
			values->of[id] = driver->of[id];
}

void bond_options_validate(struct bond_values *values, struct diag *diag)
{
	if (values->is_wrong)
		return;
	drop_foreign(values, diag);
	apply_rules(values, diag);
	check_delays(values, diag);
	note_idle(values, diag);
}

void bond_options_judge_monitor(const struct bond_values *values, const char *bond,
				struct pos pos, struct diag *diag)
{
	if (values->is_wrong || miimon(values) || has_arp_monitor(values))
		return;
	diag_warning(diag, pos, "%s has no link monitoring: a failed port goes unnoticed",
		     bond);
	diag_hint(diag, "add miimon=100 to BONDING_OPTS");
}
