/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/model/helper.h"

struct ifcfg;
struct loader;

/**
 * helper_find() - find the helper that a file needs
 * @is_ours: the file has signs of a bond, a VLAN … that we make ourselves
 * @ret: NULL if there is none, or none is needed
 *
 * A helper that is needed and missing, or that others than root can write, is an error,
 * which is reported.
 *
 * Spec: ifup of network-scripts.
 */
int helper_find(struct loader *loader, const struct ifcfg *file, bool is_ours,
		struct helper **ret);

/* Whether network-scripts left interfaces of that TYPE to a helper. */
bool helper_has_type(const char *type);
