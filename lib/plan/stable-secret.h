/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"

/**
 * stable_secret_make() - make the secret for the kernel's addresses of mode
 * stable-privacy
 * @machine_id: of this host, 32 digits
 *
 * It is the first half of the SHA-256 of "NAME MACHINE_ID": the same whenever the link is
 * created again, and different for each link and each host. It does not reveal the
 * machine ID.
 *
 * Return: in the form of an IPv6 address, as the kernel reads it. Spec: RFC 7217; net.ipv6.conf.LINK.stable_secret in Linux ip-sysctl.rst.
 */
const char *stable_secret_make(struct arena *arena, const char *name,
			       const char *machine_id);
