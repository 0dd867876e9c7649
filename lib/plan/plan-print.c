/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan as the commands that do the same by hand. */
#include <errno.h>
#include <inttypes.h>

#include "lib/base/secrets.h"
#include "lib/plan/step-words.h"

void print_name(struct strbuf *out, const char *before, const char *name)
{
	strbuf_add(out, before);
	strbuf_add_quoted(out, name);
}

void print_mac(struct strbuf *out, const struct hwaddr *mac)
{
	char text[HWADDR_TEXT_MAX];

	strbuf_addf(out, " address %s", hwaddr_format(mac, text));
}

void print_bond_options(struct strbuf *out, const struct bond_values *options)
{
	for (size_t i = 0; i < BOND_OPT_COUNT; i++) {
		const struct bond_value *value = &options->of[i];

		if (!value->is_set)
			continue;
		if (i == BOND_OPT_ACTIVE_SLAVE && !*value->ifname) {
			strbuf_add(out, " clear_active_slave");
			continue;
		}
		strbuf_addf(out, " %s ", bond_options[i].ip_word);
		if (bond_options[i].kind == OPT_IFNAME)
			strbuf_add_quoted(out, value->ifname);
		else if (bond_value_is_none(&bond_options[i], value))
			strbuf_add_quoted(out, "");
		else
			bond_value_format(&bond_options[i], value, out);
	}
}

/* One option as ip(8) takes it, and no other way of saying that there is none. */
static void add_bridge_option(struct strbuf *out, const struct bridge_option *option,
			      const struct bridge_value *value)
{
	if (option->kind == BRIDGE_PORT_NAME && !*value->ifname) {
		strbuf_addf(out, " no%s", option->ip_word);
		return;
	}
	strbuf_addf(out, " %s ", option->ip_word);
	if (option->kind == BRIDGE_PORT_NAME)
		strbuf_add_quoted(out, value->ifname);
	else if (option->ip == BRIDGE_IP_WORD)
		bridge_value_format(option, value, out);
	else
		strbuf_addf(out, "%" PRIu64, value->num);
}

void print_bridge_options(struct strbuf *out, const struct bridge_table *table,
			  const struct bridge_value *options)
{
	for (size_t id = 0; id < table->n; id++)
		if (options[id].is_set && table->rows[id].ip != BRIDGE_IP_NONE)
			add_bridge_option(out, &table->rows[id], &options[id]);
}

void print_bridge_set(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type bridge");
	print_bridge_options(out, &bridge_table, op->bridge_options);
}

/* What ip(8) has no word for goes into the driver's file. */
static void add_port_file(struct strbuf *out, const struct plan_op *op, size_t id)
{
	_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

	strbuf_addf(&file, "/sys/class/net/%s/brport/%s", op->dev,
		    bridge_port_table.rows[id].name);
	strbuf_addf(out, "echo %" PRIu64, op->bridge_options[id].num);
	print_name(out, " >", strbuf_text(&file));
}

void print_bridge_port_set(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	const char *joint = "";

	print_bridge_options(&words, &bridge_port_table, op->bridge_options);
	if (words.len) {
		print_name(out, "ip link set dev ", op->dev);
		strbuf_addf(out, " type bridge_slave%s", strbuf_text(&words));
		joint = " && ";
	}
	for (size_t id = 0; id < bridge_port_table.n; id++) {
		if (!op->bridge_options[id].is_set ||
		    bridge_port_table.rows[id].ip != BRIDGE_IP_NONE)
			continue;
		strbuf_add(out, joint);
		add_port_file(out, op, id);
		joint = " && ";
	}
	out->failed |= words.failed;
}

static bool any_is_set(const struct bond_values *options)
{
	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		if (options->of[i].is_set)
			return true;
	return false;
}

void print_bond_set(const struct plan_op *op, struct strbuf *out)
{
	struct bond_values options = *op->options;
	struct bond_value *primary = &options.of[BOND_OPT_PRIMARY];
	bool no_primary = primary->is_set && !*primary->ifname;

	/* ip(8) has no word for that. */
	primary->is_set &= !no_primary;
	if (any_is_set(&options)) {
		print_name(out, "ip link set dev ", op->dev);
		strbuf_add(out, " type bond");
		print_bond_options(out, &options);
		strbuf_add(out, no_primary ? " && " : "");
	}
	if (no_primary) {
		_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

		strbuf_addf(&file, "/sys/class/net/%s/bonding/primary", op->dev);
		print_name(out, "echo >", strbuf_text(&file));
	}
}

void print_port_set(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type bond_slave");
	for (size_t i = 0; i < PORT_OPT_COUNT; i++)
		if (op->port_options->of[i].is_set)
			strbuf_addf(out, " %s %" PRId32, bond_port_options[i].name,
				    op->port_options->of[i].num);
}

void plan_op_print(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	step_kind(op->kind)->print(op, &line);
	strbuf_add_visible(out, strbuf_text(&line));
	out->failed |= line.failed;
}

/* Commands are set off from where they come from, as far as they leave room. */
#define COMMAND_COLUMNS 60

static void add_origin(struct strbuf *line, struct pos pos)
{
	if (!pos.file)
		return;
	while (line->len < COMMAND_COLUMNS && !line->failed)
		strbuf_addc(line, ' ');
	strbuf_add(line, "  # ");
	/* A comment ends with its line: a name must not end it earlier. */
	strbuf_add_visible(line, pos.file);
	if (pos.line)
		strbuf_addf(line, ":%u", pos.line);
}

static int print_all(const struct plan_op *ops, size_t n, const struct secrets *secrets,
		     FILE *out)
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_strbuf_ struct strbuf command = STRBUF_EMPTY;
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

		plan_op_print(&ops[i], &command);
		if (ops[i].unless)
			strbuf_add(&line, "# only if it failed above: ");
		secrets_hide(secrets, ops[i].pos, strbuf_text(&command), &line);
		line.failed |= command.failed;
		add_origin(&line, ops[i].pos);
		if (line.failed)
			return -ENOMEM;
		fprintf(out, "%s\n", strbuf_text(&line));
	}
	return ferror(out) ? -EIO : 0;
}

int plan_print(const struct plan *plan, const struct secrets *secrets, FILE *out)
{
	int r = print_all(plan->before.ops, plan->before.n, secrets, out);

	if (r == 0)
		r = print_all(plan->ops, plan->n, secrets, out);
	return r == 0 ? print_all(plan->after.ops, plan->after.n, secrets, out) : r;
}
