/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Typos in the name of a bond, a bridge or a parent that a port or a VLAN refers to. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/typo.h"
#include "lib/files/kind.h"
#include "lib/files/meant.h"
#include "lib/model/slip.h"

/* ---- names of bonds and bridges ---- */

const char *meant_owner_in(const struct ifcfg *port, enum ifcfg_find find)
{
	return find == FIND_MASTER ? port->master : port->bridge;
}

bool meant_says_owner(const struct ifcfg *file, enum ifcfg_find by)
{
	return by == FIND_MASTER ? kind_has_bond_keys(file) : kind_says_bridge(file);
}

/* Like bond0 or br0: such a file needs no other sign of its kind. */
static bool is_like_owner(const char *name, enum ifcfg_find find)
{
	return find == FIND_MASTER ? strncmp(name, "bond", 4) == 0
				   : strncmp(name, "br", 2) == 0;
}

static bool is_owner_file(const struct ifcfg_dir *dir, const struct ifcfg *file,
			  enum ifcfg_find find)
{
	const char *name = file->device;

	return name && !file->ignored && !file->master && !file->bridge &&
	       !file->is_vlan &&
	       (meant_says_owner(file, find) || ifcfg_dir_find(dir, find, name).n ||
		is_like_owner(name, find));
}

/* ---- names that may be meant ---- */

/* struct meant_names - sorted without regard to case */
struct meant_names {
	const char **of;
	size_t n, cap;
};

static int compare_meant_names(const void *a, const void *b)
{
	const char *const *first = a, *const *second = b;

	return strcasecmp(*first, *second);
}

static struct meant_names *list_owner_names(const struct ifcfg_dir *dir,
					    enum ifcfg_find find,
					    bool (*fits)(const struct ifcfg_dir *dir,
							 const struct ifcfg *file,
							 enum ifcfg_find find))
{
	struct meant_names *names = arena_alloc(dir->table, sizeof(*names));

	for (size_t i = 0; i < dir->n; i++)
		if (fits(dir, &dir->files[i], find))
			ARENA_PUSH(dir->table, names->of, names->n, names->cap,
				   dir->files[i].device);
	if (names->n)
		qsort(names->of, names->n, sizeof(*names->of), compare_meant_names);
	return names;
}

static const char *nth_meant_name(size_t i, const void *arg)
{
	return ((const struct meant_names *)arg)->of[i];
}

/* Whether bond17 belongs to the family of bond0: by the part before the number. */
static bool is_in_family(const struct meant_names *names, const char *name)
{
	const size_t stem = strcspn(name, "0123456789");
	size_t first = 0, end = names->n;

	if (!name[stem])
		return false;
	while (first < end) {
		const size_t middle = first + (end - first) / 2;
		const char *there = names->of[middle];
		const int order = strncasecmp(there, name, stem);

		if (order < 0 || (order == 0 && there[stem] < '0'))
			first = middle + 1;
		else
			end = middle;
	}
	return first < names->n && strncasecmp(names->of[first], name, stem) == 0 &&
	       isdigit((unsigned char)names->of[first][stem]) &&
	       strcasecmp(names->of[first], name) != 0;
}

static const char *nearest_in(const struct meant_names *names, const char *name)
{
	const char *nearest;

	if (is_in_family(names, name))
		return NULL;
	nearest = typo_nearest(name, names->n, nth_meant_name, names);
	return nearest && !slip_is_sibling(nearest, name) ? nearest : NULL;
}

/* With only a comma or the like around it. */
static const char *find_core_name(const struct ifcfg_dir *dir, enum ifcfg_find find,
				  const char *name)
{
	struct ifcfg_span found;
	const char *core;
	size_t len;

	core = slip_core(name, &len);
	core = arena_strndup(dir->table, core, len);
	if (strcmp(core, name) == 0)
		return NULL;
	found = ifcfg_dir_find(dir, FIND_DEVICE, core);
	for (size_t i = 0; i < found.n; i++)
		if (is_owner_file(dir, found.files[i], find))
			return found.files[i]->device;
	found = ifcfg_dir_find(dir, find, core);
	return found.n ? meant_owner_in(found.files[0], find) : NULL;
}

/* Other programs create bonds and bridges that have no file. */
static bool is_in_kernel(const struct ifcfg_dir *dir, enum ifcfg_find find,
			 const char *name)
{
	const char *there = host_kind(dir->options, name);

	return there && strcmp(there, find == FIND_MASTER ? "bond" : "bridge") == 0;
}

/*
 * BRIDGE=eth0, where eth0 is a port of br0 itself, and no bridge: then that was meant. Of bonds,
 * the file that names one says so.
 */
static const char *find_fellow(const struct ifcfg_dir *dir, enum ifcfg_find find,
			       const char *name)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, name), owner;
	const char *meant = NULL;

	for (size_t i = 0; i < found.n && find == FIND_BRIDGE; i++)
		if (!found.files[i]->ignored && !meant_says_owner(found.files[i], find))
			meant = meant_owner_in(found.files[i], find);
	owner = ifcfg_dir_find(dir, FIND_DEVICE, meant ? meant : "");
	for (size_t i = 0; i < owner.n; i++)
		if (is_owner_file(dir, owner.files[i], find))
			return meant;
	return NULL;
}

/* NULL if @name exists, or has a file, or nothing similar is known. */
static const char *find_owner(const struct ifcfg_dir *dir, enum ifcfg_find find,
			      const struct meant_names *names, const char *name)
{
	const char *core = find_fellow(dir, find, name);

	if (core)
		return core;
	if (ifcfg_dir_find(dir, FIND_DEVICE, name).n || is_in_kernel(dir, find, name))
		return NULL;
	core = find_core_name(dir, find, name);
	return core || !ifname_is_valid(name) ? core : nearest_in(names, name);
}

/* Cards without a file are not known here. */
static bool is_made(const struct ifcfg_dir *dir, const struct ifcfg *file,
		    enum ifcfg_find find)
{
	return !file->ignored && file->device &&
	       (kind_is_written(file) || ifcfg_dir_find(dir, find, file->device).n);
}

const char *meant_device(struct ifcfg_dir *dir, const char *name)
{
	if (!dir->made)
		dir->made = list_owner_names(dir, FIND_MASTER, is_made);
	return nearest_in(dir->made, name);
}

/*
 * Goes through all files with such a key, those with the same name together, in .*_slip.
 */
static void find_owners(const struct ifcfg_dir *dir, enum ifcfg_find find)
{
	const struct meant_names *names = list_owner_names(dir, find, is_owner_file);
	struct ifcfg_span index = dir->index[find];
	const char *last = NULL, *meant = NULL;

	for (size_t i = 0; i < index.n; i++) {
		struct ifcfg *file = index.files[i];
		const char *name = meant_owner_in(file, find);

		if (!last || strcmp(last, name) != 0)
			meant = find_owner(dir, find, names, name);
		last = name;
		if (find == FIND_MASTER)
			file->master_slip = meant;
		else
			file->bridge_slip = meant;
	}
}

static bool swap_for_slip(const char **name, const char **slip)
{
	const char *meant = *slip;

	if (!meant)
		return false;
	*slip = *name;
	*name = meant;
	return true;
}

/* All are examined before any change affects the others. */
int meant_settle_owners(struct ifcfg_dir *dir)
{
	bool any = false;

	find_owners(dir, FIND_MASTER);
	find_owners(dir, FIND_BRIDGE);
	for (size_t i = 0; i < dir->n; i++) {
		any |= swap_for_slip(&dir->files[i].master, &dir->files[i].master_slip);
		any |= swap_for_slip(&dir->files[i].bridge, &dir->files[i].bridge_slip);
	}
	return any;
}

void meant_tell_owners(struct diag *diag, const struct ifcfg *file)
{
	if (file->master_slip) {
		diag_error(diag, ifcfg_pos(file, "MASTER"),
			   "MASTER=%s: there is no bond of this name", file->master_slip);
		diag_hint(diag, "did you mean '%s'?", file->master);
	}
	if (file->bridge_slip) {
		diag_error(diag, ifcfg_pos(file, "BRIDGE"),
			   "BRIDGE=%s: there is no bridge of this name",
			   file->bridge_slip);
		diag_hint(diag, "did you mean '%s'?", file->bridge);
	}
}
