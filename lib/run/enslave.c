/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifenslave(8): its command line, the model that comes of it, and what it shows. */
#include "lib/run/enslave.h"

#include <errno.h>
#include <getopt.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/model/bond-options.h"
#include "lib/run/stages.h"

/* ---- the command line ---- */

enum { OPT_RUNDIR = 256, OPT_STATE };

static const struct option enslave_options[] = {
	{ "all-interfaces", no_argument, NULL, 'a' },
	{ "change-active", no_argument, NULL, 'c' },
	{ "detach", no_argument, NULL, 'd' },
	{ "force", no_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "usage", no_argument, NULL, 'u' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "rundir", required_argument, NULL, OPT_RUNDIR },
	{ "state", required_argument, NULL, OPT_STATE },
	{ 0 },
};

static void print_enslave_usage(FILE *out)
{
	const char *name = program_invocation_short_name;

	print_line(out, "Usage: %s [OPTION]... BOND PORT...", name);
	print_line(out, "       %s -d [OPTION]... BOND PORT...", name);
	print_line(out, "       %s -c [OPTION]... BOND PORT", name);
	print_line(out, "       %s BOND | -a", name);
}

/* Below what the program does. */
static const struct {
	const char *option, *what;
} enslave_help[] = {
	{ "-c, --change-active", N_("make PORT the active port") },
	{ "-d, --detach", N_("release the ports from the bond") },
	{ "-a, --all-interfaces", N_("show all interfaces") },
	{ "-f, --force", N_("also what is not Ethernet") },
	{ "-n, --dry-run", N_("print the steps as commands, and change nothing") },
	{ "    --rundir DIR",
	  N_("where ifup keeps its state (default: /run/ifcfg-bond)") },
	{ "    --state FILE", N_("with --dry-run: take the kernel's state from FILE") },
	{ "-v, --verbose", N_("print each step") },
	{ "-h, --help", N_("print this") },
	{ "-u, --usage", N_("print the first lines of this") },
	{ "-V, --version", N_("print the version") },
};

static void print_enslave_help(void)
{
	print_enslave_usage(stdout);
	print_text(stdout,
		   _("Enslave network cards to a bond that exists, until the next "
		     "reboot; or show\n"
		     "it. No ifcfg file is needed, and none is changed.\n"));
	print_line(stdout, "%s", "");
	for (size_t i = 0; i < ARRAY_SIZE(enslave_help); i++)
		print_line(stdout, "  %-20s  %s", enslave_help[i].option,
			   _(enslave_help[i].what));
	print_line(stdout, "%s", "");
	print_line(stdout, "%s: ifenslave bond0 eth0 eth1", _("Example"));
	print_line(
		stdout, "%s",
		_("Exit status: 0 done, 1 something failed, 2 wrong usage, 4 not root."));
}

static int wrong_enslave_usage(struct run *run, const char *why)
{
	if (why)
		print_line(stderr, "%s: %s", program_invocation_short_name, _(why));
	print_enslave_usage(stderr);
	return run_stop(run, EXIT_USAGE);
}

static int take_action(struct enslave *enslave, struct run *run,
		       enum enslave_action action)
{
	if (enslave->action != ENSLAVE_JOIN && enslave->action != action)
		return wrong_enslave_usage(run, N_("one of -a, -c and -d, please"));
	enslave->action = action;
	return 0;
}

/* Return: 0 to go on; -1 when the run is over. */
static int take_enslave_option(struct enslave *enslave, struct run *run, int option)
{
	switch (option) {
	case 'a':
		return take_action(enslave, run, ENSLAVE_SHOW);
	case 'c':
		return take_action(enslave, run, ENSLAVE_ACTIVE);
	case 'd':
		return take_action(enslave, run, ENSLAVE_DETACH);
	case 'f':
		enslave->force = true;
		return 0;
	case 'n':
		run->options.dry_run = true;
		return 0;
	case 'v':
		run->options.verbose = true;
		return 0;
	case OPT_RUNDIR:
		run->options.rundir = optarg;
		return 0;
	case OPT_STATE:
		run->options.state_file = optarg;
		return 0;
	case 'h':
		print_enslave_help();
		return run_stop(run, EXIT_DONE);
	case 'u':
		print_enslave_usage(stdout);
		return run_stop(run, EXIT_DONE);
	case 'V':
		puts("ifcfg-bond " VERSION);
		return run_stop(run, EXIT_DONE);
	default: /* getopt_long() has reported it */
		return wrong_enslave_usage(run, NULL);
	}
}

static int take_enslave_words(struct enslave *enslave, struct run *run, int n,
			      char **words)
{
	if (enslave->action == ENSLAVE_SHOW)
		return n ? wrong_enslave_usage(run, N_("-a shows all interfaces")) : 0;
	if (!n)
		return wrong_enslave_usage(run, N_("which bond?"));
	enslave->bond = words[0];
	enslave->ports = words + 1;
	enslave->n = n - 1;
	if (!enslave->n && enslave->action == ENSLAVE_JOIN)
		enslave->action = ENSLAVE_SHOW;
	else if (!enslave->n)
		return wrong_enslave_usage(run, N_("which port?"));
	if (enslave->action == ENSLAVE_ACTIVE && enslave->n > 1)
		return wrong_enslave_usage(run, N_("there is one active port"));
	if (run->options.state_file && !run->options.dry_run)
		return wrong_enslave_usage(run, N_("--state goes with --dry-run"));
	return 0;
}

static int parse_enslave(struct enslave *enslave, struct run *run, int argc, char **argv)
{
	int option, r = 0;

	while (r == 0 && (option = getopt_long(argc, argv, "acdfhnuvV", enslave_options,
					       NULL)) != -1)
		r = take_enslave_option(enslave, run, option);
	return r == 0 ? take_enslave_words(enslave, run, argc - optind, argv + optind)
		      : r;
}

/* ---- what is wanted ---- */

static struct iface *new_bare_iface(struct arena *arena, const char *name,
				    enum iface_kind kind)
{
	struct iface *iface = arena_alloc(arena, sizeof(*iface));

	iface->name = name;
	iface->kind = kind;
	iface->onboot = iface->is_target = true;
	iface->order = IFACE_IN_ORDER;
	if (kind != IFACE_BOND)
		return iface;
	iface->options = option_values_new(&bond_table, arena);
	return iface;
}

static void push_iface(struct model *model, struct iface *iface)
{
	iface->place = model->n_order;
	ARENA_PUSH(model->arena, model->order, model->n_order, model->order_cap, iface);
}

static struct iface *new_port(struct arena *arena, const char *name, struct iface *bond)
{
	struct iface *port = new_bare_iface(arena, name, IFACE_ETHERNET);

	port->master = bond;
	port->master_name = bond->name;
	port->port_options = option_values_new(&bond_port_table, arena);
	return port;
}

static void fill_model(struct model *model, const struct enslave *enslave)
{
	struct iface *bond = new_bare_iface(model->arena, enslave->bond, IFACE_BOND);

	if (enslave->action == ENSLAVE_ACTIVE) {
		bond->options->of[BOND_OPT_ACTIVE_SLAVE] =
			(struct option_value){ .is_set = true,
					       .ifname = enslave->ports[0] };
		push_iface(model, bond);
		return;
	}
	for (int i = 0; i < enslave->n; i++)
		push_iface(model, new_port(model->arena, enslave->ports[i], bond));
}

static void make_model(const struct enslave *enslave, const struct model **ret)
{
	struct arena *arena = arena_new();
	struct model *model = arena_alloc(arena, sizeof(*model));

	model->arena = arena;
	*ret = model;
	if (enslave->n)
		fill_model(model, enslave);
}

static int (*const plans[])(const struct model *want, const struct snapshot *have,
			    const struct snapshot *made, struct diag *diag,
			    struct plan **ret_plan) = {
	[ENSLAVE_JOIN] = plan_enslave,
	[ENSLAVE_DETACH] = plan_detach,
	[ENSLAVE_ACTIVE] = plan_change_active,
	[ENSLAVE_SHOW] = NULL,
};

int enslave_start(struct enslave *enslave, struct run *run, int argc, char **argv)
{
	run->state = (struct state)STATE_NONE;
	run->options = (struct run_options){ .rundir = "/run/ifcfg-bond" };
	if (file_open_standard() < 0)
		return run_stop(run, EXIT_FAILED);
	if (parse_enslave(enslave, run, argc, argv) < 0)
		return -1;
	run->options.dry_run |= enslave->action == ENSLAVE_SHOW;
	run->make_plan = plans[enslave->action];
	make_model(enslave, &run->want);
	return run_begin(run);
}

/* ---- whether it fits ---- */

static const struct pos nowhere;

static const char *name_of_master(const struct snapshot *have,
				  const struct snap_link *link)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(have, link->master) : NULL;

	return master ? master->name : NULL;
}

static int judge_asked_bond(struct run *run, const char *name)
{
	const struct snap_link *bond = snapshot_link(run->have, name);

	if (bond && snap_bond(bond))
		return 0;
	if (bond) {
		diag_error(run->diag, nowhere, "%s is not a bond", name);
		return -EINVAL;
	}
	diag_error(run->diag, nowhere, "there is no bond %s", name);
	diag_hint_words(run->diag,
			"`ip link add %s type bond mode active-backup miimon 100` "
			"creates one, or `ifup %s` if it has an ifcfg file",
			name, name);
	return -EINVAL;
}

/* struct judge - a port at hand; @bond is there, and is one */
struct judge {
	struct run *run;
	const struct snap_link *bond;
	bool force;
};

static int judge_new_port(const struct judge *judge, const struct snap_link *nic)
{
	struct diag *diag = judge->run->diag;
	const char *master = name_of_master(judge->run->have, nic);

	if (nic == judge->bond) {
		diag_error(diag, nowhere, "%s cannot be its own port", nic->name);
		return -EINVAL;
	}
	if (master && nic->master != judge->bond->ifindex) {
		diag_error(diag, nowhere, "%s is a port of %s", nic->name, master);
		diag_hint_words(diag, "`ip link set %s nomaster` releases it from there",
				nic->name);
		return -EINVAL;
	}
	if (master)
		diag_notice(diag, nowhere, "%s is a port of %s already", nic->name,
			    master);
	if (!judge->force && (nic->mac.len != ETH_ALEN || nic->flags & IFF_LOOPBACK)) {
		diag_error(diag, nowhere, "%s is not an Ethernet interface", nic->name);
		diag_hint(diag, "-f tries it all the same");
		return -EINVAL;
	}
	return 0;
}

static int judge_present_port(const struct judge *judge, const struct snap_link *nic)
{
	struct diag *diag = judge->run->diag;

	if (nic->master == judge->bond->ifindex)
		return 0;
	diag_error(diag, nowhere, "%s is not a port of %s", nic->name, judge->bond->name);
	diag_hint_words(diag, "`ifenslave %s` lists its ports", judge->bond->name);
	return -EINVAL;
}

/* As the driver judges, which gives no reason. */
static int judge_active_port(const struct judge *judge, const struct snap_link *nic)
{
	const struct snap_link *bond = judge->bond;
	const enum bond_mode mode = bond_values_mode(snap_bond(bond));
	struct diag *diag = judge->run->diag;
	int r = judge_present_port(judge, nic);

	if (r < 0)
		return r;
	if (!option_has_mode(&bond_table.rows[BOND_OPT_ACTIVE_SLAVE], mode)) {
		diag_error(diag, nowhere, "%s has no active port: its mode is %s",
			   bond->name, bond_mode_name(mode));
		return -EINVAL;
	}
	if (nic->carrier && !(nic->port && nic->port->mii_status))
		return 0;
	diag_error(diag, nowhere, "%s cannot become the active port: its link is not up",
		   nic->name);
	diag_hint(diag, "connect its cable, or enable its switch port");
	return -EINVAL;
}

static int (*const judges[])(const struct judge *judge, const struct snap_link *nic) = {
	[ENSLAVE_JOIN] = judge_new_port,
	[ENSLAVE_DETACH] = judge_present_port,
	[ENSLAVE_ACTIVE] = judge_active_port,
};

/* All of them, so that all that does not fit is reported. */
static int judge_asked_ports(const struct enslave *enslave, struct run *run)
{
	const struct judge judge = { run, snapshot_link(run->have, enslave->bond),
				     enslave->force };
	int r = 0;

	for (int i = 0; i < enslave->n; i++) {
		const struct snap_link *nic = snapshot_link(run->have, enslave->ports[i]);

		if (nic && judges[enslave->action](&judge, nic) == 0)
			continue;
		r = -EINVAL;
		if (nic)
			continue;
		diag_error(run->diag, nowhere, "there is no interface %s",
			   enslave->ports[i]);
		diag_hint(run->diag,
			  "`ip link` lists the interfaces that the kernel knows");
	}
	/* Ports join a bond that is down as well, but then nothing gets through. */
	if (r == 0 && enslave->action == ENSLAVE_JOIN && !(judge.bond->flags & IFF_UP)) {
		diag_notice(run->diag, nowhere, "%s is down", enslave->bond);
		diag_hint_words(run->diag, "`ip link set %s up` brings it up",
				enslave->bond);
	}
	return r;
}

/* ---- what is shown ---- */

static void show_addrs(const struct snap_link *link)
{
	char text[SNAP_ADDR_TEXT_MAX];

	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (addr->addr.family == AF_INET)
			print_part(stdout, ", %s", snap_addr_format(addr, text));
}

static void show_ports(const struct snapshot *have, const struct snap_link *bond)
{
	const char *active = snap_bond(bond)->of[BOND_OPT_ACTIVE_SLAVE].ifname;
	const char *before = _(", ports ");

	for (size_t i = 0; i < have->n_links; i++) {
		const struct snap_link *port = have->links[i];

		if (port->master != bond->ifindex)
			continue;
		print_part(stdout, "%s%s%s", before, port->name,
			   active && strcmp(active, port->name) == 0 ? _(" (active)")
								     : "");
		before = " ";
	}
}

static void show_link(const struct snapshot *have, const struct snap_link *link)
{
	const char *master = name_of_master(have, link);
	char mac[HWADDR_TEXT_MAX];

	print_part(stdout,
		   !(link->flags & IFF_UP) ? _("%s: down")
		   : link->carrier         ? _("%s: up")
					   : _("%s: up, no link"),
		   link->name);
	if (link->mac.len)
		print_part(stdout, ", %s", hwaddr_format(&link->mac, mac));
	show_addrs(link);
	if (master)
		print_part(stdout, ", port of %s", master);
	if (snap_bond(link)) {
		print_part(stdout, ", bond in mode %s",
			   bond_mode_name(bond_values_mode(snap_bond(link))));
		show_ports(have, link);
	}
	print_line(stdout, "%s", "");
}

static void show_enslaved(const struct enslave *enslave, const struct snapshot *have)
{
	for (size_t i = 0; i < have->n_links; i++)
		if (!enslave->bond || strcmp(enslave->bond, have->links[i]->name) == 0)
			show_link(have, have->links[i]);
}

int enslave_judge(struct enslave *enslave, struct run *run)
{
	if (enslave->bond && judge_asked_bond(run, enslave->bond) < 0)
		return run_stop(run, EXIT_FAILED);
	if (enslave->action == ENSLAVE_SHOW) {
		show_enslaved(enslave, run->have);
		return run_stop(run, EXIT_DONE);
	}
	return judge_asked_ports(enslave, run) < 0 ? run_stop(run, EXIT_FAILED) : 0;
}
