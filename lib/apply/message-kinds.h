/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

struct nl_msg;

/*
 * Appends the kind of a link, and what else only its kind has, but for options of a driver.
 * @now: of a VLAN that exists, as it is: what differs is sent; else NULL
 *
 * Return: 0; a negative number if there is no room.
 */
int message_put_kind(struct nl_msg *msg, const struct snap_link *link,
		     const struct vlan *now);
