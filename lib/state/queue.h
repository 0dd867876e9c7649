/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"

/**
 * struct queue - names that wait for a run, in files of their own
 *
 * A burst of fifty cards starts fifty programs. Each puts its name in and waits for its turn;
 * the first one takes all names that are there by then, and those whose name was taken are
 * done. A name that comes again meanwhile has a file again, so that none is lost.
 */
struct queue;

/* Return: 0; -ENOMEM. queue_free() accepts NULL, and lets the next one go on. */
int queue_new(struct queue **ret);
void queue_free(struct queue *queue);

/* One name more, which is in no file. Return: 0; -ENOMEM. */
int queue_add(struct queue *queue, const char *name);

/**
 * queue_take() - put a name in, wait, and take all that are there
 * @dir: where the state is; made if it is missing
 *
 * There are none afterwards if another run has taken @name along.
 *
 * Return: 0; a negative errno, told in @diag.
 */
int queue_take(struct queue *queue, const char *dir, const char *name, struct diag *diag);

/* The last one is NULL. */
const char *const *queue_names(const struct queue *queue);
