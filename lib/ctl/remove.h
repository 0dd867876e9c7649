/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"

/* Takes an interface's file away, with those of its routes, rules and keys. Return: 0; told. */
int remove_files(struct drafts *drafts, const struct ifcfg *file);

/**
 * remove_judge_users() - whether an interface can do without its file
 * @dir: what will be there then
 *
 * Return: 0; -EINVAL if ports, VLANs or aliases need it, each told.
 */
int remove_judge_users(struct drafts *drafts, const struct ifcfg_dir *dir,
		       const char *device);
