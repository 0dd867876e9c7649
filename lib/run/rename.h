/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/*
 * Whether the run is to go on: ifup --rename gives network cards the names of the files, or
 * prints that of one card for udev, and is over. A stage as those in run.h.
 */
int run_rename(struct run *run);
