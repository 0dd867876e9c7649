/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names that wait for a run: one file each, in a directory that is locked by its reader.
 */
#include "lib/state/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/base/arena.h"
#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/state/failed.h"

#define DIRECTORY      "hotplug"
#define DIRECTORY_MODE 0700
#define STATE_MODE     0711
#define QUIET_MS       200
#define BURST_MS       3000

struct queue {
	struct arena *arena;
	const char **names;
	size_t n, cap;
	int fd; /* of the directory, locked */
};

void queue_new(struct queue **ret)
{
	struct queue *queue = memory_zeroed(1, sizeof(*queue));

	queue->fd = -1;
	queue->arena = arena_new();
	ARENA_PUSH(queue->arena, queue->names, queue->n, queue->cap, NULL);
	*ret = queue;
}

void queue_free(struct queue *queue)
{
	if (!queue)
		return;
	/* A child that announces addresses may still have it open. */
	if (queue->fd >= 0) {
		flock(queue->fd, LOCK_UN);
		close(queue->fd);
	}
	arena_free(queue->arena);
	free(queue);
}

void queue_add(struct queue *queue, const char *name)
{
	const char *copy = arena_strdup(queue->arena, name);

	queue->names[queue->n - 1] = copy;
	ARENA_PUSH(queue->arena, queue->names, queue->n, queue->cap, NULL);
}

static int enter_queue(struct queue *queue, const char *dir, struct diag *diag)
{
	const char *path = arena_printf(queue->arena, "%s/" DIRECTORY, dir);

	if ((mkdir(dir, STATE_MODE) < 0 && errno != EEXIST) ||
	    (mkdir(path, DIRECTORY_MODE) < 0 && errno != EEXIST))
		return state_failed(diag, path, _("be created"), -errno);
	queue->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	return queue->fd < 0 ? state_failed(diag, path, _("be opened"), -errno) : 0;
}

/* @name is the name of a link, so it contains no slash. */
static int put_name(const struct queue *queue, const char *name, struct diag *diag)
{
	_cleanup_close_ int fd = openat(
		queue->fd, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	return fd < 0 ? state_failed(diag, name, _("be put in the queue"), -errno) : 0;
}

static bool is_name_waiting(const struct queue *queue, const char *name)
{
	return faccessat(queue->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static size_t count_names(const struct queue *queue)
{
	const int fd = openat(queue->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd < 0 ? NULL : MEMORY_TRY(fdopendir(fd));
	size_t n = 0;

	while (stream && readdir(stream))
		n++;
	if (stream)
		closedir(stream);
	return n;
}

/* Waits until no name has arrived for a moment, as those of a burst arrive one by one. */
static void gather(const struct queue *queue)
{
	const struct timespec pause = { .tv_nsec = QUIET_MS * 1000000L };
	size_t before, now = count_names(queue);

	for (int ms = 0; ms < BURST_MS; ms += QUIET_MS) {
		before = now;
		nanosleep(&pause, NULL);
		now = count_names(queue);
		if (now == before)
			return;
	}
}

static int take_all_names(struct queue *queue)
{
	const int fd = openat(queue->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_closedir_ DIR *stream = fd < 0 ? NULL : MEMORY_TRY(fdopendir(fd));
	const struct dirent *entry;
	int r;

	if (!stream)
		return -errno;
	while ((r = file_next_entry(stream, &entry)) == 0 && entry)
		if (*entry->d_name != '.' && unlinkat(queue->fd, entry->d_name, 0) == 0)
			queue_add(queue, entry->d_name);
	return r;
}

int queue_take(struct queue *queue, const char *dir, const char *name, struct diag *diag)
{
	int r;

	if (!*name || *name == '.' || strchr(name, '/')) {
		errno = EINVAL;
		return state_failed(diag, name, _("be the name of a network card"),
				    -errno);
	}
	r = enter_queue(queue, dir, diag);
	if (r == 0)
		r = put_name(queue, name, diag);
	if (r == 0 && flock(queue->fd, LOCK_EX) < 0)
		r = state_failed(diag, dir, _("be locked"), -errno);
	if (r < 0 || !is_name_waiting(queue, name))
		return r;
	gather(queue);
	return take_all_names(queue);
}

const char *const *queue_names(const struct queue *queue)
{
	return queue->names;
}
