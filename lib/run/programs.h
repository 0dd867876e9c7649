/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;
struct snapshot;

/**
 * programs_find() - which programs are there of those that the files may need
 * @now: gets them; a hook that others than root can write is not there, which is told
 *
 * Return: 0; -ENOMEM.
 */
int programs_find(struct run *run, struct snapshot *now);

/**
 * run_before() - run what has to be run before the steps, until the plan is final
 *
 * What such programs do may change anything, and they may run us again: they are given the
 * lock, and afterwards everything is looked at and planned once more.
 *
 * Return: 0 to go on, or -1 when the run is over.
 */
int run_before(struct run *run);

/**
 * run_after() - run what is to be run when all else is done
 *
 * Nothing is run for an interface that failed.
 *
 * Return: 0; a negative errno, told.
 */
int run_after(struct run *run);
