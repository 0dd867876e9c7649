/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/diag.h"

/**
 * struct try_options - --try: what was done is kept only if somebody, or something, says so
 * @is_wanted: whether it was given
 * @wait_ms: for so long
 * @by_gateway: an answer of the gateway says it, too
 */
struct try_options {
	bool is_wanted;
	uint32_t wait_ms;
	bool by_gateway;
};

/* Reads "60" or "gateway". Return: 0, or -EINVAL. */
int try_parse(const char *text, struct try_options *ret);

/* Before anything is changed: what would end the run is put off until try_wait(). */
void try_prepare(void);

/* How a wait ended. */
enum try_end { TRY_KEPT, TRY_TIMED_OUT, TRY_INTERRUPTED };

/**
 * try_wait() - wait for Enter on a terminal, for try_confirm(), or for the gateway
 * @rundir: of the state
 * @gateway: its address as text, or NULL when there is none
 *
 * SIGHUP, SIGINT and SIGTERM end it, too.
 */
enum try_end try_wait(const struct try_options *options, const char *rundir,
		      const char *gateway, struct diag *diag);

/**
 * try_confirm() - tell the run that waits that all is well
 *
 * Return: 0; -ESRCH when none is waiting, -ETIMEDOUT when it does not answer, -ECANCELED
 * when it had come to its end otherwise; another negative errno (all told in @diag).
 */
int try_confirm(const char *rundir, struct diag *diag);
