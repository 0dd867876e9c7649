/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/ifcfg-dir.h"
#include "lib/model/model.h"

/**
 * struct loader - a model being read
 * @dir: all files
 * @diag: for findings about what is being loaded
 */
struct loader {
	struct ifcfg_dir dir;
	struct arena *arena;
	struct diag *diag;
};

/**
 * iface_read() - what one file says about its interface
 * @file: whose findings are told first
 * @iface: name, file, pos and kind are set; the rest is filled in, but for ports
 *
 * Return: 0, with errors in @loader->diag; -ENOMEM.
 */
int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface);

/* Tells of assignments that are not in force, because a blank ends their value. */
void iface_judge_strays(struct diag *diag, const struct shellvars *vars);

/* Tells what is wrong in the file, and which of its keys have no effect. */
void iface_judge_keys(struct loader *loader, const struct ifcfg *file);

/* Leaves out, with a warning, what can be judged wrong only with the ports known. */
void iface_validate(struct loader *loader, struct iface *iface);
