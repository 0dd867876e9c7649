/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The difference between present options and those in the files, for all tables. */
#include "lib/plan/options.h"

#include <inttypes.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/driver.h"

enum bond_mode option_mode_of(const struct option_values *values)
{
	return values->table == &bond_table ? bond_values_mode(values)
					    : BOND_MODE_BALANCE_RR;
}

const struct option_value *options_made(const struct planner *p, const char *dev,
					const struct option_table *table, size_t id)
{
	const struct option_values *made =
		snap_link_options(snapshot_link(p->plan->made, dev), table);

	return made && made->of[id].is_set ? &made->of[id] : NULL;
}

/* ---- which options can be set ---- */

/* Unless a module parameter says otherwise. */
#define TX_QUEUES 16

/* A bond has only this many queues. */
static void judge_queue_id(struct planner *p, const struct iface *port,
			   struct option_value *queue_id)
{
	const struct snap_link *bond = planner_link(p, port->master_name);
	uint32_t queues = bond->tx_queues ? bond->tx_queues : TX_QUEUES;

	if (!queue_id->is_set || queue_id->num <= queues)
		return;
	diag_warning(p->diag, queue_id->pos,
		     "queue_id=%" PRId64 " of port %s ignored: %s has %" PRIu32 " queues",
		     queue_id->num, port->name, bond->name, queues);
	diag_hint(p->diag, "the parameter tx_queues of the driver's module gives a new "
			   "bond more of them");
	queue_id->is_set = false;
}

/* The driver accepts only another port of the same bridge. */
static void judge_backup(struct planner *p, const struct iface *port,
			 struct option_value *backup)
{
	const struct snap_link *nic = planner_link(p, port->name), *other;

	if (!backup->is_set || !*backup->ifname)
		return;
	other = planner_link(p, backup->ifname);
	if (other && other != nic && other->master == nic->master)
		return;
	diag_warning(p->diag, backup->pos,
		     "backup_port %s ignored: it is not another port of %s",
		     backup->ifname, port->master_name);
	diag_hint(p->diag, "name an interface whose file has BRIDGE=%s",
		  port->master_name);
	backup->is_set = false;
}

static void options_judge(struct planner *p, const struct iface *iface,
			  struct option_values *options)
{
	if (options->table == &bond_table)
		driver_judge_bond(p, iface, options);
	else if (options->table == &bond_port_table)
		judge_queue_id(p, iface, &options->of[PORT_OPT_QUEUE_ID]);
	else if (options->table == &bridge_port_table)
		judge_backup(p, iface, &options->of[BRIDGE_PORT_OPT_BACKUP_PORT]);
}

struct option_values *options_wanted(struct planner *p, const struct option_subject *s)
{
	struct option_values *options = option_values_copy(s->want, p->plan->arena);

	for (size_t id = 0; id < options->table->n; id++) {
		const struct option_row *row = &options->table->rows[id];
		struct option_value *value = &options->of[id];
		const bool asked = value->is_set;

		if (!asked && s->before && !row->def_words)
			*value = s->before->of[id];
		value->is_set &= option_has_mode(row, s->mode);
		if (!value->is_set ||
		    !driver_lacks(p, s->iface->name, s->want->table, id))
			continue;
		if (asked)
			driver_tell_lacking(p, value->pos, s->want->table, id);
		value->is_set = false;
	}
	options_judge(p, s->iface, options);
	return options;
}

/* ---- options that an earlier run set and the files no longer name ---- */

/* Whether the driver would accept the option with the future mode and interval. */
static bool can_be_reset(const struct option_subject *s, size_t id, int64_t miimon_ms)
{
	const struct option_row *row = &s->want->table->rows[id];

	return option_has_mode(row, s->mode) && row->when != WHEN_AFTER_PORTS &&
	       (!row->multiple_of_miimon || miimon_ms) && !row->def_words;
}

/* The interval of a bond, present or future. */
static int64_t miimon_of(const struct option_values *options,
			 const struct option_values *now)
{
	if (!options || options->table != &bond_table)
		return 0;
	return (options->of[BOND_OPT_MIIMON].is_set ? options : now)
		->of[BOND_OPT_MIIMON]
		.num;
}

/*
 * Whether it is the miimon that the driver chose for the mode of an earlier run, as the files
 * had none: it stays when the bond gets another mode.
 */
static bool was_forced(const struct planner *p, const struct option_subject *s, size_t id,
		       const struct option_values *now)
{
	const struct option_value *mode =
		options_made(p, s->iface->name, &bond_table, BOND_OPT_MODE);
	int64_t forced;

	if (s->want->table != &bond_table || id != BOND_OPT_MIIMON || !mode)
		return false;
	forced = bond_default(id, (enum bond_mode)mode->num).num;
	return forced && now->of[id].is_set && now->of[id].num == forced;
}

static void options_take_back(struct planner *p, const struct option_subject *s,
			      const struct option_values *now,
			      struct option_values *options)
{
	const struct option_table *table = options->table;

	for (size_t id = 0; id < table->n; id++) {
		const struct option_value def = option_default_among(s->want, id);
		const struct option_value *made =
			options_made(p, s->iface->name, table, id);

		if ((!made && !was_forced(p, s, id, now)) || s->want->of[id].is_set ||
		    (table->is_of_port &&
		     option_value_equal(&table->rows[id], made, &def)) ||
		    !can_be_reset(s, id, miimon_of(options, now)) ||
		    driver_lacks(p, s->iface->name, table, id))
			continue;
		options->of[id] = def;
		options->of[id].pos = s->pos;
	}
}

/* ---- differences ---- */

/* Whether @name is a port of the bond, or becomes one in this run. */
static bool will_be_port(const struct planner *p, const struct option_subject *s,
			 const char *name)
{
	const struct iface *bond = s->iface, *port;
	const struct snap_link *nic = planner_link(p, name);
	const struct snap_link *link = planner_link(p, bond->name);

	if (!nic)
		return false;
	if (nic->master == link->ifindex)
		return true;
	port = iface_port(bond, name);
	return port && !port->is_lost && (p->target == bond || p->target == port);
}

/*
 * The driver reports a primary only while it is a port. For one that is about to join, it
 * is set before, so that joining it obeys primary_reselect; the driver remembers one that
 * stays away, and setting it again on every run would be noise.
 */
static bool primary_differs(const struct planner *p, const struct option_subject *s,
			    const struct option_value *wanted,
			    const struct option_value *now)
{
	if (!*wanted->ifname)
		return true;
	if (now->is_set)
		return strcmp(now->ifname, wanted->ifname) != 0;
	return will_be_port(p, s, wanted->ifname);
}

/* An option that is not reported, or not as it was set, is as an earlier run set it. */
static bool is_as_told(const struct planner *p, const struct option_subject *s, size_t id,
		       const struct option_value *wanted, const struct option_value *now)
{
	const struct option_row *row = &s->want->table->rows[id];
	const struct option_value *made =
		options_made(p, s->iface->name, s->want->table, id);

	return (option_value_is_kept(row, wanted, now) ||
		(row->is_masked && !now->is_set)) &&
	       made && option_value_equal(row, made, wanted);
}

static bool option_differs(const struct planner *p, const struct option_subject *s,
			   size_t id, const struct option_value *wanted,
			   const struct option_values *all_now)
{
	const struct option_table *table = s->want->table;
	const struct option_row *row = &table->rows[id];
	const struct option_value none = { 0 };
	const struct option_value *now = all_now ? &all_now->of[id] : &none;

	if (!wanted->is_set)
		return false;
	if (table == &bond_table && id == BOND_OPT_PRIMARY)
		return primary_differs(p, s, wanted, now);
	if (!now->is_set && option_value_is_none(row, wanted))
		return false;
	return !option_value_equal(row, wanted, now) &&
	       !is_as_told(p, s, id, wanted, now);
}

/* Return: whether it cannot be changed now, which is reported. */
static bool is_held_by_ports(struct planner *p, const struct option_subject *s,
			     const struct snap_link *link, size_t id)
{
	const struct option_row *row = &s->want->table->rows[id];

	if (row->when != WHEN_NO_PORTS || !planner_has_ports(p, link->ifindex))
		return false;
	diag_warning(
		p->diag, s->pos,
		"%s of %s stays as it is: it cannot be changed while there are ports",
		row->name, link->name);
	diag_hint_words(p->diag, "run ifdown %s, then ifup", link->name);
	return true;
}

/* A new mode resets other options, and a new miimon rounds the delays. */
static void add_upset(const struct option_values *all, struct option_values *change)
{
	const bool is_mode = change->of[BOND_OPT_MODE].is_set;
	const bool is_miimon = change->of[BOND_OPT_MIIMON].is_set;

	for (size_t id = 0; id < BOND_OPT_COUNT; id++)
		if (is_mode || (is_miimon && bond_table.rows[id].multiple_of_miimon))
			change->of[id] = all->of[id];
}

struct option_values *options_change(struct planner *p, const struct option_subject *s)
{
	const struct option_table *table = s->want->table;
	const struct snap_link *link = planner_link(p, s->iface->name);
	const struct option_values *now = snap_link_options(link, table);
	struct option_values *all = options_wanted(p, s);
	struct option_values *change = option_values_new(table, p->plan->arena);

	options_take_back(p, s, now, all);
	for (size_t id = 0; id < table->n; id++)
		if (option_differs(p, s, id, &all->of[id], now) &&
		    !is_held_by_ports(p, s, link, id))
			change->of[id] = all->of[id];
	if (table == &bond_table)
		add_upset(all, change);
	return option_values_any(change) ? change : NULL;
}

/* ---- the steps ---- */

static bool goes_first(const struct option_values *values, enum bond_mode mode, size_t id)
{
	if (values->table == &bond_table)
		return !option_has_mode(&bond_table.rows[id], mode);
	return values->table == &bridge_table && id == BRIDGE_OPT_STP_STATE &&
	       !values->of[id].num && values->of[BRIDGE_OPT_FORWARD_DELAY].is_set;
}

size_t options_split(struct planner *p, const struct option_values *values,
		     enum bond_mode mode, struct option_values *ret[static OPTION_PARTS])
{
	struct option_values *first = option_values_new(values->table, p->plan->arena);
	struct option_values *rest = option_values_new(values->table, p->plan->arena);
	size_t n = 0;

	for (size_t id = 0; id < values->table->n; id++)
		if (values->of[id].is_set)
			(goes_first(values, mode, id) ? first : rest)->of[id] =
				values->of[id];
	if (option_values_any(first))
		ret[n++] = first;
	if (option_values_any(rest))
		ret[n++] = rest;
	return n;
}

/* The line of the first of a port's options; those of a master are together. */
static struct pos options_pos(const struct option_values *values, struct pos pos)
{
	for (size_t id = 0; values->table->is_of_port && id < values->table->n; id++)
		if (values->of[id].is_set && values->of[id].pos.file)
			return values->of[id].pos;
	return pos;
}

void options_set(struct planner *p, struct pos pos, const struct snap_link *link,
		 const struct option_values *values, size_t needs)
{
	const bool keeps_mode =
		values->table == &bond_table && !values->of[BOND_OPT_MODE].is_set;
	struct option_values *parts[OPTION_PARTS];
	const size_t n = options_split(
		p, values, option_mode_of(keeps_mode ? snap_bond(link) : values), parts);

	for (size_t i = 0; i < n; i++)
		PLANNER_ADD(p, OP_OPTIONS_SET, options_pos(parts[i], pos), link, needs,
			    .options = parts[i]);
}

struct option_values *options_one(struct planner *p, const struct option_table *table,
				  size_t id, const struct option_value *value)
{
	struct option_values *one = option_values_new(table, p->plan->arena);

	one->of[id] = *value;
	return one;
}

void options_wish(struct planner *p, const struct snap_link *link,
		  const struct option_table *table, size_t id,
		  const struct option_value *value, size_t needs)
{
	const struct option_values *one = options_one(p, table, id, value);

	PLANNER_ADD(p, OP_OPTIONS_SET, value->pos, link, needs, .is_wish = true,
		    .options = one);
}

/* ---- what is ours afterwards ---- */

/*
 * An option that could not be reset, because the mode or monitor hides it, is not
 * forgotten.
 */
static bool is_reset(const struct option_subject *s, const struct option_values *now,
		     size_t id)
{
	const struct option_row *row = &s->want->table->rows[id];
	const struct option_value def = option_default(row);

	return s->want->table->is_of_port ||
	       (can_be_reset(s, id, miimon_of(now, now)) &&
		(row->when != WHEN_NO_PORTS ||
		 option_value_equal(row, &now->of[id], &def)));
}

void options_remember(struct planner *p, const struct option_subject *s,
		      struct snap_link *made)
{
	const struct option_table *table = s->want->table;
	const struct snap_link *link = planner_link(p, s->iface->name);
	const struct option_values *now = snap_link_options(link, table);
	struct option_values **ours = snap_link_options_place(made, table);
	struct arena *arena = p->plan->made->arena;

	if (!*ours && table == &bond_table && !option_values_any(s->want))
		return;
	if (!*ours)
		*ours = option_values_new(table, arena);
	for (size_t id = 0; id < table->n; id++) {
		const struct option_value *wanted = &s->want->of[id];

		if (table->rows[id].when == WHEN_AFTER_PORTS)
			continue;
		if (wanted->is_set)
			option_values_set(*ours, id, wanted, arena);
		else if (is_reset(s, now, id))
			(*ours)->of[id].is_set = false;
	}
}
