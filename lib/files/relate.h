/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

/**
 * ifcfg_dir_read() - read all ifcfg files
 * @arena: owns the values, the names and paths, which models point to; the rest is
 *         released by ifcfg_dir_release(), to be called whatever is returned
 * @diag: findings about the directory and the global file
 *
 * A file that others than root can write is not read further than that finding, unless
 * @options->insecure.
 *
 * Return: 0; -ENOENT if there is no such directory (reported in @diag).
 */
int ifcfg_dir_read(const struct model_options *options, struct arena *arena,
		   struct diag *diag, struct ifcfg_dir *ret);

/**
 * ifcfg_dir_open() - the first part of ifcfg_dir_read(): what each file is about
 * @skims: for a run that is about one interface: files whose meaning is obvious are read in
 *         whole, and checked, only when ifcfg_vars() or ifcfg_findings() is asked for them
 *
 * What has to be known of the machine for that, and is not, is in @options->asks then.
 *
 * Return: as above.
 */
int ifcfg_dir_open(const struct model_options *options, struct arena *arena, bool skims,
		   struct diag *diag, struct ifcfg_dir *ret);

/* What each file is about, once more: the host is better known by now. Reads nothing. */
void ifcfg_dir_name(struct ifcfg_dir *dir);

/* The second part of ifcfg_dir_read(), once: how the files are related to each other. */
void ifcfg_dir_relate(struct ifcfg_dir *dir);
