/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/ctl/complete.h"
#include "lib/model/find.h"

/* struct write_settings - the options of commands that write files; first in their own */
struct write_settings {
	bool dry_run, strict, up;
	struct try_options try;
};

bool write_set_try(void *settings, const char *value);

/* What they say in --help and what they set. */
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

/* Whether the options go together; else tells. */
bool write_settings_judge(const struct ctl_command *command,
			  const struct write_settings *settings);

/**
 * write_begin() - begin to change files
 * @writes: whether they are to be written: then nobody else changes them meanwhile
 * @drafts: to be released in any case
 *
 * Return: 0; a negative errno, told but for -ENOMEM.
 */
int write_begin(struct ctl *ctl, bool writes, struct drafts *drafts);

/* A function of lib/carry/ failed with that, and has told. Return: the exit status. */
int write_failed(struct ctl *ctl, int error);

/* Whether the files would do for @request. Return: 0; -EINVAL or -ENOENT, told; -ENOMEM. */
int write_check(struct ctl *ctl, struct drafts *drafts, bool strict, const char *request);

/**
 * write_finish() - check the files, put them down, and bring the interface up if wanted
 * @request: the interface that they are checked for, and that comes up; NULL for all
 *
 * What cannot be brought up, or was tried in vain, is taken out of the files, too; what
 * failed half-way stays in them.
 *
 * Return: the exit status.
 */
int write_finish(struct ctl *ctl, struct drafts *drafts,
		 const struct write_settings *settings, const char *request);

/* Whether changing the network is allowed; else tells. */
bool write_may_change(struct ctl *ctl);

/* Return: 0; -EINVAL where a file would be replaced (told). */
int write_judge_old(const struct drafts *drafts);

/* The kernel's state, or that of --state. Return: 0; a negative errno, told. */
int write_look(struct ctl *ctl, struct snapshot **ret);

/* The device of the file that is meant by @request, else the kernel's name for it. */
const char *write_device(const struct ifcfg_dir *dir, const char *request);

/**
 * write_set_words() - set keys as "KEY=VALUE", or take them away, as "KEY="
 * @file: its name in the directory
 *
 * Return: 0; -EINVAL, told for each that is wrong; another negative errno, told.
 */
int write_set_words(struct drafts *drafts, const char *file, int n,
		    const char *const *words);
