/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Converts an ifcfg file to a profile, and a profile to the text of ifcfg files. */
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/carry/export.h"
#include "lib/ctl/nm-profile.h"
#include "lib/ctl/write.h"
#include "lib/model/bond-options.h"

/* ---- from the files ---- */

static int read_profile_text(struct nm *nm, const struct strbuf *text,
			     struct keyfile *ret)
{
	_cleanup_fclose_ FILE *file = NULL;

	/* fmemopen() does not accept an empty text, but a profile is never empty. */
	file = MEMORY_TRY(fmemopen(text->text, text->len, "r"));
	if (!file)
		memory_end();
	return keyfile_read(file, NULL, nm->arena, nm->ctl->run.diag, ret);
}

/* Errors in the files are reported; warnings are for those who write the files. */
static int load_profile_model(struct nm *nm, const struct drafts *drafts,
			      const char *file, const struct model **ret)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	int r = bind_load(&nm->ctl->run.devices, &drafts->options, file, NULL, findings,
			  ret);

	if (r < 0)
		diag_merge(nm->ctl->run.diag, findings);
	return r;
}

int nm_profile_read(struct nm *nm, struct drafts *drafts, const char *file,
		    struct diag *lost, struct keyfile *ret)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	_cleanup_model_ const struct model *model = NULL;
	struct export export = { .dir = &dir, .arena = nm->arena, .diag = lost };
	int r = load_profile_model(nm, drafts, file, &model);

	if (r == 0)
		r = write_read(nm->ctl, drafts, &dir);
	if (r < 0)
		return r;
	if (!model->target || model->target->helper) {
		nm_usage(nm, _("is brought up by a helper: nothing more is known of it"),
			 file);
		return -EINVAL;
	}
	export.iface = model->target;
	r = ifcfg_dir_again(&dir, file, nm->ctl->run.diag, &export.file);
	if (r < 0)
		return r;
	export_keyfile(&export, &text);
	return read_profile_text(nm, &text, ret);
}

/* ---- to the files ---- */

static void copy_draft(struct nm *nm, const struct model_draft *draft,
		       struct nm_texts *texts)
{
	struct model_draft copy = { .name = arena_strdup(nm->arena, draft->name),
				    .text = arena_strdup(nm->arena, draft->text) };

	ARENA_PUSH(nm->arena, texts->of, texts->n, texts->cap, copy);
}

/* Options of a bond in the driver's order, as in an export. */
static size_t option_rank(const struct keyfile_entry *entry)
{
	const struct option_row *option = strcmp(entry->section, "bond") == 0
						  ? option_find(&bond_table, entry->key)
						  : NULL;

	return option ? option_id(&bond_table, option) : 0;
}

static int compare_entries(const void *a, const void *b)
{
	const struct keyfile_entry *first = a, *second = b;
	const struct keyfile_row *x = keyfile_row_find(first->section, first->key);
	const struct keyfile_row *y = keyfile_row_find(second->section, second->key);

	if (x != y)
		return x < y ? -1 : 1;
	if (option_rank(first) != option_rank(second))
		return option_rank(first) < option_rank(second) ? -1 : 1;
	return strverscmp(first->key, second->key);
}

void nm_profile_sort(struct keyfile *keyfile)
{
	if (keyfile->n)
		qsort(keyfile->entries, keyfile->n, sizeof(*keyfile->entries),
		      compare_entries);
}

void nm_profile_complete(struct nm *nm, struct keyfile *keyfile)
{
	static const char *const usual[][3] = { { "ipv4", "method", "auto" },
						{ "ipv6", "method", "auto" },
						{ "ipv6", "addr-gen-mode", "default" } };

	if (keyfile_get(keyfile, "connection", "master"))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		if (!keyfile_get(keyfile, usual[i][0], usual[i][1]))
			property_put(keyfile, usual[i][0], usual[i][1], usual[i][2],
				     nm->arena);
}

int nm_profile_of_master(struct nm *nm, struct nm_connections *all,
			 const struct keyfile *keyfile, struct keyfile *ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const char *name = keyfile_get(keyfile, "connection", "master");
	const struct nm_connection *master = name ? nm_connection_find(all, name) : NULL;

	*ret = (struct keyfile){ 0 };
	return master ? nm_profile_read(nm, &all->drafts, master->file->name, unheard,
					ret)
		      : 0;
}

/* Whether the file belongs to this profile, and not to its master. */
static bool is_of_profile(const char *name, const struct import_profile *profile)
{
	const char *about = strchr(name, '-') ? strchr(name, '-') + 1 : name;
	size_t len = profile->name ? strlen(profile->name) : 0;

	return strcmp(about, profile->file) == 0 ||
	       (len && strncmp(about, profile->name, len) == 0 &&
		(!about[len] || about[len] == ':'));
}

int nm_profile_make(struct nm *nm, struct keyfile *keyfile, const struct keyfile *master,
		    const char *subject, struct diag *diag, struct nm_texts *ret)
{
	_cleanup_drafts_ struct drafts scratch = { 0 };
	struct import_profile profiles[2] = { { .file = subject } };
	int r = 0;

	drafts_init(&scratch, &nm->ctl->run.options.model, diag);
	nm_profile_sort(keyfile);
	profiles[0].keyfile = *keyfile;
	if (master)
		profiles[1].keyfile = *master;
	r = import_profiles(profiles, master && master->n ? 2 : 1, &scratch);
	for (size_t i = 0; i < scratch.n && r == 0; i++)
		if (scratch.list[i].text &&
		    is_of_profile(scratch.list[i].name, &profiles[0]))
			copy_draft(nm, &scratch.list[i], ret);
	return r;
}

const char *nm_text_of(const struct nm_texts *texts, const char *name)
{
	for (size_t i = 0; i < texts->n; i++)
		if (strcmp(texts->of[i].name, name) == 0)
			return texts->of[i].text;
	return NULL;
}
