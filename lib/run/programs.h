/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

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
