/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing files as a whole. */
#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/cleanup.h"

int file_write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int write_text(const char *path, const char *text)
{
	_cleanup_close_ int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);

	return fd < 0 ? -errno : file_write_all(fd, text, strlen(text));
}

int file_replace(const char *path, const char *text)
{
	_cleanup_free_ char *new_path = NULL;
	int r;

	if (asprintf(&new_path, "%s.new", path) < 0) {
		new_path = NULL;
		return -ENOMEM;
	}
	r = write_text(new_path, text);
	if (r == 0 && rename(new_path, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(new_path);
	return r;
}

/* The time last, as writing changes it. */
static int fill(int fd, const char *data, size_t len, const struct file_meta *meta)
{
	const struct timespec times[] = { meta->mtime, meta->mtime };
	int r = file_write_all(fd, data, len);

	if (r == 0 && (fchown(fd, meta->uid, meta->gid) < 0 ||
		       fchmod(fd, meta->mode & 07777) < 0 || futimens(fd, times) < 0))
		r = -errno;
	return r;
}

int file_put(const char *path, const char *data, size_t len, const struct file_meta *meta)
{
	_cleanup_free_ char *new_path = NULL;
	_cleanup_close_ int fd = -1;
	int r;

	if (asprintf(&new_path, "%s.XXXXXX~", path) < 0) {
		new_path = NULL;
		return -ENOMEM;
	}
	fd = mkostemps(new_path, 1, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	r = fill(fd, data, len, meta);
	if (r == 0 && rename(new_path, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(new_path);
	return r;
}

int file_rewrite(const char *path, const char *text)
{
	_cleanup_free_ char *real = realpath(path, NULL);
	const char *target = real ? real : path;
	struct file_meta meta = { .mode = 0644,
				  .uid = geteuid(),
				  .gid = getegid(),
				  .mtime = { .tv_nsec = UTIME_NOW } };
	struct stat old;

	if (stat(target, &old) == 0) {
		meta.mode = old.st_mode;
		meta.uid = old.st_uid;
		meta.gid = old.st_gid;
	} else if (errno != ENOENT) {
		return -errno;
	}
	return file_put(target, text, strlen(text), &meta);
}
