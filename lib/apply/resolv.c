/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replaces /etc/resolv.conf and keeps the file's other properties. */
#include "lib/apply/resolv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"

#define LABEL     "security.selinux"
#define LABEL_MAX 4096
#define MODE      0644

/*
 * The file that @path is or leads to, whether it exists or not.
 */
static char *find_target(const char *path)
{
	char target[PATH_MAX] = "", *found = MEMORY_TRY(realpath(path, NULL));
	const char *slash = strrchr(path, '/');

	if (found)
		return found;
	/* A link whose target does not exist yet. */
	if (readlink(path, target, sizeof(target) - 1) < 0 || !*target)
		return memory_dup(path);
	if (*target == '/' || !slash)
		return memory_dup(target);
	return memory_printf("%.*s/%s", (int)(slash - path), path, target);
}

static int copy_label(const char *from, int to)
{
	char label[LABEL_MAX];
	ssize_t len = getxattr(from, LABEL, label, sizeof(label));

	/* Without SELinux there is none. */
	if (len < 0)
		return errno == ENODATA || errno == ENOTSUP ? 0 : -errno;
	return fsetxattr(to, LABEL, label, (size_t)len, 0) < 0 ? -errno : 0;
}

static int copy_rights(const char *from, int to)
{
	struct stat old;

	if (stat(from, &old) < 0)
		return errno == ENOENT && fchmod(to, MODE) == 0 ? 0 : -errno;
	if (fchown(to, old.st_uid, old.st_gid) < 0 || fchmod(to, old.st_mode & 07777) < 0)
		return -errno;
	return copy_label(from, to);
}

static int fill_resolv_conf(int fd, const char *like, const char *text)
{
	int r = copy_rights(like, fd);

	return r == 0 ? file_write_all(fd, text, strlen(text)) : r;
}

static int replace_resolv_conf(const char *path, const char *text)
{
	_cleanup_free_ char *new_path = NULL;
	_cleanup_close_ int fd = -1;
	int r;

	fd = file_open_next(path, &new_path);
	if (fd < 0)
		return fd;
	r = fill_resolv_conf(fd, path, text);
	return file_rename(fd, r, new_path, path);
}

static int write_in_place(const char *path, const char *text)
{
	_cleanup_close_ int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	return fd < 0 ? -errno : file_write_all(fd, text, strlen(text));
}

int resolv_write(const char *path, const char *text)
{
	_cleanup_free_ char *target = find_target(path);
	int r;

	r = text ? replace_resolv_conf(target, text) : file_remove(target);
	return r == -EBUSY || r == -EROFS ? write_in_place(target, text ? text : "") : r;
}

int resolv_tidy(const char *path)
{
	_cleanup_free_ char *target = find_target(path);
	_cleanup_free_ char *next = file_next_name(target);

	return file_remove(next);
}

int resolv_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++) {
		struct rtnl_reply *reply = &steps[i]->reply;

		if (steps[i]->state != STEP_STARTED)
			continue;
		reply->error = resolv_write(RESOLV_CONF, steps[i]->op->text);
		if (reply->error == -EPERM)
			reply->text =
				memory_dup(_("if it is immutable, chattr -i releases it, "
					     "and PEERDNS=no leaves it to others"));
	}
	return 0;
}
