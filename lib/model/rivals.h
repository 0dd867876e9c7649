/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/ifcfg-dir.h"

/* Whether a file name, as "ens1-backup" or "ens1 (copy)", is that of a copy put aside. */
bool rivals_is_copy(const char *name);

/**
 * rivals_settle() - which of several files for one device is read
 * @dir: its index by FIND_DEVICE is made, and all names in its files are resolved
 *
 * Where the choice is clear, the others become ignored, with their .instead set, and a
 * warning about each is among the findings of the file that is read. Files of which none is
 * clearly meant all stay.
 *
 * Return: 0, or -ENOMEM.
 */
int rivals_settle(struct ifcfg_dir *dir);
