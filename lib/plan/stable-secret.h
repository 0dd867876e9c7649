/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"

/**
 * stable_secret_make() - what the kernel needs for addresses of its mode stable-privacy
 * @machine_id: of this host, 32 digits
 *
 * The first half of the SHA-256 of "NAME MACHINE_ID", so the same whenever the link is made
 * again, and another one on each link and each host. It does not give the machine ID away.
 *
 * Return: as an IPv6 address, as the kernel reads it; NULL when memory is short.
 * Spec: RFC 7217; net.ipv6.conf.LINK.stable_secret in Linux ip-sysctl.rst.
 */
const char *stable_secret_make(struct arena *arena, const char *name,
			       const char *machine_id);
