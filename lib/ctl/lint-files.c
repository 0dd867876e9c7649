/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mistakes in files as such: names, copies, owners, relations. */
#include "lib/ctl/lint-files.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/secrets.h"
#include "lib/base/typo.h"
#include "lib/files/judge.h"
#include "lib/files/loader.h"
#include "lib/files/rivals.h"
#include "lib/files/source.h"
#include "lib/model/addr.h"
#include "lib/model/slip.h"

/* struct view - the input of the rules */
struct view {
	const struct lint *lint;
	const struct ifcfg_dir *dir;
	struct arena *arena;
	struct diag *diag;
};

static struct pos whole(const struct ifcfg *file)
{
	return (struct pos){ file->path, 0 };
}

/* ---- names ---- */

/* Everything up to the number at the end: "bond" of bond1. */
static size_t stem(const char *name)
{
	size_t len = strlen(name);

	while (len && isdigit((unsigned char)name[len - 1]))
		len--;
	return len;
}

/* NetworkManager names a file after the connection. */
static bool is_named_by_name(const struct view *view, const struct ifcfg *file)
{
	const char *name = ifcfg_value(view->dir, file, "NAME");

	return name && strcmp(name, ifcfg_suffix(file)) == 0;
}

/*
 * ifcfg-bond1 with DEVICE=bond0 is probably an unfinished copy; other differences are a
 * naming scheme.
 */
static void judge_file_name(const struct view *view, const struct ifcfg *file)
{
	const char *device = file->device;

	if (!device || file->real || is_named_by_name(view, file) ||
	    strcmp(device, ifcfg_suffix(file)) == 0 ||
	    stem(device) != stem(ifcfg_suffix(file)) ||
	    strncmp(device, ifcfg_suffix(file), stem(device)) != 0)
		return;
	diag_warning(view->diag, ifcfg_pos(file, "DEVICE"),
		     "a file of this name is about %s, but DEVICE is %s",
		     ifcfg_suffix(file), device);
	diag_hint(view->diag, "write DEVICE=%s, or rename the file to ifcfg-%s",
		  ifcfg_suffix(file), device);
}

static bool has_rival(const struct view *view, const struct ifcfg *file)
{
	return file->device && ifcfg_dir_find(view->dir, FIND_DEVICE, file->device).n > 1;
}

static void judge_copy(const struct view *view, const struct ifcfg *file)
{
	/* With another file for the device, that is an error which says what to do. */
	if (!ifcfg_is_copy(ifcfg_suffix(file)) || has_rival(view, file) ||
	    (file->device && strcmp(file->device, ifcfg_suffix(file)) == 0))
		return;
	diag_warning(view->diag, whole(file),
		     "this looks like a backup copy, but it is read");
	diag_hint(view->diag, "only names that end in .bak, .old, .orig, ~ and the like "
			      "are ignored; move it out of the directory");
}

static void judge_ignored(const struct view *view, const struct ifcfg *file)
{
	if (!file->instead) /* otherwise the model has reported it */
		diag_note(view->diag, whole(file),
			  "ignored: it has the name of a backup");
}

/* ---- relations ---- */

static void judge_uuid(const struct view *view, const struct ifcfg *file)
{
	const struct ifcfg *first;

	if (!file->uuid)
		return;
	first = ifcfg_dir_find(view->dir, FIND_UUID, file->uuid).files[0];
	if (first == file)
		return;
	diag_warning(view->diag, ifcfg_pos(file, "UUID"),
		     "the UUID of this file is that of %s, too (line %u)", first->name,
		     ifcfg_pos(first, "UUID").line);
	diag_hint(view->diag, "uuidgen makes a new one; or remove the line");
}

static void judge_alias(const struct view *view, const struct ifcfg *file)
{
	const char *parent = file->real;

	if (!parent || ifcfg_dir_find(view->dir, FIND_DEVICE, parent).n)
		return;
	alias_tell_no_parent(view->diag, file, parent);
}

static bool has_file_about(const struct view *view, const char *name)
{
	const char *file = arena_printf(view->arena, "ifcfg-%s", name);
	const char *own = ifcfg_own_name(view->dir, name);

	return !own || ifcfg_dir_file(view->dir, file) ||
	       ifcfg_dir_find(view->dir, FIND_DEVICE, own).n ||
	       ifcfg_dir_find(view->dir, FIND_MASTER, own).n ||
	       ifcfg_dir_find(view->dir, FIND_BRIDGE, own).n;
}

/* The route and rule files of an alias may be named after its NAME. */
static bool is_name_of_alias(const struct view *view, const char *name)
{
	for (size_t i = 0; i < view->dir->n; i++) {
		const struct ifcfg *file = &view->dir->files[i];
		const char *given = ifcfg_own_value(file, "NAME");

		if (!file->ignored && file->real &&
		    (strcmp(file->label, name) == 0 || alias_is_of_range(file, name) ||
		     (given && strcmp(given, name) == 0)))
			return true;
	}
	return false;
}

/* ens1 for "ens1.txt" and "ENS1", if there is a file for it. */
static const char *described_near(const struct view *view, const char *name)
{
	for (size_t i = 0; i < view->dir->n; i++) {
		const char *device = view->dir->files[i].device;
		const size_t len = device ? strlen(device) : 0;

		if (len && !view->dir->files[i].ignored &&
		    (strcasecmp(name, device) == 0 ||
		     (strncmp(name, device, len) == 0 && name[len] == '.' &&
		      isalpha((unsigned char)name[len + 1])) ||
		     slip_is_near(name, device)))
			return device;
	}
	return NULL;
}

/* route-bond1 without a bond1; nothing is known about programs, for example ifup-Team. */
static void judge_stray_companion(const struct view *view, const char *name)
{
	const char *about = ifcfg_subject(name), *near;
	const char *path;

	if (!about || about == name || has_file_about(view, about) ||
	    is_name_of_alias(view, about))
		return;
	path = arena_printf(view->arena, "%s/%s", view->dir->path, name);
	diag_warning(view->diag, (struct pos){ path, 0 },
		     _("this file belongs to no interface: there is no ifcfg-%s"), about);
	near = described_near(view, about);
	if (near)
		diag_hint(view->diag, "did you mean %.*s%s?", (int)(about - name), name,
			  near);
	else
		diag_hint(view->diag, "rename it, or move it out of the directory");
}

/* ---- cards ---- */

/*
 * Only on the machine of the files: names of cards change, for example with the firmware.
 */
static void judge_hwaddr(const struct view *view, const struct ifcfg *file)
{
	const struct model_options *model = &view->lint->model;
	struct hwaddr mac;
	const char *card;

	if (!host_knows_cards(model) || !file->device || !ifcfg_hwaddr(file, &mac))
		return;
	card = host_card(model, &mac, 0);
	if (card && strcmp(card, file->device) == 0)
		return;
	if (card) {
		diag_warning(view->diag, ifcfg_pos(file, "HWADDR"),
			     "HWADDR=%s is the address of %s, and not of %s",
			     ifcfg_own_value(file, "HWADDR"), card, file->device);
		diag_hint(view->diag,
			  "while it is down, `ifup --rename` names it %s, as "
			  "udev does at boot; or correct DEVICE or HWADDR",
			  file->device);
		return;
	}
	diag_warning(view->diag, ifcfg_pos(file, "HWADDR"),
		     "HWADDR=%s is the address of no card here",
		     ifcfg_own_value(file, "HWADDR"));
	diag_hint(view->diag, "`ip link` lists the cards: correct DEVICE or HWADDR");
}

/* ---- owners and modes ---- */

static const struct shellvar *first_secret(const struct ifcfg *file)
{
	for (size_t i = 0; i < ifcfg_vars(file)->n; i++) {
		const struct shellvar *var = &ifcfg_vars(file)->vars[i];

		if (secret_key(var->key) && *var->value && var->pos.file == file->path)
			return var;
	}
	return NULL;
}

static void judge_secret_mode(const struct view *view, const struct ifcfg *file)
{
	const struct shellvar *secret = first_secret(file);
	struct stat st;

	if (!secret || stat(file->path, &st) < 0 || !(st.st_mode & (S_IRGRP | S_IROTH)))
		return;
	diag_warning(view->diag, secret->pos, "others than root can read %s here",
		     secret->key);
	diag_hint_words(view->diag,
			"chmod 600 %s, or move the line into keys-%s, with that mode",
			file->path, ifcfg_suffix(file));
}

/* Files that must belong to root have been reported already. */
static void judge_writable(const struct view *view, const struct ifcfg *file)
{
	struct stat st;

	if (!view->lint->is_foreign || !view->lint->model.insecure ||
	    stat(file->path, &st) < 0 || !(st.st_mode & S_IWOTH))
		return;
	diag_error(view->diag, whole(file), "everybody can write this file");
	diag_hint_words(view->diag, "chmod o-w %s", file->path);
}

/* Files that must belong to root have been reported already. */
static void judge_keys_owner(const struct view *view, const char *name)
{
	const char *path = arena_printf(view->arena, "%s/%s", view->dir->path, name);
	struct stat st;

	if (!view->lint->is_foreign || !view->lint->model.insecure ||
	    !secret_file(name) || stat(path, &st) < 0 ||
	    !(st.st_mode & (S_IRGRP | S_IROTH)))
		return;
	diag_warning(view->diag, (struct pos){ path, 0 },
		     _("others than its owner can read this file"));
	diag_hint_words(view->diag, "it is meant for secrets: chmod 600 %s", path);
}

/* ---- names that are not read ---- */

static const char *const prefixes[] = { "ifcfg", "route", "route6", "rule", "rule6" };

static const char *prefix(size_t i, const void *arg)
{
	(void)arg;
	return prefixes[i];
}

static int is_unknown_name(const struct dirent *entry)
{
	const char *name = entry->d_name;

	return *name != '.' && !ifcfg_is_ignored(name) && !ifcfg_subject(name) &&
	       name[strcspn(name, "-_.")];
}

/* ifcg-bond0, ifcfg_bond0 or routes-bond0: nothing reads it. */
static void judge_prefix(const struct view *view, const char *name)
{
	const size_t len = strcspn(name, "-_.");
	const char *word = arena_strndup(view->arena, name, len);
	const char *path = arena_printf(view->arena, "%s/%s", view->dir->path, name);
	const char *nearest = typo_nearest(word, ARRAY_SIZE(prefixes), prefix, NULL);

	if (!nearest || !name[len + 1])
		return;
	diag_warning(
		view->diag, (struct pos){ path, 0 },
		_("this file is ignored: its name begins neither with ifcfg- nor with "
		  "route- or rule-"));
	diag_hint(view->diag, "did you mean %s-%s?", nearest, name + len + 1);
}

static void judge_prefixes(const struct view *view)
{
	struct dirent **entries;
	int n = file_scan(view->dir->path, &entries, is_unknown_name, alphasort);

	for (int i = 0; i < n; i++) {
		judge_prefix(view, entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	else if (n != -ENOENT)
		diag_error(view->diag, (struct pos){ view->dir->path, 0 },
			   _("cannot be read: %s"), language_error(-n));
}

/* ---- the rules ---- */

enum { OF_COUNTING = 1, OF_IGNORED = 2, OF_MODES = 4 };

static const struct {
	int which;
	void (*judge)(const struct view *view, const struct ifcfg *file);
} file_rules[] = {
	{ OF_IGNORED, judge_ignored },
	{ OF_COUNTING, judge_copy },
	{ OF_COUNTING, judge_file_name },
	{ OF_COUNTING, judge_uuid },
	{ OF_COUNTING, judge_alias },
	{ OF_COUNTING, judge_hwaddr },
	{ OF_COUNTING | OF_IGNORED | OF_MODES, judge_secret_mode },
	{ OF_COUNTING | OF_MODES, judge_writable },
};

static bool is_topic_for(int which, const struct lint *lint, const struct ifcfg *file)
{
	if (which & OF_MODES && lint->model.insecure && !lint->is_foreign)
		return false;
	return which & (file->ignored ? OF_IGNORED : OF_COUNTING);
}

void lint_files(const struct lint *lint, const struct ifcfg_dir *dir, struct diag *diag)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct view view = { lint, dir, arena, diag };

	for (size_t i = 0; i < dir->n; i++) {
		diag_about(diag, dir->files[i].device);
		for (size_t k = 0; k < ARRAY_SIZE(file_rules); k++)
			if (is_topic_for(file_rules[k].which, lint, &dir->files[i]))
				file_rules[k].judge(&view, &dir->files[i]);
	}
	diag_about(diag, NULL);
	judge_prefixes(&view);
	for (size_t i = 0; i < dir->n_companions; i++) {
		judge_stray_companion(&view, dir->companions[i]);
		judge_keys_owner(&view, dir->companions[i]);
	}
}
