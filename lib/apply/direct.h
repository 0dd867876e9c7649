/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/apply/step.h"
#include "lib/base/diag.h"

struct rtnl;

/**
 * direct_run() - do steps that are more than one rtnetlink change
 * @steps: one or more of the same kind, @n of them, done side by side; only those that
 *         are started count, and their replies are filled in
 * @diag: receives warnings about what could not be found out
 *
 * Return: 0; -ENOMEM; another negative errno when the rtnetlink socket failed.
 */
int direct_run(struct rtnl *rtnl, struct step *steps, size_t n, struct diag *diag);
