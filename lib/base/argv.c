/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of words. */
#include "lib/base/argv.h"

#include <string.h>

size_t argv_len(const char *const *words)
{
	size_t n = 0;

	while (words[n])
		n++;
	return n;
}

const char **argv_join(struct arena *arena, const char *const *first,
		       const char *const *rest)
{
	const size_t n = argv_len(first), m = argv_len(rest);
	const char **joined = arena_alloc(arena, (n + m + 1) * sizeof(*joined));

	memcpy(joined, first, n * sizeof(*joined));
	memcpy(joined + n, rest, m * sizeof(*joined));
	return joined;
}

bool text_has_word(const char *text, const char *word, size_t len)
{
	for (size_t n; text && *text; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		if (n == len && strncmp(text, word, len) == 0)
			return true;
	}
	return false;
}

bool text_lists(const char *text, const char *word)
{
	return text_has_word(text, word, strlen(word));
}
