/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: ETHTOOL_OPTS to the words that ethtool is run with. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/tree.h"

/* As a value between quotes; what the reader of files makes of the rest is another target's. */
static char *file_with(struct arena *arena, const uint8_t *data, size_t size)
{
	char *value = arena_strndup(arena, (const char *)data, size);

	must(value);
	for (char *at = value; *at; at++)
		if (*at == '\'' || *at < ' ' || *at > '~')
			*at = ' ';
	return value;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Whether the words are those of the part, in their order; @rest is moved past it. */
static void matches(const char *const *words, const char **rest)
{
	const char *at = *rest;

	for (; *words; words++) {
		const size_t len = strlen(*words);

		must(len);
		while (is_blank(*at))
			at++;
		must(strncmp(at, *words, len) == 0);
		at += len;
		must(!*at || *at == ';' || is_blank(*at));
	}
	while (is_blank(*at))
		at++;
	must(!*at || *at == ';');
	*rest = *at ? at + 1 : at;
}

/* Parts without a word have no call. */
static const char *skip_empty(const char *at)
{
	const size_t len = strspn(at, " \t;");

	return at + len;
}

/* Settings of the link begin with -s and its name; what has options is left to them. */
static void check(const struct want_ethtool *want, const char *value)
{
	for (size_t i = 0; want->calls[i]; i++) {
		const char *const *words = want->calls[i];
		const char *part;

		value = skip_empty(value);
		part = memchr(value, '-', strcspn(value, ";"));
		if (!part) {
			must(strcmp(words[0], "-s") == 0 &&
			     strcmp(words[1], "eth0") == 0);
			words += 2;
		}
		matches(words, &value);
	}
	must(!*skip_empty(value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_model_ const struct model *want = NULL;
	struct tree tree = { .arena = arena };
	const char *value;
	char *text;

	must(arena);
	value = file_with(arena, data, size);
	text = arena_printf(arena, "== ifcfg-eth0\nDEVICE=eth0\nETHTOOL_OPTS='%s'\n",
			    value);
	if (strstr(value, "== ") || !tree_read(&tree, text))
		return 0;
	want = tree_load(&tree);
	if (want && want->n_order && want->order[0]->ethtool)
		check(want->order[0]->ethtool, value);
	return 0;
}
