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
#include "lib/model/ifcfg-dir.h"

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

static int store_init(struct store *store, struct run *run)
{
	store->run = run;
	store->sysconfig = run->options.model.sysconfig;
	store->good = memory_printf("%s/good", run->options.rundir);
	store->tried = memory_printf("%s/tried", run->options.rundir);
	return store->good && store->tried ? 0 : -ENOMEM;
}

static void tell(struct store *store, const char *name, const char *what, int error)
{
	diag_warning(store->run->diag, (struct pos){ store->sysconfig, 0 },
		     _("%s cannot be %s: %s"), name, what, language_error(-error));
}

/* ---- which files ---- */

/* The name of an interface belongs to it up to what marks aliases and ranges. */
static bool is_named(const char *rest, const char *name)
{
	size_t len = strlen(name);

	return strncmp(rest, name, len) == 0 &&
	       (!rest[len] || rest[len] == ':' || strcmp(rest + len, ".route") == 0 ||
		strncmp(rest + len, "-range", 6) == 0);
}

static bool is_of(const char *rest, const struct iface *iface)
{
	return is_named(rest, iface->name) ||
	       (iface->written && is_named(rest, iface->written)) ||
	       (iface->file && is_named(rest, iface->file + strlen("ifcfg-")));
}

static bool means_all(const struct run *run)
{
	return run->options.all && !run->options.hotplug;
}

static bool is_meant(const struct model *want, const char *rest)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];

		if (is_of(rest, iface))
			return true;
		for (size_t k = 0; k < iface->n_ports; k++)
			if (is_of(rest, iface->ports[k]))
				return true;
	}
	return false;
}

bool files_mind(const char *name, const struct model *want, void *arg)
{
	const char *subject = ifcfg_subject(name);

	(void)arg;
	return subject && is_meant(want, subject);
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
	return subject && is_meant(run->want, subject);
}

/* ---- keeping ---- */

void files_seen(const char *path, const struct stat *st, const char *text, size_t len,
		void *arg)
{
	struct run *run = arg;
	const char *root = run->options.model.sysconfig;
	const size_t root_len = strlen(root);
	const struct kept_file file = {
		.name = path + root_len + 1,
		.data = text,
		.len = len,
		.meta = { st->st_mode, st->st_uid, st->st_gid, st->st_mtim },
	};

	if (strncmp(path, root, root_len) == 0 && path[root_len] == '/')
		kept_add(&run->files, &file);
}

/*
 * Reads what was kept so far. Return: 0; -ENOENT if there is nothing; another negative
 * errno.
 */
static int read_good(struct store *store, struct strbuf *ret)
{
	_cleanup_close_ int fd = open(store->good, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char block[4096];
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	store->since = st.st_mtim;
	while ((n = read(fd, block, sizeof(block))) > 0)
		strbuf_addn(ret, block, (size_t)n);
	if (n < 0)
		return -errno;
	return ret->failed ? -ENOMEM : 0;
}

/* For a single interface: the files of the others stay as they were kept. */
static int merge(struct store *store, const struct strbuf *old, struct kept *ret)
{
	const struct kept *seen = &store->run->files;
	int r = kept_read(strbuf_text(old), old->len, &store->files);

	if (r < 0)
		return r;
	for (size_t i = 0; i < store->files.n; i++)
		if (!is_file_of(store->run, store->files.files[i].name))
			kept_add(ret, &store->files.files[i]);
	for (size_t i = 0; i < seen->n; i++)
		if (is_file_of(store->run, seen->files[i].name))
			kept_add(ret, &seen->files[i]);
	return ret->failed ? -ENOMEM : 0;
}

/* Written only if it differs, but its time always records the last good run. */
static int write_good(struct store *store, const struct kept *files,
		      const struct strbuf *old)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct file_meta meta = { .mode = 0600, .uid = geteuid(), .gid = getegid() };

	kept_write(files, &text);
	if (text.failed || files->failed)
		return -ENOMEM;
	if (text.len == old->len &&
	    memcmp(strbuf_text(&text), strbuf_text(old), text.len) == 0)
		return utimensat(AT_FDCWD, store->good, NULL, 0) < 0 ? -errno : 0;
	clock_gettime(CLOCK_REALTIME, &meta.mtime);
	return file_put(store->good, strbuf_text(&text), text.len, &meta);
}

static int keep(struct store *store)
{
	_cleanup_strbuf_ struct strbuf old = STRBUF_EMPTY;
	_cleanup_kept_ struct kept merged = { 0 };
	int r = read_good(store, &old);

	if (means_all(store->run))
		return r < 0 && r != -ENOENT
			       ? r
			       : write_good(store, &store->run->files, &old);
	/* The files of single interfaces alone would be half a configuration. */
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = merge(store, &old, &merged);
	return r < 0 ? r : write_good(store, &merged, &old);
}

void files_keep(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	int r = store_init(&store, run);

	if (r == 0)
		r = keep(&store);
	if (r < 0)
		tell(&store, _("the files"), "kept", r);
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
		tell(store, tried->name, _("put back, as what is there cannot be kept"),
		     r);
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

static int restore(struct store *store, const char *name, const struct kept_file *kept,
		   const struct kept_file *tried)
{
	_cleanup_free_ char *path = NULL;
	int r = 0;

	path = memory_printf("%s/%s", store->sysconfig, name);
	if (!is_to_be_restored(store, path, kept, tried) ||
	    (tried && save_tried(store, path, tried) < 0))
		return 0;
	if (kept)
		r = file_put(path, kept->data, kept->len, &kept->meta);
	else
		r = file_remove(path);
	if (r < 0)
		tell(store, name, _("put back"), r);
	return 0;
}

static int restore_all(struct store *store)
{
	const struct kept *seen = &store->run->files, *kept = &store->files;
	int r = 0;

	for (size_t i = 0; i < seen->n && r == 0; i++) {
		const char *name = seen->files[i].name;

		if (is_file_of(store->run, name))
			r = restore(store, name, kept_find(kept, name), &seen->files[i]);
	}
	for (size_t i = 0; i < kept->n && r == 0; i++) {
		const char *name = kept->files[i].name;

		if (is_file_of(store->run, name) && !kept_find(seen, name))
			r = restore(store, name, &kept->files[i], NULL);
	}
	return r;
}

void files_restore(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	_cleanup_strbuf_ struct strbuf good = STRBUF_EMPTY;
	int r = store_init(&store, run);

	if (r == 0)
		r = read_good(&store, &good);
	if (r == -ENOENT) {
		diag_warning(run->diag, (struct pos){ run->options.model.sysconfig, 0 },
			     _("the files stay as they are: no good run is known"));
		diag_hint(run->diag, "`ifup -a` keeps them when nothing fails");
		return;
	}
	if (r == 0)
		r = kept_read(strbuf_text(&good), good.len, &store.files);
	if (r == 0)
		r = make_folders(store.tried);
	if (r == 0)
		r = restore_all(&store);
	if (r < 0)
		tell(&store, _("the files"), _("put back"), r);
}
