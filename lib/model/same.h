/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct iface;

/**
 * iface_same() - whether two files come to the same interface
 * @a, @b: as iface_read() has filled them in
 *
 * Where it is written, in which words and in which order of keys makes no difference; nor
 * does an HWADDR that only one of them has.
 */
bool iface_same(const struct iface *a, const struct iface *b);

/* Whether both have the same addresses, or ask DHCP or routers for them. */
bool iface_same_addrs(const struct iface *a, const struct iface *b);
