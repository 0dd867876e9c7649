/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The step that sets options of any table, and its undo. */
#include <inttypes.h>

#include "lib/base/language.h"
#include "lib/model/bond-options.h"
#include "lib/plan/options.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

struct option_values *planner_keep_options(struct planner *p,
					   const struct option_values *values)
{
	struct option_values *copy = option_values_copy(values, p->plan->arena);

	for (size_t id = 0; id < copy->table->n; id++) {
		struct option_value *value = &copy->of[id];
		const struct snap_link *named;

		if (!value->is_set || copy->table->rows[id].kind != OPT_IFNAME)
			continue;
		named = *value->ifname ? planner_link(p, value->ifname) : NULL;
		value->num = named ? named->ifindex : 0;
	}
	return copy;
}

/*
 * The former value of an option. If the driver does not report it, the value set by an
 * earlier run if something hides it, and otherwise the default.
 */
static struct option_value value_before(const struct planner *p, const char *dev,
					const struct option_values *before, size_t id)
{
	const struct option_row *row = &before->table->rows[id];
	const struct option_values *made =
		snap_link_options(snapshot_link(p->plan->made, dev), before->table);
	struct option_value value = before->of[id];

	if (value.is_set)
		return value;
	if (row->is_masked && made && made->of[id].is_set)
		return made->of[id];
	value = option_default_among(before, id);
	value.is_set = !row->def_words && row->kind != OPT_MAC;
	return value;
}

/* A request that was refused half-way may have set options to the same final values. */
static bool was_set_by_step(const struct plan_op *op, const struct option_table *table,
			    size_t id)
{
	return op->kind == OP_OPTIONS_SET && op->options->table == table &&
	       op->options->of[id].is_set;
}

/*
 * Whether it has to be set back; options that a port does not report are at their
 * defaults.
 */
static bool is_changed_option(const struct undoing *u, const struct option_values *before,
			      const struct option_values *now, size_t id)
{
	const struct option_row *row = &now->table->rows[id];
	struct option_value was = before->of[id], is = now->of[id];

	if (row->multiple_of_miimon && !before->of[BOND_OPT_MIIMON].num)
		return false;
	if (now->table->is_of_port && !was.is_set)
		was = option_default(row);
	if (now->table->is_of_port && !is.is_set)
		is = option_default(row);
	return was_set_by_step(u->op, now->table, id) ||
	       !option_value_equal(row, &was, &is);
}

/* A port has the options of its bond's mode, or of its bridge. */
static bool has_link_option(const struct undoing *u, const struct snap_link *link,
			    const struct option_row *row, bool is_of_port)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(u->p->sim, link->master) : NULL;

	if (!is_of_port)
		return true;
	if (!master || !snap_bond(master))
		return master && snap_bridge(master);
	return option_has_mode(row, bond_values_mode(snap_bond(master)));
}

void options_back(struct undoing *u, const struct snap_link *was,
		  const struct snap_link *link, const struct option_table *table)
{
	struct planner *p = u->p;
	const struct option_values *before = snap_link_options(was, table);
	const struct option_values *now = snap_link_options(link, table);
	struct option_values *back, *parts[OPTION_PARTS];
	size_t n;

	if (!now || before == now || was->master != link->master)
		return;
	if (!before)
		before = option_values_new(table, p->plan->arena);
	back = option_values_new(table, p->plan->arena);
	for (size_t id = 0; id < table->n; id++)
		if (is_changed_option(u, before, now, id) &&
		    has_link_option(u, link, &table->rows[id], table->is_of_port))
			back->of[id] = value_before(p, link->name, before, id);
	n = options_split(p, back, option_mode_of(before), parts);
	for (size_t i = 0; i < n; i++)
		UNDO_ADD(u, OP_OPTIONS_SET, link, .options = parts[i]);
}

/* If an old kernel reports nothing, no visible change is simulated. */
static void play_options_set(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	const struct option_table *table = op->options->table;
	struct option_values **place;

	journal_options(p, link);
	place = snap_link_options_place(link, table);
	if (!place)
		return;
	if (!*place)
		*place = option_values_new(table, p->sim->arena);
	options_play(*place, op->options);
}

struct option_values *planner_port_options(struct planner *p,
					   const struct snap_link *port)
{
	const struct snap_link *master = snapshot_link_by_index(p->sim, port->master);
	const struct option_values *has =
		snap_bridge_port(port) ? snap_bridge_port(port)
				       : snap_link_options(port, &bond_port_table);
	struct option_values *options;

	if (!has || !master || !(snap_bond(master) || snap_bridge(master)))
		return NULL;
	options = option_values_copy(has, p->plan->arena);
	for (size_t id = 0; id < has->table->n; id++) {
		const struct option_row *row = &has->table->rows[id];
		const struct option_value def = option_default(row);

		options->of[id].is_set &=
			!option_value_equal(row, &options->of[id], &def) &&
			(!snap_bond(master) ||
			 option_has_mode(row, bond_values_mode(snap_bond(master))));
	}
	return option_values_any(options) ? options : NULL;
}

/* ---- printing ---- */

/* Whether ip(8) has no word for it, so that it goes into the driver's file. */
static bool needs_file(const struct option_row *row, const struct option_value *value)
{
	return row->ip == IP_NOT ||
	       (row->kind == OPT_IFNAME && !*value->ifname && !row->ip_none);
}

/*
 * Prints one option in the syntax of ip(8), which has no other way to express that there
 * is none.
 */
static void print_option(struct strbuf *out, const struct option_row *row,
			 const struct option_value *value)
{
	if (row->kind == OPT_IFNAME && !*value->ifname) {
		strbuf_addf(out, " %s", row->ip_none);
		return;
	}
	strbuf_addf(out, " %s ", row->ip_word);
	if (row->kind == OPT_IFNAME)
		strbuf_add_quoted(out, value->ifname);
	else if (option_value_is_none(row, value))
		strbuf_add_quoted(out, "");
	else if (row->ip == IP_NUMBER)
		strbuf_addf(out, "%" PRId64, value->num);
	else
		option_value_format(row, value, out);
}

void print_options(struct strbuf *out, const struct option_values *options)
{
	for (size_t id = 0; id < options->table->n; id++)
		if (options->of[id].is_set &&
		    !needs_file(&options->table->rows[id], &options->of[id]))
			print_option(out, &options->table->rows[id], &options->of[id]);
}

/* "echo 5 >/sys/class/net/ens160/brport/…" */
static void print_option_file(struct strbuf *out, const struct plan_op *op, size_t id)
{
	const struct option_table *table = op->options->table;
	_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

	strbuf_addf(&file, "/sys/class/net/%s/%s/%s", op->dev, table->directory,
		    table->rows[id].name);
	if (table->rows[id].kind == OPT_IFNAME)
		strbuf_add(out, "echo");
	else
		strbuf_addf(out, "echo %" PRId64, op->options->of[id].num);
	print_name(out, " >", strbuf_text(&file));
}

static void print_options_set(const struct plan_op *op, struct strbuf *out)
{
	const struct option_table *table = op->options->table;
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	const char *joint = "";

	print_options(&words, op->options);
	if (words.len) {
		print_name(out, "ip link set dev ", op->dev);
		strbuf_addf(out, " type %s%s%s", table->kind,
			    table->is_of_port ? "_slave" : "", strbuf_text(&words));
		joint = " && ";
	}
	for (size_t id = 0; id < table->n; id++) {
		if (!op->options->of[id].is_set ||
		    !needs_file(&table->rows[id], &op->options->of[id]))
			continue;
		strbuf_add(out, joint);
		print_option_file(out, op, id);
		joint = " && ";
	}
}

const struct step_kind step_options_set = {
	.payload = PAYLOAD_OPTIONS,
	.play = play_options_set,
	.print = print_options_set,
	.verb = N_("change"),
};
