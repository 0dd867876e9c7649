/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/apply/step.h"

struct direct_env;

/* Steps that only wait for something outside, any number of them side by side. */
struct waits;

/* Whether this kind of step is one of them. */
bool waits_has(enum plan_op_kind kind);

/* @env: borrowed. */
struct waits *waits_new(const struct direct_env *env);
void waits_free(struct waits *waits);

static inline void waits_freep(struct waits **waits)
{
	waits_free(*waits);
}
#define _cleanup_waits_ _cleanup_(waits_freep)

/**
 * waits_begin() - start waiting for one more step
 * @step: borrowed; its .is_over is set at the end, and its reply has the outcome
 */
int waits_begin(struct waits *waits, struct step *step);

/* The same, for each kind. */
int waits_begin_link(struct waits *waits, struct step *step);
int waits_begin_probe(struct waits *waits, struct step *step);
int waits_begin_lease(struct waits *waits, struct step *step);
int waits_begin_dad(struct waits *waits, struct step *step);

/**
 * waits_look() - check once everything that is waited for
 *
 * To be called many times a second.
 *
 * Return: 0; another negative errno if the rtnetlink socket failed.
 */
int waits_look(struct waits *waits);
