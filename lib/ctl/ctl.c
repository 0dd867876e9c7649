/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of ifcfgctl: common options, a command, its own options and words. */
#include "lib/ctl/ctl.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/typo.h"
#include "lib/ctl/complete.h"

/* Long options; those of the command follow. */
enum { OPT_SYSCONFIG = 256, OPT_RUNDIR, OPT_STATE, OPT_INSECURE, OPT_VERSION, OPT_OWN };

static const struct option common_options[] = {
	{ "sysconfig", required_argument, NULL, OPT_SYSCONFIG },
	{ "rundir", required_argument, NULL, OPT_RUNDIR },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "insecure", no_argument, NULL, OPT_INSECURE },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
};

#define MAX_OWN_OPTIONS 32

static const char common_help[] =
	N_("      --sysconfig DIR  read DIR/network and DIR/network-scripts/ifcfg-*\n"
	   "                       (default: /etc/sysconfig)\n"
	   "      --rundir DIR     where ifup keeps its state\n"
	   "                       (default: /run/ifcfg-bond)\n"
	   "      --state FILE     take the kernel's state from FILE\n"
	   "      --insecure       read files that others than root can write\n"
	   "  -h, --help           print this, or of a command, what it takes\n"
	   "      --version        print the version\n");

/* ---- help ---- */

static void print_commands(const struct ctl_command *const *commands)
{
	print_line(stdout, "Usage: %s [OPTION]... COMMAND [WORD]...",
		   program_invocation_short_name);
	print_line(stdout, "See, check and carry over what ifcfg files say.");
	print_line(stdout, "%s", "");
	for (; *commands; commands++)
		print_line(stdout, "  %-10s %s", (*commands)->name, _((*commands)->what));
	print_line(stdout, "%s", "");
	print_text(stdout, _(common_help));
	print_line(stdout, "%s", "");
	print_line(stdout, "Exit status: see ifcfgctl(8).");
}

static void print_command_usage(const struct ctl_command *command, FILE *out)
{
	print_line(out, "Usage: %s %s%s%s%s", program_invocation_short_name,
		   command->name, command->options ? _(" [OPTION]...") : "",
		   *command->args ? " " : "", command->args);
}

static void print_command_help(const struct ctl_command *command)
{
	char spelling[64];

	print_command_usage(command, stdout);
	print_line(stdout, "%s", _(command->what));
	for (const struct ctl_option *option = command->options; option && option->name;
	     option++) {
		snprintf(spelling, sizeof(spelling), "--%s%s%s", option->name,
			 option->arg ? " " : "", option->arg ? option->arg : "");
		if (option == command->options)
			print_line(stdout, "%s", "");
		print_line(stdout, "      %-16s %s", spelling, _(option->what));
	}
	print_line(stdout, "%s", "");
	print_line(stdout, "For all commands:");
	print_text(stdout, _(common_help));
	print_line(stdout, "%s", "");
	print_line(stdout, "Example: %s %s", program_invocation_short_name,
		   command->example);
}

int ctl_usage(const struct ctl_command *command, const char *why)
{
	print_line(stderr, "%s: %s", program_invocation_short_name, _(why));
	print_command_usage(command, stderr);
	return EXIT_USAGE;
}

static void keep_error(const struct diag_line *line, void *arg)
{
	struct strbuf *out = arg;

	strbuf_release(out);
	if (line->pos.file && line->pos.line)
		strbuf_addf(out, "%s:%u: ", line->pos.file, line->pos.line);
	else if (line->pos.file)
		strbuf_addf(out, "%s: ", line->pos.file);
	strbuf_add(out, line->text);
}

void ctl_last_error(const struct ctl *ctl, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf last = STRBUF_EMPTY;

	diag_each(ctl->run.diag, DIAG_ERROR, keep_error, &last);
	strbuf_add(out, strbuf_text(&last));
}

/* ---- options ---- */

enum { GO_ON = -1 };

/* Return: GO_ON, or the exit status if the run is over. */
static int take_common(struct ctl *ctl, int option,
		       const struct ctl_command *const *commands,
		       const struct ctl_command *command)
{
	struct run_options *options = &ctl->run.options;

	switch (option) {
	case OPT_SYSCONFIG:
		options->model.sysconfig = optarg;
		return GO_ON;
	case OPT_RUNDIR:
		options->rundir = optarg;
		return GO_ON;
	case OPT_STATE:
		options->state_file = optarg;
		return GO_ON;
	case OPT_INSECURE:
		options->model.insecure = true;
		return GO_ON;
	case OPT_VERSION:
		puts("ifcfg-bond " VERSION);
		return EXIT_DONE;
	case 'h':
		command ? print_command_help(command) : print_commands(commands);
		return EXIT_DONE;
	default: /* getopt_long() has printed a message */
		return EXIT_USAGE;
	}
}

static int take_own(struct ctl *ctl, const struct ctl_command *command,
		    const struct ctl_option *option)
{
	if (!option->set) {
		if (strcmp(option->name, "json") == 0)
			language_off();
		*(bool *)((char *)ctl->settings + option->flag) = true;
		return GO_ON;
	}
	if (option->set(ctl->settings, optarg))
		return GO_ON;
	print_line(stderr, "%s: --%s: '%s' is not a valid %s",
		   program_invocation_short_name, option->name, optarg, option->arg);
	print_line(stderr, "    hint: --%s %s: %s", option->name, option->arg,
		   _(option->what));
	print_command_usage(command, stderr);
	return EXIT_USAGE;
}

/* The common options, followed by those of @command, unless that is NULL. */
static void list_options(
	const struct ctl_command *command,
	struct option list[static ARRAY_SIZE(common_options) + MAX_OWN_OPTIONS + 1])
{
	size_t n = ARRAY_SIZE(common_options);
	const struct ctl_option *own = command ? command->options : NULL;

	memcpy(list, common_options, sizeof(common_options));
	for (int i = 0; own && own[i].name && i < MAX_OWN_OPTIONS; i++)
		list[n++] = (struct option){ own[i].name,
					     own[i].arg ? required_argument : no_argument,
					     NULL, OPT_OWN + i };
	list[n] = (struct option){ 0 };
}

static const char *nth_option(size_t i, const void *arg)
{
	const struct option *list = arg;

	return list[i].name;
}

/* What is wrong with the option, getopt_long() has reported. */
static void hint_at_option(const struct option *list, const char *written)
{
	_cleanup_strbuf_ struct strbuf option = STRBUF_EMPTY;
	const char *nearest;
	size_t n = 0;

	if (strncmp(written, "--", 2) != 0)
		return;
	while (list[n].name)
		n++;
	nearest = typo_nearest(written + 2, n, nth_option, list);
	if (!nearest || strcmp(nearest, written + 2) == 0)
		return;
	strbuf_addf(&option, "--%s", nearest);
	print_line(stderr, "    hint: did you mean '%s'?", strbuf_text(&option));
}

/* Return: as for take_common(); optind is after the options. */
static int parse_options(struct ctl *ctl, int argc, char **argv, const char *letters,
			 const struct ctl_command *const *commands,
			 const struct ctl_command *command)
{
	struct option list[ARRAY_SIZE(common_options) + MAX_OWN_OPTIONS + 1];
	int option, r = GO_ON;

	list_options(command, list);
	optind = 0; /* getopt_long() is used again with another list */
	while (r == GO_ON &&
	       (option = getopt_long(argc, argv, letters, list, NULL)) != -1)
		r = command && option >= OPT_OWN
			    ? take_own(ctl, command, &command->options[option - OPT_OWN])
			    : take_common(ctl, option, commands, command);
	if (option == '?')
		hint_at_option(list, argv[optind - 1]);
	return r;
}

void ctl_each_option(void (*each)(const char *name, char letter, void *arg), void *arg)
{
	for (size_t i = 0; i < ARRAY_SIZE(common_options); i++) {
		const int val = common_options[i].val;

		each(common_options[i].name, (char)(val < OPT_SYSCONFIG ? val : 0), arg);
	}
}

/* ---- commands ---- */

static const char *nth_command(size_t i, const void *arg)
{
	const struct ctl_command *const *commands = arg;

	return commands[i]->name;
}

static const struct ctl_command *find_ctl_command(
	const struct ctl_command *const *commands, const char *name)
{
	const char *nearest;
	size_t n;

	for (n = 0; commands[n]; n++)
		if (strcmp(commands[n]->name, name) == 0)
			return commands[n];
	nearest = typo_nearest(name, n, nth_command, commands);
	print_line(stderr, "%s: no command '%s'", program_invocation_short_name, name);
	if (nearest)
		print_line(stderr, "    hint: did you mean '%s'?", nearest);
	else
		print_line(stderr, "    hint: --help lists them");
	return NULL;
}

/* Return: GO_ON, or the exit status; optind is after the options. */
static int parse_own_options(struct ctl *ctl, int argc, char **argv,
			     const struct ctl_command *const *commands,
			     const struct ctl_command *command)
{
	if (!command->takes_all)
		return parse_options(ctl, argc, argv, "h", commands, command);
	optind = 1;
	return GO_ON;
}

/* @argv[0] is the command's name. */
static int run_command(struct ctl *ctl, int argc, char **argv,
		       const struct ctl_command *const *commands,
		       const struct ctl_command *command)
{
	char *name = argv[0];
	int r, n;

	ctl->settings = memory_zeroed(1, command->settings_size + 1);
	run_prepare(&ctl->run);
	argv[0] = program_invocation_short_name; /* for what getopt_long() reports */
	r = parse_own_options(ctl, argc, argv, commands, command);
	argv[0] = name;
	if (r != GO_ON)
		return r;
	run_know_devices(&ctl->run);
	n = argc - optind;
	if (n < command->min_words)
		return ctl_usage(command, "there is a word missing");
	if (n > command->max_words)
		return ctl_usage(command, "there is a word too many");
	return command->run(ctl, n, argv + optind);
}

static int choose_command(struct ctl *ctl, int argc, char **argv,
			  const struct ctl_command *const *commands)
{
	const struct ctl_command *command;
	int r;

	if (argc > 2 && strcmp(argv[1], "--complete") == 0)
		return ctl_complete(ctl, argc - 2, argv + 2, commands);
	r = parse_options(ctl, argc, argv, "+h", commands, NULL);
	if (r != GO_ON)
		return r;
	if (optind == argc) {
		print_line(stderr, "%s: which command? --help lists them",
			   program_invocation_short_name);
		return EXIT_USAGE;
	}
	argc -= optind;
	argv += optind;
	command = find_ctl_command(commands, argv[0]);
	return command ? run_command(ctl, argc, argv, commands, command) : EXIT_USAGE;
}

static int begin_ctl(struct ctl *ctl)
{
	*ctl = (struct ctl){
		.run.state = STATE_NONE,
		.run.options = { .model.sysconfig = "/etc/sysconfig",
				 .rundir = "/run/ifcfg-bond",
				 .dry_run = true },
	};
	return file_open_standard() < 0 ? EXIT_FAILED : GO_ON;
}

/* Prints all messages. Return: the exit status. */
static int end_ctl(struct ctl *ctl, int status)
{
	if (file_flush_output() < 0 && status == EXIT_DONE)
		status = EXIT_FAILED;
	run_finish(&ctl->run);
	free(ctl->settings);
	return status == EXIT_DONE && memory_was_short() ? EXIT_FAILED : status;
}

int ctl_main(int argc, char **argv, const struct ctl_command *const *commands)
{
	struct ctl ctl;
	int r = begin_ctl(&ctl);

	return end_ctl(&ctl, r == GO_ON ? choose_command(&ctl, argc, argv, commands) : r);
}

int ctl_main_as(int argc, char **argv, const struct ctl_command *command)
{
	static const struct ctl_command *const none[] = { NULL };
	struct ctl ctl;
	int r = begin_ctl(&ctl);

	return end_ctl(&ctl,
		       r == GO_ON ? run_command(&ctl, argc, argv, none, command) : r);
}
