/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the process that holds a lock, in /proc. */
#include "lib/state/lock-holder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/base/memory.h"
#include "lib/base/num.h"

static FILE *open_at(int at, const char *path)
{
	int fd = openat(at, path, O_RDONLY | O_CLOEXEC);
	FILE *file = fd < 0 ? NULL : MEMORY_TRY(fdopen(fd, "r"));

	if (!file && fd >= 0)
		close(fd);
	return file;
}

/* Whether the lock belongs to that descriptor of the process at @process. */
static bool has_lock(int process, const char *descriptor)
{
	_cleanup_fclose_ FILE *info = NULL;
	_cleanup_free_ char *path = NULL, *line = NULL;
	size_t size = 0;

	path = memory_printf("fdinfo/%s", descriptor);
	info = open_at(process, path);
	while (info && file_get_line(&line, &size, info) > 0)
		if (strncmp(line, "lock:", 5) == 0 && strstr(line, " FLOCK "))
			return true;
	return false;
}

static bool holds(int process, const struct stat *file)
{
	int fd = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_closedir_ DIR *descriptors = fd < 0 ? NULL : MEMORY_TRY(fdopendir(fd));
	struct dirent *entry;
	struct stat open;

	if (!descriptors && fd >= 0)
		close(fd);
	while (descriptors && (entry = readdir(descriptors)))
		if (fstatat(fd, entry->d_name, &open, 0) == 0 &&
		    open.st_dev == file->st_dev && open.st_ino == file->st_ino &&
		    has_lock(process, entry->d_name))
			return true;
	return false;
}

static void read_process_name(int process, char *name, size_t size)
{
	_cleanup_fclose_ FILE *file = open_at(process, "comm");

	if (!file || !fgets(name, (int)size, file))
		snprintf(name, size, "?");
	name[strcspn(name, "\n")] = '\0';
}

int lock_find_holder(int fd, struct lock_holder *ret)
{
	_cleanup_closedir_ DIR *proc = MEMORY_TRY(opendir("/proc"));
	struct dirent *entry;
	struct stat file;
	uint32_t pid;

	if (!proc || fstat(fd, &file) < 0)
		return -ESRCH;
	while ((entry = readdir(proc))) {
		_cleanup_close_ int process = -1;

		if (num_parse_u32(entry->d_name, INT32_MAX, &pid) < 0)
			continue;
		process = openat(dirfd(proc), entry->d_name, O_PATH | O_CLOEXEC);
		if (process < 0 || !holds(process, &file))
			continue;
		ret->pid = (pid_t)pid;
		read_process_name(process, ret->name, sizeof(ret->name));
		return 0;
	}
	return -ESRCH;
}
