/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads drivers that are modules, and reads the parameters of the bonding driver. */
#include "lib/apply/module.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/apply/libkmod.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"

/* Options from modprobe.d come first, so that of two max_bonds ours is in force. */
static int insert(const struct libkmod *lib, const char *options)
{
	int state = lib->module_get_initstate(lib->module);
	int r;

	if (state == KMOD_MODULE_BUILTIN || state == KMOD_MODULE_LIVE)
		return 0;
	r = lib->module_probe_insert_module(lib->module,
					    KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY,
					    options, NULL, NULL, NULL);
	return r < 0 ? r : 0;
}

static int load_module(const char *name, const char *options, const char **ret_why)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	int r = libkmod_open("", name, &lib);

	if (r == -ENOENT)
		*ret_why = _("libkmod.so.2 cannot be opened");
	if (r < 0)
		return r;
	r = insert(&lib, options);
	if (r == -ENOENT)
		*ret_why = _("the running kernel has no such module");
	return r;
}

int module_load_bonding(const char **ret_why)
{
	if (access("/sys/module/bonding", F_OK) == 0)
		return 0;
	return load_module("bonding", "max_bonds=0", ret_why);
}

int module_load_tun(const char **ret_why)
{
	return load_module("tun", NULL, ret_why);
}

/* ---- parameters ---- */

/*
 * "options bonding mode=1", or "bonding.mode=1" on the kernel command line. max_bonds=0,
 * as in systemd's own file, means only that loading makes no bond.
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
		for (; *at && *at != '\n'; at += strspn(at, " \t")) {
			skip = strcspn(at, " \t\n");
			if (memchr(at, '=', skip) && strncmp(at, "max_bonds=", 10) != 0)
				return true;
			at += skip;
		}
	}
	return false;
}

/* As libkmod joins lines: a backslash goes, and a line end after it; NUL ends only a line. */
static void join_lines(struct strbuf *text)
{
	size_t len = 0;

	for (size_t i = 0; i < text->len; i++) {
		if (text->text[i] == '\\' && ++i < text->len && text->text[i] == '\n')
			continue;
		if (i < text->len && !text->text[i])
			text->text[i] = '\n';
		if (i < text->len)
			text->text[len++] = text->text[i];
	}
	if (text->len)
		text->text[text->len = len] = '\0';
}

/* "alias bond0 bonding" with any white space: libkmod will read it properly. */
static bool has_alias(const char *text)
{
	const char *alias = strstr(text, "alias");

	return alias && strstr(alias, "bonding");
}

static void look_at_module_file(int dir, const char *name, struct module_mentions *ret)
{
	_cleanup_close_ int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char block[4096];
	ssize_t n = fd < 0 ? 0 : sizeof(block);

	while (n == sizeof(block)) {
		n = read(fd, block, sizeof(block));
		if (n > 0)
			strbuf_addn(&text, block, (size_t)n);
	}
	join_lines(&text);
	ret->parameters |= has_parameter(strbuf_text(&text));
	ret->aliases |= has_alias(strbuf_text(&text));
}

static void look_at_directory(const char *root, const char *name,
			      struct module_mentions *ret)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	_cleanup_closedir_ DIR *dir = NULL;
	const struct dirent *entry = NULL;
	int r = 0;

	strbuf_addf(&path, "%s%s", root, name);
	dir = MEMORY_TRY(opendir(strbuf_text(&path)));
	while (dir && (r = file_next_entry(dir, &entry)) == 0 && entry)
		if (*entry->d_name != '.')
			look_at_module_file(dirfd(dir), entry->d_name, ret);
	if (r < 0) /* there may be some in the rest */
		ret->parameters = ret->aliases = true;
}

struct module_mentions module_look(const char *root)
{
	struct module_mentions ret = { 0 };

	if (!*root)
		look_at_module_file(AT_FDCWD, "/proc/cmdline", &ret);
	ret.aliases = false; /* of the command line, only parameters count */
	for (size_t i = 0; libkmod_dirs[i]; i++)
		look_at_directory(root, libkmod_dirs[i], &ret);
	return ret;
}

int module_bonding_parameters(const char *root, struct strbuf *out)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	const char *options;
	int r = libkmod_open(root, "bonding", &lib);

	if (r < 0)
		return r;
	options = lib.module_get_options(lib.module);
	strbuf_add(out, options ? options : "");
	return 0;
}

/* ---- names of bonds as aliases ---- */

/* The driver, as it would be loaded by the alias, if it is in @list; or NULL. */
static struct kmod_module *find_listed_driver(const struct libkmod *lib,
					      struct kmod_list *list)
{
	for (struct kmod_list *at = list; at; at = lib->list_next(list, at)) {
		struct kmod_module *module = lib->module_get_module(at);

		if (strcmp(lib->module_get_name(module), "bonding") == 0)
			return module;
		lib->module_unref(module);
	}
	return NULL;
}

static int add_module_options(const struct libkmod *lib, struct kmod_list *list,
			      struct strbuf *out)
{
	struct kmod_module *driver = find_listed_driver(lib, list);
	const char *options = driver ? lib->module_get_options(driver) : NULL;

	strbuf_add(out, options ? options : "");
	if (!driver)
		return -ENOENT;
	lib->module_unref(driver);
	return 0;
}

int module_alias_parameters(const char *root, const char *bond, struct strbuf *out)
{
	_cleanup_libkmod_ struct libkmod lib = { 0 };
	struct kmod_list *list = NULL;
	int r = libkmod_open(root, "bonding", &lib);

	if (r < 0)
		return r == -ENOENT ? -ENOSYS : r;
	errno = 0; /* the only way to tell a lack of memory from an empty result */
	r = lib.module_new_from_lookup(lib.ctx, bond, &list);
	r = r < 0 ? -ENOENT : add_module_options(&lib, list, out);
	if (errno == ENOMEM)
		memory_release();
	lib.module_unref_list(list);
	return r;
}
