/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/**
 * resolv_write() - replace a file by another text, in one step
 * @path: the file, or a link to it, which stays; @text: NULL for no file at all
 *
 * Owner, mode and SELinux label stay. Whoever reads it meanwhile has the old or the new
 * text, unless it cannot be replaced, because it is a mount of its own as in containers, or
 * its folder cannot be written: then it is written where it is.
 *
 * Return: 0; a negative errno.
 */
int resolv_write(const char *path, const char *text);

/* Removes what a run that was killed may have left beside it. Return: 0; a negative errno. */
int resolv_tidy(const char *path);

/* OP_RESOLV_SET; see direct_run(). */
int resolv_run(const struct direct_env *env, struct step *const *steps, size_t n);
