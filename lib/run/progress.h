/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/* One line for each interface of a run of all of them, and how many there were. */
void progress_tell(const struct run *run);
