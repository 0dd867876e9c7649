/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/model/addr.h"

/* Opens a socket for it. Return: a descriptor; a negative errno. */
int neighbour_open(void);

/**
 * neighbour_announce() - announce an IPv6 address to all nodes of a link
 *
 * @is_router: the link forwards; neighbours that route through us need this flag
 *
 * Sends one unsolicited neighbour advertisement, which overrides what the neighbours have
 * cached. An address that is not in use yet is skipped.
 *
 * Return: 0; a negative errno. Spec: RFC 4861 sections 4.4 and 7.2.6.
 */
int neighbour_announce(int fd, int ifindex, const struct ip *addr, bool is_router);
