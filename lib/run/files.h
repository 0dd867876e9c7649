/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/run/run.h"

/*
 * The files of the last good run are kept in the run directory, so that --restore-files can
 * put them back: those of all interfaces after `ifup -a`, and from then on those of single
 * ones, too. Both functions mean the files of the run's interfaces.
 */

/* For model_options.seen, with the run as its argument. */
void files_seen(const char *path, const struct stat *st, const char *text, size_t len,
		void *arg);

/* After a run without failure. What goes wrong is a warning. */
void files_keep(struct run *run);

/**
 * files_restore() - put the kept ones back where they differ from what is there
 *
 * What this run has read goes into the run directory, below "tried", and is told of. What is
 * younger than the last good run, and was not there, is taken away.
 */
void files_restore(struct run *run);
