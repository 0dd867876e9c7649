/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line that ifup-bond and ifdown-bond share. */
#include "lib/run/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/print.h"

/* Long options without a letter. */
enum {
	OPT_SYSCONFIG = 256,
	OPT_RUNDIR,
	OPT_STATE,
	OPT_STRICT,
	OPT_INSECURE,
	OPT_KEEP_UPPER,
	OPT_ROLLBACK,
	OPT_DIFF,
	OPT_TRY,
	OPT_RESTORE_FILES,
	OPT_CONFIRM,
	OPT_SERVICE,
	OPT_HOTPLUG,
	OPT_NAME_OF,
	OPT_RENAME,
	OPT_STATUS,
	OPT_STEP,
	OPT_PRINT_KEYS,
	OPT_VERSION
};

static const struct option long_options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "diff", no_argument, NULL, OPT_DIFF },
	{ "rollback", required_argument, NULL, OPT_ROLLBACK },
	{ "try", required_argument, NULL, OPT_TRY },
	{ "restore-files", no_argument, NULL, OPT_RESTORE_FILES },
	{ "confirm", no_argument, NULL, OPT_CONFIRM },
	{ "service", no_argument, NULL, OPT_SERVICE },
	{ "hotplug", required_argument, NULL, OPT_HOTPLUG },
	{ "name-of", required_argument, NULL, OPT_NAME_OF },
	{ "rename", no_argument, NULL, OPT_RENAME },
	{ "status", no_argument, NULL, OPT_STATUS },
	{ "step", required_argument, NULL, OPT_STEP },
	{ "print-keys", no_argument, NULL, OPT_PRINT_KEYS },
	{ "verbose", no_argument, NULL, 'v' },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "insecure", no_argument, NULL, OPT_INSECURE },
	{ "keep-upper", no_argument, NULL, OPT_KEEP_UPPER },
	{ "sysconfig", required_argument, NULL, OPT_SYSCONFIG },
	{ "rundir", required_argument, NULL, OPT_RUNDIR },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

/* Whether the one of the two programs has an option that the other one has not. */
static bool is_option_of(int option, bool takes_down)
{
	if (option == OPT_KEEP_UPPER)
		return takes_down;
	return !takes_down ||
	       (option != OPT_HOTPLUG && option != OPT_NAME_OF && option != OPT_RENAME);
}

void options_each(bool takes_down, void (*each)(const char *name, char letter, void *arg),
		  void *arg)
{
	for (const struct option *option = long_options; option->name; option++) {
		const int val = option->val;

		if (is_option_of(val, takes_down))
			each(option->name, (char)(val < OPT_SYSCONFIG ? val : 0), arg);
	}
}

static void print_usage(FILE *out)
{
	print_line(out, "Usage: %s [OPTION]... INTERFACE [boot]",
		   program_invocation_short_name);
	print_line(out, "       %s [OPTION]... -a", program_invocation_short_name);
}

/* Lines of the help. @of: one of the programs, or both */
static const struct help {
	enum { HELP_BOTH, HELP_UP, HELP_DOWN } of;
	const char *text;
} option_help[] = {
	{ HELP_BOTH,
	  N_("INTERFACE is a device, the name of its file, a NAME= or a MAC address.\n"
	     "With 'boot', an interface that has ONBOOT=no is left alone.\n") },
	{ HELP_BOTH, "\n" },
	{ HELP_BOTH,
	  N_("  -a, --all            all interfaces: up, those without ONBOOT=no, and "
	     "what no\n"
	     "                       file describes any more goes; down, all but lo\n") },
	{ HELP_BOTH, N_("  -n, --dry-run        print the steps as commands, and change "
			"nothing\n") },
	{ HELP_BOTH,
	  N_("      --diff           the same, with exit status 1 if there are any\n") },
	{ HELP_UP, N_("      --hotplug CARD   for udev: what a card that has appeared "
		      "belongs to\n") },
	{ HELP_UP,
	  N_("      --rename         give network cards the names that files with their\n"
	     "                       HWADDR have for them\n") },
	{ HELP_UP, N_("      --name-of CARD   for udev: print that name of one card\n") },
	{ HELP_DOWN, N_("      --keep-upper     refuse, with a list, if something is "
			"stacked on it\n") },
	{ HELP_BOTH, N_("      --rollback WHEN  undo what was done for an interface "
			"where a step fails:\n"
			"                       auto (if it was up before; default), "
			"always, never\n") },
	{ HELP_BOTH, N_("      --try HOW        undo all unless Enter is pressed, or "
			"--confirm says\n"
			"                       so, in time: seconds; or gateway: in 60 "
			"s, its answer\n"
			"                       to a ping counts, too\n") },
	{ HELP_BOTH, N_("      --restore-files  with --try: the files of the last good "
			"run come back, too\n") },
	{ HELP_BOTH,
	  N_("      --confirm        confirm the run that waits with --try\n") },
	{ HELP_BOTH,
	  N_("      --service        with -a: as the network service does it\n") },
	{ HELP_BOTH,
	  N_("      --status         list what is configured and what is up\n") },
	{ HELP_BOTH, N_("      --step STEP      for helpers that have begun with the "
			"interface: do eth\n"
			"                       (all that is left), post, aliases, "
			"routes or ipv6\n") },
	{ HELP_BOTH, N_("      --print-keys     for helpers: print the file's "
			"assignments for a shell\n") },
	{ HELP_BOTH, N_("  -v, --verbose        print each step\n") },
	{ HELP_BOTH, N_("      --strict         take warnings for errors\n") },
	{ HELP_BOTH,
	  N_("      --insecure       read files that others than root can write\n") },
	{ HELP_BOTH,
	  N_("      --sysconfig DIR  read DIR/network and DIR/network-scripts/ifcfg-*\n"
	     "                       (default: /etc/sysconfig)\n") },
	{ HELP_BOTH, N_("      --rundir DIR     keep the state of runs in DIR\n"
			"                       (default: /run/ifcfg-bond)\n") },
	{ HELP_BOTH, N_("      --state FILE     with --dry-run: take the kernel's state "
			"from FILE\n") },
	{ HELP_BOTH, N_("  -h, --help           print this\n") },
	{ HELP_BOTH, N_("      --version        print the version\n") },
	{ HELP_BOTH, "\n" },
	{ HELP_UP, N_("Example: ifup --try 60 bond0\n") },
	{ HELP_DOWN, N_("Example: ifdown --dry-run bond0\n") },
	{ HELP_BOTH, "\n" },
	{ HELP_BOTH,
	  N_("Exit status: 0 done, 1 something failed, 2 wrong usage, 4 not root,\n"
	     "6 not configured, or the configuration has errors.\n") },
};

static void print_help(const char *what, bool takes_down)
{
	print_usage(stdout);
	print_line(stdout, "%s", _(what));
	print_line(stdout, "%s", "");
	for (size_t i = 0; i < ARRAY_SIZE(option_help); i++)
		if (option_help[i].of != (takes_down ? HELP_UP : HELP_DOWN))
			language_print(stdout, _(option_help[i].text));
}

static enum options_result wrong_usage(const char *why)
{
	if (why)
		print_line(stderr, "%s: %s", program_invocation_short_name, _(why));
	print_usage(stderr);
	return OPTIONS_WRONG;
}

static bool set_rollback(struct run_options *options, const char *word)
{
	static const char *const words[] = {
		[ROLLBACK_AUTO] = "auto",
		[ROLLBACK_ALWAYS] = "always",
		[ROLLBACK_NEVER] = "never",
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(words[i], word) == 0) {
			options->rollback = i;
			return true;
		}
	return false;
}

static bool set_step(struct run_options *options, const char *word)
{
	for (unsigned int i = 0; i < STEP_COUNT; i++)
		if (helper_steps[i] && strcmp(helper_steps[i], word) == 0) {
			options->model.step = i;
			return true;
		}
	return false;
}

/* Options that are only flags; one may set several. */
static const struct {
	int option;
	size_t flag;
} flag_options[] = {
	{ 'a', offsetof(struct run_options, all) },
	{ 'n', offsetof(struct run_options, dry_run) },
	{ 'v', offsetof(struct run_options, verbose) },
	{ OPT_DIFF, offsetof(struct run_options, diff) },
	{ OPT_DIFF, offsetof(struct run_options, dry_run) },
	{ OPT_STRICT, offsetof(struct run_options, strict) },
	{ OPT_INSECURE, offsetof(struct run_options, model.insecure) },
	{ OPT_SERVICE, offsetof(struct run_options, service) },
	{ OPT_STATUS, offsetof(struct run_options, status) },
	{ OPT_STATUS, offsetof(struct run_options, all) },
	{ OPT_STATUS, offsetof(struct run_options, dry_run) },
	{ OPT_PRINT_KEYS, offsetof(struct run_options, print_keys) },
	{ OPT_PRINT_KEYS, offsetof(struct run_options, dry_run) },
	{ OPT_RESTORE_FILES, offsetof(struct run_options, restore_files) },
	{ OPT_CONFIRM, offsetof(struct run_options, confirm) },
	{ OPT_RENAME, offsetof(struct run_options, rename) },
	{ OPT_KEEP_UPPER, offsetof(struct run_options, keep_upper) },
};

static bool set_flags(struct run_options *options, int option)
{
	bool found = false;

	for (size_t i = 0; i < ARRAY_SIZE(flag_options); i++)
		if (flag_options[i].option == option) {
			*(bool *)((char *)options + flag_options[i].flag) = true;
			found = true;
		}
	return found;
}

/* Return: false if the option is not a setting. */
static bool set_run_option(struct run_options *options, int option)
{
	switch (option) {
	case OPT_STEP:
		return set_step(options, optarg);
	case OPT_ROLLBACK:
		return set_rollback(options, optarg);
	case OPT_HOTPLUG:
		options->hotplug = optarg;
		options->all = true;
		return *optarg;
	case OPT_NAME_OF:
		options->rename_card = optarg;
		options->rename = true;
		return *optarg;
	case OPT_TRY:
		return try_parse(optarg, &options->try) == 0;
	case OPT_SYSCONFIG:
		options->model.sysconfig = optarg;
		return true;
	case OPT_RUNDIR:
		options->rundir = optarg;
		return true;
	case OPT_STATE:
		options->state_file = optarg;
		return true;
	default:
		return set_flags(options, option);
	}
}

static enum options_result take_option_all(const struct run_options *options, int n)
{
	if (n)
		return wrong_usage("either -a or an interface, please");
	if (options->keep_upper)
		return wrong_usage("--keep-upper goes with an interface");
	if (options->model.step || options->print_keys)
		return wrong_usage("--step and --print-keys go with an interface");
	if (options->state_file && !options->dry_run)
		return wrong_usage("--state goes with --dry-run");
	return OPTIONS_RUN;
}

static enum options_result take_rename(const struct run_options *options, int n)
{
	if (n || options->all)
		return wrong_usage("--rename and --name-of stand alone");
	if (options->state_file && !options->dry_run)
		return wrong_usage("--state goes with --dry-run");
	return OPTIONS_RUN;
}

static enum options_result take_request(struct run_options *options, int n, char **words)
{
	if (options->confirm)
		return n || options->all ? wrong_usage("--confirm stands alone")
					 : OPTIONS_RUN;
	if (options->rename)
		return take_rename(options, n);
	if (options->restore_files && !options->try.is_wanted)
		return wrong_usage("--restore-files goes with --try");
	if (options->service && !options->all)
		return wrong_usage("--service goes with -a");
	if (options->all)
		return take_option_all(options, n);
	if (n < 1)
		return wrong_usage("which interface?");
	if (n > 2 || (n == 2 && strcmp(words[1], "boot") != 0))
		return wrong_usage("one interface at a time, please");
	if (!*words[0])
		return wrong_usage("the interface's name is empty");
	if (options->state_file && !options->dry_run)
		return wrong_usage("--state goes with --dry-run");
	options->request = words[0];
	options->boot = n == 2;
	return OPTIONS_RUN;
}

/* getopt_long() itself reports options that it does not know. */
static const char *what_is_wrong(int option)
{
	if (option == OPT_ROLLBACK)
		return _("--rollback is auto, always or never");
	if (option == OPT_HOTPLUG)
		return _("--hotplug is the name of a network card");
	if (option == OPT_NAME_OF)
		return _("--name-of is the name or index of a network card");
	if (option == OPT_STEP)
		return _("--step is eth, post, aliases, routes or ipv6");
	return option == OPT_TRY ? _("--try is a number of seconds, or gateway") : NULL;
}

enum options_result options_parse(int argc, char **argv, const char *what,
				  bool takes_down, struct run_options *ret)
{
	int option;

	*ret = (struct run_options){ .model.sysconfig = "/etc/sysconfig",
				     .rundir = "/run/ifcfg-bond" };
	while ((option = getopt_long(argc, argv, "anvh", long_options, NULL)) != -1) {
		if (set_run_option(ret, option))
			continue;
		if (option == 'h')
			print_help(what, takes_down);
		else if (option == OPT_VERSION)
			puts("ifcfg-bond " VERSION);
		else
			return wrong_usage(what_is_wrong(option));
		return OPTIONS_DONE;
	}
	if (ret->keep_upper && !takes_down)
		return wrong_usage("--keep-upper is for ifdown");
	if (ret->hotplug && (takes_down || ret->service))
		return wrong_usage("--hotplug is for ifup, and stands alone");
	if (ret->rename && takes_down)
		return wrong_usage("--rename and --name-of are for ifup");
	return take_request(ret, argc - optind, argv + optind);
}
