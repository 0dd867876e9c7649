/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct iface;

/**
 * iface_same() - whether two files describe the same interface
 * @a, @b: as filled in by iface_read()
 *
 * Positions, spelling and the order of keys make no difference; nor does an HWADDR that
 * only one of them has.
 */
bool iface_same(const struct iface *a, const struct iface *b);

/* Whether both have the same addresses, or the same use of DHCP or routers for them. */
bool iface_same_addrs(const struct iface *a, const struct iface *b);
