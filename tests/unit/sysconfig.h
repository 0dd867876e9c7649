/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A throw-away /etc/sysconfig for tests, made from one text. */
#pragma once

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/arena.h"

/**
 * struct sysconfig - a folder with `network` and `network-scripts/`
 * @paths: all that is in it, to be removed, the folders last
 */
struct sysconfig {
	struct arena *arena;
	const char *dir;
	const char **paths;
	size_t n, cap;
};

static inline const char *sysconfig_keep(struct sysconfig *sys, const char *path)
{
	ck_assert_ptr_nonnull(path);
	ARENA_PUSH(sys->arena, sys->paths, sys->n, sys->cap, path);
	return path;
}

/* The file @name, of which there need not be any yet. */
static inline const char *sysconfig_path(struct sysconfig *sys, const char *name)
{
	return arena_printf(sys->arena, "%s/%s%s", sys->dir,
			    strcmp(name, "network") == 0 ? "" : "network-scripts/", name);
}

static inline void sysconfig_write(struct sysconfig *sys, const char *name,
				   const char *text, size_t len)
{
	const char *path = sysconfig_keep(sys, sysconfig_path(sys, name));
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, len, file), len);
	fclose(file);
}

/* Each file starts with a line "== NAME"; what follows is its content. */
static inline struct sysconfig sysconfig_new(const char *text)
{
	struct sysconfig sys = { .arena = arena_new() };
	char *dir = arena_strdup(sys.arena, "/tmp/ifcfg-test-XXXXXX");

	sys.dir = mkdtemp(dir);
	ck_assert_ptr_nonnull(sys.dir);
	sysconfig_keep(&sys, sys.dir);
	ck_assert_int_eq(
		mkdir(sysconfig_keep(&sys, arena_printf(sys.arena, "%s/network-scripts",
							sys.dir)),
		      0755),
		0);
	while (strncmp(text, "== ", 3) == 0) {
		const char *name = text + 3, *end = strchr(name, '\n');
		const char *next = strstr(end, "\n== ");
		size_t len = next ? (size_t)(next - end) : strlen(end + 1);

		sysconfig_write(&sys, arena_strndup(sys.arena, name, end - name), end + 1,
				len);
		text = end + 1 + len;
	}
	return sys;
}

/* A network card as sysfs has it: @dir/NAME/device is a link to @dir/DEVICE. */
static inline void sysconfig_card(struct sysconfig *sys, const char *name,
				  const char *device)
{
	const char *card = arena_printf(sys->arena, "%s/%s", sys->dir, name);
	const char *place = arena_printf(sys->arena, "%s/%s", sys->dir, device);
	const char *link = arena_printf(sys->arena, "%s/device", card);

	ck_assert_int_eq(mkdir(sysconfig_keep(sys, card), 0755), 0);
	ck_assert_int_eq(mkdir(sysconfig_keep(sys, place), 0755), 0);
	ck_assert_int_eq(symlink(place, sysconfig_keep(sys, link)), 0);
}

static inline void sysconfig_release(struct sysconfig *sys)
{
	while (sys->n)
		remove(sys->paths[--sys->n]);
	arena_free(sys->arena);
}
#define _cleanup_sysconfig_ _cleanup_(sysconfig_release)
