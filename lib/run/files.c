/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ifcfg files of the last good run: kept, and put back for --restore-files. */
#include "lib/run/files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/model/ifcfg-dir.h"

#define SCRIPTS "network-scripts"

/* Beside the folder; of all interfaces. */
static const char *const globals[] = { "network", "static-routes", "static-routes-ipv6" };

/* struct store - the folders: where the files are, are kept, and go when they are replaced */
struct store {
	struct run *run;
	const char *sysconfig;
	char *good, *tried;
};

static void store_release(struct store *store)
{
	free(store->good);
	free(store->tried);
}

static int store_init(struct store *store, struct run *run)
{
	store->run = run;
	store->sysconfig = run->options.model.sysconfig;
	if (asprintf(&store->good, "%s/good", run->options.rundir) < 0)
		store->good = NULL;
	if (asprintf(&store->tried, "%s/tried", run->options.rundir) < 0)
		store->tried = NULL;
	return store->good && store->tried ? 0 : -ENOMEM;
}

static void tell(struct store *store, const char *name, const char *what, int error)
{
	diag_warning(store->run->diag, (struct pos){ store->sysconfig, 0 },
		     "%s cannot be %s: %s", name, what, strerror(-error));
}

/* ---- which files ---- */

/* Up to what tells aliases and ranges apart, it is that interface's. */
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
	       (iface->file && is_named(rest, iface->file + strlen("ifcfg-")));
}

static bool is_meant(const struct run *run, const char *rest)
{
	const struct model *want = run->want;

	for (size_t i = 0; i < want->n_order && !run->options.all; i++) {
		if (is_of(rest, want->order[i]))
			return true;
		for (size_t k = 0; k < want->order[i]->n_ports; k++)
			if (is_of(rest, want->order[i]->ports[k]))
				return true;
	}
	return run->options.all;
}

/* Of the names in the folder, those that the run reads. */
static bool is_file_of(const struct run *run, const char *name)
{
	const char *subject = ifcfg_subject(name);

	return subject && is_meant(run, subject);
}

/* Calls @act with each file of the folder "network-scripts" below @root. */
static int each_script(struct store *store, const char *root,
		       int (*act)(struct store *store, const char *name))
{
	_cleanup_free_ char *path = NULL, *name = NULL;
	DIR *folder;
	int r = 0;

	if (asprintf(&path, "%s/" SCRIPTS, root) < 0) {
		path = NULL;
		return -ENOMEM;
	}
	folder = opendir(path);
	if (!folder)
		return errno == ENOENT ? 0 : -errno;
	for (struct dirent *entry; r == 0 && (entry = readdir(folder));) {
		if (!is_file_of(store->run, entry->d_name))
			continue;
		free(name);
		if (asprintf(&name, SCRIPTS "/%s", entry->d_name) < 0)
			name = NULL;
		r = name ? act(store, name) : -ENOMEM;
	}
	closedir(folder);
	return r;
}

static int each_file(struct store *store, const char *root,
		     int (*act)(struct store *store, const char *name))
{
	int r = each_script(store, root, act);

	for (size_t i = 0; i < ARRAY_SIZE(globals) && store->run->options.all && r == 0;
	     i++)
		r = act(store, globals[i]);
	return r;
}

/* ---- what is done with one ---- */

/* struct pair - a file, and the same kept */
struct pair {
	char *now, *kept;
	bool is_there, is_kept, is_same;
};

static void pair_release(struct pair *pair)
{
	free(pair->now);
	free(pair->kept);
}
#define _cleanup_pair_ _cleanup_(pair_release)

/* A copy has the time of what it is a copy of. */
static bool look_alike(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int pair_init(struct pair *pair, const struct store *store, const char *name)
{
	struct stat now, kept;

	if (asprintf(&pair->now, "%s/%s", store->sysconfig, name) < 0)
		pair->now = NULL;
	if (asprintf(&pair->kept, "%s/%s", store->good, name) < 0)
		pair->kept = NULL;
	if (!pair->now || !pair->kept)
		return -ENOMEM;
	pair->is_there = lstat(pair->now, &now) == 0 && S_ISREG(now.st_mode);
	pair->is_kept = lstat(pair->kept, &kept) == 0;
	pair->is_same = pair->is_there && pair->is_kept && look_alike(&now, &kept);
	return 0;
}

static int keep(struct store *store, const char *name)
{
	_cleanup_pair_ struct pair pair = { 0 };
	int r = pair_init(&pair, store, name);

	if (r < 0 || pair.is_same || !pair.is_there)
		return r;
	r = file_copy(pair.now, pair.kept);
	if (r < 0)
		tell(store, name, "kept", r);
	return 0;
}

/* What is gone by now is not put back either. */
static int drop_gone(struct store *store, const char *name)
{
	_cleanup_pair_ struct pair pair = { 0 };
	int r = pair_init(&pair, store, name);

	if (r == 0 && pair.is_kept && !pair.is_there)
		unlink(pair.kept);
	return r;
}

/* Return: 0 when the file may be replaced. */
static int save_tried(struct store *store, const char *name, const struct pair *pair)
{
	_cleanup_free_ char *path = NULL;
	int r = 0;

	if (asprintf(&path, "%s/%s", store->tried, name) < 0) {
		path = NULL;
		return -ENOMEM;
	}
	if (pair->is_there)
		r = file_copy(pair->now, path);
	if (r < 0)
		tell(store, name, "put back, as what is there cannot be kept", r);
	else if (pair->is_there)
		diag_warning(store->run->diag, (struct pos){ pair->now, 0 },
			     "is as it was at the last good run; what was tried is in %s",
			     path);
	return r;
}

static int restore(struct store *store, const char *name)
{
	_cleanup_pair_ struct pair pair = { 0 };
	int r = pair_init(&pair, store, name);

	if (r < 0 || pair.is_same || (!pair.is_there && !pair.is_kept))
		return r;
	if (save_tried(store, name, &pair) < 0)
		return 0;
	if (pair.is_kept)
		r = file_copy(pair.kept, pair.now);
	else
		r = unlink(pair.now) < 0 ? -errno : 0;
	if (r < 0)
		tell(store, name, "put back", r);
	return 0;
}

/* ---- the whole ---- */

static int make_folder(const char *path)
{
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

static int make_folders(const char *root)
{
	_cleanup_free_ char *path = NULL;
	int r = make_folder(root);

	if (asprintf(&path, "%s/" SCRIPTS, root) < 0) {
		path = NULL;
		return -ENOMEM;
	}
	return r == 0 ? make_folder(path) : r;
}

void files_keep(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	int r = store_init(&store, run);

	/* Single interfaces alone would be half of a configuration. */
	if (r == 0 && !run->options.all && access(store.good, F_OK) < 0)
		return;
	if (r == 0)
		r = make_folders(store.good);
	if (r == 0)
		r = each_file(&store, store.sysconfig, keep);
	if (r == 0)
		r = each_file(&store, store.good, drop_gone);
	if (r < 0)
		tell(&store, "the files", "kept", r);
}

void files_restore(struct run *run)
{
	_cleanup_(store_release) struct store store = { 0 };
	int r = store_init(&store, run);

	if (r == 0 && access(store.good, F_OK) < 0) {
		diag_warning(run->diag, (struct pos){ store.sysconfig, 0 },
			     "the files stay as they are: no good run is known");
		diag_hint(run->diag, "`ifup -a` keeps them when nothing fails");
		return;
	}
	if (r == 0)
		r = make_folders(store.tried);
	if (r == 0)
		r = each_file(&store, store.sysconfig, restore);
	if (r == 0)
		r = each_file(&store, store.good, restore);
	if (r < 0)
		tell(&store, "the files", "put back", r);
}
