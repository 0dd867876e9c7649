/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/arena.h"

/**
 * firewalld_ask() - ask for the zones of links
 * @links: @n names
 * @zones: receives the zone of each, owned by @arena; "" if it has none of its own
 *
 * firewalld is not started for this, and counts as not running if it cannot be asked.
 *
 * Return: 1; 0 if it is not running, @zones untouched. Spec: firewalld.dbus(5).
 */
int firewalld_ask(const char *const *links, size_t n, struct arena *arena,
		  const char **zones);
