/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/diag.h"

/* Unless HOOK_TIMEOUT is set. */
#define HELPER_LIMIT_MS 300000

/*
 * The steps that a helper can request for its own interface: everything that is done for
 * a card; what comes after the addresses; or part of that, without hooks.
 */
enum helper_step {
	STEP_NONE,
	STEP_ETH,
	STEP_POST,
	STEP_ALIASES,
	STEP_ROUTES,
	STEP_IPV6,
	STEP_COUNT
};

/* Their names on the command line; NULL for STEP_NONE. */
extern const char *const helper_steps[STEP_COUNT];

/* What exists in the kernel after a helper has brought an interface up. */
enum helper_leaves {
	HELPER_UNKNOWN, /* unknown */
	HELPER_LINK,    /* a link of its name */
	HELPER_LATE,    /* a link later, or never: the helper ends before */
	HELPER_NOTHING, /* nothing: the interface is inside a switch */
};

/**
 * struct helper - programs of other packages that create and remove an interface
 * @pos: of the key that requires them
 * @up, @down: their paths; @down may be NULL if there is nothing to do
 * @limit_ms: their time limit
 * @on: for a port of Open vSwitch, the bridge; else NULL
 */
struct helper {
	struct pos pos;
	const char *up, *down;
	uint32_t limit_ms;
	enum helper_leaves leaves;
	const char *on;
};
