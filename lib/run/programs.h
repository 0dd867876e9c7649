/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct run;
struct snapshot;

/**
 * programs_find() - find out which programs that the files may need are installed
 * @now: receives them; a hook that others than root can write is omitted and reported
 * @hooks: whether hooks are looked for; verification needs none
 */
void programs_find(struct run *run, struct snapshot *now, bool hooks);

/**
 * run_before() - run what has to be run before the steps, until the plan is final
 *
 * Such programs may change anything and may run us again: they are given the lock, and
 * afterwards everything is looked at and planned again.
 *
 * Return: 0 to continue, or -1 if the run is over.
 */
int run_before(struct run *run);

/* Frees what is known of the programs that were run. */
void programs_forget(struct run *run);

/**
 * run_after() - run the programs that come after everything else
 *
 * Nothing is run for an interface that failed.
 *
 * Return: 0; a negative errno, reported.
 */
int run_after(struct run *run);
