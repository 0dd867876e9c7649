/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * First process of a guest of QEMU: loads the modules that are in the initramfs, mounts the
 * machine's files with a layer of memory above them, and becomes the program named by
 * LAB_BOOT. Linked statically, because nothing else is in the initramfs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Seen from the initramfs; mounts below /new stay when that becomes the root. */
static const struct {
	const char *source, *target, *type, *options;
	unsigned long flags;
} mounts[] = {
	{ "proc", "/proc", "proc", NULL, 0 },
	{ "machine", "/old", "9p",
	  "trans=virtio,version=9p2000.L,cache=loose,msize=262144", MS_RDONLY },
	{ "memory", "/layer", "tmpfs", NULL, 0 },
	{ "overlay", "/new", "overlay",
	  "lowerdir=/old,upperdir=/layer/upper,workdir=/layer/work", 0 },
	{ "proc", "/new/proc", "proc", NULL, 0 },
	{ "sysfs", "/new/sys", "sysfs", NULL, 0 },
	{ "dev", "/new/dev", "devtmpfs", NULL, 0 },
};

static void die(const char *what)
{
	fprintf(stderr, "qemu-init: %s: %s\n", what, strerror(errno));
	sync();
	reboot(RB_POWER_OFF);
	exit(1);
}

/* One that this kernel has built in is not there. */
static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) != 0)
		die(path);
	close(fd);
}

/* In the order in which they need one another. */
static void load_modules(void)
{
	FILE *list = fopen("/modules", "re");
	char *line = NULL;
	size_t size = 0;

	if (!list)
		die("/modules");
	while (getline(&line, &size, list) > 0) {
		line[strcspn(line, "\n")] = '\0';
		load(line);
	}
	free(line);
	fclose(list);
}

static void mount_all(void)
{
	size_t i;

	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].target, 0755);
		if (mount(mounts[i].source, mounts[i].target, mounts[i].type,
			  mounts[i].flags, mounts[i].options) != 0)
			die(mounts[i].target);
		if (strcmp(mounts[i].target, "/layer") == 0) {
			mkdir("/layer/upper", 0755);
			mkdir("/layer/work", 0755);
		}
	}
}

int main(void)
{
	char *program = getenv("LAB_BOOT");
	char kind[] = "qemu", *words[] = { program, kind, NULL };

	load_modules();
	mount_all();
	if (!program || chdir("/new") != 0 || mount(".", "/", NULL, MS_MOVE, NULL) != 0 ||
	    chroot(".") != 0 || chdir("/") != 0)
		die("/new");
	execv(program, words);
	die(program);
}
