/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"

/**
 * struct queue - names that wait for a run, one file each
 *
 * A burst of fifty cards starts fifty programs. Each adds its name and waits for its
 * turn; the first one takes all names that are there by then, and the programs whose
 * names were taken are done. A name that is added again meanwhile gets a new file, so
 * that none is lost.
 */
struct queue;

/* queue_free() accepts NULL, and lets the next program continue. */
void queue_new(struct queue **ret);
void queue_free(struct queue *queue);

/* Adds a name that is not in a file. */
void queue_add(struct queue *queue, const char *name);

/**
 * queue_take() - add a name, wait, and take all that are there
 * @dir: the directory of the state; created if missing
 *
 * The result is empty if another run has taken @name as well.
 *
 * Return: 0; a negative errno, reported in @diag.
 */
int queue_take(struct queue *queue, const char *dir, const char *name, struct diag *diag);

/* The list ends with NULL. */
const char *const *queue_names(const struct queue *queue);
