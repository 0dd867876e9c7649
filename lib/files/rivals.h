/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

/**
 * rivals_settle() - decide which of several files for one device is read
 * @dir: its index by FIND_DEVICE has been made, and all names in its files are resolved
 *
 * If the choice is clear, the others become ignored, with .instead set, and a warning
 * about each is added to the messages of the file that is read. If it is not clear, all
 * of them stay.
 */
void rivals_settle(struct ifcfg_dir *dir);
