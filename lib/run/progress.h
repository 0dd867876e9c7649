/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/* Prints one line for each interface of a run of all of them, and their number. */
void progress_tell(const struct run *run);
