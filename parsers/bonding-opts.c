/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The syntax of BONDING_OPTS: words of the form option=value. */
#include "parsers/bonding-opts.h"

#include <errno.h>
#include <string.h>

#define BLANKS " \t\n\v\f\r"
#define JOINTS ",;"

/* Whether a word ends at this joint: commas inside a list of addresses do not end one. */
static bool is_end(const char *joint)
{
	const char *next = joint + strspn(joint, JOINTS);
	size_t len = strcspn(next, BLANKS JOINTS);

	return len == 0 || memchr(next, '=', len);
}

static size_t word_length(const char *text)
{
	size_t len = strcspn(text, BLANKS JOINTS);

	while (text[len] && strchr(JOINTS, text[len]) && !is_end(text + len)) {
		len += strspn(text + len, JOINTS);
		len += strcspn(text + len, BLANKS JOINTS);
	}
	return len;
}

static void make_word(const char *text, size_t len, struct arena *arena,
		      struct bonding_word *ret)
{
	const char *first = memchr(text, '=', len);
	const char *last = memrchr(text, '=', len);

	ret->name = arena_strndup(arena, text, first ? (size_t)(first - text) : len);
	if (last)
		ret->value =
			arena_strndup(arena, last + 1, (size_t)(text + len - last - 1));
	ret->joined = text[len] && strchr(JOINTS, text[len]);
}

void bonding_opts_split(const char *text, struct arena *arena, struct bonding_word **ret,
			size_t *ret_n)
{
	struct bonding_word *words = NULL;
	size_t n = 0, cap = 0, len;

	for (text += strspn(text, BLANKS JOINTS); *text;
	     text += len + strspn(text + len, BLANKS JOINTS)) {
		struct bonding_word word = { 0 };

		len = word_length(text);
		make_word(text, len, arena, &word);
		ARENA_PUSH(arena, words, n, cap, word);
	}
	*ret = words;
	*ret_n = n;
}
