/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"

/*
 * Removes an interface's file, with those of its routes, rules and keys. Return: 0; a
 * negative errno, reported.
 */
int remove_files(struct drafts *drafts, const struct ifcfg *file);

/**
 * remove_judge_users() - whether the file of an interface can be removed
 * @dir: the files that remain
 *
 * Return: 0; -EINVAL if ports, VLANs or aliases need it, each reported.
 */
int remove_judge_users(struct drafts *drafts, const struct ifcfg_dir *dir,
		       const char *device);
