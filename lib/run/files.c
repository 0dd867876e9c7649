/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps the files of the last good run, and restores them for --restore-files. */
#include "lib/run/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/files/files.h"
#include "lib/files/ifcfg-dir.h"

#define SCRIPTS "network-scripts/"

/*
 * struct store - the directory of the files, and that of the copies; @tried: for replaced
 * files
 */
struct store {
	struct run *run;
	const char *sysconfig;
	char *good, *tried;
	struct kept files;     /* in the former */
	struct timespec since; /* of the last good run */
};

static void store_release(struct store *store)
{
	free(store->good);
	free(store->tried);
	kept_release(&store->files);
}

static void store_init(struct store *store, struct run *run)
{
	store->run = run;
	store->sysconfig = run->options.model.sysconfig;
	store->good = memory_printf("%s/good", run->options.rundir);
	store->tried = memory_printf("%s/tried", run->options.rundir);
}

static void tell_not_kept(struct store *store, const char *name, const char *what,
			  int error)
{
	diag_warning(store->run->diag, (struct pos){ store->sysconfig, 0 },
		     _("%s cannot be %s: %s"), name, what, language_error(-error));
}

/* ---- which files ---- */

static bool means_all(const struct run *run)
{
	return run->options.all && !run->options.hotplug;
}

/*
 * Whether the run is about this file: for single interfaces, global files are not
 * included.
 */
static bool is_file_of(const struct run *run, const char *name)
{
	const char *subject = NULL;

	if (means_all(run))
		return true;
	if (strncmp(name, SCRIPTS, strlen(SCRIPTS)) == 0)
		subject = ifcfg_subject(name + strlen(SCRIPTS));
	return subject && model_means(run->want, subject);
}

/* ---- keeping ---- */

/*
 * Looks at what was kept so far. Return: 0; -ENOENT if there is nothing; another negative
 * errno.
 */
static int view_good(struct store *store, struct file_view *ret)
{
	struct stat st;
	int r = file_view(store->good, ret, &st);

	if (r == 0)
		store->since = st.st_mtim;
	return r;
}

/* Written only if it differs, but its time always records the last good run. */
static int write_good(struct store *store, const struct strbuf *text,
		      const struct file_view *old)
{
	struct file_meta meta = { .mode = 0600, .uid = geteuid(), .gid = getegid() };

	if (text->len == old->len && old->len &&
	    memcmp(strbuf_text(text), old->bytes, text->len) == 0)
		return utimensat(AT_FDCWD, store->good, NULL, 0) < 0 ? -errno : 0;
	clock_gettime(CLOCK_REALTIME, &meta.mtime);
	return file_put(store->good, strbuf_text(text), text->len, &meta);
}

static int keep_all(struct store *store, const struct file_view *old)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	kept_write(&store->run->files, &text);
	return write_good(store, &text, old);
}

/* The names of interfaces are short; files of longer names are of no interface. */
#define NAME_SIZE 512

/* The name of a file of this run, if @name is one; else NULL. */
static const char *name_of_run(const struct store *store, const char *name, size_t len,
			       char copy[static NAME_SIZE])
{
	if (len >= NAME_SIZE)
		return NULL;
	memcpy(copy, name, len);
	copy[len] = '\0';
	return is_file_of(store->run, copy) ? copy : NULL;
}

/* A file of this run: whether what was kept, @bytes, is the file as it is now. */
static bool is_kept(const struct store *store, const char *name, const char *bytes,
		    size_t size)
{
	const struct kept_file *seen = kept_find(&store->run->files, name);
	_cleanup_strbuf_ struct strbuf form = STRBUF_EMPTY;

	if (seen)
		kept_write_file(seen, &form);
	return form.len == size && memcmp(strbuf_text(&form), bytes, size) == 0;
}

/* Whether a file that was read is one of this run; of several of a name, the last one. */
static bool is_seen(const struct store *store, size_t i)
{
	const struct kept *seen = &store->run->files;
	const char *name = seen->files[i].name;

	return is_file_of(store->run, name) && kept_find(seen, name) == &seen->files[i];
}

/*
 * For a single interface: the files of the others stay as they were kept. @out: those, if any
 * of its own differ, and then its own. Return: whether any do; a negative errno.
 */
static int merge(const struct store *store, const struct file_view *old,
		 struct strbuf *out)
{
	const struct kept *seen = &store->run->files;
	char copy[NAME_SIZE];
	size_t found = 0, n = 0, size, name_len;
	bool differs = false;
	struct kept_file file;

	for (size_t at = 0; at < old->len; at += size) {
		const char *name;

		size = kept_next(old->bytes + at, old->len - at, &file, &name_len);
		if (!size)
			return -EINVAL;
		name = name_of_run(store, file.name, name_len, copy);
		found += name != NULL;
		differs |= name && !is_kept(store, name, old->bytes + at, size);
	}
	for (size_t i = 0; i < seen->n; i++)
		n += is_seen(store, i);
	if (!differs && found == n)
		return 0;
	for (size_t at = 0; at < old->len; at += size) {
		size = kept_next(old->bytes + at, old->len - at, &file, &name_len);
		if (!name_of_run(store, file.name, name_len, copy))
			strbuf_addn(out, old->bytes + at, size);
	}
	for (size_t i = 0; i < seen->n; i++)
		if (is_seen(store, i))
			kept_write_file(&seen->files[i], out);
	return 1;
}

/* The files of a single interface alone, without @old, would be half a configuration. */
static int keep_some(struct store *store, const struct file_view *old)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r = merge(store, old, &text);

	if (r < 0)
		return r;
	if (r == 0)
		return utimensat(AT_FDCWD, store->good, NULL, 0) < 0 ? -errno : 0;
	return write_good(store, &text, old);
}

static int keep_files(struct store *store)
{
	_cleanup_file_view_ struct file_view old = { 0 };
	int r = view_good(store, &old);

	if (r < 0 && r != -ENOENT)
		return r;
	if (means_all(store->run))
		return keep_all(store, &old);
	return r == 0 ? keep_some(store, &old) : 0;
}

void files_keep(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	int r = 0;

	store_init(&store, run);
	r = keep_files(&store);
	if (r < 0)
		tell_not_kept(&store, _("the files"), "kept", r);
}

/* ---- restoring ---- */

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec > b->tv_sec ||
	       (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

static int make_folder(const char *path)
{
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

static int make_folders(const char *root)
{
	_cleanup_free_ char *path = NULL;
	int r = make_folder(root);

	path = memory_printf("%s/" SCRIPTS, root);
	return r == 0 ? make_folder(path) : r;
}

/* Return: 0 if the file may be replaced. */
static int save_tried(struct store *store, const char *path,
		      const struct kept_file *tried)
{
	_cleanup_free_ char *to = NULL;
	int r;

	to = memory_printf("%s/%s", store->tried, tried->name);
	r = file_put(to, tried->data, tried->len, &tried->meta);
	if (r < 0)
		tell_not_kept(store, tried->name,
			      _("put back, as what is there cannot be kept"), r);
	else
		diag_warning(
			store->run->diag, (struct pos){ path, 0 },
			_("is as it was at the last good run; what was tried is in %s"),
			to);
	return r;
}

/*
 * Whether the file is to be restored. @kept: NULL if the last good run did not have it;
 * @tried: NULL if this run did not read it. Files in neither are left alone.
 */
static bool is_to_be_restored(const struct store *store, const char *path,
			      const struct kept_file *kept, const struct kept_file *tried)
{
	struct stat st;

	if (kept && tried)
		return kept->len != tried->len ||
		       memcmp(kept->data, tried->data, kept->len) != 0;
	if (lstat(path, &st) < 0)
		return kept;
	return tried && is_later(&st.st_ctim, &store->since);
}

static void restore_file(struct store *store, const char *name,
			 const struct kept_file *kept, const struct kept_file *tried)
{
	_cleanup_free_ char *path = NULL;
	int r = 0;

	path = memory_printf("%s/%s", store->sysconfig, name);
	if (!is_to_be_restored(store, path, kept, tried) ||
	    (tried && save_tried(store, path, tried) < 0))
		return;
	if (kept)
		r = file_put(path, kept->data, kept->len, &kept->meta);
	else
		r = file_remove(path);
	if (r < 0)
		tell_not_kept(store, name, _("put back"), r);
}

static void restore_all(struct store *store)
{
	const struct kept *seen = &store->run->files, *kept = &store->files;

	for (size_t i = 0; i < seen->n; i++) {
		const char *name = seen->files[i].name;

		if (is_file_of(store->run, name))
			restore_file(store, name, kept_find(kept, name), &seen->files[i]);
	}
	for (size_t i = 0; i < kept->n; i++) {
		const char *name = kept->files[i].name;

		if (is_file_of(store->run, name) && !kept_find(seen, name))
			restore_file(store, name, &kept->files[i], NULL);
	}
}

void files_restore(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	_cleanup_file_view_ struct file_view good = { 0 };
	int r = 0;

	store_init(&store, run);
	r = view_good(&store, &good);
	if (r == -ENOENT) {
		diag_warning(run->diag, (struct pos){ run->options.model.sysconfig, 0 },
			     _("the files stay as they are: no good run is known"));
		diag_hint(run->diag, "`ifup -a` keeps them when nothing fails");
		return;
	}
	if (r == 0)
		r = kept_read(good.bytes, good.len, &store.files);
	if (r == 0)
		r = make_folders(store.tried);
	if (r == 0)
		restore_all(&store);
	if (r < 0)
		tell_not_kept(&store, _("the files"), _("put back"), r);
}
