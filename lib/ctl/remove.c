/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl remove: removes the files of an interface. */
#include <errno.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/remove.h"
#include "lib/ctl/write.h"

/* struct remove_settings - @all: including what needs the interface */
struct remove_settings {
	bool dry_run, all, down;
};

/* struct removal - what is removed; @all: including everything that needs it */
struct removal {
	struct drafts *drafts;
	const struct ifcfg_dir *dir;
	bool all;
};

/*
 * Files without meaning once the interface is gone: bond0's, for "bond0" and "bond0:1".
 */
static bool is_subject(const char *subject, const char *name)
{
	size_t len = strlen(name);

	if (strncmp(subject, name, len) != 0)
		return false;
	return !subject[len] || subject[len] == ':' ||
	       strcmp(subject + len, ".route") == 0 ||
	       strncmp(subject + len, "-range", 6) == 0;
}

static bool goes_along(const char *name, const struct ifcfg *file)
{
	const char *subject = ifcfg_subject(name);
	const char *names[IFCFG_CALLED_MAX];
	const size_t n = subject ? ifcfg_called(file, names) : 0;

	for (size_t i = 0; i < n; i++)
		if (is_subject(subject, names[i]))
			return true;
	return false;
}

int remove_files(struct drafts *drafts, const struct ifcfg *file)
{
	_cleanup_closedir_ DIR *folder = MEMORY_TRY(opendir(drafts->directory));
	int unread = folder ? 0 : -errno, r = drafts_put(drafts, file->name, NULL);
	const struct dirent *entry = NULL;

	while (r == 0 && unread == 0 && (unread = file_next_entry(folder, &entry)) == 0 &&
	       entry)
		if (goes_along(entry->d_name, file))
			r = drafts_put(drafts, entry->d_name, NULL);
	if (unread < 0)
		diag_error(drafts->diag, (struct pos){ drafts->directory, 0 },
			   _("cannot be read: %s"), language_error(-unread));
	return unread < 0 ? unread : r;
}

static bool is_file_gone(const struct drafts *drafts, const char *name)
{
	for (size_t i = 0; i < drafts->n; i++)
		if (strcmp(drafts->list[i].name, name) == 0)
			return true;
	return false;
}

/* Keys by which other files refer to it, and what these are to it. */
static const struct {
	enum ifcfg_find find;
	const char *what, *key;
} file_users[] = {
	{ FIND_MASTER, N_("a port of"), "MASTER" },
	{ FIND_BRIDGE, N_("a port of"), "BRIDGE" },
	{ FIND_PARENT, N_("a VLAN on"), "PHYSDEV" },
	{ FIND_REAL, N_("an alias of"), "DEVICE" },
};

static int tell_user(struct drafts *drafts, const struct ifcfg *user, size_t kind,
		     const char *device)
{
	diag_error(drafts->diag, ifcfg_pos(user, file_users[kind].key), "%s is %s %s",
		   user->device ? user->device : user->name, _(file_users[kind].what),
		   device);
	return -EINVAL;
}

int remove_judge_users(struct drafts *drafts, const struct ifcfg_dir *dir,
		       const char *device)
{
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(file_users); i++) {
		struct ifcfg_span found = ifcfg_dir_find(dir, file_users[i].find, device);

		for (size_t k = 0; k < found.n; k++)
			r = tell_user(drafts, found.files[k], i, device);
	}
	return r;
}

static int remove_file(struct removal *removal, const struct ifcfg *file);

static int judge_user(struct removal *removal, const struct ifcfg *user, size_t kind,
		      const struct ifcfg *file)
{
	int r;

	if (is_file_gone(removal->drafts, user->name))
		return 0;
	if (removal->all)
		return remove_file(removal, user);
	r = tell_user(removal->drafts, user, kind, file->device);
	diag_hint(removal->drafts->diag,
		  "--all removes it, too; or remove or change it first");
	return r;
}

/* Return: 0; -EINVAL if others need it (reported). */
/* NOLINTNEXTLINE(misc-no-recursion): each file only once */
static int remove_file(struct removal *removal, const struct ifcfg *file)
{
	int r = remove_files(removal->drafts, file);

	for (size_t i = 0; i < ARRAY_SIZE(file_users) && file->device; i++) {
		struct ifcfg_span found =
			ifcfg_dir_find(removal->dir, file_users[i].find, file->device);

		for (size_t k = 0; k < found.n && (r == 0 || r == -EINVAL); k++) {
			int one = judge_user(removal, found.files[k], i, file);

			r = one < 0 ? one : r;
		}
	}
	return r;
}

static int plan_removal(struct ctl *ctl, struct drafts *drafts, const char *request,
			bool all)
{
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	struct removal removal = { drafts, &dir, all };
	int r = write_read(ctl, drafts, &dir);
	const struct ifcfg *file =
		r == 0 ? bind_find(&ctl->run.devices, &dir, request) : NULL;

	if (r < 0)
		return r;
	if (file)
		return remove_file(&removal, file);
	return ifcfg_not_found(&dir, request, ctl->run.diag);
}

/* By the files as they still are. */
static int take_down(struct ctl *ctl, const char *request)
{
	struct run *run = &ctl->run;

	if (!write_may_change(ctl))
		return EXIT_NOT_ROOT;
	run->make_plan = plan_down;
	run->options.dry_run = false;
	run->options.request = request;
	run_through(run);
	return run->status;
}

/* Return: 0; a negative errno, reported. */
static int begin_removal(struct ctl *ctl, const char *request, bool writes,
			 struct drafts *drafts)
{
	const struct remove_settings *settings = ctl->settings;
	int r = write_begin(ctl, writes, drafts);

	return r == 0 ? plan_removal(ctl, drafts, request, settings->all) : r;
}

/* Whether it can be removed is known before it goes down. */
static int judge_and_take_down(struct ctl *ctl, const char *request)
{
	_cleanup_drafts_ struct drafts drafts = { 0 };
	int r = begin_removal(ctl, request, false, &drafts);

	return r < 0 ? write_failed(r) : take_down(ctl, request);
}

/* Hooks may change files while it goes down, so the files are not locked until then. */
static int remove_interface(struct ctl *ctl, int n, char **words)
{
	const struct remove_settings *settings = ctl->settings;
	_cleanup_drafts_ struct drafts drafts = { 0 };
	int r = EXIT_DONE;

	(void)n;
	if (settings->down && !settings->dry_run)
		r = judge_and_take_down(ctl, words[0]);
	if (r != EXIT_DONE)
		return r;
	r = begin_removal(ctl, words[0], !settings->dry_run, &drafts);
	if (r == 0)
		r = settings->dry_run ? drafts_show(&drafts, stdout)
				      : drafts_write(&drafts);
	return r < 0 ? write_failed(r) : EXIT_DONE;
}

static const struct ctl_option remove_options[] = {
	{ .name = "all",
	  .what = N_("also its ports, aliases, and what is stacked on it"),
	  .flag = offsetof(struct remove_settings, all) },
	{ .name = "down",
	  .what = N_("take it down first"),
	  .flag = offsetof(struct remove_settings, down) },
	{ .name = "dry-run",
	  .what = N_("print which files would be removed"),
	  .flag = offsetof(struct remove_settings, dry_run) },
	{ 0 },
};

const struct ctl_command ctl_remove = {
	.name = "remove",
	.args = "NAME",
	.what = N_("remove the files of an interface"),
	.example = "remove --dry-run bond0",
	.first = &offer_configured,
	.options = remove_options,
	.settings_size = sizeof(struct remove_settings),
	.min_words = 1,
	.max_words = 1,
	.run = remove_interface,
};
