/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/run/run.h"

/* The stages of a run, in order, each a file of its own; see struct run for what they return. */

int run_start(struct run *run, int argc, char **argv); /* command line, rights */

/* The rest of run_start(), for a program with a command line of its own. */
int run_begin(struct run *run);

/* From now on, files are found by the cards that exist; run_load() calls it itself. */
void run_know_devices(struct run *run);

int run_load(struct run *run);  /* files, bound to what the machine has -> want */
int run_look(struct run *run);  /* kernel, state -> have, made */
int run_plan(struct run *run);  /* all three -> plan */
int run_apply(struct run *run); /* plan -> kernel, and look whether it holds; or print */

/*
 * Runs load, look, plan and apply, each unless an earlier one failed. Return: whether
 * run_apply() was reached.
 */
bool run_through(struct run *run);

/* Repeats the stages look and plan. */
int run_renew(struct run *run);

/* Reports everything there is to report and frees all. Return: the exit status. */
int run_finish(struct run *run);

/* ---- for the stages themselves ---- */

/*
 * Whether there are any settings of name servers: otherwise the resolver does not matter.
 */
bool stage_has_dns(const struct run *run, const struct snapshot *made);

/*
 * Reads the kernel's state, which programs that the files may need are installed, and
 * what maintains the name servers. @made: what is ours at present. @verifies: nothing is
 * planned on it, so that hooks do not matter.
 */
int stage_look_again(struct run *run, const struct snapshot *made, bool verifies,
		     struct snapshot **ret);

/*
 * Before anything is done, also looks for other programs that may configure the same
 * links and, if the files depend on it, for the settings of new links.
 */
int stage_look_first(struct run *run);

/*
 * A plan made from the present state has to be empty; what is left over is reported. It may
 * find more than the first one did: an option that the driver lacks is noticed only when it is
 * not reported. Return: 0; a negative errno.
 */
int stage_verify(struct run *run);
