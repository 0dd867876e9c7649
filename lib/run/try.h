/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/diag.h"

/**
 * struct try_options - --try: changes are kept only if confirmed
 * @is_wanted: whether the option was given
 * @wait_ms: how long to wait
 * @by_gateway: an answer of the gateway is a confirmation, too
 */
struct try_options {
	bool is_wanted;
	uint32_t wait_ms;
	bool by_gateway;
};

/* Parses "60" or "gateway". Return: 0, or -EINVAL. */
int try_parse(const char *text, struct try_options *ret);

/*
 * To be called before changes: signals that would end the run are deferred until
 * try_wait().
 */
void try_prepare(void);

/* How a wait ended. */
enum try_end { TRY_KEPT, TRY_TIMED_OUT, TRY_INTERRUPTED };

/**
 * try_wait() - wait for Enter on a terminal, for try_confirm(), or for the gateway
 * @rundir: the directory of the state
 * @gateway: its address as text, or NULL if there is none
 *
 * SIGHUP, SIGINT and SIGTERM end the wait, too.
 */
enum try_end try_wait(const struct try_options *options, const char *rundir,
		      const char *gateway, struct diag *diag);

/**
 * try_confirm() - confirm the changes of a waiting run
 *
 * Return: 0; -ESRCH if none is waiting, -ETIMEDOUT if it does not answer, -ECANCELED if
 * it ended in another way; another negative errno (all reported in @diag).
 */
int try_confirm(const char *rundir, struct diag *diag);
