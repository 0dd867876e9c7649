/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps that run programs, including DHCP clients, and the step for the resolver's file.
 */
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

/* Its effect is not known; but some programs have another one that reverts it. */
static void play_run(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op back = journal_like(op, OP_RUN);

	(void)link;
	back.program = op->program->undo;
	op->lasts = !back.program;
	if (back.program)
		journal_other(p, back);
}

static void play_resolv_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	(void)link;
	journal_set_resolver(p, op->text);
}

/*
 * @starts_again: the client starts again to undo its end, and brings the addresses back
 */
static void lose_lease(struct planner *p, struct snap_link *link, enum dhcp_family family,
		       bool starts_again)
{
	struct snap_addr *addr = link->addrs;

	while (addr) {
		if (snap_addr_is_leased(addr, family)) {
			play_lose_addr(p, link, addr, starts_again);
			addr = link->addrs; /* the next one may have been removed, too */
		} else {
			addr = addr->next;
		}
	}
}

/* dhclient's script starts by removing IPv6 addresses that other programs set. */
static bool is_lost_to_dhclient(const struct dhcp_start *start,
				const struct snap_addr *addr)
{
	return start->client.id == DHCP_DHCLIENT && start->client.family == DHCP_IP6 &&
	       addr->addr.family == AF_INET6 && addr->scope == RT_SCOPE_UNIVERSE &&
	       addr->flags & IFA_F_PERMANENT;
}

static void play_dhcp_stop(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	enum dhcp_family family = op->dhcp_stop->family;
	struct plan_op back = journal_like(op, OP_DHCP_START);

	back.dhcp_start = op->dhcp_stop->undo;
	if (back.dhcp_start)
		journal_other(p, back);
	journal_drop_client(p, link, family);
	lose_lease(p, link, family, op->dhcp_stop->undo);
}

static void play_dhcp_start(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct dhcp_start *start = op->dhcp_start;
	struct plan_op back = journal_like(op, OP_DHCP_STOP);

	back.dhcp_stop = start->undo;
	if (back.dhcp_stop)
		journal_other(p, back);
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (is_lost_to_dhclient(start, addr))
			journal_drop_addr(p, link, addr, false);
	}
	journal_add_client(p, link, &start->client);
}

/* ---- printing ---- */

/* Each line is a word of its own, so that the command is one line. */
static void add_lines(struct strbuf *out, const char *text)
{
	strbuf_add(out, "printf '%s\\n'");
	while (*text) {
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
		size_t len = strcspn(text, "\n");

		strbuf_addn(&line, text, len);
		print_name(out, " ", strbuf_text(&line));
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

/* In the syntax of a shell. */
static void add_program(const struct program *program, struct strbuf *out)
{
	if (program->delay_us)
		strbuf_addf(out, "sleep %g; ", program->delay_us / 1e6);
	if (program->directory) {
		print_name(out, "( cd ", program->directory);
		strbuf_add(out, " && ");
	}
	if (program->input) {
		add_lines(out, program->input);
		strbuf_add(out, " | ");
	}
	for (size_t i = 0; program->env && program->env[i]; i++) {
		const char *value = strchr(program->env[i], '=');

		strbuf_addn(out, program->env[i], (size_t)(value + 1 - program->env[i]));
		print_name(out, "", value + 1);
		strbuf_addc(out, ' ');
	}
	for (size_t i = 0; program->argv[i]; i++)
		print_name(out, i ? " " : "", program->argv[i]);
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
		print_name(out, "pkill -USR2 -F ", stop->pid_file);
		strbuf_add(out, "; ");
	}
	print_name(out, "pkill -F ", stop->pid_file);
}

static void add_leased_addrs(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < op->dhcp_stop->n_leased; i++) {
		const struct snap_addr *addr = op->dhcp_stop->leased[i];

		strbuf_addf(out, "; ip address delete %s",
			    ip_format_prefix(&addr->addr, addr->prefix_len, text));
		print_name(out, " dev ", op->dev);
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
	add_leased_addrs(op, out);
	print_name(out, "; rm -f ", stop->pid_file);
	if (stop->conf_file)
		print_name(out, " ", stop->conf_file);
}

static void add_conf_file(const struct dhcp_start *start, struct strbuf *out)
{
	add_lines(out, start->conf);
	print_name(out, " >", start->conf_file);
	strbuf_add(out, " && ");
}

static void print_dhcp_start(const struct plan_op *op, struct strbuf *out)
{
	if (op->dhcp_start->conf_file)
		add_conf_file(op->dhcp_start, out);
	add_program(op->dhcp_start->program, out);
}

/* ---- the rows ---- */

const struct step_kind step_run = {
	.payload = PAYLOAD_PROGRAM,
	.play = play_run,
	.print = print_run,
	.verb = N_("run"),
	.no_device = true,
	.says_all = true,
};

const struct step_kind step_resolv_set = {
	.payload = PAYLOAD_TEXT,
	.play = play_resolv_set,
	.print = print_resolv_set,
	.verb = N_("change /etc/resolv.conf"),
	.no_device = true,
};

const struct step_kind step_dhcp_stop = {
	.payload = PAYLOAD_DHCP_STOP,
	.play = play_dhcp_stop,
	.print = print_dhcp_stop,
	.verb = N_("stop the DHCP client of"),
	.says_all = true,
};

const struct step_kind step_dhcp_start = {
	.payload = PAYLOAD_DHCP_START,
	.play = play_dhcp_start,
	.print = print_dhcp_start,
	.verb = N_("get a lease for"),
	.says_all = true,
};
