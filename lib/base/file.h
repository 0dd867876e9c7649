/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

struct arena;
struct stat;
struct strbuf;

/**
 * file_open_standard() - make sure that descriptors 0, 1 and 2 are open
 *
 * The kernel gives a new file the lowest free number, so in a program that was started
 * without one of them, a lock or a state file would become its input or its output. To be
 * called before anything else is opened.
 *
 * Return: 0; a negative errno after a message.
 */
int file_open_standard(void);

/* Of settings, nobody writes more; lines of routes may be many. */
#define FILE_SETTINGS_MAX ((size_t)1 << 20)
#define FILE_LINES_MAX    ((size_t)64 << 20)

/**
 * file_open() - open what must be a regular file
 * @ret_st: filled in, or NULL
 *
 * A FIFO or a device could make whoever reads it wait for ever, or read for ever.
 *
 * Return: a descriptor; -EBADFD for anything else; another negative errno.
 */
int file_open(const char *path, struct stat *ret_st);

/* The same as a stream, or NULL with errno. */
FILE *file_open_stream(const char *path);

/**
 * file_read() - append all of a regular file to @ret
 *
 * Return: 0; -EFBIG when it has more than @max bytes; as file_open() does.
 */
int file_read(const char *path, size_t max, struct strbuf *ret, struct stat *ret_st);

/* Why it could not be read, for "cannot be read: ...". */
const char *file_error(int error);

/* As getline(); a lack of memory, which looks like the end of the file there, is noted. */
ssize_t file_get_line(char **line, size_t *size, FILE *file);

/*
 * Whether nobody but root can write a file or directory, by owner, mode and ACL. A link is
 * followed.
 */
bool file_is_safe(const struct stat *st, const char *path);

/* How it becomes so, for diag_hint_words() with the path twice. */
#define FILE_SAFE_HINT "look through it, then: chown root:root %s && chmod go-w %s"

/**
 * file_flush_output() - see to it that what was printed has arrived
 *
 * Return: 0; a negative errno after a message, as when the disk of a redirection is full.
 */
int file_flush_output(void);

/* All of it, however often that takes. Return: 0; a negative errno. */
int file_write_all(int fd, const char *data, size_t len);

/* struct file_meta - of whom a file is to be, and since when */
struct file_meta {
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct timespec mtime;
};

/* Makes @path a file of our own with that text, in one step, by way of PATH.new. Return: as above. */
int file_replace(const char *path, const char *text);

/**
 * file_rename() - give a file that has been written its name
 * @fd: open for writing; the caller closes it
 * @error: of writing it: if it is not 0, the file goes and keeps no name
 *
 * Text and name are on the disk afterwards: after a power loss, there is the old file or the
 * new one, and never an empty one. All files that we replace come through here.
 *
 * Return: @error; a negative errno.
 */
int file_rename(int fd, int error, const char *new_path, const char *path);

/* Removes a file, on the disk too. Return: 0, also if there is none; a negative errno. */
int file_remove(const char *path);

/**
 * file_open_next() - open the file that is to be renamed to @path, empty, for us alone
 * @ret_name: PATH.next~; to be freed
 *
 * Writers wait for each other. What a killed one has left under that name is used again.
 *
 * Return: a descriptor; a negative errno, @ret_name untouched.
 */
int file_open_next(const char *path, char **ret_name);
/* That name, to be freed; NULL when memory is short. */
char *file_next_name(const char *path);

/**
 * file_put() - the same with any bytes, and with owner, rights and time
 *
 * Whoever is killed leaves the old or the new one, and perhaps PATH.next~, which the next
 * one takes over.
 */
int file_put(const char *path, const char *data, size_t len,
	     const struct file_meta *meta);

/**
 * file_rewrite() - the same for a file that people look after
 *
 * It keeps its owner and rights; a new one is the caller's, and all may read it. A link
 * stays one, and what it leads to is replaced.
 *
 * Return: 0; a negative errno.
 */
int file_rewrite(const char *path, const char *text);

/*
 * The root of the image that a directory /etc/sysconfig is in: "" for that of the running
 * system, and for a directory of another name. NULL when memory is short.
 */
const char *file_root_of(const char *sysconfig, struct arena *arena);

/**
 * file_in_root() - where a path leads in an image, as it does once that is the root
 * @root: of the image; @path: in it, from its root on
 *
 * Links that begin with / are followed from @root on.
 *
 * Return: 0 with *@ret, which begins with @root; -EXDEV when a link leads out of @root by way
 * of `..`; -ENOENT; -ELOOP; another negative errno.
 */
int file_in_root(const char *root, const char *path, struct arena *arena,
		 const char **ret);
