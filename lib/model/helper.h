/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/diag.h"

/* Unless HOOK_TIMEOUT says otherwise. */
#define HELPER_LIMIT_MS 300000

/*
 * What a helper has us do of an interface that is its own: all that is done for a card; what
 * comes behind the addresses; or a part of that, without hooks.
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

/* As the command line has them; NULL for STEP_NONE. */
extern const char *const helper_steps[STEP_COUNT];

/* What a helper that has brought an interface up leaves in the kernel. */
enum helper_leaves {
	HELPER_UNKNOWN, /* nobody can tell */
	HELPER_LINK,    /* a link of its name */
	HELPER_LATE,    /* a link later, or never: it ends before */
	HELPER_NOTHING, /* nothing: the interface is one within a switch */
};

/**
 * struct helper - programs of other packages that make an interface, and take it away
 * @pos: of the key that calls for them
 * @up, @down: their paths; @down may be NULL, and then there is nothing special to do
 * @limit_ms: how long they may take
 * @on: of a port of Open vSwitch, the bridge; else NULL
 * @is_run: it was run before the rest; @has_failed: in vain, which is told
 */
struct helper {
	struct pos pos;
	const char *up, *down;
	uint32_t limit_ms;
	enum helper_leaves leaves;
	const char *on;
	bool is_run, has_failed;
};

struct ifcfg;
struct loader;

/**
 * helper_find() - the helper that a file calls for
 * @is_ours: the file has signs of a bond, a VLAN … that we make ourselves
 * @ret: NULL when there is none, or none is needed
 *
 * One that is needed and not there, or that others than root can write, is an error, told.
 *
 * Return: 0, or -ENOMEM.
 * Spec: ifup of network-scripts.
 */
int helper_find(struct loader *loader, const struct ifcfg *file, bool is_ours,
		struct helper **ret);

/* Whether network-scripts left interfaces of that TYPE to a helper. */
bool helper_has_type(const char *type);
