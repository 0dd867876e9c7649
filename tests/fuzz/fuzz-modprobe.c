/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: files of modprobe.d, read as the driver's parameters. A quick look at them comes
 * before libkmod: it must not miss what libkmod finds.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/apply/module.h"
#include "lib/base/cleanup.h"
#include "lib/base/strbuf.h"
#include "tests/fuzz/fuzz.h"

static char root[] = "/tmp/fuzz-modprobe-XXXXXX";
static char path[sizeof(root) + 32];

static const char *in_root(const char *name)
{
	snprintf(path, sizeof(path), "%s%s", root, name);
	return path;
}

static void remove_root(void)
{
	unlink(in_root("/etc/modprobe.d/x.conf"));
	rmdir(in_root("/etc/modprobe.d"));
	rmdir(in_root("/etc"));
	rmdir(root);
}

static void make_root(void)
{
	setenv("KMOD_LOG", "0",
	       true); /* else it prints each line that it does not know */
	dlopen("libkmod.so.2",
	       RTLD_LAZY | RTLD_NODELETE); /* loaded once, not each time */
	must(mkdtemp(root));
	must(mkdir(in_root("/etc"), 0755) == 0);
	must(mkdir(in_root("/etc/modprobe.d"), 0755) == 0);
	atexit(remove_root);
}

/* A new file each time: of one that is truncated, ext4 waits for the disk. */
static void write_file(const uint8_t *data, size_t size)
{
	_cleanup_close_ int fd = -1;

	unlink(in_root("/etc/modprobe.d/x.conf"));
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
}

/* Whether a word of them sets anything but the number of bonds that loading makes. */
static bool has_parameter(const char *options)
{
	for (const char *at = options; *at; at += strspn(at, " \t")) {
		size_t len = strcspn(at, " \t");

		if (memchr(at, '=', len) && strncmp(at, "max_bonds=", 10) != 0)
			return true;
		at += len;
	}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_strbuf_ struct strbuf quick = STRBUF_EMPTY, alias = STRBUF_EMPTY;
	static bool is_made;

	if (!is_made)
		make_root();
	is_made = true;
	write_file(data, size);
	must(module_bonding_parameters(root, &quick) <= 0);
	if (has_parameter(strbuf_text(&quick)))
		must(module_look(root).parameters);
	if (module_alias_parameters(root, "bond0", &alias) == 0)
		must(module_look(root).aliases);
	return 0;
}
