/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/run/run.h"

/*
 * The files of the last good run are kept in the run directory, so that --restore-files
 * can restore them: those of all interfaces after `ifup -a`, and from then on those of
 * single ones as well. Both functions handle the files of the run's interfaces.
 */

/* To be called after a run without failure. Its own failures are warnings. */
void files_keep(struct run *run);

/**
 * files_restore() - restore the kept files that differ from the present ones
 *
 * The files that this run has read are moved to "tried" in the run directory, which is
 * reported. Files that are newer than the last good run, and did not exist then, are
 * removed.
 */
void files_restore(struct run *run);
