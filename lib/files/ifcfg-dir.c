/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds and reads the ifcfg files; knows where they are, and which are ignored. */
#include "lib/files/ifcfg-dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/compat.h"
#include "lib/base/file.h"
#include "lib/base/kept.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/text.h"
#include "lib/files/blanks.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/redact.h"
#include "parsers/shellvar.h"

/*
 * Endings that network-scripts and NetworkManager ignore, and those of editors and dpkg.
 */
static const char *const ignored_endings[] = {
	"~",        ".bak",    ".old",    ".orig", ".rej", ".rpmnew", ".rpmorig",
	".rpmsave", ".augnew", ".augtmp", ".swp",  ".swx", ".tmp",
};

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), end = strlen(ending);

	return len >= end && strcmp(name + len - end, ending) == 0;
}

bool ifcfg_is_ignored(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(ignored_endings); i++)
		if (ends_with(name, ignored_endings[i]))
			return true;
	return strstr(name, ".dpkg-") || strstr(name, ".ucf-");
}

/* ---- one file ---- */

/*
 * A file that others can write is read all the same: its content decides whether it
 * belongs to the current interface, and only then the error matters.
 */
static void check_safe(const struct stat *st, const char *path,
		       const struct model_options *options, struct diag *diag)
{
	if (options->insecure || file_is_safe(st, path))
		return;
	diag_error(diag, (struct pos){ path, 0 },
		   _("others than root can write this file"));
	diag_hint_words(diag, FILE_SAFE_HINT, path, path);
	diag_stand(diag);
}

/*
 * In a directory that others can write, they can give the name of a file to any other
 * file owned by root: to a log, for example, whose lines they choose. A group or an
 * access control list names people that somebody trusts, on hosts whose network they have
 * managed for years: this is a warning, and the host comes up.
 */
static void check_safe_directory(const char *path, struct diag *diag)
{
	struct stat st;

	if (stat(path, &st) < 0 || file_is_safe(&st, path))
		return;
	if (st.st_uid != 0 || st.st_mode & S_IWOTH)
		diag_error(diag, (struct pos){ path, 0 },
			   _("others than root can write this directory"));
	else
		diag_warning(diag, (struct pos){ path, 0 },
			     _("others than root can write this directory"));
	diag_hint_words(diag, FILE_SAFE_HINT, path, path);
	diag_stand(diag);
}

/* Without an image around the files, they are a tree of their own. */
static int stay_in_tree(const char *sysconfig, const char *path)
{
	_cleanup_free_ char *real = MEMORY_TRY(realpath(path, NULL)), *tree = NULL;
	size_t len;

	if (!real)
		return -errno;
	tree = MEMORY_TRY(realpath(sysconfig, NULL));
	if (!tree)
		return -errno;
	len = strlen(tree);
	return strncmp(real, tree, len) != 0 || real[len] != '/' ? -EXDEV : 0;
}

/*
 * A file of another tree, for example a customer's image, may be a link to a file
 * outside: the maker of the image must not see the contents of that file.
 *
 * Return: 0 with its path in *@ret; -EXDEV; -ENOENT; another negative errno.
 */
static int find_in_tree(const struct model_options *options, const char *path,
			struct arena *arena, const char **ret)
{
	const char *root = file_root_of(options->sysconfig, arena), *inside;
	const size_t len = strlen(options->sysconfig);

	if (!*root || strncmp(path, options->sysconfig, len) != 0) {
		*ret = path;
		return stay_in_tree(options->sysconfig, path);
	}
	inside = arena_printf(arena, "etc/sysconfig/%s", path + len);
	return file_in_root(root, inside, arena, ret);
}

/* Return: whether it was a dangling link, and not a file that was removed. */
static bool report_dangling(const char *path, struct diag *diag)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	if (n < 0)
		return false;
	diag_warning(diag, (struct pos){ path, 0 },
		     _("this link leads to '%.*s', which is not there"), (int)n, target);
	diag_hint(diag, "correct the link, or remove it");
	return true;
}

/* The result of reading a file: anything but READ_DONE is reported. */
enum reading {
	READ_NOT,    /* it is ignored, or we may not read it */
	READ_BROKEN, /* a device failed, so its content is not known */
	READ_DONE,
};

static enum reading why_not(int error)
{
	return error == -EBADFD || error == -EACCES ? READ_NOT : READ_BROKEN;
}

static void note_read(const char *path, const struct stat *st, const struct strbuf *text,
		      const struct model_options *options, struct diag *diag)
{
	const size_t root = strlen(options->sysconfig);

	check_safe(st, path, options, diag);
	if (options->kept && strncmp(path, options->sysconfig, root) == 0 &&
	    path[root] == '/')
		kept_add(options->kept,
			 &(struct kept_file){ .name = path + root + 1,
					      .data = strbuf_text(text),
					      .len = text->len,
					      .meta = { st->st_mode, st->st_uid,
							st->st_gid, st->st_mtim } });
}

/* Not by arena_printf(), which would take longer than all else that is done for most files. */
static const char *path_of(const struct ifcfg_dir *dir, const char *name)
{
	const size_t len = strlen(dir->path), size = strlen(name) + 1;
	char *path = arena_alloc(dir->arena, len + 1 + size);

	memcpy(path, dir->path, len);
	path[len] = '/';
	memcpy(path + len + 1, name, size);
	return path;
}

static struct diag *new_findings(const struct ifcfg_dir *dir)
{
	struct diag *findings = diag_new();

	diag_set_secrets(findings, dir->options->secrets);
	return findings;
}

/* Return: 0 with *@ret_how; -ENOENT if there is no such file. */
static int read_ifcfg_text(const char *path, size_t max,
			   const struct model_options *options, struct diag *diag,
			   struct strbuf *ret, enum reading *ret_how)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const char *found = path;
	struct stat st;
	int r = 0;

	if (options->is_abroad)
		r = find_in_tree(options, path, arena, &found);
	if (r == -EXDEV) {
		diag_error(diag, (struct pos){ path, 0 },
			   _("this link leads out of the tree: it is not read"));
		return 0;
	}
	if (r == 0)
		r = file_read(found, max, ret, &st);
	if (r == -ENOENT)
		return report_dangling(path, diag) ? 0 : r;
	*ret_how = r < 0 ? why_not(r) : READ_DONE;
	if (r == -EBADFD) {
		diag_error(diag, (struct pos){ path, 0 },
			   _("this is not a regular file"));
		return 0;
	}
	if (r < 0) {
		diag_error(diag, (struct pos){ path, 0 }, _("cannot be read: %s"),
			   file_error(r));
		diag_unread(diag);
		if (r == -EFBIG)
			diag_hint(diag, "it may have %zu MiB", max >> 20);
		return 0;
	}
	note_read(path, &st, ret, options, diag);
	return redact_note(path, strbuf_text(ret), options->secrets);
}

static const struct model_draft *find_draft(const struct model_draft *drafts,
					    const char *name)
{
	for (; drafts && drafts->name; drafts++)
		if (strcmp(drafts->name, name) == 0)
			return drafts;
	return NULL;
}

/* The same for a file in the directory, unless there is a draft of it. */
static int read_own_text(const struct ifcfg_dir *dir, const char *path, size_t max,
			 struct diag *diag, struct strbuf *ret, enum reading *ret_how)
{
	size_t len = strlen(dir->path);
	const struct model_draft *draft = NULL;
	struct stat st;

	if (strncmp(path, dir->path, len) == 0 && path[len] == '/')
		draft = find_draft(dir->options->drafts, path + len + 1);
	if (!draft)
		return read_ifcfg_text(path, max, dir->options, diag, ret, ret_how);
	if (!draft->text)
		return -ENOENT;
	if (stat(path, &st) == 0) /* it keeps its owner and mode */
		check_safe(&st, path, dir->options, diag);
	*ret_how = READ_DONE;
	strbuf_add(ret, draft->text);
	return redact_note(path, draft->text, dir->options->secrets);
}

static int parse_with_global(const struct ifcfg_dir *dir, const char *path,
			     const struct strbuf *text, const struct shellvars *outer,
			     struct diag *diag, struct shellvars *ret)
{
	int r = shellvar_parse(strbuf_text(text), text->len, path, outer, dir->arena,
			       dir->table, diag, ret);

	if (r == 0)
		redact_note_values(path, ret, dir->options->secrets);
	if (r == 0)
		blanks_trim(dir->arena, ret, diag);
	return r;
}

static int read_own_file(const struct ifcfg_dir *dir, const char *path,
			 const struct shellvars *outer, struct diag *diag,
			 struct shellvars *ret, bool *ret_is_broken)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	enum reading how = READ_NOT;
	int r = read_own_text(dir, path, FILE_SETTINGS_MAX, diag, &text, &how);

	*ret_is_broken |= how == READ_BROKEN;
	if (r < 0 || how != READ_DONE)
		return r;
	return parse_with_global(dir, path, &text, outer, diag, ret);
}

/* ---- files that are read in whole only when they are needed ---- */

/**
 * struct ifcfg_content - what is in a file
 * @dir: with what is needed for reading it
 * @simple: of a file that was not read in whole yet; then there is none of the rest
 */
struct ifcfg_content {
	const struct ifcfg_dir *dir;
	const char *path;
	bool is_draft;
	const struct simple_vars *simple;
	struct shellvars vars;
	struct diag *findings;
};

/*
 * struct listed - a file of the directory; @is_regular: known to be one; @draft: what it will
 * be, or NULL
 */
struct listed {
	const char *name;
	bool is_regular;
	const struct model_draft *draft;
};

/* So many files are open at most before all of them are closed. */
#define OPEN_MAX_FILES 64

/*
 * struct skimming - of a directory, open as @at, whose simple files need not be read in whole;
 * @fds: files that have been read and are still open: from Linux 5.9 on, one system call closes
 * all of them
 */
struct skimming {
	int at;
	unsigned int fds[OPEN_MAX_FILES];
	size_t n;
};

static void close_files(struct skimming *skimming)
{
	const unsigned int *fds = skimming->fds;

	for (size_t i = 0, n; i < skimming->n; i += n) {
		for (n = 1; i + n < skimming->n && fds[i + n] == fds[i] + n;)
			n++;
		if (n > 1 && syscall(SYS_close_range, fds[i], fds[i + n - 1], 0) == 0)
			continue;
		for (size_t k = 0; k < n; k++)
			close((int)fds[i + k]);
	}
	skimming->n = 0;
}

/* Return: the number of bytes read of a file of the directory; negative if it cannot be read. */
static ssize_t read_start(struct skimming *skimming, const char *name, char *ret,
			  size_t size)
{
	int fd;

	if (skimming->n == OPEN_MAX_FILES)
		close_files(skimming);
	fd = openat(skimming->at, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		close_files(skimming); /* there may be too many for those who try again */
		return -1;
	}
	skimming->fds[skimming->n++] = (unsigned int)fd;
	return read(fd, ret, size);
}

/* A simple file. Return: NULL for all others, which are to be read in whole. */
static const struct simple_vars *skim(const struct ifcfg_dir *dir,
				      struct skimming *skimming,
				      const struct listed *listed)
{
	char start[SIMPLE_VARS_MAX + 2];
	const char *text = start;
	ssize_t n = 0;

	if (!skimming || dir->options->is_abroad)
		return NULL;
	if (listed->draft)
		n = (ssize_t)strlen(text = listed->draft->text);
	else if (listed->is_regular)
		n = read_start(skimming, listed->name, start, sizeof(start) - 1);
	if (n <= 0 || n > SIMPLE_VARS_MAX)
		return NULL;
	if (!listed->draft)
		start[n] = '\0';
	if (dir->options->secrets && redact_is_needed(text))
		return NULL;
	return simple_vars_read(text, (size_t)n, dir->arena);
}

/*
 * Its bytes are those that were read first, by which its relations to other files were
 * judged.
 */
static void read_rest(struct ifcfg_content *content)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const struct ifcfg_dir *dir = content->dir;
	struct stat st;
	const bool is_there = stat(content->path, &st) == 0;

	simple_vars_text(content->simple, &text);
	content->simple = NULL;
	content->findings = new_findings(dir);
	if (is_there && content->is_draft)
		check_safe(&st, content->path, dir->options, content->findings);
	else if (is_there)
		note_read(content->path, &st, &text, dir->options, content->findings);
	parse_with_global(dir, content->path, &text, &dir->global, content->findings,
			  &content->vars);
}

const struct shellvars *ifcfg_vars(const struct ifcfg *file)
{
	if (file->content->simple)
		read_rest(file->content);
	return &file->content->vars;
}

struct diag *ifcfg_findings(const struct ifcfg *file)
{
	ifcfg_vars(file);
	return file->content->findings;
}

const struct simple_vars *ifcfg_simple_vars(const struct ifcfg *file)
{
	return file->content->simple;
}

/* ---- the directory ---- */

static bool is_ifcfg(const char *name)
{
	return strncmp(name, "ifcfg-", 6) == 0 && name[6];
}

/* The part after one of the prefixes; NULL if the name has none of them. */
static const char *behind(const char *name, const char *const *prefixes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return name + strlen(prefixes[i]);
	return NULL;
}

const char *ifcfg_subject(const char *name)
{
	static const char *const prefixes[] = { "ifcfg-", "route-", "route6-",
						"rule-",  "rule6-", "keys-" };
	const char *subject = behind(name, prefixes, ARRAY_SIZE(prefixes));

	if (!subject && ends_with(name, ".route") && *name != '.')
		return name;
	return subject && *subject ? subject : NULL;
}

const char *ifcfg_dir_device(size_t i, const void *arg)
{
	const struct ifcfg_dir *dir = arg;

	return dir->files[i].ignored ? NULL : dir->files[i].device;
}

const char *ifcfg_suffix(const struct ifcfg *file)
{
	return file->name + strlen("ifcfg-");
}

/*
 * Files besides an ifcfg file that network-scripts read, or ran, for the same interface.
 */
static bool is_companion(const char *name)
{
	static const char *const programs[] = { "ifup-", "ifdown-" };
	const char *subject = ifcfg_subject(name);

	if (subject == name)
		return true;
	return (subject || behind(name, programs, ARRAY_SIZE(programs))) &&
	       !ifcfg_is_ignored(name);
}

static bool is_relevant(const char *name)
{
	return is_ifcfg(name) || is_companion(name);
}

/* @skimming: NULL if all files are to be read in whole. */
static int read_ifcfg(struct ifcfg_dir *dir, const struct listed *listed,
		      struct skimming *skimming)
{
	struct ifcfg file = { .ignored = ifcfg_is_ignored(listed->name) };
	struct ifcfg_content *content = arena_alloc(dir->table, sizeof(*content));
	int r;

	file.name = arena_strdup(dir->arena, listed->name);
	file.path = path_of(dir, listed->name);
	file.content = content;
	content->dir = dir->start;
	content->path = file.path;
	content->is_draft = listed->draft;
	content->simple = skim(dir, skimming, listed);
	content->findings = content->simple ? NULL : new_findings(dir);
	ARENA_PUSH(dir->table, dir->files, dir->n, dir->cap, file);
	if (content->simple)
		return 0;
	r = read_own_file(dir, file.path, &dir->global, content->findings, &content->vars,
			  &dir->files[dir->n - 1].is_broken);
	return r == -ENOENT ? 0 : r; /* removed since it was listed, or a dangling link */
}

static void note_companion(struct ifcfg_dir *dir, const char *name)
{
	const char *copy = arena_strdup(dir->table, name);

	ARENA_PUSH(dir->table, dir->companions, dir->n_companions, dir->companions_cap,
		   copy);
}

int ifcfg_global_read(const struct model_options *options, struct arena *arena,
		      struct diag *diag, struct shellvars *ret, bool *ret_is_broken)
{
	const char *path = arena_printf(arena, "%s/network", options->sysconfig);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	enum reading how = READ_NOT;
	int r = read_ifcfg_text(path, FILE_SETTINGS_MAX, options, diag, &text, &how);

	*ret_is_broken = how == READ_BROKEN;
	if (r < 0 || how != READ_DONE)
		return r;
	r = shellvar_parse(strbuf_text(&text), text.len, path, NULL, arena, arena, diag,
			   ret);
	if (r == 0)
		redact_note_values(path, ret, options->secrets);
	if (r == 0)
		blanks_trim(arena, ret, diag);
	return r;
}

/* struct names - of the files that may matter */
struct names {
	struct listed *of;
	size_t n, cap;
};

static void add_file_name(struct ifcfg_dir *dir, struct names *names,
			  struct listed listed)
{
	listed.name = arena_strdup(dir->table, listed.name);
	ARENA_PUSH(dir->table, names->of, names->n, names->cap, listed);
}

/* Those that exist, or will when the drafts are written, sorted. */
static int list_file_names(struct ifcfg_dir *dir, DIR *entries, struct names *ret)
{
	const struct model_draft *drafts = dir->options->drafts;
	const struct dirent *entry;
	int r;

	while ((r = file_next_entry(entries, &entry)) == 0 && entry) {
		const bool is_regular = entry->d_type == DT_REG;

		if (is_relevant(entry->d_name) && !find_draft(drafts, entry->d_name))
			add_file_name(dir, ret,
				      (struct listed){ entry->d_name, is_regular, NULL });
	}
	if (r < 0)
		return r;
	for (; drafts && drafts->name; drafts++)
		if (drafts->text)
			add_file_name(dir, ret,
				      (struct listed){ drafts->name, false, drafts });
	if (ret->n)
		qsort(ret->of, ret->n, sizeof(*ret->of), text_order);
	return 0;
}

static int read_ifcfg_files(struct ifcfg_dir *dir, bool skims, struct diag *diag)
{
	_cleanup_closedir_ DIR *entries = MEMORY_TRY(opendir(dir->path));
	struct skimming skimming = { 0 };
	struct names names = { 0 };
	int r = entries ? list_file_names(dir, entries, &names) : -errno;

	if (r < 0) {
		diag_error(diag, (struct pos){ dir->path, 0 }, _("cannot be read: %s"),
			   language_error(-r));
		diag_unread(diag);
		return -ENOENT;
	}
	skimming.at = dirfd(entries);
	/* All at once: copies of a growing array would stay in the arena. */
	dir->cap = names.n + 1;
	dir->files = arena_alloc(dir->table, dir->cap * sizeof(*dir->files));
	for (size_t i = 0; i < names.n && r == 0; i++)
		if (is_ifcfg(names.of[i].name))
			r = read_ifcfg(dir, &names.of[i], skims ? &skimming : NULL);
		else
			note_companion(dir, names.of[i].name);
	close_files(&skimming);
	return r;
}

/* ---- files with secrets ---- */

/* Puts @more after @vars, so that it takes precedence. */
static void append_vars(struct arena *arena, struct shellvars *vars,
			const struct shellvars *more)
{
	size_t n = vars->n + more->n;
	struct shellvar *all = arena_alloc(arena, (n + 1) * sizeof(*all));
	struct shell_block **last = &vars->blocks;

	if (vars->n)
		memcpy(all, vars->vars, vars->n * sizeof(*all));
	if (more->n)
		memcpy(all + vars->n, more->vars, more->n * sizeof(*all));
	while (*last)
		last = &(*last)->next;
	*last = more->blocks;
	*vars = (struct shellvars){
		.vars = all, .n = n, .cap = n, .blocks = vars->blocks
	};
	shellvar_make_index(vars, arena);
}

/* They are separate so that others need not see them. */
static void judge_keys_mode(const char *path, struct diag *diag)
{
	struct stat st;

	if (stat(path, &st) < 0 || !(st.st_mode & (S_IRGRP | S_IROTH)))
		return;
	diag_warning(diag, (struct pos){ path, 0 },
		     _("others than root can read this file"));
	diag_hint_words(diag, "it is meant for secrets: chmod 600 %s", path);
}

/* keys-NAME is read after ifcfg-NAME, and may set any key. */
static int read_keys_file(struct ifcfg_dir *dir, const char *name, struct ifcfg *file)
{
	const char *path = arena_printf(dir->arena, "%s/%s", dir->path, name);
	struct shellvars outer = dir->global;
	struct shellvars vars = { 0 };
	const struct shellvars *own = ifcfg_vars(file);
	struct diag *findings = ifcfg_findings(file);
	int r = 0;

	append_vars(dir->table, &outer, own);
	if (access(path, R_OK) < 0 && errno == EACCES) {
		diag_warning(findings, (struct pos){ path, 0 },
			     _("ignored: only root can read this file"));
		return 0;
	}
	if (!dir->options->insecure)
		judge_keys_mode(path, findings);
	r = read_own_file(dir, path, &outer, findings, &vars, &file->is_broken);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	append_vars(dir->table, &file->content->vars, &vars);
	return 0;
}

static int read_all_keys(struct ifcfg_dir *dir)
{
	int r = 0;

	for (size_t i = 0; i < dir->n_companions && r == 0; i++) {
		const char *name = dir->companions[i];
		const char *full;
		struct ifcfg *file;

		/* An alias has no such file. */
		if (strncmp(name, "keys-", 5) != 0 || strchr(name, ':'))
			continue;
		full = arena_printf(dir->table, "ifcfg-%s", name + 5);
		file = ifcfg_dir_file(dir, full);
		if (file)
			r = read_keys_file(dir, name, file);
	}
	return r;
}

/* ---- relations between files ---- */

/* The member of struct ifcfg with the name by which files are found. */
static const size_t sort_by[FIND_COUNT] = {
	[FIND_DEVICE] = offsetof(struct ifcfg, device),
	[FIND_UUID] = offsetof(struct ifcfg, uuid),
	[FIND_MASTER] = offsetof(struct ifcfg, master),
	[FIND_BRIDGE] = offsetof(struct ifcfg, bridge),
	[FIND_PARENT] = offsetof(struct ifcfg, parent),
	[FIND_HOME] = offsetof(struct ifcfg, home),
	[FIND_REAL] = offsetof(struct ifcfg, real),
};

static const char *name_in(const struct ifcfg *file, size_t offset)
{
	return *(const char *const *)((const char *)file + offset);
}

static int compare_key_text(const char *a, const char *b, size_t offset)
{
	return offset == sort_by[FIND_UUID] ? strcasecmp(a, b) : strcmp(a, b);
}

/* By name; files with the same name stay in the order of the directory. */
static int by_member(const void *a, const void *b, void *arg)
{
	const struct ifcfg *const *first = a, *const *second = b;
	const size_t *offset = arg;
	int r = compare_key_text(name_in(*first, *offset), name_in(*second, *offset),
				 *offset);

	return r ? r : (*first > *second) - (*first < *second);
}

/* As a rule they are: files are read in the order of their names. */
static bool is_sorted(const struct ifcfg_span *index, size_t offset)
{
	for (size_t i = 1; i < index->n; i++)
		if (by_member(&index->files[i - 1], &index->files[i], &offset) > 0)
			return false;
	return true;
}

/* All valid files that have such a name, sorted by it. */
void ifcfg_dir_index(struct ifcfg_dir *dir, enum ifcfg_find find)
{
	struct ifcfg_span *index = &dir->index[find];
	size_t offset = sort_by[find];

	index->n = 0;
	if (!index->files)
		index->files =
			arena_alloc(dir->table, (dir->n + 1) * sizeof(*index->files));
	for (size_t i = 0; i < dir->n; i++)
		if (name_in(&dir->files[i], offset) && !dir->files[i].ignored)
			index->files[index->n++] = &dir->files[i];
	if (!is_sorted(index, offset))
		qsort_r(index->files, index->n, sizeof(*index->files), by_member,
			&offset);
}

struct ifcfg_span ifcfg_dir_find(const struct ifcfg_dir *dir, enum ifcfg_find find,
				 const char *name)
{
	const struct ifcfg_span *index = &dir->index[find];
	size_t first = 0, end = index->n, n = 0;

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		const char *there = name_in(index->files[middle], sort_by[find]);

		if (compare_key_text(there, name, sort_by[find]) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	while (first + n < index->n &&
	       compare_key_text(name_in(index->files[first + n], sort_by[find]), name,
				sort_by[find]) == 0)
		n++;
	return (struct ifcfg_span){ index->files + first, n };
}

const char *ifcfg_own_name(const struct ifcfg_dir *dir, const char *name)
{
	return host_device_name(dir->options, name, dir->arena);
}

int ifcfg_dir_scan(const struct model_options *options, struct arena *arena, bool skims,
		   struct diag *diag, struct ifcfg_dir *ret)
{
	const char *path = arena_printf(arena, "%s/network-scripts", options->sysconfig);
	int r;

	*ret = (struct ifcfg_dir){
		.arena = arena, .table = arena_new(), .path = path, .options = options
	};
	if (!options->insecure) {
		check_safe_directory(options->sysconfig, diag);
		check_safe_directory(path, diag);
	}
	r = ifcfg_global_read(options, arena, diag, &ret->global, &ret->is_global_broken);
	if (r == -ENOENT)
		r = 0;
	ret->start = arena_memdup(ret->table, ret, sizeof(*ret));
	if (r == 0)
		r = read_ifcfg_files(ret, skims, diag);
	return r == 0 ? read_all_keys(ret) : r;
}

void ifcfg_dir_release(struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++)
		diag_free(dir->files[i].content->findings);
	dir->n = 0;
	arena_free(dir->table);
	dir->table = NULL;
}

/* ---- queries ---- */

const struct shellvar *ifcfg_var(const struct ifcfg_dir *dir, const struct ifcfg *file,
				 const char *key)
{
	const struct shellvar *var = shellvar_get(ifcfg_vars(file), key);

	return var ? var : shellvar_get(&dir->global, key);
}

static const char *var_value(const struct shellvar *var)
{
	return var ? var->value : NULL;
}

/* The value that is in force in the file, "" too; NULL if there is none. */
static const char *written_value(const struct ifcfg *file, const char *key)
{
	const struct simple_vars *simple = file->content->simple;
	size_t i;

	if (!simple)
		return var_value(shellvar_get(&file->content->vars, key));
	i = simple_vars_find(simple, key);
	return i < simple->n ? simple_vars_value(simple, i) : NULL;
}

const char *ifcfg_value(const struct ifcfg_dir *dir, const struct ifcfg *file,
			const char *key)
{
	const char *value = written_value(file, key);

	if (!value)
		value = var_value(shellvar_get(&dir->global, key));
	return value && *value ? value : NULL;
}

const char *ifcfg_own_value(const struct ifcfg *file, const char *key)
{
	const char *value = written_value(file, key);

	return value && *value ? value : NULL;
}

bool ifcfg_has_type(const struct ifcfg *file, const char *word)
{
	const char *type = ifcfg_own_value(file, "TYPE");

	return type && strcasecmp(type, word) == 0;
}

bool ifcfg_is_astray(const struct ifcfg *file, const char *key)
{
	const struct shellvars *vars;

	if (file->content->simple)
		return false;
	vars = ifcfg_vars(file);
	for (size_t i = 0; i < vars->n && !shellvar_get(vars, key); i++)
		if (strcmp(vars->vars[i].key, key) == 0)
			return true;
	return false;
}

size_t ifcfg_called(const struct ifcfg *file, const char *ret[IFCFG_CALLED_MAX])
{
	const char *const names[IFCFG_CALLED_MAX] = { file->label ? file->label
								  : file->device,
						      ifcfg_suffix(file),
						      ifcfg_own_value(file, "DEVICE") };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		bool is_new = names[i];

		for (size_t k = 0; k < n && is_new; k++)
			is_new = strcmp(ret[k], names[i]) != 0;
		if (is_new)
			ret[n++] = names[i];
	}
	return n;
}

bool ifcfg_hwaddr(const struct ifcfg *file, struct hwaddr *ret)
{
	const char *value = ifcfg_own_value(file, "HWADDR");

	return value && hwaddr_parse(value, ret) == 0;
}

struct pos ifcfg_pos(const struct ifcfg *file, const char *key)
{
	const struct shellvar *var = shellvar_get(ifcfg_vars(file), key);

	return var ? var->pos : (struct pos){ file->path, 0 };
}

struct ifcfg *ifcfg_dir_file(const struct ifcfg_dir *dir, const char *name)
{
	for (size_t i = 0; i < dir->n; i++)
		if (strcmp(dir->files[i].name, name) == 0)
			return &dir->files[i];
	return NULL;
}

int ifcfg_dir_again(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
		    const struct ifcfg **ret)
{
	const struct ifcfg *file = ifcfg_dir_file(dir, name);

	if (file && file->is_broken) {
		diag_merge_new(diag, ifcfg_findings(file));
		return -EIO;
	}
	*ret = file;
	return 0;
}

int ifcfg_dir_text(const struct ifcfg_dir *dir, struct companion *file, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	enum reading how = READ_NOT;
	int r = read_own_text(dir, file->path, FILE_LINES_MAX, diag, &text, &how);

	if (r < 0 || how != READ_DONE)
		return r;
	file->text = arena_strndup(dir->arena, strbuf_text(&text), text.len);
	return 0;
}

bool ifcfg_dir_has_companion(const struct ifcfg_dir *dir, const char *name)
{
	return dir->n_companions && bsearch(&name, dir->companions, dir->n_companions,
					    sizeof(*dir->companions), text_order);
}

/* It is run in the directory, so a relative path is relative to that. */
static const char *program_path(const struct ifcfg_dir *dir, const char *name)
{
	return *dir->path == '/' ? arena_printf(dir->arena, "%s/%s", dir->path, name)
				 : arena_printf(dir->arena, "./%s", name);
}

int ifcfg_dir_program(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
		      const char **ret_path)
{
	const char *path, *run;
	struct stat st;

	if (!ifcfg_dir_has_companion(dir, name))
		return -ENOENT;
	path = arena_printf(dir->arena, "%s/%s", dir->path, name);
	run = program_path(dir, name);
	if (stat(path, &st) < 0) {
		if (errno == ENOENT)
			return -ENOENT; /* a dangling link */
		diag_error(diag, (struct pos){ path, 0 }, _("cannot be read: %s"),
			   language_error(errno));
	} else {
		if (!S_ISREG(st.st_mode) || !(st.st_mode & S_IXUSR))
			return -ENOENT;
		check_safe(&st, path, dir->options, diag);
	}
	*ret_path = run;
	return 0;
}

int ifcfg_dir_companion(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
			struct companion *ret)
{
	struct companion file = { 0 };
	int r;

	if (!ifcfg_dir_has_companion(dir, name))
		return -ENOENT;
	file.path = arena_printf(dir->arena, "%s/%s", dir->path, name);
	r = ifcfg_dir_text(dir, &file, diag);
	if (r == 0)
		*ret = file;
	return r;
}
