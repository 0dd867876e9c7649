/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/apply/apply.h"
#include "lib/model/model.h"
#include "lib/run/try.h"

/**
 * struct run_options - the command line
 * @model: where and how the files are read
 * @rundir: where what we made is remembered
 * @state_file: kernel state as text, instead of the kernel's own; NULL: the kernel's
 * @request: the interface as the user names it; NULL for all
 * @rollback: when a failure has the steps of its interface undone
 * @diff: a dry run whose exit status says whether there is anything to do
 * @try: whether somebody has to say that it works
 * @confirm: that is to be said now, and nothing else
 * @service: with @all: it is the network service that brings them up or takes them down
 * @status: a dry run that only lists them
 * @restore_files: what is tried in vain is taken out of the files, too
 * @print_keys: the file's assignments, for a shell, and nothing else
 * @boot: the legacy second word: ONBOOT=no means not now
 * @hotplug: a network card that has appeared; with @all; NULL for none
 * @keep_upper: of ifdown: not if something stands on the interface
 */
struct run_options {
	struct model_options model;
	const char *rundir;
	const char *state_file;
	const char *request, *hotplug;
	enum apply_rollback rollback;
	struct try_options try;
	bool restore_files, confirm, print_keys;
	bool all, service, status, boot;
	bool keep_upper;
	bool dry_run, diff, verbose, strict;
};

enum options_result { OPTIONS_RUN, OPTIONS_DONE, OPTIONS_WRONG };

/**
 * options_parse() - read the command line
 * @what: what the program does to an interface, for --help
 * @takes_down: it is ifdown, which has an option more
 *
 * Prints help and version when they are asked for, and what is wrong when it is.
 *
 * Return: whether to go on, to stop because all is said, or to stop with a usage error.
 */
enum options_result options_parse(int argc, char **argv, const char *what,
				  bool takes_down, struct run_options *ret);
