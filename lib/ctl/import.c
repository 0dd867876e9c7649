/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl import: converts profiles of NetworkManager to ifcfg files. */
#include "lib/carry/import.h"
#include "lib/base/file.h"
#include "lib/base/language.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "lib/ctl/complete.h"
#include "lib/ctl/write.h"

#define PROFILES "/etc/NetworkManager/system-connections"

/* struct import_settings - @force: also if there is a file already */
struct import_settings {
	bool write, force, strict;
};

/* struct importing - everything that is imported together */
struct importing {
	struct ctl *ctl;
	struct drafts drafts;
	struct import_profile *profiles;
	size_t n, cap;
};

static int read_profile_file(struct importing *in, const char *path)
{
	_cleanup_fclose_ FILE *file = file_open_stream(path);
	struct import_profile profile = { 0 };
	int error = errno, r;

	if (!file) {
		diag_error(in->drafts.diag, (struct pos){ path, 0 },
			   _("cannot be read: %s"), file_error(-error));
		return -error;
	}
	r = keyfile_read(file, path, in->drafts.arena, in->drafts.diag, &profile.keyfile);
	if (r < 0)
		return r;
	ARENA_PUSH(in->drafts.arena, in->profiles, in->n, in->cap, profile);
	return 0;
}

static int is_profile_file(const struct dirent *entry)
{
	const char *ending = strrchr(entry->d_name, '.');

	return *entry->d_name != '.' && ending && strcmp(ending, ".nmconnection") == 0;
}

static int read_folder(struct importing *in)
{
	struct dirent **entries;
	int n = file_scan(PROFILES, &entries, is_profile_file, alphasort), r = 0;

	if (n < 0) {
		diag_error(in->drafts.diag, (struct pos){ PROFILES, 0 },
			   _("cannot be read: %s"), language_error(-n));
		return n;
	}
	for (int i = 0; i < n; i++) {
		const char *path = arena_printf(in->drafts.arena, PROFILES "/%s",
						entries[i]->d_name);

		if (r == 0)
			r = read_profile_file(in, path);
		free(entries[i]);
	}
	free(entries);
	return r;
}

/* All errors of all profiles are reported. */
static int read_profiles(struct importing *in, int n, char **words)
{
	int r = 0;

	if (!n)
		return read_folder(in);
	for (int i = 0; i < n; i++) {
		int one = read_profile_file(in, words[i]);

		r = r < 0 ? r : one;
	}
	return r;
}

static int check_imported(struct importing *in, bool strict)
{
	size_t errors = diag_errors(in->drafts.diag);
	int r = 0;

	diag_set_strict(in->drafts.diag, strict);
	r = import_profiles(in->profiles, in->n, &in->drafts);
	for (size_t i = 0; i < in->n && (r == 0 || r == -EINVAL); i++) {
		const char *file =
			arena_printf(in->drafts.arena, "ifcfg-%s", in->profiles[i].name);
		const char *text = NULL;
		int one = drafts_text(&in->drafts, file, &text);

		if (one == 0 && text && in->profiles[i].name)
			one = write_judge(in->ctl, &in->drafts, file);
		r = one < 0 ? one : r;
	}
	diag_set_strict(in->drafts.diag, false);
	return r == 0 && diag_errors(in->drafts.diag) > errors ? -EINVAL : r;
}

static int import(struct ctl *ctl, int n, char **words)
{
	const struct import_settings *settings = ctl->settings;
	struct importing in = { .ctl = ctl };
	int r = write_begin(ctl, settings->write, &in.drafts);

	if (r == 0)
		r = read_profiles(&in, n, words);
	if (r == 0)
		r = check_imported(&in, settings->strict);
	if (r == 0 && settings->write && !settings->force)
		r = write_judge_old(&in.drafts);
	if (r == 0 && settings->write)
		r = drafts_write(&in.drafts);
	if (r == 0 && !settings->write)
		r = drafts_show(&in.drafts, stdout);
	drafts_release(&in.drafts);
	return r < 0 ? write_failed(r) : EXIT_DONE;
}

static const struct ctl_option import_options[] = {
	{ .name = "write",
	  .what = N_("write the files instead of printing them"),
	  .flag = offsetof(struct import_settings, write) },
	{ .name = "force",
	  .what = N_("replace existing files"),
	  .flag = offsetof(struct import_settings, force) },
	{ .name = "strict",
	  .what = N_("write nothing if something cannot be converted"),
	  .flag = offsetof(struct import_settings, strict) },
	{ 0 },
};

const struct ctl_command ctl_import = {
	.name = "import",
	.args = "[FILE]...",
	.what = N_("create ifcfg files from NetworkManager's profiles"),
	.example = "import /etc/NetworkManager/system-connections/bond0.nmconnection",
	.first = &offer_files,
	.more = &offer_files,
	.options = import_options,
	.settings_size = sizeof(struct import_settings),
	.max_words = CTL_MANY,
	.run = import,
};
