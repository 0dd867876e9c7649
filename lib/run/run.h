/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/kept.h"
#include "lib/model/model.h"
#include "lib/plan/plan.h"
#include "lib/run/devices.h"
#include "lib/run/options.h"
#include "lib/snapshot/snapshot.h"
#include "lib/state/state.h"

struct rtnl;
struct queue;
struct service;

/* Exit status, with the numbers of LSB for init scripts. */
enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_NOT_ROOT = 4,
	EXIT_CONFIG = 6,
};

/**
 * struct run - one run of ifup-bond or ifdown-bond
 * @what: one sentence for --help
 * @make_plan: plan_up or plan_down
 * @secrets: values of the files that must not be shown
 * @brings_back: interfaces that went down with this one come back with it
 * @bringing: the progress text for each interface with -a: "Bringing up"
 * @files: the files read, with @brings_back
 * @needs_all: a part of the kernel's state was not enough
 * @result: of applying the plan
 * @print_plan: prints the plan of a dry run; NULL for plan_print()
 * @before: before() of the struct apply_observer that watches the steps; NULL for none
 * @n_left_over: number of steps that are not in effect
 * @ran: programs that were run, for the plans that follow
 * @helper_failed: a helper that runs before the steps failed
 * @has_unsafe_hook: a hook is not run because others than root can write it
 * @status: the exit status, once a stage has ended the run
 *
 * A stage returns 0 to continue, or -1 if the run is over.
 */
struct run {
	const char *what;
	int (*make_plan)(const struct model *want, const struct snapshot *have,
			 const struct snapshot *made, struct diag *diag,
			 struct plan **ret_plan);
	bool brings_back;
	bool needs_all;
	const char *bringing;
	struct run_options options;
	struct devices devices;
	int status;
	char *driver; /* the bonding driver's parameters */
	struct diag *diag;
	struct secrets *secrets;
	struct rtnl *rtnl;
	struct service *service; /* with --service */
	struct queue *queue;     /* with --hotplug */
	struct state state;
	const struct model *want;
	struct snapshot *have;
	struct snapshot *made;
	struct kept files;
	struct plan *plan;
	int (*print_plan)(const struct run *run);
	int (*before)(const struct plan_op *op, void *arg);
	struct apply_result result;
	size_t n_left_over;
	struct snap_ran_for *ran;
	bool helper_failed, has_unsafe_hook;
};

/* Begins a run by preparing the place of its messages. */
void run_prepare(struct run *run);

/* Ends the run before its next stage, with this exit status. Return: -1. */
int run_stop(struct run *run, int status);

/*
 * The same if there is an @error: the stage that failed with it has reported why. Return: 0 or -1.
 */
int run_over(struct run *run, int error, int status);

/* Opens .rtnl. Return: 0; a negative errno, reported. */
int run_open_rtnl(struct run *run);

/* Reports that the machine's links could not be looked up, for .devices.error. */
void run_tell_unseen(struct run *run);

/* The messages that are printed. */
enum diag_grade run_least_grade(const struct run *run);

/* Shows a step that begins; for a struct apply_observer. Return: 0. */
int run_tell_step(const struct plan_op *op, void *arg);

/* Whether an owner of the plan did not come up, or go down, as requested. */
bool run_has_failed(const struct run *run, size_t owner);
