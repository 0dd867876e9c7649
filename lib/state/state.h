/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"
#include "lib/snapshot/snapshot.h"

/**
 * struct state - what our runs made, and the right to change it
 * @dir: /run/ifcfg-bond, except in tests; borrowed
 * @lock_fd: held as long as the struct lives; -1 when only reading
 * @inner_fd: the lock for runs that our programs start; -1 as above
 * @level: the number of runs above this one, each started by the previous one
 * @text: the file's content, to know whether it needs writing
 */
struct state {
	const char *dir;
	int lock_fd, inner_fd;
	unsigned int level;
	char *text;
};

#define STATE_NONE                             \
	{                                      \
		.lock_fd = -1, .inner_fd = -1, \
	}

/**
 * state_lock() - become the one run that makes changes
 * @dir: created if missing
 *
 * Waits up to a minute for another run, unless it is the one that started us: its entry
 * in our environment proves that. From then on our own children have such an entry.
 *
 * Return: 0; -EBUSY if the other run does not end (reported with its process), -ELOOP if
 * too many runs have started one another; another negative errno, reported in @diag.
 */
int state_lock(struct state *state, const char *dir, struct diag *diag);
/* state_release() does this as well. */
void state_unlock(struct state *state);

/**
 * state_lock_files() - become the one that changes ifcfg files
 * @dir: as above
 * @ret_fd: to be closed once they are written
 *
 * The lock is to be held from reading the files until then, or another program's change
 * could be lost. It is a separate lock, so that files can be changed during a run, and by
 * its hooks.
 *
 * Return: 0; a negative errno, reported in @diag, as for state_lock().
 */
int state_lock_files(const char *dir, struct diag *diag, int *ret_fd);

/**
 * state_admit() - let the programs that we run make changes
 *
 * This lasts until state_dismiss(), which waits up to a minute for them; the state has to
 * be loaded again after that.
 */
void state_admit(struct state *state);
int state_dismiss(struct state *state, struct diag *diag);

/**
 * state_load() - what earlier runs made
 * @ret: links, addresses and routes that are ours, freed with snapshot_free(); empty when
 *       there is no file, and, with a warning, when it cannot be understood
 */
int state_load(struct state *state, const char *dir, struct diag *diag,
	       struct snapshot **ret);

/*
 * The same, but empty unless the file has the word @word in it: it may be the record of
 * thousands of links.
 */
int state_load_if(struct state *state, const char *dir, const char *word,
		  struct diag *diag, struct snapshot **ret);

/**
 * state_save() - save what is ours
 * @also: added to @made, or NULL: before a change, both what is ours already and what
 * will be
 *
 * The file is replaced atomically, and only if it differs: a run that is killed leaves
 * either the old or the new one.
 *
 * Return: 0; a negative errno, reported in @diag.
 */
int state_save(struct state *state, const struct snapshot *made,
	       const struct snapshot *also, struct diag *diag);

/**
 * state_bring_back() - restore what was ours of a link before a change that failed
 * @made: what would be ours if the change had succeeded; borrows from @before from now on
 * @instead: drop everything else of the link; otherwise both are kept
 */
void state_bring_back(struct snapshot *made, const struct snapshot *before,
		      const char *name, bool instead);

void state_release(struct state *state);
