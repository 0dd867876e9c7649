/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan as the commands that do the same by hand. */
#include <errno.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/secrets.h"
#include "lib/model/rt-names.h"
#include "lib/plan/plan.h"

/* @before, and a name, which may hold what a shell would act on. */
static void add_name(struct strbuf *out, const char *before, const char *name)
{
	strbuf_add(out, before);
	strbuf_add_quoted(out, name);
}

static void add_mac(struct strbuf *out, const struct hwaddr *mac)
{
	char text[HWADDR_TEXT_MAX];

	strbuf_addf(out, " address %s", hwaddr_format(mac, text));
}

/* " mode active-backup miimon 100 …"; an interface "" is spelled as ip(8) clears it. */
static void add_options(struct strbuf *out, const struct bond_values *options)
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

static void add_bridge_options(struct strbuf *out, const struct bridge_table *table,
			       const struct bridge_value *options)
{
	for (size_t id = 0; id < table->n; id++)
		if (options[id].is_set && table->rows[id].ip != BRIDGE_IP_NONE)
			add_bridge_option(out, &table->rows[id], &options[id]);
}

static void print_module_load(const struct plan_op *op, struct strbuf *out)
{
	(void)op;
	strbuf_add(out, "modprobe bonding max_bonds=0");
}

/* " type bond mode …", and what else only its kind has. */
static void add_kind(struct strbuf *out, const struct snap_link *link)
{
	strbuf_addf(out, " type %s", link->kind);
	if (link->bond)
		add_options(out, link->bond);
	if (link->bridge)
		add_bridge_options(out, &bridge_table, link->bridge);
	if (link->vlan)
		vlan_format(link->vlan, out);
	if (link->ipoib)
		ipoib_format(link->ipoib, out);
	if (link->other && !snap_link_is_stacked(link)) {
		add_name(out, " peer name ", link->other);
		strbuf_addf(out, " index %d", link->parent);
	}
}

static void print_link_add(const struct plan_op *op, struct strbuf *out)
{
	strbuf_add(out, "ip link add");
	if (snap_link_is_stacked(op->link))
		add_name(out, " link ", op->link->other);
	add_name(out, " name ", op->dev);
	strbuf_addf(out, " index %d", op->ifindex);
	if (op->link->mac.len)
		add_mac(out, &op->link->mac);
	if (op->link->mtu)
		strbuf_addf(out, " mtu %" PRIu32, op->link->mtu);
	if (op->link->flags & IFF_UP)
		strbuf_add(out, " up");
	add_kind(out, op->link);
}

static void print_vlan_set(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type vlan");
	vlan_format_change(op->vlan_change.want, op->vlan_change.now, out);
}

static void print_tun_set(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip tuntap add dev ", op->dev);
	tun_format(op->tun, out);
}

static void print_ipoib_mode(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "echo %s >", ipoib_mode_word(op->is_connected));
	add_name(out, "/sys/class/net/", op->dev);
	strbuf_add(out, "/mode");
}

static void print_bridge_set(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type bridge");
	add_bridge_options(out, &bridge_table, op->bridge_options);
}

/* What ip(8) has no word for goes into the driver's file. */
static void add_port_file(struct strbuf *out, const struct plan_op *op, size_t id)
{
	_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

	strbuf_addf(&file, "/sys/class/net/%s/brport/%s", op->dev,
		    bridge_port_table.rows[id].name);
	strbuf_addf(out, "echo %" PRIu64, op->bridge_options[id].num);
	add_name(out, " >", strbuf_text(&file));
}

static void print_bridge_port_set(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	const char *joint = "";

	add_bridge_options(&words, &bridge_port_table, op->bridge_options);
	if (words.len) {
		add_name(out, "ip link set dev ", op->dev);
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

static void print_bond_set(const struct plan_op *op, struct strbuf *out)
{
	struct bond_values options = *op->options;
	struct bond_value *primary = &options.of[BOND_OPT_PRIMARY];
	bool no_primary = primary->is_set && !*primary->ifname;

	/* ip(8) has no word for that. */
	primary->is_set &= !no_primary;
	if (any_is_set(&options)) {
		add_name(out, "ip link set dev ", op->dev);
		strbuf_add(out, " type bond");
		add_options(out, &options);
		strbuf_add(out, no_primary ? " && " : "");
	}
	if (no_primary) {
		_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

		strbuf_addf(&file, "/sys/class/net/%s/bonding/primary", op->dev);
		add_name(out, "echo >", strbuf_text(&file));
	}
}

static void print_link_del(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link delete dev ", op->dev);
}

static void print_link_up(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " up");
}

static void print_link_down(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " down");
}

static void print_link_mtu(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_addf(out, " mtu %" PRIu32, op->mtu);
}

static void print_link_mac(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	add_mac(out, &op->mac);
}

static void print_link_arp(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_addf(out, " arp %s", op->arp ? "on" : "off");
}

static void print_link_token(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_addf(out, "ip token set %s",
		    ip_is_set(&op->token) ? ip_format(&op->token, text) : "::");
	add_name(out, " dev ", op->dev);
}

static void print_port_add(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	add_name(out, " master ", op->master.dev);
}

static void print_port_remove(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " nomaster");
}

static void print_port_set(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type bond_slave");
	for (size_t i = 0; i < PORT_OPT_COUNT; i++)
		if (op->port_options->of[i].is_set)
			strbuf_addf(out, " %s %" PRId32, bond_port_options[i].name,
				    op->port_options->of[i].num);
}

static void print_link_wait(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

	strbuf_addf(&file, "/sys/class/net/%s/carrier", op->dev);
	strbuf_addf(out, "timeout %g sh -c 'until grep -q 1 \"$0\"; do sleep 0.1; done' ",
		    op->wait_ms / 1000.0);
	strbuf_add_quoted(out, strbuf_text(&file));
}

static void print_addr_probe(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_addf(out, "arping -q -D -c 2 -w %" PRIu32,
		    (op->probe.wait_ms + 999) / 1000);
	add_name(out, " -I ", op->dev);
	strbuf_addf(out, " %s", ip_format(&op->probe.addr, text));
}

static void print_addr_add(const struct plan_op *op, struct strbuf *out)
{
	char text[SNAP_ADDR_TEXT_MAX], scope[RT_NAME_MAX];

	strbuf_addf(out, "ip address %s %s", op->replaces ? "replace" : "add",
		    snap_addr_format(op->addr, text));
	if (ip_is_set(&op->addr->broadcast))
		strbuf_addf(out, " broadcast %s", ip_format(&op->addr->broadcast, text));
	strbuf_addf(out, " scope %s", rt_scope_format(op->addr->scope, scope));
	if (*op->addr->label)
		add_name(out, " label ", op->addr->label);
	if (op->addr->valid_s)
		strbuf_addf(out, " valid_lft %" PRIu32 " preferred_lft %" PRIu32,
			    op->addr->valid_s, op->addr->preferred_s);
	add_name(out, " dev ", op->dev);
}

static void print_addr_del(const struct plan_op *op, struct strbuf *out)
{
	char text[SNAP_ADDR_TEXT_MAX];

	strbuf_addf(out, "ip address delete %s", snap_addr_format(op->addr, text));
	add_name(out, " dev ", op->dev);
}

static const char *family_option(uint8_t family)
{
	return family == AF_INET6 ? "-6 " : "";
}

static void print_route(const struct plan_op *op, const char *verb, struct strbuf *out)
{
	struct route route = *op->route;

	route.dev = op->dev;
	strbuf_addf(out, "ip %sroute %s ", family_option(route.family), verb);
	route_format(&route, out);
}

static void print_rule_add(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "ip %srule add", family_option(op->rule->family));
	rule_format(op->rule, out);
}

static void print_rule_del(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "ip %srule delete", family_option(op->rule->family));
	rule_format(op->rule, out);
}

static void print_route_add(const struct plan_op *op, struct strbuf *out)
{
	print_route(op, "replace", out);
}

static void print_route_del(const struct plan_op *op, struct strbuf *out)
{
	print_route(op, "delete", out);
}

/* As the secret is made: it is nobody else's business. */
static void add_secret(const struct plan_op *op, struct strbuf *out)
{
	add_name(out, "s=$(printf '%s %s' ", op->dev);
	strbuf_add(out, " \"$(cat /etc/machine-id)\" | sha256sum | "
			"sed -E 's/^(.{32}).*/\\1/; s/.{4}/&:/g; s/:$//'); ");
	add_name(out, "sysctl -q -w net/ipv6/conf/", op->dev);
	strbuf_add(out, "/stable_secret=$s; ");
	/* Only a change of the mode makes the kernel use it. */
	add_name(out, "sysctl -q -w net/ipv6/conf/", op->dev);
	strbuf_add(out, "/addr_gen_mode=1; ");
}

static void print_conf_set(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf setting = STRBUF_EMPTY;
	const struct link_conf *conf = &link_confs[op->conf.id];

	if (op->conf.secret)
		add_secret(op, out);
	/* With slashes, because names of VLANs have dots. */
	strbuf_addf(&setting, "net/%s/conf/%s/%s=%" PRId32, conf->family, op->dev,
		    conf->name, op->conf.num);
	add_name(out, "sysctl -q -w ", strbuf_text(&setting));
}

static void print_dad_wait(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_add(out,
		   "timeout 5 sh -c 'while ip -6 address show dev \"$0\" tentative to "
		   "\"$1\" | grep -q .; do sleep 0.1; done'");
	add_name(out, " ", op->dev);
	strbuf_addf(out, " %s", ip_format(&op->addr->addr, text));
}

static void print_addr_announce(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	ip_format(&op->probe.addr, text);
	if (op->probe.addr.family == AF_INET6) {
		add_name(out, "ndptool -t na -U -i ", op->dev);
		strbuf_addf(out, " -T %s send", text);
		return;
	}
	add_name(out, "arping -q -A -c 1 -I ", op->dev);
	add_name(out, " ", text);
	add_name(out, "; ( sleep 2; arping -q -U -c 1 -I ", op->dev);
	strbuf_addf(out, " %s ) </dev/null >/dev/null 2>&1 &", text);
}

/* Each line a word of its own, so that the command is one line. */
static void add_lines(struct strbuf *out, const char *text)
{
	strbuf_add(out, "printf '%s\\n'");
	while (*text) {
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
		size_t len = strcspn(text, "\n");

		strbuf_addn(&line, text, len);
		add_name(out, " ", strbuf_text(&line));
		text += len + (text[len] == '\n');
	}
}

static void print_resolv_set(const struct plan_op *op, struct strbuf *out)
{
	if (!op->text) {
		strbuf_add(out, "rm -f " RESOLV_CONF);
		return;
	}
	if (*op->text)
		add_lines(out, op->text);
	else
		strbuf_addc(out, ':');
	strbuf_add(out, " >" RESOLV_CONF);
}

/* As a shell would have it. */
static void add_program(const struct program *program, struct strbuf *out)
{
	if (program->delay_us)
		strbuf_addf(out, "sleep %g; ", program->delay_us / 1e6);
	if (program->directory) {
		add_name(out, "( cd ", program->directory);
		strbuf_add(out, " && ");
	}
	if (program->input) {
		add_lines(out, program->input);
		strbuf_add(out, " | ");
	}
	for (size_t i = 0; program->env && program->env[i]; i++) {
		const char *value = strchr(program->env[i], '=');

		strbuf_addn(out, program->env[i], (size_t)(value + 1 - program->env[i]));
		add_name(out, "", value + 1);
		strbuf_addc(out, ' ');
	}
	for (size_t i = 0; program->argv[i]; i++)
		add_name(out, i ? " " : "", program->argv[i]);
	if (program->directory)
		strbuf_add(out, " )");
}

static void print_run(const struct plan_op *op, struct strbuf *out)
{
	add_program(op->program, out);
}

static void add_kill(const struct dhcp_stop *stop, struct strbuf *out)
{
	if (stop->releases) {
		add_name(out, "pkill -USR2 -F ", stop->pid_file);
		strbuf_add(out, "; ");
	}
	add_name(out, "pkill -F ", stop->pid_file);
}

static void add_leased(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < op->dhcp_stop->n_leased; i++) {
		const struct snap_addr *addr = op->dhcp_stop->leased[i];

		strbuf_addf(out, "; ip address delete %s",
			    ip_format_prefix(&addr->addr, addr->prefix_len, text));
		add_name(out, " dev ", op->dev);
	}
}

static void print_dhcp_stop(const struct plan_op *op, struct strbuf *out)
{
	const struct dhcp_stop *stop = op->dhcp_stop;

	if (stop->asked)
		add_program(stop->asked, out);
	else
		add_kill(stop, out);
	if (stop->last) {
		strbuf_add(out, "; ");
		add_program(stop->last, out);
	}
	add_leased(op, out);
	add_name(out, "; rm -f ", stop->pid_file);
	if (stop->conf_file)
		add_name(out, " ", stop->conf_file);
}

static void add_file(const struct dhcp_start *start, struct strbuf *out)
{
	add_lines(out, start->conf);
	add_name(out, " >", start->conf_file);
	strbuf_add(out, " && ");
}

static void print_dhcp_start(const struct plan_op *op, struct strbuf *out)
{
	if (op->dhcp_start->conf_file)
		add_file(op->dhcp_start, out);
	add_program(op->dhcp_start->program, out);
}

static void (*const op_print[])(const struct plan_op *op, struct strbuf *out) = {
	[OP_MODULE_LOAD] = print_module_load,
	[OP_LINK_ADD] = print_link_add,
	[OP_BOND_SET] = print_bond_set,
	[OP_VLAN_SET] = print_vlan_set,
	[OP_TUN_SET] = print_tun_set,
	[OP_IPOIB_MODE] = print_ipoib_mode,
	[OP_LINK_DEL] = print_link_del,
	[OP_LINK_UP] = print_link_up,
	[OP_LINK_DOWN] = print_link_down,
	[OP_LINK_MTU] = print_link_mtu,
	[OP_LINK_MAC] = print_link_mac,
	[OP_PORT_ADD] = print_port_add,
	[OP_PORT_REMOVE] = print_port_remove,
	[OP_PORT_SET] = print_port_set,
	[OP_LINK_WAIT] = print_link_wait,
	[OP_ADDR_PROBE] = print_addr_probe,
	[OP_ADDR_ADD] = print_addr_add,
	[OP_ADDR_DEL] = print_addr_del,
	[OP_ROUTE_ADD] = print_route_add,
	[OP_ROUTE_DEL] = print_route_del,
	[OP_ADDR_ANNOUNCE] = print_addr_announce,
	[OP_CONF_SET] = print_conf_set,
	[OP_DAD_WAIT] = print_dad_wait,
	[OP_RULE_ADD] = print_rule_add,
	[OP_RULE_DEL] = print_rule_del,
	[OP_RUN] = print_run,
	[OP_LINK_ARP] = print_link_arp,
	[OP_LINK_TOKEN] = print_link_token,
	[OP_BRIDGE_SET] = print_bridge_set,
	[OP_BR_PORT_SET] = print_bridge_port_set,
	[OP_RESOLV_SET] = print_resolv_set,
	[OP_DHCP_STOP] = print_dhcp_stop,
	[OP_DHCP_START] = print_dhcp_start,
};
_Static_assert(ARRAY_SIZE(op_print) == OP_COUNT, "every kind of step can be printed");

void plan_op_print(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	op_print[op->kind](op, &line);
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
