/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <dirent.h>
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
 * The kernel gives a new file the lowest free number, so in a program started without one
 * of them, a lock or a state file would become its input or output. Call this before
 * anything else is opened.
 *
 * Return: 0; a negative errno after a message.
 */
int file_open_standard(void);

/* Nobody writes larger settings files; files with routes may be long. */
#define FILE_SETTINGS_MAX ((size_t)1 << 20)
#define FILE_LINES_MAX    ((size_t)64 << 20)

/**
 * file_open() - open something that must be a regular file
 * @ret_st: filled in, or NULL
 *
 * Reading a FIFO or a device might block, or never end.
 *
 * Return: a descriptor; -EBADFD for anything else; another negative errno.
 */
int file_open(const char *path, struct stat *ret_st);

/* The same as a stream, or NULL with errno. */
FILE *file_open_stream(const char *path);

/**
 * file_read() - append all of a regular file to @ret
 *
 * Return: 0; -EFBIG if it has more than @max bytes; errors of file_open().
 */
int file_read(const char *path, size_t max, struct strbuf *ret, struct stat *ret_st);

/*
 * struct file_view - the @bytes of a file that nobody changes, but only replaces: not copied, and
 * read from the disk only as far as they are looked at
 */
struct file_view {
	void *map;
	const char *bytes;
	size_t len;
};

/**
 * file_view() - look at a regular file, to which @path is no symbolic link
 * @ret_st: filled in
 *
 * Return: 0; -EBADFD if it is not a regular file; another negative errno.
 */
int file_view(const char *path, struct file_view *ret, struct stat *ret_st);
void file_view_release(struct file_view *view);
#define _cleanup_file_view_ _cleanup_(file_view_release)

/* The reason of an error, for "cannot be read: ...". */
const char *file_error(int error);

/* As getline(), and getdelim(), but it does not take a lack of memory for the end. */
ssize_t file_get_line(char **line, size_t *size, FILE *file);
ssize_t file_get_until(char **text, size_t *size, int end, FILE *file);

/* As scandir(). Return: the number of entries; a negative errno. */
int file_scan(const char *path, struct dirent ***ret,
	      int (*is_wanted)(const struct dirent *entry),
	      int (*compare)(const struct dirent **a, const struct dirent **b));

/*
 * Whether only root can write a file or directory, judging by owner, mode and ACL.
 * Symbolic links are followed.
 */
bool file_is_safe(const struct stat *st, const char *path);

/* How to make it safe; for diag_hint_words() with the path twice. */
#define FILE_SAFE_HINT "look through it, then: chown root:root %s && chmod go-w %s"

/**
 * file_flush_output() - make sure that everything printed has been written
 *
 * Return: 0; a negative errno after a message, for example if output is redirected to a
 * full disk.
 */
int file_flush_output(void);

/* Writes everything, in as many calls as that takes. Return: 0; a negative errno. */
int file_write_all(int fd, const char *data, size_t len);

/* struct file_meta - owner, mode and time of a file */
struct file_meta {
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct timespec mtime;
};

/*
 * Atomically makes @path a file of our own with that text, by way of PATH.new. It is for what
 * is below /run, and not synced: a loss of power takes that anyway. Return: as above.
 */
int file_replace(const char *path, const char *text);

/**
 * file_rename() - give a finished file its final name
 * @fd: open for writing; the caller closes it
 * @error: the error of writing it: if it is not 0, the file is removed instead
 *
 * The text and the name are on the disk afterwards: a power loss leaves either the old
 * file or the new one, never an empty one. Every file that we replace goes through this
 * function.
 *
 * Return: @error; a negative errno.
 */
int file_rename(int fd, int error, const char *new_path, const char *path);

/*
 * Removes a file, on the disk as well. Return: 0, also if it does not exist; a negative
 * errno.
 */
int file_remove(const char *path);

/**
 * file_open_next() - open, empty and lock the file that will replace @path
 * @ret_name: PATH.next~; to be freed
 *
 * Writers wait for each other. A file that a killed writer left under that name is
 * reused.
 *
 * Return: a descriptor; a negative errno, @ret_name untouched.
 */
int file_open_next(const char *path, char **ret_name);
/* The name PATH.next~, to be freed. */
char *file_next_name(const char *path);

/**
 * file_put() - replace a file by arbitrary bytes, with owner, mode and time
 *
 * A run that is killed leaves either the old or the new file, and possibly PATH.next~,
 * which the next run reuses.
 */
int file_put(const char *path, const char *data, size_t len,
	     const struct file_meta *meta);

/**
 * file_rewrite() - replace the text of a file that people maintain
 *
 * Owner and mode are kept; a new file belongs to the caller and is readable by all. A
 * symbolic link is kept, and its target is replaced.
 *
 * Return: 0; a negative errno.
 */
int file_rewrite(const char *path, const char *text);

/*
 * The next entry of a directory; NULL after the last one. Return: 0; a negative errno if the rest
 * cannot be read.
 */
int file_next_entry(DIR *folder, const struct dirent **ret);

/*
 * The root of the image that contains a directory etc/sysconfig: "" for the running
 * system and for a directory of another name.
 */
const char *file_root_of(const char *sysconfig, struct arena *arena);

/**
 * file_in_root() - where a path leads in an image once the image is the root
 * @root: the root of the image; @path: a path within it
 *
 * Symbolic links that begin with / are followed from @root.
 *
 * Return: 0 with *@ret, which begins with @root; -EXDEV if a link leads out of @root by
 * `..`; -ENOENT; -ELOOP; another negative errno.
 */
int file_in_root(const char *root, const char *path, struct arena *arena,
		 const char **ret);
