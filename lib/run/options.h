/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/apply/apply.h"
#include "lib/model/model.h"
#include "lib/run/try.h"

/**
 * struct run_options - the command line
 * @model: where and how the files are read
 * @rundir: the directory of our state
 * @state_file: a text to use as the kernel's state; NULL: the kernel itself
 * @request: the interface as the user names it; NULL for all
 * @rollback: when a failure undoes the steps of its interface
 * @diff: a dry run whose exit status says whether there is anything to do
 * @try: whether and how the changes have to be confirmed
 * @confirm: confirm a waiting run, and do nothing else
 * @service: with @all: the network service brings them up or takes them down
 * @status: a dry run that only lists them
 * @restore_files: the files are rolled back as well
 * @print_keys: only print the file's assignments, for a shell
 * @boot: the legacy second word: ONBOOT=no interfaces are skipped
 * @hotplug: a network card that has appeared; with @all; NULL for none
 * @rename: network cards get the names of the files, and nothing else; @rename_card: the name
 *          of this one is printed, for udev, which gives it; NULL for all
 * @keep_upper: for ifdown: refuse if something is stacked on the interface
 */
struct run_options {
	struct model_options model;
	const char *rundir;
	const char *state_file;
	const char *request, *hotplug, *rename_card;
	enum apply_rollback rollback;
	struct try_options try;
	bool restore_files, confirm, print_keys, rename;
	bool all, service, status, boot;
	bool keep_upper;
	bool dry_run, diff, verbose, strict;
};

/* For completion: the options of ifup, or of ifdown; @letter may be 0. */
void options_each(bool takes_down, void (*each)(const char *name, char letter, void *arg),
		  void *arg);

enum options_result { OPTIONS_RUN, OPTIONS_DONE, OPTIONS_WRONG };

/**
 * options_parse() - read the command line
 * @what: what the program does to an interface, for --help
 * @takes_down: this is ifdown, which has one more option
 *
 * Prints help and version on request, and reports errors.
 *
 * Return: whether to continue, to stop because all is done, or to stop with a usage
 * error.
 */
enum options_result options_parse(int argc, char **argv, const char *what,
				  bool takes_down, struct run_options *ret);
