/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"
#include "lib/snapshot/snapshot.h"

/**
 * struct state - what our runs made, and the right to change it
 * @dir: /run/ifcfg-bond unless a test says otherwise; borrowed
 * @lock_fd: held while the struct lives; -1 when only reading
 * @inner_fd: the lock for runs that programs of ours start; -1 as above
 * @level: how many runs this one is started by, one from the other
 * @text: the file's content, to know whether it has to be written
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
 * state_lock() - become the one run that changes things
 * @dir: created if missing
 *
 * Waits for another run, up to a minute, unless it is the one that started us: what it has
 * told us in our environment is the proof. From then on our own children are told.
 *
 * Return: 0; -EBUSY when the other run goes on (told with its process), -ELOOP when too
 * many runs have started one another; another negative errno, told in @diag.
 */
int state_lock(struct state *state, const char *dir, struct diag *diag);
/* state_release() does it, too. */
void state_unlock(struct state *state);

/**
 * state_lock_files() - become the one who changes ifcfg files
 * @dir: as above
 * @ret_fd: to be closed when they are written
 *
 * From reading them until then, or the change of another one is lost. It is a lock of its
 * own, so that files can be changed while a run goes on, and by its hooks.
 *
 * Return: 0; a negative errno, told in @diag, as of state_lock().
 */
int state_lock_files(const char *dir, struct diag *diag, int *ret_fd);

/**
 * state_admit() - from now on, what our children run may change things
 *
 * Until state_dismiss(), which waits for them, up to a minute; after that, the state has
 * to be loaded again.
 *
 * Return: 0; as state_lock().
 */
void state_admit(struct state *state);
int state_dismiss(struct state *state, struct diag *diag);

/**
 * state_load() - what earlier runs made
 * @ret: links, addresses and routes that are ours, freed with snapshot_free(); empty when
 *       there is no file, and, with a warning, when it cannot be understood
 *
 * Return: 0; -ENOMEM.
 */
int state_load(struct state *state, const char *dir, struct diag *diag,
	       struct snapshot **ret);

/**
 * state_save() - remember what is ours
 * @also: added to @made, or NULL: before a change, what is ours already and what will be
 *
 * The file is replaced in one step, and only when it differs: whoever is killed leaves
 * the old or the new one.
 *
 * Return: 0; a negative errno, told in @diag.
 */
int state_save(struct state *state, const struct snapshot *made,
	       const struct snapshot *also, struct diag *diag);

/**
 * state_bring_back() - what was ours of a link before a change that failed is ours again
 * @made: what would be ours had the change succeeded; borrows from @before from now on
 * @instead: and nothing else of the link is; else both are
 *
 * Return: 0, or -ENOMEM.
 */
int state_bring_back(struct snapshot *made, const struct snapshot *before,
		     const char *name, bool instead);

void state_release(struct state *state);
