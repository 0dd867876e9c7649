/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in memory, and all of them in one file: separate copies of thousands of small
 * files would take longer than the network setup itself, and a page of memory each.
 */
#include "lib/run/kept.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/memory.h"

/* Seven numbers. */
#define HEAD_MAX 160

static uint32_t name_hash(const char *name)
{
	return hash_bytes(HASH_EMPTY, name, strlen(name));
}

const struct kept_file *kept_find(const struct kept *kept, const char *name)
{
	const struct kept_file *found = NULL;
	size_t at = 0, i;

	while (hash_index_next(&kept->index, name_hash(name), &at, &i))
		if (strcmp(kept->files[i].name, name) == 0)
			found = &kept->files[i];
	return found;
}

/* Return: 0, or -ENOMEM. */
static int add(struct kept *kept, const struct kept_file *file)
{
	struct kept_file copy = *file;

	if (!kept->arena)
		kept->arena = arena_new();
	if (!kept->arena)
		return -ENOMEM;
	copy.name = arena_strdup(kept->arena, file->name);
	copy.data = arena_strndup(kept->arena, file->data, file->len);
	if (!copy.name || !copy.data ||
	    hash_index_add(&kept->index, kept->arena, name_hash(copy.name), kept->n) < 0)
		return -ENOMEM;
	return ARENA_PUSH(kept->arena, kept->files, kept->n, kept->cap, copy);
}

void kept_add(struct kept *kept, const struct kept_file *file)
{
	kept->failed |= add(kept, file) < 0;
}

void kept_write(const struct kept *kept, struct strbuf *out)
{
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_file *file = &kept->files[i];
		const struct file_meta *meta = &file->meta;

		strbuf_addf(out, "file %o %u %u %" PRId64 " %ld %zu %zu\n", meta->mode,
			    meta->uid, meta->gid, (int64_t)meta->mtime.tv_sec,
			    meta->mtime.tv_nsec, strlen(file->name), file->len);
		strbuf_add(out, file->name);
		strbuf_addc(out, '\n');
		strbuf_addn(out, file->data, file->len);
		strbuf_addc(out, '\n');
	}
}

/* Reads the line before a file. Return: its length; 0 if it is not valid. */
static size_t read_head(const char *data, size_t len, struct kept_file *file,
			size_t *ret_name_len)
{
	const char *end = memchr(data, '\n', len < HEAD_MAX ? len : HEAD_MAX);
	char head[HEAD_MAX];
	int64_t mtime;

	if (!end)
		return 0;
	memcpy(head, data, (size_t)(end - data));
	head[end - data] = '\0';
	if (sscanf(head, "file %o %u %u %" SCNd64 " %ld %zu %zu", &file->meta.mode,
		   &file->meta.uid, &file->meta.gid, &mtime, &file->meta.mtime.tv_nsec,
		   ret_name_len, &file->len) != 7)
		return 0;
	file->meta.mtime.tv_sec = mtime;
	return (size_t)(end - data) + 1;
}

/* Reads one file. Return: its length; 0 if it is not valid. */
static size_t read_one(const char *data, size_t len, struct kept *ret)
{
	struct kept_file file = { 0 };
	_cleanup_free_ char *name = NULL;
	size_t name_len, head = read_head(data, len, &file, &name_len);

	/* Both are followed by the end of a line. */
	if (!head || name_len >= len - head || file.len >= len - head - name_len - 1)
		return 0;
	name = memory_dupn(data + head, name_len);
	file.name = name;
	file.data = data + head + name_len + 1;
	if (name)
		kept_add(ret, &file);
	ret->failed |= !name;
	return head + name_len + 1 + file.len + 1;
}

int kept_read(const char *data, size_t len, struct kept *ret)
{
	while (len) {
		size_t n = read_one(data, len, ret);

		if (!n)
			return -EINVAL;
		data += n;
		len -= n;
	}
	return ret->failed ? -ENOMEM : 0;
}

void kept_release(struct kept *kept)
{
	arena_free(kept->arena);
	*kept = (struct kept){ 0 };
}
