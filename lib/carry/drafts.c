/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes of files that are checked together, then written together. */
#include "lib/carry/drafts.h"

#include <errno.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/base/strbuf.h"
#include "lib/base/text.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/files/redact.h"
#include "parsers/shellvar-edit.h"
#include "parsers/shellvar.h"

/* Adds an entry without a name after the first @n. */
static void add_end(struct drafts *drafts, size_t n)
{
	struct model_draft end = { 0 };
	ARENA_PUSH(drafts->arena, drafts->list, n, drafts->cap, end);

	drafts->options.drafts = drafts->list;
}

void drafts_init(struct drafts *drafts, const struct model_options *options,
		 struct diag *diag)
{
	*drafts = (struct drafts){ .arena = arena_new(),
				   .options = *options,
				   .diag = diag };
	drafts->directory =
		arena_printf(drafts->arena, "%s/network-scripts", options->sysconfig);
	add_end(drafts, 0);
}

void drafts_unlock(struct drafts *drafts)
{
	if (drafts->is_locked)
		close(drafts->lock_fd);
	drafts->is_locked = false;
}

void drafts_release(struct drafts *drafts)
{
	drafts_unlock(drafts);
	arena_free(drafts->arena);
	drafts->arena = NULL;
}

const char *drafts_path(const struct drafts *drafts, const char *name)
{
	return arena_printf(drafts->arena, "%s/%s", drafts->directory, name);
}

static int draft_failed(struct drafts *drafts, const char *path, const char *what,
			int error)
{
	diag_error(drafts->diag, (struct pos){ path, 0 }, _("cannot be %s: %s"), what,
		   file_error(error));
	return error;
}

/* ---- texts ---- */

static size_t find_drafted(const struct drafts *drafts, const char *name)
{
	size_t i = 0;

	while (i < drafts->n && strcmp(drafts->list[i].name, name) != 0)
		i++;
	return i;
}

/* Return: 0 with *@ret, NULL if there is no such file; a negative errno, reported. */
static int read_old(struct drafts *drafts, const char *name, const char **ret)
{
	const char *path = drafts_path(drafts, name);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r = file_read(path, FILE_LINES_MAX, &text, NULL);

	if (r == -ENOENT)
		return 0;
	if (r == 0 && memchr(strbuf_text(&text), '\0', text.len))
		r = -EINVAL;
	if (r < 0)
		return draft_failed(drafts, path, "read", r);
	*ret = arena_strdup(drafts->arena, strbuf_text(&text));
	return 0;
}

int drafts_text(struct drafts *drafts, const char *name, const char **ret)
{
	size_t i = find_drafted(drafts, name);

	*ret = NULL;
	if (i == drafts->n)
		return read_old(drafts, name, ret);
	*ret = drafts->list[i].text;
	return 0;
}

static int add_draft(struct drafts *drafts, const char *name)
{
	struct model_draft draft = { .name = arena_strdup(drafts->arena, name) };
	const char *old = NULL;
	size_t n_old = drafts->n;
	int r = read_old(drafts, name, &old);

	if (r == 0)
		ARENA_PUSH(drafts->arena, drafts->old, n_old, drafts->old_cap, old);
	if (r == 0)
		add_end(drafts, drafts->n + 1);
	if (r == 0)
		drafts->list[drafts->n++] = draft;
	return r;
}

/* The name of a new file must not be one that is ignored. */
static int judge_draft_name(struct drafts *drafts, const char *name)
{
	const char *old = NULL;
	int r = drafts_text(drafts, name, &old);

	if (r < 0 || old || strncmp(name, "ifcfg-", 6) != 0 || !ifcfg_is_ignored(name))
		return r;
	diag_error(drafts->diag, (struct pos){ 0 },
		   "%s cannot be written: a file of that name is taken for a backup and "
		   "ignored",
		   name);
	diag_hint(drafts->diag, "give the interface another name");
	return -EINVAL;
}

int drafts_put(struct drafts *drafts, const char *name, const char *text)
{
	const char *copy = text ? arena_strdup(drafts->arena, text) : NULL;
	size_t i = find_drafted(drafts, name);
	int r = text ? judge_draft_name(drafts, name) : 0;

	if (r == 0 && i == drafts->n)
		r = add_draft(drafts, name);
	if (r == 0)
		drafts->list[i].text = copy;
	return r;
}

int drafts_get(struct drafts *drafts, const char *name, const char *key, const char **ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const struct shellvar *var;
	struct shellvars vars;
	const char *text;
	int r = drafts_text(drafts, name, &text);

	if (r == 0)
		r = shellvar_parse(text ? text : "", text ? strlen(text) : 0, name, NULL,
				   drafts->arena, drafts->arena, unheard, &vars);
	if (r < 0)
		return r;
	var = shellvar_get(&vars, key);
	*ret = var ? var->value : "";
	return 0;
}

int drafts_set(struct drafts *drafts, const char *name, const char *key,
	       const char *value)
{
	_cleanup_strbuf_ struct strbuf changed = STRBUF_EMPTY;
	const char *path = drafts_path(drafts, name), *text;
	int r = drafts_text(drafts, name, &text);

	if (r < 0)
		return r;
	if (!text)
		text = "";
	r = shellvar_edit(text, strlen(text), path, key, value, drafts->diag, &changed);
	if (r == -EINVAL)
		diag_error(drafts->diag, (struct pos){ path, 0 },
			   _("%s cannot be changed here"), key);
	return r == 0 ? drafts_put(drafts, name, strbuf_text(&changed)) : r;
}

/* ---- checks ---- */

int drafts_check(struct drafts *drafts, const char *request)
{
	_cleanup_model_ const struct model *model = NULL;
	size_t errors = diag_errors(drafts->diag);
	int r = model_load(&drafts->options, request, NULL, drafts->diag, &model);

	if (r == 0 && diag_errors(drafts->diag) > errors)
		r = -EINVAL;
	return r;
}

int drafts_judge_broken(struct drafts *drafts, struct ifcfg_dir *dir)
{
	int r = dir->is_global_broken ? -EIO : 0; /* which was reported */

	for (size_t i = 0; i < dir->n; i++) {
		if (!dir->files[i].is_broken)
			continue;
		diag_merge(drafts->diag, ifcfg_findings(&dir->files[i]));
		r = -EIO;
	}
	return r;
}

/* ---- writing ---- */

bool drafts_is_empty(const struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->n; i++)
		if (!text_equal(drafts->list[i].text, drafts->old[i]))
			return false;
	return true;
}

/* Gives the file the text @to, or removes it. Return: 0; a negative errno, reported. */
static int write_one(struct drafts *drafts, const char *name, const char *to)
{
	const char *path = drafts_path(drafts, name);
	int r;

	if (to)
		r = file_rewrite(path, to);
	else
		r = file_remove(path);
	return r < 0 ? draft_failed(drafts, path, to ? "written" : "removed", r) : 0;
}

/* Restores the first @n files. Return: as above. */
static int take_drafts_back(struct drafts *drafts, size_t n)
{
	int r = 0;

	for (size_t i = n; i > 0; i--) {
		const struct model_draft *draft = &drafts->list[i - 1];
		const char *old = drafts->old[i - 1];
		int one = 0;

		if (!text_equal(draft->text, old))
			one = write_one(drafts, draft->name, old);
		r = r < 0 ? r : one;
	}
	return r;
}

int drafts_write(struct drafts *drafts)
{
	if (memory_was_short())
		return -ENOMEM;
	for (size_t i = 0; i < drafts->n; i++) {
		const struct model_draft *draft = &drafts->list[i];
		int r = 0;

		if (!text_equal(draft->text, drafts->old[i]))
			r = write_one(drafts, draft->name, draft->text);
		if (r < 0) {
			take_drafts_back(drafts, i);
			return r;
		}
	}
	return 0;
}

/*
 * Return: 0; -EBUSY, reported, if the file is not what was written; a negative errno,
 * reported.
 */
static int judge_written(struct drafts *drafts, const struct model_draft *draft)
{
	const char *now = NULL;
	int r = read_old(drafts, draft->name, &now);

	if (r < 0 || text_equal(now, draft->text))
		return r;
	diag_warning(
		drafts->diag, (struct pos){ drafts_path(drafts, draft->name), 0 },
		_("somebody else has changed this file meanwhile: it stays as it is"));
	return -EBUSY;
}

int drafts_take_back(struct drafts *drafts)
{
	int r = 0, one;

	for (size_t i = 0; i < drafts->n; i++) {
		const struct model_draft *draft = &drafts->list[i];

		one = 0;
		if (!text_equal(draft->text, drafts->old[i]))
			one = judge_written(drafts, draft);
		if (one < 0)
			drafts->old[i] = draft->text; /* nothing to restore */
		r = r < 0 ? r : one;
	}
	one = take_drafts_back(drafts, drafts->n);
	return r < 0 ? r : one;
}

/* Shows a file without writing it; secrets in it stay hidden. */
static int show_draft(const struct drafts *drafts, const struct model_draft *draft,
		      FILE *out)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;
	int r = draft->text ? redact(draft->text, secret_file(draft->name), &clean) : 0;

	if (r < 0)
		return r;
	print_line(out, "==> %s/%s%s <==", drafts->directory, draft->name,
		   draft->text ? "" : " removed");
	print_text(out, strbuf_text(&clean));
	return 0;
}

int drafts_show(const struct drafts *drafts, FILE *out)
{
	bool is_first = true;
	int r = 0;

	for (size_t i = 0; i < drafts->n && r == 0; i++) {
		const struct model_draft *draft = &drafts->list[i];

		if (text_equal(draft->text, drafts->old[i]))
			continue;
		if (!is_first)
			print_line(out, "%s", "");
		r = show_draft(drafts, draft, out);
		is_first = false;
	}
	return r;
}
