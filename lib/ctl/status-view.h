/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/status.h"

struct ctl;

/* As the terminal, the locale and NO_COLOR have it; what is no terminal has no width. */
struct status_style status_style_of(int fd);

/**
 * status_watch() - show it again whenever something changes, for good
 * @take: makes a new one. Return: 0; a negative errno
 *
 * On a terminal the picture is drawn anew, with the latest fail-overs below it; else it is
 * printed once, and behind it a line for each fail-over.
 *
 * Return: a negative errno.
 */
int status_watch(struct ctl *ctl, int (*take)(struct ctl *ctl, struct status **ret));
