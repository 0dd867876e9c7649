/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that do not name their device, or not correctly. */
#include "lib/files/meant.h"

#include <string.h>

#include "lib/base/language.h"
#include "lib/files/key-slips.h"
#include "lib/files/source.h"
#include "lib/model/slip.h"

/* ---- the device of a file ---- */

/*
 * Whether DEVICE is not a valid name of an interface or alias, but for example that of a
 * file.
 */
static bool is_unusable(const char *device)
{
	const char *colon = device ? strchr(device, ':') : NULL;

	if (colon && colon[1])
		return false;
	return device && (!ifname_is_valid(device) || strncmp(device, "ifcfg-", 6) == 0);
}

static bool has_device_file(const struct ifcfg_dir *dir, const char *device)
{
	for (size_t i = 0; i < dir->n; i++)
		if (!dir->files[i].ignored && dir->files[i].device &&
		    strcmp(dir->files[i].device, device) == 0)
			return true;
	return false;
}

static void take_subject(const struct ifcfg_dir *dir, struct ifcfg *file)
{
	file->refused = file->device;
	file->device = ifcfg_own_name(dir, ifcfg_suffix(file));
	file->is_misnamed = true;
}

/* HWADDR is another way to name a device, whose card may be missing. */
void meant_settle_nameless(struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++)
		if (is_unusable(dir->files[i].device)) {
			dir->files[i].refused = dir->files[i].device;
			dir->files[i].device = NULL;
		}
	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];
		const char *written = file->refused;

		if (file->device || !ifname_is_valid(ifcfg_suffix(file)) ||
		    (!written && ifcfg_own_value(file, "HWADDR")) ||
		    has_device_file(dir, ifcfg_own_name(dir, ifcfg_suffix(file))))
			continue;
		take_subject(dir, file);
		file->refused = written;
	}
}

/* The key by which ports name it; FIND_COUNT if there are none. */
static enum ifcfg_find named_by(const struct ifcfg_dir *dir, const char *name)
{
	if (ifcfg_dir_find(dir, FIND_MASTER, name).n)
		return FIND_MASTER;
	return ifcfg_dir_find(dir, FIND_BRIDGE, name).n ? FIND_BRIDGE : FIND_COUNT;
}

/*
 * Whether another file is about the device, and has its name: this one was copied from
 * it.
 */
static bool is_of_other_file(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, file->device);

	for (size_t i = 0; i < found.n; i++)
		if (found.files[i] != file && !found.files[i]->ignored &&
		    strcmp(ifcfg_suffix(found.files[i]), file->device) == 0)
			return true;
	return false;
}

/* ifcfg-bond0 about bond1 or bondo, while ports refer to bond0. */
static bool is_misnamed(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *name = ifcfg_suffix(file);
	enum ifcfg_find by;

	if (file->ignored || !file->device || file->master || file->bridge ||
	    file->is_vlan || strchr(file->device, ':') || strcmp(file->device, name) == 0)
		return false;
	by = named_by(dir, name);
	if (by == FIND_COUNT || ifcfg_dir_find(dir, FIND_DEVICE, name).n)
		return false;
	if (named_by(dir, file->device) != FIND_COUNT && !is_of_other_file(dir, file))
		return false;
	return meant_says_owner(file, by) || slip_is_near(file->device, name);
}

/* ---- files without a device ---- */

/*
 * Not even by its name: if there is an interface named like .device, no file is about it.
 */
static bool is_file_lost(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	if (file->ignored || file->real || file->master || file->bridge ||
	    file->is_vlan || (file->device && !file->is_misnamed))
		return false;
	return !file->device || named_by(dir, file->device) == FIND_COUNT;
}

/* ifcfg-foo with DEVICE="bond0",  DEVICE= bond0  DEVCE=bond0  NAME=bond0, or that name. */
static bool is_about(const struct ifcfg *file, const char *name)
{
	const char *given = ifcfg_own_value(file, "NAME");

	if (strcmp(ifcfg_suffix(file), name) == 0 ||
	    (given && strcmp(given, name) == 0) ||
	    (file->refused && slip_is_core_of(file->refused, name)))
		return true;
	for (size_t i = 0; i < ifcfg_vars(file)->n; i++) {
		const struct shellvar *var = &ifcfg_vars(file)->vars[i];

		if (strcmp(var->key, "DEVICE") == 0
			    ? var->stray && strcmp(var->stray, name) == 0
			    : !ifcfg_key_find(var->key) &&
				      slip_is_core_of(var->value, name))
			return true;
	}
	return false;
}

/*
 * Among the bonds or bridges without a file: the one that the file is about, or the only
 * one.
 */
static const char *find_lost_owner(const struct ifcfg_dir *dir, const struct ifcfg *file,
				   enum ifcfg_find find)
{
	const struct ifcfg_span ports = dir->index[find];
	const char *only = NULL, *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ports.n; i++) {
		const char *name = meant_owner_in(ports.files[i], find);

		if (last && strcmp(last, name) == 0)
			continue;
		last = name;
		if (ifcfg_dir_find(dir, FIND_DEVICE, name).n)
			continue;
		if (is_about(file, name))
			return name;
		only = name;
		n++;
	}
	return n == 1 && meant_says_owner(file, find) ? only : NULL;
}

static bool settle_lost(struct ifcfg_dir *dir)
{
	bool any = false;

	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];
		const char *name = NULL;

		if (is_file_lost(dir, file))
			name = find_lost_owner(dir, file, FIND_MASTER);
		if (!name && is_file_lost(dir, file))
			name = find_lost_owner(dir, file, FIND_BRIDGE);
		if (!name)
			continue;
		file->device = name;
		file->is_misnamed = any = true;
	}
	return any;
}

const struct ifcfg *meant_lost(const struct ifcfg_dir *dir, enum ifcfg_find find)
{
	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (is_file_lost(dir, file) &&
		    (file->is_broken || meant_says_owner(file, find)))
			return file;
	}
	return NULL;
}

bool meant_settle(struct ifcfg_dir *dir)
{
	bool any = false;

	for (size_t i = 0; i < dir->n; i++)
		if (is_misnamed(dir, &dir->files[i])) {
			take_subject(dir, &dir->files[i]);
			any = true;
		}
	return settle_lost(dir) || any;
}

static void tell_name(const struct ifcfg_dir *dir, struct diag *diag,
		      enum diag_grade grade, struct pos pos, const char *key,
		      const char *name)
{
	size_t len;
	const char *core = slip_core(name, &len);
	const char *meant = arena_strndup(dir->arena, core, len);
	const char *real = strchr(name, ':')
				   ? arena_strndup(dir->arena, name, strcspn(name, ":"))
				   : NULL;

	diag_add(diag, grade, pos, "%s='%s' is not the name of an interface", key, name);
	if (ifname_is_valid(meant))
		diag_hint(diag, "write %s=%s, without what is before or after the name",
			  key, meant);
	else if (real && ifname_is_valid(real))
		diag_hint(diag, "it is the name of an alias: write %s=%s", key, real);
	else
		diag_hint(
			diag,
			"it has 1 to 15 bytes and no '/', ':', '%%' or blank, and begins "
			"with no '-'");
}

void meant_tell_name(const struct ifcfg_dir *dir, struct diag *diag, struct pos pos,
		     const char *key, const char *name)
{
	tell_name(dir, diag, DIAG_ERROR, pos, key, name);
}

void meant_tell_device(const struct ifcfg_dir *dir, struct diag *diag,
		       const struct ifcfg *file)
{
	/* A bond can be taken down, but not brought up, by the name of its file. */
	const enum diag_grade grade =
		dir->options->goes_down && file->device ? DIAG_WARNING : DIAG_ERROR;
	const char *name = ifcfg_suffix(file);

	if (file->refused && is_unusable(file->refused)) {
		tell_name(dir, diag, grade, ifcfg_pos(file, "DEVICE"), "DEVICE",
			  file->refused);
	} else if (file->refused) {
		const char *other = file->refused;

		/* It is not used at boot, so network-scripts did not need a DEVICE. */
		diag_add(diag, source_off_own(file, "ONBOOT") ? DIAG_WARNING : DIAG_ERROR,
			 ifcfg_pos(file, "DEVICE"),
			 "DEVICE=%s, but this file is named after %s, whose ports have "
			 "%s=%s",
			 file->refused, name,
			 named_by(dir, name) == FIND_MASTER ? "MASTER" : "BRIDGE", name);
		diag_hint(diag,
			  has_device_file(dir, other)
				  ? "write DEVICE=%s"
				  : _("write DEVICE=%s; if the file is about "
				      "%s, rename it to ifcfg-%s"),
			  name, other, other);
	} else if (!ifcfg_vars(file)->n && !diag_is_empty(ifcfg_findings(file))) {
		diag_merge_errors(diag, ifcfg_findings(file)); /* why it has no DEVICE */
	} else if (!ifcfg_is_astray(file, "DEVICE") &&
		   !iface_has_slip(ifcfg_vars(file), "DEVICE")) {
		diag_add(diag, grade, (struct pos){ file->path, 0 },
			 _("DEVICE is missing"));
		diag_hint(diag,
			  ifcfg_is_copy(name) ? "remove %s, or rename it so that it ends "
						"in .bak"
					      : _("add the line DEVICE=%s"),
			  ifcfg_is_copy(name) ? file->name
			  : file->device      ? file->device
					      : name);
	}
}
