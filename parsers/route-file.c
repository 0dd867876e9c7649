/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Route and rule files: one route or rule per line, as words. */
#include "parsers/route-file.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define BLANKS " \t\r"

bool route_file_has_keys(const char *text)
{
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		line += strspn(line, BLANKS);
		if (strncmp(line, "ADDRESS", 7) != 0)
			continue;
		line += 7;
		if (isdigit((unsigned char)*line) &&
		    line[strspn(line, "0123456789")] == '=')
			return true;
	}
	return false;
}

bool route_line_is_key(const char *line)
{
	const char *at = line + strspn(line, BLANKS);

	if (!isalpha((unsigned char)*at) && *at != '_')
		return false;
	while (isalnum((unsigned char)*at) || *at == '_')
		at++;
	return at[strspn(at, BLANKS)] == '=';
}

/*
 * Takes the blank-separated words of one line. Return: 1 if the line continues on the
 * next one; 0.
 */
static int take_route_words(char *text, struct arena *arena, struct route_line *line)
{
	char *word;

	while ((word = strsep(&text, BLANKS))) {
		if (*word == '#')
			return 0;
		if (strcmp(word, "\\") == 0 && (!text || !text[strspn(text, BLANKS)]))
			return 1;
		if (*word)
			ARENA_PUSH(arena, line->words, line->n, line->cap, word);
	}
	return 0;
}

/* "…100\" is a word followed by a backslash. */
static bool split_backslash(char *text)
{
	size_t len = strlen(text);

	while (len && strchr(BLANKS, text[len - 1]))
		len--;
	if (!len || text[len - 1] != '\\' || (len > 1 && strchr(BLANKS, text[len - 2])))
		return false;
	text[len - 1] = '\0';
	return true;
}

static void keep_line(struct route_lines *lines, struct route_line *line,
		      struct arena *arena)
{
	if (!line->n)
		return;
	ARENA_PUSH(arena, line->words, line->n, line->cap, NULL);
	line->n--; /* the terminating NULL is not counted */
	ARENA_PUSH(arena, lines->list, lines->n, lines->cap, *line);
}

int route_file_parse(const char *text, const char *file, struct arena *arena,
		     struct route_lines *ret)
{
	char *rest = arena_strdup(arena, text), *one;
	struct route_lines lines = { 0 };
	struct route_line line = { 0 };
	unsigned int number = 0;
	int r = 0;

	while (r >= 0 && (one = strsep(&rest, "\n"))) {
		bool goes_on = split_backslash(one);

		number++;
		if (!line.n)
			line.pos = (struct pos){ file, number };
		r = take_route_words(one, arena, &line);
		if (r < 0 || r > 0 || goes_on)
			continue;
		keep_line(&lines, &line, arena);
		line = (struct route_line){ 0 };
	}
	if (r >= 0) {
		keep_line(&lines, &line, arena);
		r = 0;
	}
	if (r == 0)
		*ret = lines;
	return r;
}
