/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

#include "lib/base/arena.h"

/**
 * firewalld_ask() - in which zones it has links
 * @links: their names, @n of them
 * @zones: becomes the zone of each, owned by @arena; "" for one that is in none of its own
 *
 * It is not started for that, and one that cannot be asked counts as one that does not run.
 *
 * Return: 1; 0 when it does not run, @zones untouched; -ENOMEM.
 * Spec: firewalld.dbus(5).
 */
int firewalld_ask(const char *const *links, size_t n, struct arena *arena,
		  const char **zones);
