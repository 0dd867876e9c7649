/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in memory, and all of them in one file: separate copies of thousands of small
 * files would take longer than the network setup itself, and a page of memory each.
 */
#include "lib/base/kept.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/memory.h"

/* Seven numbers. */
#define HEAD_MAX 160

static size_t find_kept(const struct kept *kept, const char *name)
{
	size_t at = 0, i;

	while (hash_index_next(&kept->index, hash_text(name), &at, &i))
		if (strcmp(kept->files[i].name, name) == 0)
			return i;
	return kept->n;
}

const struct kept_file *kept_find(const struct kept *kept, const char *name)
{
	const size_t number = find_kept(kept, name);

	return number < kept->n ? &kept->files[number] : NULL;
}

static void add_kept(struct kept *kept, const struct kept_file *file)
{
	const size_t number = find_kept(kept, file->name);
	struct kept_file copy = *file;

	if (!kept->arena)
		kept->arena = arena_new();
	copy.name = arena_strdup(kept->arena, file->name);
	copy.data = arena_strndup(kept->arena, file->data, file->len);
	if (number < kept->n) { /* read again */
		kept->files[number] = copy;
		return;
	}
	hash_index_add(&kept->index, kept->arena, hash_text(copy.name), kept->n);
	ARENA_PUSH(kept->arena, kept->files, kept->n, kept->cap, copy);
}

void kept_add(struct kept *kept, const struct kept_file *file)
{
	add_kept(kept, file);
}

void kept_write_file(const struct kept_file *file, struct strbuf *out)
{
	const struct file_meta *meta = &file->meta;

	strbuf_addf(out, "file %o %u %u %" PRId64 " %ld %zu %zu\n", meta->mode, meta->uid,
		    meta->gid, (int64_t)meta->mtime.tv_sec, meta->mtime.tv_nsec,
		    strlen(file->name), file->len);
	strbuf_add(out, file->name);
	strbuf_addc(out, '\n');
	strbuf_addn(out, file->data, file->len);
	strbuf_addc(out, '\n');
}

void kept_write(const struct kept *kept, struct strbuf *out)
{
	for (size_t i = 0; i < kept->n; i++)
		kept_write_file(&kept->files[i], out);
}

/* The next number, after a blank. *@at is NULL once there is none, or it is too large. */
static int64_t read_kept_number(const char **at, int base, int64_t max)
{
	const char *start = *at && **at == ' ' ? *at + 1 : "";
	char *end = NULL;
	int64_t number;

	errno = 0;
	number = strtoll(start, &end, base);
	*at = end == start || errno || number > max ? NULL : end;
	return number;
}

static int64_t read_amount(const char **at, int base, int64_t max)
{
	const int64_t number = read_kept_number(at, base, max);

	if (number < 0)
		*at = NULL;
	return number;
}

/* Reads the line before a file. Return: its length; 0 if it is not valid. */
static size_t read_head(const char *data, size_t len, struct kept_file *file,
			size_t *ret_name_len)
{
	const char *end = memchr(data, '\n', len < HEAD_MAX ? len : HEAD_MAX), *at;
	char head[HEAD_MAX];

	if (!end || end - data < 4 || memcmp(data, "file", 4) != 0)
		return 0;
	memcpy(head, data, (size_t)(end - data));
	head[end - data] = '\0';
	at = head + 4;
	file->meta.mode = (mode_t)read_amount(&at, 8, UINT32_MAX);
	file->meta.uid = (uid_t)read_amount(&at, 10, UINT32_MAX);
	file->meta.gid = (gid_t)read_amount(&at, 10, UINT32_MAX);
	file->meta.mtime.tv_sec = (time_t)read_kept_number(&at, 10, INT64_MAX);
	file->meta.mtime.tv_nsec = (long)read_amount(&at, 10, 999999999);
	*ret_name_len = (size_t)read_amount(&at, 10, PTRDIFF_MAX);
	file->len = (size_t)read_amount(&at, 10, PTRDIFF_MAX);
	return at && !*at ? (size_t)(end - data) + 1 : 0;
}

size_t kept_next(const char *data, size_t len, struct kept_file *ret, size_t *name_len)
{
	size_t head = read_head(data, len, ret, name_len);

	/* Both are followed by the end of a line. */
	if (!head || *name_len >= len - head || ret->len >= len - head - *name_len - 1)
		return 0;
	ret->name = data + head;
	ret->data = ret->name + *name_len + 1;
	return head + *name_len + 1 + ret->len + 1;
}

static void add_part(struct kept *kept, struct kept_file file, size_t name_len)
{
	_cleanup_free_ char *name = memory_dupn(file.name, name_len);

	file.name = name;
	kept_add(kept, &file);
}

int kept_read(const char *data, size_t len, struct kept *ret)
{
	while (len) {
		struct kept_file file;
		size_t name_len, n = kept_next(data, len, &file, &name_len);

		if (!n)
			return -EINVAL;
		add_part(ret, file, name_len);
		data += n;
		len -= n;
	}
	return 0;
}

void kept_release(struct kept *kept)
{
	arena_free(kept->arena);
	*kept = (struct kept){ 0 };
}
