/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the links that NetworkManager manages, from its files in /run. */
#include "lib/snapshot/network-manager.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
#include "lib/snapshot/libinih.h"

static DIR *open_folder(const char *path, const char *name)
{
	_cleanup_strbuf_ struct strbuf whole = STRBUF_EMPTY;

	strbuf_addf(&whole, "%s/%s", path, name);
	return MEMORY_TRY(opendir(strbuf_text(&whole)));
}

/* @member: "12/comm". NULL if it cannot be opened. */
static FILE *open_member(DIR *folder, const char *member)
{
	int fd = openat(dirfd(folder), member, O_RDONLY | O_CLOEXEC);
	FILE *file = fd < 0 ? NULL : MEMORY_TRY(fdopen(fd, "r"));

	if (!file && fd >= 0)
		close(fd);
	return file;
}

/* ---- does it run? ---- */

static bool is_network_manager(DIR *proc, const char *pid)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	_cleanup_fclose_ FILE *file = NULL;
	char name[sizeof("NetworkManager\n")] = "";

	strbuf_addf(&path, "%s/comm", pid);
	file = open_member(proc, strbuf_text(&path));
	return file && fgets(name, sizeof(name), file) &&
	       strcmp(name, "NetworkManager\n") == 0;
}

static bool read_net(DIR *proc, const char *who, char net[static NAME_MAX])
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	ssize_t n = -1;

	strbuf_addf(&path, "%s/ns/net", who);
	n = readlinkat(dirfd(proc), strbuf_text(&path), net, NAME_MAX - 1);
	net[n < 0 ? 0 : n] = '\0';
	return n >= 0;
}

/*
 * A NetworkManager in a container manages other links. If that cannot be determined, it
 * counts as ours.
 */
static bool is_of_this_network(DIR *proc, const char *pid)
{
	char ours[NAME_MAX], its[NAME_MAX];

	return !read_net(proc, "self", ours) || !read_net(proc, pid, its) ||
	       strcmp(ours, its) == 0;
}

static bool is_running(const char *path)
{
	_cleanup_closedir_ DIR *proc = MEMORY_TRY(opendir(path));
	const struct dirent *entry;

	while (proc && (entry = readdir(proc)))
		if (entry->d_name[strspn(entry->d_name, "0123456789")] == '\0' &&
		    is_network_manager(proc, entry->d_name) &&
		    is_of_this_network(proc, entry->d_name))
			return true;
	return false;
}

/* ---- what it only watches ---- */

/*
 * struct uuids - profiles that represent what other programs have set up
 * @are_hidden: only root may read them
 */
struct uuids {
	struct arena *arena;
	const char **of;
	size_t n, cap;
	bool are_hidden;
};

struct profile {
	struct arena *arena;
	const char *uuid;
	bool is_external;
};

/* Called by inih: returns 1 for success. */
static int take_profile_line(void *arg, const char *section, const char *name,
			     const char *value)
{
	struct profile *profile = arg;

	if (strcmp(section, "connection") == 0 && strcmp(name, "uuid") == 0)
		profile->uuid = arena_strdup(profile->arena, value);
	if (strcmp(section, ".nmmeta") == 0 && strcmp(name, "external") == 0)
		profile->is_external = strcmp(value, "true") == 0;
	return 1;
}

static void find_external(const char *run, const struct libinih *lib, struct uuids *ret)
{
	_cleanup_closedir_ DIR *folder = open_folder(run, "system-connections");
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		_cleanup_fclose_ FILE *file = NULL;
		struct profile profile = { .arena = ret->arena };

		if (*entry->d_name == '.')
			continue;
		file = open_member(folder, entry->d_name);
		ret->are_hidden |= !file && errno == EACCES;
		if (!file)
			continue;
		lib->parse_file(file, take_profile_line, &profile);
		if (profile.is_external && profile.uuid)
			ARENA_PUSH(ret->arena, ret->of, ret->n, ret->cap, profile.uuid);
	}
}

/* ---- what it holds ---- */

struct device {
	const struct uuids *external;
	bool is_managed, is_external;
};

static int read_device(void *arg, const char *section, const char *name,
		       const char *value)
{
	struct device *device = arg;

	if (strcmp(section, "device") != 0)
		return 1;
	if (strcmp(name, "managed") == 0)
		device->is_managed = strcmp(value, "true") == 0;
	if (strcmp(name, "connection-uuid") != 0)
		return 1;
	device->is_external = device->external->are_hidden;
	for (size_t i = 0; i < device->external->n; i++)
		device->is_external |= strcmp(value, device->external->of[i]) == 0;
	return 1;
}

/*
 * The files are named after the index of a link. Without the library, every link that has
 * one counts as managed.
 */
static void mark_managed(struct snapshot *snapshot, DIR *devices,
			 const struct libinih *lib, const struct uuids *external)
{
	const struct dirent *entry;

	while ((entry = readdir(devices))) {
		_cleanup_fclose_ FILE *file = NULL;
		struct device device = { .external = external, .is_managed = !lib };
		struct snap_link *link = NULL;
		uint32_t index;

		if (num_parse_u32(entry->d_name, INT_MAX, &index) == 0 && index)
			link = snapshot_link_by_index(snapshot, (int)index);
		if (link)
			file = open_member(devices, entry->d_name);
		if (!file)
			continue;
		if (lib)
			lib->parse_file(file, read_device, &device);
		link->nm_managed = device.is_managed && !device.is_external;
	}
}

void snapshot_find_managed(struct snapshot *snapshot, const char *run, const char *proc)
{
	_cleanup_closedir_ DIR *devices = open_folder(run, "devices");
	_cleanup_arena_ struct arena *arena = NULL;
	struct uuids external = { 0 };
	const struct libinih *lib;

	if (!devices || !is_running(proc))
		return;
	arena = arena_new();
	external.arena = arena;
	lib = libinih_open();
	if (lib)
		find_external(run, lib, &external);
	mark_managed(snapshot, devices, lib, &external);
}
