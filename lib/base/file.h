/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/* All of it, however often that takes. Return: 0; a negative errno. */
int file_write_all(int fd, const char *data, size_t len);

/* struct file_meta - of whom a file is to be, and since when */
struct file_meta {
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct timespec mtime;
};

/* Makes @path a file with that text, in one step, by way of PATH.new. Return: as above. */
int file_replace(const char *path, const char *text);

/**
 * file_put() - the same with any bytes, and with owner, rights and time
 *
 * Whoever is killed leaves the old or the new one, and perhaps beside it what was not done
 * yet, under a name that ends with ~.
 */
int file_put(const char *path, const char *data, size_t len,
	     const struct file_meta *meta);

/**
 * file_rewrite() - the same for a file that people look after
 *
 * It keeps its owner and rights; a new one is the caller's, and all may read it. A link
 * stays one, and what it leads to is replaced.
 *
 * Return: 0; a negative errno.
 */
int file_rewrite(const char *path, const char *text);
