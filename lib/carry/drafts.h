/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "lib/model/ifcfg-dir.h"
#include "lib/model/model.h"

/**
 * struct drafts - changes of ifcfg files and those beside them, until they are written
 * @arena: owns the texts
 * @options: how files are read; .drafts is always @list
 * @diag: receives what is wrong
 * @directory: of the files
 * @list: by name, each once; the last one has no name
 * @old: what was there, in the same order; NULL where there was no file
 * @is_locked, @lock_fd: nobody else changes the files; closed with the rest
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

/* Return: 0; -ENOMEM. To be released either way. */
int drafts_init(struct drafts *drafts, const struct model_options *options,
		struct diag *diag);
void drafts_release(struct drafts *drafts);
#define _cleanup_drafts_ _cleanup_(drafts_release)

/* Others may change the files from now on. */
void drafts_unlock(struct drafts *drafts);

/* Where the file is, for messages. NULL when memory is short. */
const char *drafts_path(const struct drafts *drafts, const char *name);

/**
 * drafts_text() - a file as it is to be
 * @name: in the directory of the ifcfg files
 * @ret: NULL when there is none
 *
 * Return: 0; a negative errno, told.
 */
int drafts_text(struct drafts *drafts, const char *name, const char **ret);

/* Give a file that text, or, with NULL, take it away. Return: 0; a negative errno, told. */
int drafts_put(struct drafts *drafts, const char *name, const char *text);

/* The value that a key has in a file, "" for none. Return: 0; a negative errno, told. */
int drafts_get(struct drafts *drafts, const char *name, const char *key,
	       const char **ret);

/* Set one key of a file, or, with NULL, take it away. Return: as above. */
int drafts_set(struct drafts *drafts, const char *name, const char *key,
	       const char *value);

/**
 * drafts_check() - whether the files would do
 * @request: as of model_load()
 *
 * Return: 0; -EINVAL or -ENOENT, told; -ENOMEM.
 */
int drafts_check(struct drafts *drafts, const char *request);

/*
 * Reads all files, as they are to be; to be released.
 *
 * Return: 0; -EIO when the device of one failed, told; as ifcfg_dir_read().
 */
int drafts_read(struct drafts *drafts, struct ifcfg_dir *ret);

/**
 * drafts_write() - put the files down, each in one step
 *
 * When one fails, those that were written are as they were.
 *
 * Return: 0; a negative errno, told.
 */
int drafts_write(struct drafts *drafts);

/**
 * drafts_take_back() - put back what was there before
 *
 * A file that somebody has changed since stays as it is, with a warning.
 *
 * Return: 0; -EBUSY when there was such a file; another negative errno, told.
 */
int drafts_take_back(struct drafts *drafts);

/* Prints the files as they would be written. */
/* Return: 0; -ENOMEM. */
int drafts_show(const struct drafts *drafts, FILE *out);

/* Whether there is anything to write. */
bool drafts_is_empty(const struct drafts *drafts);
