/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/nm.h"

/* Appends a name and its value. */
void nm_add_pair(struct nm *nm, struct nm_pairs *pairs, const char *name,
		 const char *value);

/* Appends addresses, routes and name servers from the kernel: IP4.ADDRESS[1] … */
void nm_add_live(struct nm *nm, const struct snap_link *link, struct nm_pairs *pairs);
