/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/* All of it, however often that takes. Return: 0; a negative errno. */
int file_write_all(int fd, const char *data, size_t len);

/* Makes @path a file with that text, in one step, by way of PATH.new. Return: as above. */
int file_replace(const char *path, const char *text);

/**
 * file_copy() - content, owner, rights and time of a regular file
 * @to: replaced in one step; whoever is killed leaves the old or the new one, and perhaps
 *      beside it what was not done yet, under a name that ends with ~
 *
 * Return: 0; a negative errno, -ENOENT when there is no @from, -ELOOP when it is a link.
 */
int file_copy(const char *from, const char *to);
