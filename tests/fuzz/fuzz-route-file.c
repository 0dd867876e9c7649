/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: route and rule files to routes and rules, and back to words. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "lib/model/route.h"
#include "parsers/route-file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char **words_of(const struct strbuf *text, struct arena *arena)
{
	struct route_lines lines;

	if (route_file_parse(strbuf_text(text), "x", arena, &lines) < 0)
		return NULL;
	if (lines.n != 1)
		abort();
	return lines.list->words;
}

/* What was accepted must read the same once it has been written out. */
static void check_route(int family, const char *const *words, struct arena *arena)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct words_error why;
	struct route route, again;
	const char **written;

	if (route_parse(family, words, NULL, RT_TABLE_MAIN, arena, &route, &why) < 0)
		return;
	route_format(&route, &text);
	/* Names that a shell would act on are quoted, which no file is. */
	if (strchr(strbuf_text(&text), '\''))
		return;
	written = words_of(&text, arena);
	if (written &&
	    (route_parse(family, written, NULL, RT_TABLE_MAIN, arena, &again, &why) < 0 ||
	     !route_equal(&route, &again)))
		abort();
}

static void check_rule(int family, const char *const *words, struct arena *arena)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct words_error why;
	struct rule rule;

	if (rule_parse(family, words, NULL, arena, &rule, &why) == 0)
		rule_format(&rule, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	static const int families[] = { AF_INET, AF_INET6 };
	struct route_lines lines;
	char *text;

	text = arena_strndup(arena, (const char *)data, size);
	if (route_file_parse(text, "x", arena, &lines) < 0)
		return 0;
	route_file_has_keys(text);
	for (size_t i = 0; i < 2 * lines.n; i++) {
		check_route(families[i % 2], lines.list[i / 2].words, arena);
		check_rule(families[i % 2], lines.list[i / 2].words, arena);
	}
	return 0;
}
