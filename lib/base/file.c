/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing files as a whole. */
#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/cleanup.h"

#define BLOCK 65536

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

static int copy_content(int from, int to)
{
	_cleanup_free_ char *block = malloc(BLOCK);

	if (!block)
		return -ENOMEM;
	for (;;) {
		ssize_t n = read(from, block, BLOCK);
		int r;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : 0;
		r = file_write_all(to, block, (size_t)n);
		if (r < 0)
			return r;
	}
}

/* The time last, as writing changes it. */
static int copy_rest(int from, int to)
{
	struct stat old;

	if (fstat(from, &old) < 0 || fchown(to, old.st_uid, old.st_gid) < 0 ||
	    fchmod(to, old.st_mode & 07777) < 0 ||
	    futimens(to, (struct timespec[]){ old.st_atim, old.st_mtim }) < 0)
		return -errno;
	return 0;
}

int file_copy(const char *from, const char *to)
{
	_cleanup_close_ int source = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	_cleanup_close_ int target = -1;
	_cleanup_free_ char *new_path = NULL;
	int r;

	if (source < 0)
		return -errno;
	if (asprintf(&new_path, "%s.XXXXXX~", to) < 0) {
		new_path = NULL;
		return -ENOMEM;
	}
	target = mkostemps(new_path, 1, O_CLOEXEC);
	if (target < 0)
		return -errno;
	r = copy_content(source, target);
	if (r == 0)
		r = copy_rest(source, target);
	if (r == 0 && rename(new_path, to) < 0)
		r = -errno;
	if (r < 0)
		unlink(new_path);
	return r;
}
