/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs that were run for a link, programs that may be run, and firewalld. */
#include "lib/snapshot/runs.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/argv.h"
#include "lib/snapshot/snapshot.h"

/* ---- what was run ---- */

void run_word_encode(const char *word, FILE *out)
{
	if (!*word)
		fputs("%00", out);
	for (; *word; word++)
		if ((unsigned char)*word <= ' ' || strchr("#%\x7f", *word))
			fprintf(out, "%%%02X", (unsigned char)*word);
		else
			fputc(*word, out);
}

const char *run_word_decode(struct arena *arena, const char *text)
{
	char *word = arena_strdup(arena, text), *to = word;

	for (const char *from = word; from && *from; from++) {
		char digits[3] = "";

		if (*from == '%' && isxdigit((unsigned char)from[1]) &&
		    isxdigit((unsigned char)from[2])) {
			memcpy(digits, from + 1, 2);
			*to++ = (char)strtol(digits, NULL, 16);
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	if (to)
		*to = '\0';
	return word;
}

void snapshot_add_run(struct snapshot *snapshot, struct snap_link *link,
		      const char *const *argv)
{
	struct arena *arena = snapshot->arena;
	struct snap_run *run = arena_alloc(arena, sizeof(*run)), **end = &link->runs;
	size_t n = argv_len(argv);
	const char **copy = arena_alloc(arena, (n + 1) * sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		copy[i] = arena_strdup(arena, argv[i]);
	run->argv = copy;
	while (*end)
		end = &(*end)->next;
	*end = run;
}

struct snap_run *snap_link_run(const struct snap_link *link, const char *const *argv)
{
	struct snap_run *run = link->runs;

	while (run && !snap_same_words(run->argv, argv))
		run = run->next;
	return run;
}

void snap_link_drop_run(struct snap_link *link, const struct snap_run *run)
{
	struct snap_run **at = &link->runs;

	while (*at && *at != run)
		at = &(*at)->next;
	if (*at)
		*at = run->next;
}

/* ---- what is installed ---- */

/* The directories that network-scripts searched, and that our child processes search. */
static const char *const folders[] = { "/sbin", "/usr/sbin", "/bin", "/usr/bin" };

static bool can_be_run(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 && S_ISREG(file.st_mode) && access(path, X_OK) == 0;
}

/* Return: the path; NULL if there is none. */
static const char *find_in_folders(struct arena *arena, const char *name)
{
	if (*name == '/')
		return can_be_run(name) ? name : NULL;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		const char *path = arena_printf(arena, "%s/%s", folders[i], name);

		if (can_be_run(path))
			return path;
	}
	return NULL;
}

void snapshot_add_program(struct snapshot *snapshot, const char *name, const char *path)
{
	struct snap_program *program = arena_alloc(snapshot->arena, sizeof(*program));

	program->name = arena_strdup(snapshot->arena, name);
	program->path = path ? arena_strdup(snapshot->arena, path) : NULL;
	program->next = snapshot->programs;
	snapshot->programs = program;
}

void snapshot_find_programs(struct snapshot *snapshot, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		snapshot_add_program(snapshot, names[i],
				     find_in_folders(snapshot->arena, names[i]));
}

const char *snapshot_program(const struct snapshot *snapshot, const char *name)
{
	const struct snap_program *program = snapshot->programs;

	while (program && strcmp(program->name, name) != 0)
		program = program->next;
	return program ? program->path : NULL;
}

/* ---- firewalld ---- */

void snapshot_add_zone(struct snapshot *snapshot, const char *link, const char *zone)
{
	struct snap_zone *at = arena_alloc(snapshot->arena, sizeof(*at));

	at->link = arena_strdup(snapshot->arena, link);
	at->zone = arena_strdup(snapshot->arena, zone);
	at->next = snapshot->zones;
	snapshot->zones = at;
}

const char *snapshot_zone(const struct snapshot *snapshot, const char *link)
{
	const struct snap_zone *at = snapshot->zones;

	while (at && strcmp(at->link, link) != 0)
		at = at->next;
	return at ? at->zone : "";
}
