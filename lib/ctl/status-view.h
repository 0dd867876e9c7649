/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/status.h"

struct ctl;

/* By the terminal, the locale and NO_COLOR; without a terminal there is no width. */
struct status_style status_style_of(int fd);

/**
 * status_watch() - show the status again whenever something changes, without end
 * @take: takes a new one. Return: 0; a negative errno
 *
 * On a terminal the picture is redrawn, with the latest failovers below it; otherwise it
 * is printed once, followed by a line for each failover.
 *
 * Return: a negative errno.
 */
int status_watch(struct ctl *ctl, int (*take)(struct ctl *ctl, struct status **ret));
