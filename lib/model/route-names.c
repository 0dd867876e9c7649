/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of tables, protocols, scopes and type-of-service values, as in iproute2. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/num.h"
#include "lib/model/route.h"
#include "lib/model/rt-names.h"

static const struct {
	const char *file;
	uint32_t max;
} sources[NAMES_COUNT] = {
	[NAMES_TABLE] = { "rt_tables", UINT32_MAX },
	[NAMES_PROTOCOL] = { "rt_protos", UINT8_MAX },
	[NAMES_SCOPE] = { "rt_scopes", UINT8_MAX },
	[NAMES_DSFIELD] = { "rt_dsfield", UINT8_MAX },
};

/* Later directories take precedence: the administrator's over the distribution's. */
static const char *const dirs[] = { "/usr/lib/iproute2", "/usr/share/iproute2",
				    "/etc/iproute2" };

static const struct route_name tables[] = {
	{ "local", RT_TABLE_LOCAL },
	{ "main", RT_TABLE_MAIN },
	{ "default", RT_TABLE_DEFAULT },
};

/* Decimal or, as in these files, hexadecimal after 0x. */
static bool read_name_number(const char *text, uint32_t max, uint32_t *ret)
{
	unsigned long number;
	char *end;

	if (strncmp(text, "0x", 2) != 0)
		return num_parse_u32(text, max, ret) == 0;
	errno = 0;
	number = strtoul(text + 2, &end, 16);
	if (errno || end == text + 2 || *end || number > max)
		return false;
	*ret = (uint32_t)number;
	return true;
}

/* "100 storage # the SAN" */
static void read_name_line(char *line, enum route_namespace kind, struct arena *arena,
			   struct route_names *names)
{
	char *rest = line, *number, *name;
	struct route_name entry;

	line[strcspn(line, "#\n")] = '\0';
	do
		number = strsep(&rest, " \t");
	while (number && !*number);
	do
		name = strsep(&rest, " \t");
	while (name && !*name);
	if (!number || !name ||
	    !read_name_number(number, sources[kind].max, &entry.number))
		return;
	entry.name = arena_strdup(arena, name);
	ARENA_PUSH(arena, names->of[kind].list, names->of[kind].n, names->of[kind].cap,
		   entry);
}

static void read_names_file(const char *path, enum route_namespace kind,
			    struct arena *arena, struct route_names *names)
{
	_cleanup_fclose_ FILE *file = file_open_stream(path);
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	while (file && file_get_line(&line, &size, file) >= 0)
		read_name_line(line, kind, arena, names);
}

static int is_conf(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && strcmp(dot, ".conf") == 0;
}

/* rt_tables.d/ *.conf */
static void read_parts(const char *path, enum route_namespace kind, struct arena *arena,
		       struct route_names *names)
{
	const char *dir = arena_printf(arena, "%s.d", path);
	struct dirent **entries = NULL;
	int n = file_scan(dir, &entries, is_conf, alphasort);

	for (int i = 0; i < n; i++) {
		const char *part = arena_printf(arena, "%s/%s", dir, entries[i]->d_name);

		read_names_file(part, kind, arena, names);
		free(entries[i]);
	}
	free(entries);
}

void route_names_read(const char *sysconfig, struct arena *arena, struct route_names *ret)
{
	const char *root = file_root_of(sysconfig, arena);
	struct route_names names = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(dirs) * NAMES_COUNT; i++) {
		enum route_namespace kind = i % NAMES_COUNT;
		const char *path =
			arena_printf(arena, "%s%s/%s", root, dirs[i / NAMES_COUNT],
				     sources[kind].file);

		read_names_file(path, kind, arena, &names);
		read_parts(path, kind, arena, &names);
	}
	*ret = names;
}

static bool find_route_name(const struct route_name *list, size_t n, const char *word,
			    uint32_t *ret)
{
	while (n-- > 0)
		if (strcmp(list[n].name, word) == 0) {
			*ret = list[n].number;
			return true;
		}
	return false;
}

static bool is_built_in(enum route_namespace kind, const char *word, uint32_t *ret)
{
	uint8_t number;
	int r = -EINVAL;

	if (kind == NAMES_TABLE)
		return find_route_name(tables, ARRAY_SIZE(tables), word, ret);
	if (kind == NAMES_PROTOCOL)
		r = rt_protocol_parse(word, &number);
	else if (kind == NAMES_SCOPE)
		r = rt_scope_parse(word, &number);
	if (r == 0)
		*ret = number;
	return r == 0;
}

int route_number(const struct route_names *names, enum route_namespace kind,
		 const char *word, uint32_t max, uint32_t *ret)
{
	if (num_parse_c(word, max, ret) == 0 ||
	    (names &&
	     find_route_name(names->of[kind].list, names->of[kind].n, word, ret)) ||
	    is_built_in(kind, word, ret))
		return 0;
	return -EINVAL;
}
