/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bonding driver as a module: loads it, and tells with which parameters. */
#include "lib/apply/module.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/apply/libkmod.h"
#include "lib/base/strbuf.h"

/* Options from modprobe.d come first, so that of two max_bonds ours is in force. */
static int insert(const struct libkmod *lib, const char **ret_why)
{
	int state = lib->module_get_initstate(lib->bonding);
	int r;

	if (state == KMOD_MODULE_BUILTIN || state == KMOD_MODULE_LIVE)
		return 0;
	r = lib->module_probe_insert_module(lib->bonding,
					    KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY,
					    "max_bonds=0", NULL, NULL, NULL);
	if (r == -ENOENT)
		*ret_why = "the running kernel has no module 'bonding'";
	return r < 0 ? r : 0;
}

int module_load_bonding(const char **ret_why)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	int r;

	if (access("/sys/module/bonding", F_OK) == 0)
		return 0;
	r = libkmod_open(&lib);
	if (r == -ENOENT)
		*ret_why = "libkmod.so.2 cannot be opened";
	return r < 0 ? r : insert(&lib, ret_why);
}

/* ---- its parameters ---- */

/*
 * "options bonding mode=1", or "bonding.mode=1" of the command line. That no bond is to
 * be made on loading, as systemd's own file has it, says nothing about the others.
 */
static bool has_parameter(const char *text)
{
	for (const char *at = text; (at = strstr(at, "bonding"));) {
		size_t skip;

		at += strlen("bonding");
		if (*at == '.')
			at++;
		else
			at += strspn(at, " \t");
		/* In the order in which they stand, max_bonds is passed over. */
		while (strncmp(at, "max_bonds=", 10) == 0) {
			skip = strcspn(at, " \t\n");
			at += skip + strspn(at + skip, " \t");
		}
		skip = strcspn(at, "= \t\n");
		if (skip && at[skip] == '=')
			return true;
	}
	return false;
}

static bool file_has_parameter(int dir, const char *name)
{
	_cleanup_close_ int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char block[4096];
	ssize_t n;

	while (fd >= 0 && (n = read(fd, block, sizeof(block))) > 0)
		strbuf_addn(&text, block, (size_t)n);
	return has_parameter(strbuf_text(&text));
}

static bool dir_has_parameter(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	bool found = false;

	while (dir && !found && (entry = readdir(dir)))
		found = *entry->d_name != '.' &&
			file_has_parameter(dirfd(dir), entry->d_name);
	if (dir)
		closedir(dir);
	return found;
}

/* Where libkmod looks for options; a quick look spares opening it on nearly all hosts. */
static bool may_have_parameters(void)
{
	/* Where /lib is no link to /usr/lib, modprobe.d is there. */
	static const char *const dirs[] = { "/etc/modprobe.d", "/run/modprobe.d",
					    "/usr/local/lib/modprobe.d",
					    "/lib/modprobe.d" };
	bool found = file_has_parameter(AT_FDCWD, "/proc/cmdline");

	for (size_t i = 0; !found && i < ARRAY_SIZE(dirs); i++)
		found = dir_has_parameter(dirs[i]);
	return found;
}

int module_bonding_parameters(struct strbuf *out)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	const char *options;
	int r;

	if (!may_have_parameters())
		return 0;
	r = libkmod_open(&lib);
	if (r < 0)
		return r;
	options = lib.module_get_options(lib.bonding);
	strbuf_add(out, options ? options : "");
	return out->failed ? -ENOMEM : 0;
}
