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
 * @name: below the directory of all of them
 */
struct kept_file {
	const char *name;
	const char *data;
	size_t len;
	struct file_meta meta;
};

/*
 * struct kept - files in memory, in the order in which they were read, and by their names;
 * @failed: memory was short once, and one is missing
 */
struct kept {
	struct arena *arena;
	struct kept_file *files;
	size_t n, cap;
	struct hash_index index;
	bool failed;
};

/* A copy of the file; of several with one name, the last counts. */
void kept_add(struct kept *kept, const struct kept_file *file);

/* NULL when there is none. */
const struct kept_file *kept_find(const struct kept *kept, const char *name);

/* Appends all of them, to be read by kept_read(): a line for each, and behind it its bytes. */
void kept_write(const struct kept *kept, struct strbuf *out);

/* Return: 0; -EINVAL when it is not what kept_write() wrote; -ENOMEM. */
int kept_read(const char *data, size_t len, struct kept *ret);

void kept_release(struct kept *kept);
#define _cleanup_kept_ _cleanup_(kept_release)
