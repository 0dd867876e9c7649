/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/files.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/run/devices.h"

/**
 * bind_load() - load a model, and look up what the files mention
 * @devices: answers what @options->host does not know
 *
 * Files are read, then the kernel is asked for the names and addresses in them, and cards that
 * appear late are waited for; then they are interpreted. Where that needs another answer, and
 * it is not as assumed, everything is done again.
 *
 * The rest is as of model_load().
 */
int bind_load(struct devices *devices, const struct model_options *options,
	      const char *request, const struct model_besides *besides, struct diag *diag,
	      const struct model **ret_model);

/* The same for ifcfg_dir_read(). */
int bind_read(struct devices *devices, const struct model_options *options,
	      struct arena *arena, struct diag *diag, struct ifcfg_dir *ret);

/* The same for ifcfg_find() and ifcfg_own_name(), in a directory that was read so. */
const struct ifcfg *bind_find(struct devices *devices, const struct ifcfg_dir *dir,
			      const char *request);
const char *bind_own_name(struct devices *devices, const struct ifcfg_dir *dir,
			  const char *name);
