/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/model/addr.h"

/* A socket for it. Return: a descriptor; a negative errno. */
int neighbour_open(void);

/**
 * neighbour_announce() - tell all nodes of a link that the IPv6 address is there
 *
 * @is_router: the link forwards; neighbours that route through us must be told so again
 *
 * One unsolicited neighbour advertisement, which overrides what they have in mind. One that
 * is not in use yet is passed over.
 *
 * Return: 0; a negative errno.
 * Spec: RFC 4861 sections 4.4 and 7.2.6.
 */
int neighbour_announce(int fd, int ifindex, const struct ip *addr, bool is_router);
