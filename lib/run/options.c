/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of ifup-bond and ifdown-bond, which is the same for both. */
#include "lib/run/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* Long options without a letter. */
enum {
	OPT_SYSCONFIG = 256,
	OPT_RUNDIR,
	OPT_STATE,
	OPT_STRICT,
	OPT_INSECURE,
	OPT_VERSION
};

static const struct option long_options[] = {
	{ "dry-run", no_argument, NULL, 'n' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "insecure", no_argument, NULL, OPT_INSECURE },
	{ "sysconfig", required_argument, NULL, OPT_SYSCONFIG },
	{ "rundir", required_argument, NULL, OPT_RUNDIR },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

static void print_usage(FILE *out)
{
	fprintf(out, "Usage: %s [OPTION]... INTERFACE [boot]\n",
		program_invocation_short_name);
}

static void print_help(const char *what)
{
	print_usage(stdout);
	printf("%s\n\n", what);
	fputs("INTERFACE is a device, the name of its file, a NAME= or a MAC address.\n"
	      "With 'boot', an interface that has ONBOOT=no is left alone.\n"
	      "\n"
	      "  -n, --dry-run        print the steps as commands, and change nothing\n"
	      "  -v, --verbose        tell each step\n"
	      "      --strict         take warnings for errors\n"
	      "      --insecure       read files that others than root can write\n"
	      "      --sysconfig DIR  read DIR/network and DIR/network-scripts/ifcfg-*\n"
	      "                       (default: /etc/sysconfig)\n"
	      "      --rundir DIR     remember in DIR what was made\n"
	      "                       (default: /run/ifcfg-bond)\n"
	      "      --state FILE     with --dry-run: take the kernel's state from FILE\n"
	      "  -h, --help           print this\n"
	      "      --version        print the version\n"
	      "\n"
	      "Exit status: 0 done, 1 something failed, 2 wrong usage, 4 not root,\n"
	      "6 not configured, or the configuration has errors.\n",
	      stdout);
}

static enum options_result wrong(const char *why)
{
	if (why)
		fprintf(stderr, "%s: %s\n", program_invocation_short_name, why);
	print_usage(stderr);
	return OPTIONS_WRONG;
}

/* Return: false for an option that is not a setting. */
static bool set_option(struct run_options *options, int option)
{
	switch (option) {
	case 'n':
		options->dry_run = true;
		return true;
	case 'v':
		options->verbose = true;
		return true;
	case OPT_STRICT:
		options->strict = true;
		return true;
	case OPT_INSECURE:
		options->model.insecure = true;
		return true;
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
		return false;
	}
}

static enum options_result take_words(struct run_options *options, int n, char **words)
{
	if (n < 1)
		return wrong("which interface?");
	if (n > 2 || (n == 2 && strcmp(words[1], "boot") != 0))
		return wrong("one interface at a time, please");
	if (!*words[0])
		return wrong("the interface's name is empty");
	if (options->state_file && !options->dry_run)
		return wrong("--state goes with --dry-run");
	options->request = words[0];
	options->boot = n == 2;
	return OPTIONS_RUN;
}

enum options_result options_parse(int argc, char **argv, const char *what,
				  struct run_options *ret)
{
	int option;

	*ret = (struct run_options){ .model.sysconfig = "/etc/sysconfig",
				     .rundir = "/run/ifcfg-bond" };
	while ((option = getopt_long(argc, argv, "nvh", long_options, NULL)) != -1) {
		if (set_option(ret, option))
			continue;
		if (option == 'h')
			print_help(what);
		else if (option == OPT_VERSION)
			puts("ifcfg-bond " VERSION);
		else
			return wrong(NULL);
		return OPTIONS_DONE;
	}
	return take_words(ret, argc - optind, argv + optind);
}
