/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the file that a user's request means: one lookup for all programs. */
#include "lib/files/find.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/strbuf.h"
#include "lib/base/typo.h"

/* "Auto " and "System ", which older tools put before names, are optional. */
static bool has_connection_name(const struct ifcfg *file, const char *request)
{
	const char *name = ifcfg_own_value(file, "NAME");

	if (name && strcasecmp(name, request) == 0)
		return true;
	if (name && strncmp(name, "Auto ", 5) == 0)
		name += 5;
	else if (name && strncmp(name, "System ", 7) == 0)
		name += 7;
	return name && strcasecmp(name, request) == 0;
}

static bool has_device_name(const struct ifcfg *file, const char *request)
{
	return (file->device && strcmp(file->device, request) == 0) ||
	       (file->refused && strcmp(file->refused, request) == 0);
}

static bool has_hwaddr(const struct ifcfg *file, const char *request)
{
	struct hwaddr a, b;

	return ifcfg_hwaddr(file, &a) && hwaddr_parse(request, &b) == 0 &&
	       hwaddr_equal(&a, &b);
}

static const struct {
	const char *key;
	bool (*fits)(const struct ifcfg *file, const char *request);
} file_searches[] = {
	{ "NAME", has_connection_name },
	{ "DEVICE", has_device_name },
	{ "HWADDR", has_hwaddr },
};

/* The only file that fits; none if several do. */
static const struct ifcfg *only_file(const struct ifcfg_dir *dir, const char *request,
				     bool (*fits)(const struct ifcfg *, const char *))
{
	const struct ifcfg *found = NULL;

	for (size_t i = 0; i < dir->n; i++) {
		if (dir->files[i].ignored || !fits(&dir->files[i], request))
			continue;
		if (found)
			return NULL;
		found = &dir->files[i];
	}
	return found;
}

static const struct ifcfg *file_named(const struct ifcfg_dir *dir, const char *request)
{
	const char *name = basename(request);
	const char *full = arena_printf(dir->arena, "ifcfg-%s", request);
	const struct ifcfg *file = ifcfg_dir_file(dir, full);

	/* A device name means the file that takes precedence. */
	if (file && file->instead)
		return file->instead;
	return file ? file : ifcfg_dir_file(dir, name);
}

/* In the order of network-scripts, but the device before the MAC address. */
const struct ifcfg *ifcfg_find(const struct ifcfg_dir *dir, const char *request)
{
	const struct ifcfg *file = file_named(dir, request);
	const char *own;

	for (size_t i = 0; !file && i < ARRAY_SIZE(file_searches); i++)
		file = only_file(dir, request, file_searches[i].fits);
	own = file ? NULL : ifcfg_own_name(dir, request);
	return own ? only_file(dir, own, has_device_name) : file;
}

/* Whether it was not found because several files fit, which is then reported. */
static bool is_ambiguous(const struct ifcfg_dir *dir, const char *request,
			 struct diag *diag)
{
	const struct ifcfg *found[2];
	size_t n = 0;

	for (size_t s = 0; s < ARRAY_SIZE(file_searches); s++, n = 0) {
		for (size_t i = 0; i < dir->n && n < 2; i++)
			if (!dir->files[i].ignored &&
			    file_searches[s].fits(&dir->files[i], request))
				found[n++] = &dir->files[i];
		if (n < 2)
			continue;
		diag_error(diag, ifcfg_pos(found[1], file_searches[s].key),
			   "'%s' is the %s of two files: of this and of %s", request,
			   file_searches[s].key, found[0]->path);
		diag_hint(diag, "name the device, or the file");
		return true;
	}
	return false;
}

int ifcfg_not_found(const struct ifcfg_dir *dir, const char *request, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf names = STRBUF_EMPTY;
	const char *nearest = typo_nearest(request, dir->n, ifcfg_dir_device, dir);

	if (is_ambiguous(dir, request, diag))
		return -EINVAL;
	diag_error(diag, (struct pos){ 0 },
		   "no interface is configured under the name '%s'", request);
	for (size_t i = 0; i < dir->n; i++)
		if (ifcfg_dir_device(i, dir))
			strbuf_addf(&names, "%s%s", names.len ? ", " : "",
				    ifcfg_dir_device(i, dir));
	if (nearest)
		diag_hint(diag, "did you mean '%s'? Configured are: %s", nearest,
			  strbuf_text(&names));
	else if (names.len)
		diag_hint(diag, "configured are: %s", strbuf_text(&names));
	else
		diag_hint(diag, "%s has no ifcfg file yet; ifcfgctl add writes some",
			  dir->path);
	return -ENOENT;
}
