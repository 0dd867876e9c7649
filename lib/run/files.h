/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/run/run.h"

/*
 * The files of the last good run are kept in the run directory, so that --restore-files can
 * put them back: those of all interfaces after `ifup -a`, and from then on those of single
 * ones, too. Both functions mean the files of the run's interfaces.
 */

/* After a run without failure. What goes wrong is a warning. */
void files_keep(struct run *run);

/**
 * files_restore() - put the kept ones back where they differ from what is there
 *
 * What is there goes into the run directory, below "tried", and is told of. What no good run
 * had is taken away.
 */
void files_restore(struct run *run);
