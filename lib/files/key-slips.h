/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/files/ifcfg-dir.h"

/*
 * Whether a missing key occurs with a typo, which is reported with the other keys.
 * iface_is_lost(): or occurs, but is not in force, which is reported, too.
 */
bool iface_has_slip(const struct shellvars *vars, const char *key);
bool iface_is_lost(const struct ifcfg *file, const char *key);

/*
 * Whether a file is useless without that key, which was meant by a key with @value. In
 * all other cases, the interface comes up as with network-scripts.
 */
bool iface_needs_key(const struct shellvars *vars, const char *key, const char *value);
