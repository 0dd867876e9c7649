/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/apply/step.h"
#include "lib/base/diag.h"

struct rtnl;

struct apply_observer;

/* The environment of such steps. @observer may be NULL. */
struct direct_env {
	struct rtnl *rtnl;
	const struct apply_observer *observer;
	struct diag *diag;
};

/**
 * direct_run() - do steps that are more than one rtnetlink change, and wait for nothing
 * @steps: one or more of the same kind, @n of them, done side by side; only those that
 *         are started count, and their replies are filled in
 *
 * Warnings about what could not be found out go to @env->diag.
 *
 * Return: 0; another negative errno when the rtnetlink socket failed.
 */
int direct_run(const struct direct_env *env, struct step *const *steps, size_t n);

/* Short steps: loading the driver, announcing addresses, running a program. */
int module_load_run(const struct direct_env *env, struct step *const *steps, size_t n);
int addr_announce_run(const struct direct_env *env, struct step *const *steps, size_t n);
int programs_run(const struct direct_env *env, struct step *const *steps, size_t n);
