/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/**
 * resolv_write() - atomically replace the text of a file
 * @path: the file, or a symbolic link to it, which stays; @text: NULL to remove the file
 *
 * Owner, mode and SELinux label are kept. Concurrent readers see the old or the new text,
 * unless the file cannot be replaced, because it is a mount of its own as in containers,
 * or its directory is not writable: then it is written in place.
 *
 * Return: 0; a negative errno.
 */
int resolv_write(const char *path, const char *text);

/* Removes what a killed run may have left next to it. Return: 0; a negative errno. */
int resolv_tidy(const char *path);

/* OP_RESOLV_SET; see direct_run(). */
int resolv_run(const struct direct_env *env, struct step *const *steps, size_t n);
