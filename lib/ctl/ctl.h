/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/run/stages.h"

/**
 * struct ctl - one run of ifcfgctl
 * @run: for the stages of lib/run, as a dry run: .options has what all commands understand,
 *       .diag takes what there is to tell, which ctl_main() prints. A command that uses the
 *       stages sets .make_plan, .brings_back and .options.request before
 * @settings: what the command's own options said
 */
struct ctl {
	struct run run;
	void *settings;
};

struct completion;

/**
 * struct ctl_offer - what may stand in a place of the command line, for completion
 * @words: the last one is NULL; or NULL for none
 * @find: finds others, or NULL
 */
struct ctl_offer {
	const char *const *words;
	void (*find)(struct completion *completion);
};

/**
 * struct ctl_option - an option of one command
 * @name: without the dashes
 * @arg: what it takes, for --help; NULL for nothing
 * @what: for --help, one line
 * @flag: of an option that takes nothing, the offset of its bool in the settings
 * @set: of one that takes something: puts it into the settings, once for each time it is
 *       given. Return: false when it is none of what @arg may be
 * @offer: likewise, what may be given; NULL for anything
 */
struct ctl_option {
	const char *name, *arg, *what;
	size_t flag;
	bool (*set)(void *settings, const char *value);
	const struct ctl_offer *offer;
};

/**
 * struct ctl_command - a command of ifcfgctl
 * @args: its arguments besides options, for --help; "" for none
 * @what: one line for --help
 * @example: likewise, the words of a use of it
 * @first, @more: what its first word may be, and the others
 * @options: its own options; the last one has no name; or NULL
 * @settings_size: of the struct that @options write into, zeroed before; 0 for none
 * @min_words, @max_words: the permitted number of words
 * @takes_all: options are treated as words, which the command parses itself
 * @run: performs the command. Return: the exit status
 */
struct ctl_command {
	const char *name, *args, *what, *example;
	const struct ctl_offer *first, *more;
	const struct ctl_option *options;
	size_t settings_size;
	int min_words, max_words;
	bool takes_all;
	int (*run)(struct ctl *ctl, int n, char **words);
};

/* Any number of words. */
#define CTL_MANY 1000000

extern const struct ctl_command ctl_check;
extern const struct ctl_command ctl_diff;
extern const struct ctl_command ctl_drill;
extern const struct ctl_command ctl_report;
extern const struct ctl_command ctl_show;
extern const struct ctl_command ctl_status;
extern const struct ctl_command ctl_add;
extern const struct ctl_command ctl_apply;
extern const struct ctl_command ctl_set;
extern const struct ctl_command ctl_remove;
extern const struct ctl_command ctl_capture;
extern const struct ctl_command ctl_import;
extern const struct ctl_command ctl_export;
extern const struct ctl_command ctl_connection;
extern const struct ctl_command ctl_device;
extern const struct ctl_command ctl_nmcli; /* under the name nmcli */

/**
 * ctl_main() - find the command, parse its options, run it, and print its messages
 * @commands: the last one is NULL
 *
 * Return: the exit status.
 */
int ctl_main(int argc, char **argv, const struct ctl_command *const *commands);

/* For completion: the options that all commands have; @letter may be 0. */
void ctl_each_option(void (*each)(const char *name, char letter, void *arg), void *arg);

/* The same for a program that is one command under another name. */
int ctl_main_as(int argc, char **argv, const struct ctl_command *command);

/*
 * The device that @name means: that of the kernel, else of the file that ifup would use;
 * @name itself if there is none. In @arena; mistakes in the files are not reported.
 */
const char *ctl_device_of(struct ctl *ctl, const struct snapshot *have, const char *name,
			  struct arena *arena);

/* The path of the ifcfg file that ifup would take for @name, in @arena; NULL if there is none. */
const char *ctl_file_of(struct ctl *ctl, const char *name, struct arena *arena);

/* Appends "FILE:LINE: MESSAGE" of the latest error so far; nothing if there is none. */
void ctl_last_error(const struct ctl *ctl, struct strbuf *out);

/* Prints what ifup of @request, or of all for NULL, would do. Return: an exit status. */
int ctl_print_plan(struct ctl *ctl, const char *request);

/* Reports why the command line is wrong, with the correct usage. Return: EXIT_USAGE. */
int ctl_usage(const struct ctl_command *command, const char *why);
