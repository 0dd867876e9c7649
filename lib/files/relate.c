/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each file is about, and how the files are related to each other. */
#include "lib/files/relate.h"

#include "lib/files/ipoib.h"
#include "lib/files/kind.h"
#include "lib/files/meant.h"
#include "lib/files/port-of.h"
#include "lib/files/rivals.h"
#include "lib/files/source.h"
#include "lib/files/vlan.h"

/* The DEVICE of the file that has @name as its UUID, else the interface's own name. */
static const char *resolve_name(const struct ifcfg_dir *dir, const char *name)
{
	struct ifcfg_span found = { 0 };

	if (!name || ifcfg_dir_find(dir, FIND_DEVICE, name).n)
		return name;
	found = ifcfg_dir_find(dir, FIND_UUID, name);
	return found.n && found.files[0]->device ? found.files[0]->device
						 : ifcfg_own_name(dir, name);
}

/* The name of the interface with the file's HWADDR, if it exists already. */
static void find_card_device(struct ifcfg_dir *dir, struct ifcfg *file)
{
	const char *name = NULL;
	struct hwaddr mac;

	if (ifcfg_hwaddr(file, &mac))
		name = host_card(dir->options, &mac, 0);
	if (name)
		file->device = arena_strdup(dir->arena, name);
}

/*
 * Finds the interfaces above and below by the file's keys. An alias is not a port of
 * anything: its file may have been copied from that of a port or VLAN.
 */
static void find_neighbours(struct ifcfg_dir *dir, struct ifcfg *file)
{
	if (file->real)
		return;
	file->master = resolve_name(dir, port_written_master(file));
	file->bridge = resolve_name(dir, port_written_bridge(file));
	file->home = resolve_name(dir, port_written_home(file, NULL));
	file->is_vlan = kind_is_vlan(dir, file);
	if (!file->is_vlan && ipoib_is_meant(file))
		ipoib_written_parent(file, dir->arena, &file->parent);
	else
		vlan_written_parent(dir, file, &file->parent);
	file->parent = resolve_name(dir, file->parent);
}

/* All are examined before the device of any one changes. */
static void settle_aliases(struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++)
		alias_settle(dir, &dir->files[i]);
	for (size_t i = 0; i < dir->n; i++)
		if (dir->files[i].label)
			dir->files[i].device = dir->files[i].label;
	ifcfg_dir_index(dir, FIND_DEVICE);
}

static void make_indexes(struct ifcfg_dir *dir)
{
	for (enum ifcfg_find find = 0; find < FIND_COUNT; find++)
		ifcfg_dir_index(dir, find);
}

/* What it is about by its own keys, whatever was thought of it before. */
static void name_file(struct ifcfg_dir *dir, struct ifcfg *file)
{
	const char *written = ifcfg_own_value(file, "DEVICE");

	*file = (struct ifcfg){ .name = file->name,
				.path = file->path,
				.content = file->content,
				.is_broken = file->is_broken,
				.ignored = file->ignored,
				.uuid = ifcfg_own_value(file, "UUID"),
				.device = ifcfg_own_name(dir, written) };
	if (!written && !alias_is_named_so(file))
		find_card_device(dir, file);
}

/* All files: any of them may belong to the requested interface. */
void ifcfg_dir_name(struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++)
		name_file(dir, &dir->files[i]);
	meant_settle_nameless(dir);
	ifcfg_dir_index(dir, FIND_UUID);
	ifcfg_dir_index(dir, FIND_DEVICE);
	settle_aliases(dir);
	for (size_t i = 0; i < dir->n; i++)
		find_neighbours(dir, &dir->files[i]);
}

void ifcfg_dir_relate(struct ifcfg_dir *dir)
{
	make_indexes(dir);
	if (port_settle(dir))
		make_indexes(dir);
	if (meant_settle(dir))
		make_indexes(dir);
	if (meant_settle_owners(dir) == 1)
		make_indexes(dir);
	rivals_settle(dir);
	make_indexes(dir);
}

int ifcfg_dir_open(const struct model_options *options, struct arena *arena, bool skims,
		   struct diag *diag, struct ifcfg_dir *ret)
{
	int r = ifcfg_dir_scan(options, arena, skims, diag, ret);

	if (r == 0)
		ifcfg_dir_name(ret);
	return r;
}

int ifcfg_dir_read(const struct model_options *options, struct arena *arena,
		   struct diag *diag, struct ifcfg_dir *ret)
{
	int r = ifcfg_dir_open(options, arena, false, diag, ret);

	if (r == 0)
		ifcfg_dir_relate(ret);
	return r;
}
