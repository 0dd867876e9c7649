/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

/**
 * ifcfg_find() - find the file that a request means, in the order of network-scripts
 * @request: a device, a file's name or path, NAME with or without "System ", or HWADDR
 *
 * Return: the file; NULL if there is none, or several fit: see ifcfg_not_found().
 */
const struct ifcfg *ifcfg_find(const struct ifcfg_dir *dir, const char *request);

/* Reports why. Return: -ENOENT; -EINVAL if several fit. */
int ifcfg_not_found(const struct ifcfg_dir *dir, const char *request, struct diag *diag);
