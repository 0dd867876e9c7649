/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/addr.h"

/**
 * holder_find() - find the link of this host that has an address somebody answered for
 * @ifindex: not this one, which asked
 * @mac: of who answered; NULL if that is not known
 *
 * Return: its name, owned by the caller; NULL if there is none, or the answer came from another
 * host.
 */
char *holder_find(const struct ip *addr, int ifindex, const struct hwaddr *mac);
