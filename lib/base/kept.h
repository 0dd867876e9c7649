/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/file.h"
#include "lib/base/hash-index.h"
#include "lib/base/strbuf.h"

/**
 * struct kept_file - a file as it was read
 * @name: relative to the directory that holds them all
 */
struct kept_file {
	const char *name;
	const char *data;
	size_t len;
	struct file_meta meta;
};

/*
 * struct kept - files in memory, in the order in which they were read, and by their
 * names;
 */
struct kept {
	struct arena *arena;
	struct kept_file *files;
	size_t n, cap;
	struct hash_index index;
};

/* Adds a copy of the file, in place of one with the same name. */
void kept_add(struct kept *kept, const struct kept_file *file);

/* NULL if there is none. */
const struct kept_file *kept_find(const struct kept *kept, const char *name);

/*
 * Appends all of them, to be read by kept_read(): a line for each, followed by its bytes.
 */
void kept_write(const struct kept *kept, struct strbuf *out);

/* Appends one file in that form. */
void kept_write_file(const struct kept_file *file, struct strbuf *out);

/**
 * kept_next() - the first one of files in that form
 * @data: @len bytes
 * @ret: its name is @name_len bytes long and does not end in NUL
 *
 * Return: how many bytes it takes; 0 if it is not what kept_write() wrote.
 */
size_t kept_next(const char *data, size_t len, struct kept_file *ret, size_t *name_len);

/* Return: 0; -EINVAL if it is not what kept_write() wrote. */
int kept_read(const char *data, size_t len, struct kept *ret);

void kept_release(struct kept *kept);
#define _cleanup_kept_ _cleanup_(kept_release)
