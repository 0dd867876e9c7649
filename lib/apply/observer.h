/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

struct plan_op;

/**
 * struct apply_observer - callbacks during the steps, which may interfere
 * @before: called with each step about to be tried, its undo steps included; a negative
 *          errno makes it fail with that (tests force failures this way). May be NULL.
 * @waiting: called once for a link that has kept the run waiting for a second; @why says
 *           what it lacks, @limit_ms how long it is waited for, or 0. May be NULL.
 * @leased: called when a DHCP client has a lease, or with @why not: the text after
 *          "failed". May be NULL.
 */
struct apply_observer {
	int (*before)(const struct plan_op *op, void *arg);
	void (*waiting)(const struct plan_op *op, const char *why, int64_t limit_ms,
			void *arg);
	void (*leased)(const struct plan_op *op, const char *why, void *arg);
	void *arg;
};
