/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and writes whole files. */
#include "lib/base/file.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <poll.h>
#include <stdint.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "lib/base/arena.h"
#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"

int file_open(const char *path, struct stat *ret_st)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	int r = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		r = -errno;
	else if (!S_ISREG(st.st_mode))
		r = -EBADFD;
	if (r < 0) {
		close(fd);
		return r;
	}
	if (ret_st)
		*ret_st = st;
	return fd;
}

FILE *file_open_stream(const char *path)
{
	int fd = file_open(path, NULL);
	FILE *file = fd < 0 ? NULL : MEMORY_TRY(fdopen(fd, "r"));

	if (fd < 0)
		errno = -fd;
	else if (!file)
		close(fd);
	return file;
}

/* What is read at once of files whose size is not known: those of /proc. */
#define BLOCK_SIZE 4096

int file_read(const char *path, size_t max, struct strbuf *ret, struct stat *ret_st)
{
	struct stat st = { 0 };
	_cleanup_close_ int fd = file_open(path, &st);
	size_t len = 0, size, left;
	ssize_t n;

	if (fd < 0)
		return fd;
	if (ret_st)
		*ret_st = st;
	size = (size_t)st.st_size;
	/* As a rule in one system call, as there may be thousands of files. */
	while (len <= max) {
		left = len < size ? size - len + 1 : BLOCK_SIZE;
		if (left > max - len + 1)
			left = max - len + 1;
		n = strbuf_read(ret, fd, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		len += (size_t)n;
		if (n == 0 || (len == size && (size_t)n < left))
			return 0;
	}
	return -EFBIG;
}

int file_view(const char *path, struct file_view *ret, struct stat *ret_st)
{
	_cleanup_close_ int fd =
		open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	void *map = NULL;

	if (fd < 0 || fstat(fd, ret_st) < 0)
		return -errno;
	if (!S_ISREG(ret_st->st_mode))
		return -EBADFD;
	if (ret_st->st_size > 0)
		map = mmap(NULL, (size_t)ret_st->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return -errno;
	*ret = (struct file_view){ map, map, (size_t)ret_st->st_size };
	return 0;
}

void file_view_release(struct file_view *view)
{
	if (view->map)
		munmap(view->map, view->len);
	*view = (struct file_view){ 0 };
}

const char *file_error(int error)
{
	return error == -EBADFD ? _("it is not a regular file") : language_error(-error);
}

ssize_t file_get_until(char **text, size_t *size, int end, FILE *file)
{
	ssize_t n;

	do
		n = getdelim(text, size, end, file);
	while (n < 0 && !feof(file) && !ferror(file) && memory_release());
	return n;
}

ssize_t file_get_line(char **line, size_t *size, FILE *file)
{
	return file_get_until(line, size, '\n', file);
}

int file_scan(const char *path, struct dirent ***ret,
	      int (*is_wanted)(const struct dirent *entry),
	      int (*compare)(const struct dirent **a, const struct dirent **b))
{
	int n;

	do
		n = scandir(path, ret, is_wanted, compare);
	while (n < 0 && errno == ENOMEM && memory_release());
	return n < 0 ? -errno : n;
}

/* An ACL can name users and groups other than the file's owner and group. */
static bool names_writer(const struct posix_acl_xattr_entry *entry)
{
	const uint16_t tag = le16toh(entry->e_tag);

	return (tag == ACL_USER || tag == ACL_GROUP) && le32toh(entry->e_id) != 0 &&
	       le16toh(entry->e_perm) & ACL_WRITE;
}

/*
 * If there is an ACL, the group bits of the mode are the mask, the most that any entry
 * grants. Return: whether the ACL lets users other than root write; an ACL that is too
 * long to read counts as if it did.
 */
static bool acl_lets_write(const char *path)
{
	struct {
		struct posix_acl_xattr_header header;
		struct posix_acl_xattr_entry entries[64];
	} acl;
	ssize_t len = getxattr(path, "system.posix_acl_access", &acl, sizeof(acl));
	size_t n;

	if (len < 0)
		return errno == ERANGE;
	if ((size_t)len < sizeof(acl.header))
		return false;
	n = ((size_t)len - sizeof(acl.header)) / sizeof(acl.entries[0]);
	for (size_t i = 0; i < n; i++)
		if (names_writer(&acl.entries[i]))
			return true;
	return false;
}

bool file_is_safe(const struct stat *st, const char *path)
{
	if (st->st_uid != 0 || st->st_mode & S_IWOTH)
		return false;
	return !(st->st_mode & S_IWGRP) || (st->st_gid == 0 && !acl_lets_write(path));
}

int file_flush_output(void)
{
	int error;

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	error = errno; /* 0 if an earlier line failed */
	fprintf(stderr, "%s: error: standard output cannot be written%s%s\n",
		program_invocation_short_name, error ? ": " : "",
		error ? language_error(error) : "");
	__fpurge(stdout); /* reported once */
	clearerr(stdout);
	return error ? -error : -EIO;
}

/* One system call instead of two. */
static bool is_standard_open(void)
{
	struct pollfd of[] = { { .fd = STDIN_FILENO },
			       { .fd = STDOUT_FILENO },
			       { .fd = STDERR_FILENO } };

	if (poll(of, ARRAY_SIZE(of), 0) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(of); i++)
		if (of[i].revents & POLLNVAL)
			return false;
	return true;
}

int file_open_standard(void)
{
	int fd;

	if (is_standard_open())
		return 0;
	/*
	 * Programs that we start inherit these descriptors, so they are not closed on
	 * exec.
	 */
	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0) {
		close(fd);
		return 0;
	}
	fd = -errno;
	if (fd == -EMFILE && fcntl(STDERR_FILENO, F_GETFD) >= 0)
		return 0;
	fprintf(stderr, "%s: error: /dev/null cannot be opened: %s\n",
		program_invocation_short_name, language_error(-fd));
	return fd;
}

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

/* Not every file system can sync a directory; that is not an error. */
static int sync_directory(const char *path)
{
	_cleanup_free_ char *copy = memory_dup(path);
	_cleanup_close_ int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return fsync(fd) < 0 && errno != EINVAL ? -errno : 0;
}

/* Unless there is an @error. Return: 0; a negative errno, the new file being removed. */
static int take_place(int error, const char *new_path, const char *path)
{
	int r = error;

	if (r == 0 && rename(new_path, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(new_path);
	return r;
}

int file_rename(int fd, int error, const char *new_path, const char *path)
{
	int r = error;

	if (r == 0 && fsync(fd) < 0 && errno != EINVAL)
		r = -errno;
	r = take_place(r, new_path, path);
	return r < 0 ? r : sync_directory(path);
}

int file_remove(const char *path)
{
	if (unlink(path) < 0)
		return errno == ENOENT ? 0 : -errno;
	return sync_directory(path);
}

/* A file left by a killed run may have a different mode, so it is not used again. */
static int create_anew(const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
	int fd = open(path, flags, 0600);

	if (fd < 0 && errno == EEXIST && unlink(path) == 0)
		fd = open(path, flags, 0600);
	return fd < 0 ? -errno : fd;
}

int file_replace(const char *path, const char *text)
{
	_cleanup_free_ char *new_path = memory_printf("%s.new", path);
	_cleanup_close_ int fd = -1;

	fd = create_anew(new_path);
	if (fd < 0)
		return fd;
	return take_place(file_write_all(fd, text, strlen(text)), new_path, path);
}

/*
 * The lock of a writer that was killed is released; what it wrote stays.
 * Return: 0; -EAGAIN if another process has renamed the file since it was opened.
 */
static int lock_next(int fd, const char *path)
{
	struct stat opened, there;

	if (flock(fd, LOCK_EX) < 0)
		return errno == EINTR ? -EAGAIN : -errno;
	if (fstat(fd, &opened) < 0)
		return -errno;
	if (!S_ISREG(opened.st_mode))
		return -EEXIST;
	if (lstat(path, &there) < 0 || there.st_ino != opened.st_ino ||
	    there.st_dev != opened.st_dev)
		return -EAGAIN;
	return fchmod(fd, 0600) < 0 || ftruncate(fd, 0) < 0 ? -errno : 0;
}

static int open_locked(const char *path)
{
	int fd, r;

	do {
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
			  0600);
		if (fd < 0)
			return -errno;
		r = lock_next(fd, path);
		if (r < 0 && r != -EAGAIN && r != -EEXIST)
			unlink(path);
		if (r < 0)
			close(fd);
	} while (r == -EAGAIN);
	return r < 0 ? r : fd;
}

char *file_next_name(const char *path)
{
	return memory_printf("%s.next~", path);
}

int file_open_next(const char *path, char **ret_name)
{
	_cleanup_free_ char *name = file_next_name(path);
	int fd = open_locked(name);

	if (fd >= 0)
		*ret_name = TAKE_PTR(name);
	return fd;
}

/* The time comes last because writing changes it. */
static int fill_buffer(int fd, const char *data, size_t len, const struct file_meta *meta)
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

	fd = file_open_next(path, &new_path);
	if (fd < 0)
		return fd;
	r = fill_buffer(fd, data, len, meta);
	return file_rename(fd, r, new_path, path);
}

int file_rewrite(const char *path, const char *text)
{
	_cleanup_free_ char *real = MEMORY_TRY(realpath(path, NULL));
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

int file_next_entry(DIR *folder, const struct dirent **ret)
{
	errno = 0;
	*ret = readdir(folder);
	return *ret ? 0 : -errno;
}

const char *file_root_of(const char *sysconfig, struct arena *arena)
{
	static const char place[] = "/etc/sysconfig";
	_cleanup_free_ char *path = MEMORY_TRY(realpath(sysconfig, NULL));
	size_t len = path ? strlen(path) : 0;

	if (len < strlen(place) || strcmp(path + len - strlen(place), place) != 0)
		return "";
	return arena_strndup(arena, path, len - strlen(place));
}

/* As many as the kernel follows. */
#define LINKS_MAX 40

/* *@ret: the target of a symbolic link; NULL if it is not one, or there is nothing. */
static int read_link_target(const char *path, struct arena *arena, const char **ret)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	*ret = n < 0 ? NULL : arena_strndup(arena, target, (size_t)n);
	return n < 0 && errno != EINVAL && errno != ENOENT ? -errno : 0;
}

/* Follows one more component. Return: 0; -EXDEV if there is nothing to go up to. */
static int step_into(const char *root, const char **at, const char *name, size_t len,
		     struct arena *arena)
{
	const char *slash = strrchr(*at, '/');

	if (!len || (len == 1 && *name == '.'))
		return 0;
	if (len == 2 && strncmp(name, "..", 2) == 0) {
		if (strlen(*at) <= strlen(root) || !slash)
			return -EXDEV;
		*at = arena_strndup(arena, *at, (size_t)(slash - *at));
	} else {
		*at = arena_printf(arena, "%s/%.*s", *at, (int)len, name);
	}
	return 0;
}

int file_in_root(const char *root, const char *path, struct arena *arena,
		 const char **ret)
{
	const char *at = root, *rest = path;
	unsigned int links = 0;

	while (*rest) {
		const char *before = at, *target = NULL;
		size_t len = strcspn(rest, "/");
		int r = step_into(root, &at, rest, len, arena);

		if (r == 0 && at != before)
			r = read_link_target(at, arena, &target);
		if (r < 0)
			return r;
		rest += len + (rest[len] == '/');
		if (!target)
			continue;
		if (++links > LINKS_MAX)
			return -ELOOP;
		at = *target == '/' ? root : before;
		rest = arena_printf(arena, "%s/%s", target, rest);
	}
	if (access(at, F_OK) < 0)
		return -errno;
	*ret = at;
	return 0;
}
