/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/ctl/complete.h"
#include "lib/files/find.h"
#include "lib/run/bind.h"

/*
 * struct write_settings - the options of commands that write files; first in their own
 * settings
 */
struct write_settings {
	bool dry_run, strict, up;
	struct try_options try;
};

bool write_set_try(void *settings, const char *value);

/* The entries for --help and for parsing. */
#define WRITE_OPTIONS                                                                \
	{ .name = "dry-run",                                                         \
	  .what = N_("print the files, and write nothing"),                          \
	  .flag = offsetof(struct write_settings, dry_run) },                        \
		{ .name = "strict",                                                  \
		  .what = N_("write nothing if there is as much as a warning"),      \
		  .flag = offsetof(struct write_settings, strict) },                 \
		{ .name = "up",                                                      \
		  .what = N_("bring it up at once"),                                 \
		  .flag = offsetof(struct write_settings, up) },                     \
	{                                                                            \
		.name = "try", .arg = "HOW",                                         \
		.what = N_("with --up: roll back all, files too, unless confirmed"), \
		.set = write_set_try, .offer = &offer_try                            \
	}

/* Whether the options can be combined; otherwise reports it. */
bool write_settings_judge(const struct ctl_command *command,
			  const struct write_settings *settings);

/**
 * write_begin() - begin to change files
 * @writes: the files will be written: then others are kept from changing them meanwhile
 * @drafts: to be released in any case
 *
 * Return: 0; a negative errno, reported.
 */
int write_begin(struct ctl *ctl, bool writes, struct drafts *drafts);

/*
 * A function of lib/carry/ failed with @error, which it has reported. Return: the exit
 * status.
 */
int write_failed(int error);

/* drafts_check() that knows of the machine what matters. */
int write_judge(struct ctl *ctl, struct drafts *drafts, const char *request);

/*
 * Reads all files including changes; to be released.
 *
 * Return: 0; -EIO if a device failed, reported; as for ifcfg_dir_read().
 */
int write_read(struct ctl *ctl, struct drafts *drafts, struct ifcfg_dir *ret);

/*
 * Whether the files would be valid for @request. Return: 0; -EINVAL or -ENOENT, reported.
 */
int write_check(struct ctl *ctl, struct drafts *drafts, bool strict, const char *request);

/**
 * write_finish() - check and write the files, and bring the interface up on request
 * @request: the interface that they are checked for, and that comes up; NULL for all
 *
 * If it cannot be brought up, or --try is not confirmed, the files are restored, too;
 * after a partial failure they stay.
 *
 * Return: the exit status.
 */
int write_finish(struct ctl *ctl, struct drafts *drafts,
		 const struct write_settings *settings, const char *request);

/* Whether we may change the network; otherwise reports it. */
bool write_may_change(struct ctl *ctl);

/* Return: 0; -EINVAL if a file would be replaced (reported). */
int write_judge_old(const struct drafts *drafts);

/* The kernel's state, or that of --state. Return: 0; a negative errno, reported. */
int write_look(struct ctl *ctl, struct snapshot **ret);

/* The device of the file that @request means, else the kernel's name for it. */
const char *write_device(struct ctl *ctl, const struct ifcfg_dir *dir,
			 const char *request);

/**
 * write_set_words() - set keys given as "KEY=VALUE", or remove them, given as "KEY="
 * @file: its name in the directory
 *
 * Return: 0; -EINVAL, each mistake being reported; another negative errno, reported.
 */
int write_set_words(struct drafts *drafts, const char *file, int n,
		    const char *const *words);
