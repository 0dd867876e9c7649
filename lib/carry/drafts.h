/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "lib/files/files.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/model/model.h"

/**
 * struct drafts - changes of ifcfg files and related files, until they are written
 * @arena: owns the texts
 * @options: how files are read; .drafts is always @list
 * @diag: receives what is wrong
 * @directory: of the files
 * @list: by name, each once; the last one has no name
 * @old: the former texts in the same order; NULL if there was no file
 * @is_locked, @lock_fd: nobody else can change the files; closed at the end
 */
struct drafts {
	struct arena *arena;
	struct model_options options;
	struct diag *diag;
	const char *directory;
	struct model_draft *list;
	const char **old;
	size_t n, cap, old_cap;
	bool is_locked;
	int lock_fd;
};

/* To be released in either case. */
void drafts_init(struct drafts *drafts, const struct model_options *options,
		 struct diag *diag);
void drafts_release(struct drafts *drafts);
#define _cleanup_drafts_ _cleanup_(drafts_release)

/* Lets others change the files from now on. */
void drafts_unlock(struct drafts *drafts);

/* The path of the file, for messages. */
const char *drafts_path(const struct drafts *drafts, const char *name);

/**
 * drafts_text() - the text of a file, including changes
 * @name: in the directory of the ifcfg files
 * @ret: NULL if there is no such file
 *
 * Return: 0; a negative errno, reported.
 */
int drafts_text(struct drafts *drafts, const char *name, const char **ret);

/* Sets the text of a file; NULL removes it. Return: 0; a negative errno, reported. */
int drafts_put(struct drafts *drafts, const char *name, const char *text);

/* The value of a key in a file, "" for none. Return: 0; a negative errno, reported. */
int drafts_get(struct drafts *drafts, const char *name, const char *key,
	       const char **ret);

/* Sets one key of a file; NULL removes it. Return: as above. */
int drafts_set(struct drafts *drafts, const char *name, const char *key,
	       const char *value);

/**
 * drafts_check() - whether the files would be valid
 * @request: as for model_load()
 *
 * Return: 0; -EINVAL or -ENOENT, reported.
 */
int drafts_check(struct drafts *drafts, const char *request);

/*
 * The content of unreadable files is unknown, so nothing that depends on it can be
 * written. Return: 0; -EIO if there are such files, reported.
 */
int drafts_judge_broken(struct drafts *drafts, struct ifcfg_dir *dir);

/**
 * drafts_write() - write the files, each atomically
 *
 * If one fails, those already written are restored.
 *
 * Return: 0; a negative errno, reported.
 */
int drafts_write(struct drafts *drafts);

/**
 * drafts_take_back() - restore the former files
 *
 * A file that somebody has changed meanwhile stays as it is, with a warning.
 *
 * Return: 0; -EBUSY if there was such a file; another negative errno, reported.
 */
int drafts_take_back(struct drafts *drafts);

/* Prints the files as they would be written. */

int drafts_show(const struct drafts *drafts, FILE *out);

/* Whether there is anything to write. */
bool drafts_is_empty(const struct drafts *drafts);
